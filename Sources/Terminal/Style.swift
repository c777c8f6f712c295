/// Colours by meaning, and none where nobody would see them.
///
/// ```swift
/// let style = Style(fileDescriptor: 2)
/// print(style.apply(.error, to: "error") + ": no such socket")
/// ```
public struct Style: Sendable {
  /// What a piece of text is, from which its colour follows.
  public enum Meaning: Sendable, CaseIterable {
    /// Something failed.
    case error
    /// Something may fail later.
    case warning
    /// A fact that explains another.
    case note
    /// The next step.
    case help
    /// The prompt.
    case prompt
    /// The state of a socket or a task.
    case state
    /// Text of less weight: times, line numbers, bars.
    case dim
    /// What could be typed and is not: grey, as other shells have it.
    case hint
    /// Text of more weight.
    case strong
    /// File, line and column.
    case place
    /// A thing that went well.
    case success
    /// A value of the user: a message, an option's value.
    case value
  }

  /// Whether `apply` adds anything.
  public let isColored: Bool

  /// No colours at all.
  public static let plain = Style(isColored: false)

  /// Colours wherever the text goes, for those who ask for them (`--color always`).
  public static let colored = Style(isColored: true)

  private init(isColored: Bool) {
    self.isColored = isColored
  }

  /// Colours where the descriptor is a terminal that shows them, `NO_COLOR` is empty or not set
  /// (no-color.org), and `TERM` is not `dumb`.
  public init(
    fileDescriptor: Int32, environment: (String) -> String? = environmentVariable
  ) {
    let isRefused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    let terminal = environment("TERM") ?? ""
    self.init(
      isColored: !isRefused && !terminal.isEmpty && terminal != "dumb" && isTerminal(fileDescriptor))
  }

  /// The text in the colour of its meaning; the text itself where there are no colours.
  public func apply(_ meaning: Meaning, to text: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(meaning.parameters)m\(text)\u{1B}[0m" : text
  }
}

extension Style.Meaning {
  /// The parameters of Select Graphic Rendition (ECMA-48, 8.3.117): the eight colours that every
  /// terminal maps to its own palette, so that dark and light ones both stay readable.
  var parameters: String {
    switch self {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "36"
    case .help: "32"
    case .prompt: "1;36"
    case .state: "33"
    case .dim: "2"
    case .hint: "90"
    case .strong: "1"
    case .place: "34"
    case .success: "32"
    case .value: "35"
    }
  }
}
