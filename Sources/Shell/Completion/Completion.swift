/// What could go on at the cursor.
public struct Completion: Sendable, Equatable {
  /// The bytes of the text in UTF-8 that a candidate takes the place of.
  public var range: Range<Int>
  /// What may stand there, the likeliest first; never empty.
  public var candidates: [Candidate]

  /// One of several texts that may stand at the cursor.
  public struct Candidate: Sendable, Equatable {
    /// What it is.
    public enum Kind: Sendable {
      case socket, task, variable, definition, alias, command, keyword, option, value, endpoint, file, program
      case encoding, pattern, property, function, topic, error, type
    }

    /// The text as the language needs it, quotes included.
    public var text: String
    /// The text as it is shown in a list, without control characters.
    public var label: String
    /// What it is, in a line without control characters; may be empty.
    public var summary: String
    /// What it is.
    public var kind: Kind
    /// Whether the word ends with it, so that a blank may follow; `hex:` and `$client.` go on.
    public var isWhole: Bool

    init(_ text: String, _ summary: String, _ kind: Kind, isWhole: Bool = true, label: String? = nil) {
      self.text = text
      self.label = label ?? text
      self.summary = summary
      self.kind = kind
      self.isWhole = isWhole
    }
  }
}
