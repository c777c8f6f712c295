/// What could stand at the cursor: what ``LineEditor/complete`` gives.
public struct CompletionChoices: Sendable, Equatable {
  /// One of them. None of its texts has a control character.
  public struct Choice: Sendable, Equatable {
    /// What takes the place of what is typed.
    public var text: String
    /// What a list shows for it.
    public var label: String
    /// What it is, in a line; may be empty.
    public var summary: String
    /// Whether the word ends with it, so that a blank follows.
    public var isWhole: Bool

    /// Makes a choice.
    public init(text: String, label: String, summary: String, isWhole: Bool) {
      self.text = text
      self.label = label
      self.summary = summary
      self.isWhole = isWhole
    }
  }

  /// The Unicode scalars of the line that a choice takes the place of.
  public var range: Range<Int>
  /// The choices, in the order in which they are listed.
  public var choices: [Choice]

  /// Joins them.
  public init(range: Range<Int>, choices: [Choice]) {
    self.range = range
    self.choices = choices
  }

  /// How all choices begin.
  var commonPrefix: [Unicode.Scalar] {
    guard let first = choices.first else { return [] }
    var common = Array(first.text.unicodeScalars)
    for choice in choices.dropFirst() where !common.isEmpty {
      var count = 0
      for scalar in choice.text.unicodeScalars {
        guard count < common.count, common[count] == scalar else { break }
        count += 1
      }
      common.removeLast(common.count - count)
    }
    return common
  }
}

/// How the line could go on, shown behind its end: what ``LineEditor/hint`` gives.
public struct LineHint: Sendable, Equatable {
  /// The text behind the end of the line; what follows its first line end is not shown.
  public var text: String
  /// Whether the right arrow takes it; what cannot be taken only tells what belongs there.
  public var isTakeable: Bool

  /// Makes a hint.
  public init(_ text: String, isTakeable: Bool) {
    self.text = text
    self.isTakeable = isTakeable
  }
}
