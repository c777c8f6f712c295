import ZeroMQ

/// Which names sockets, tasks and variables may have.
enum Names {
  /// The words of the language that begin a statement without being commands, and those kept for it.
  static let keywords = [
    "break", "catch", "continue", "def", "else", "every", "fails", "for", "if", "let", "loop", "repeat",
    "retry",
    "return", "task", "time", "try", "while", "within",
  ]

  /// Words that stand inside statements, where a name would be read as one of them.
  static let particles = [
    "as", "in", "nothing", "connected", "disconnected", "readable", "writable", "subscribed",
  ]

  /// Whether a text has the form of a name: letters, digits and `_`, no digit first.
  static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// Why a socket or task cannot have a name, or nil where it can.
  static func refusal(of name: String) -> String? {
    if !isName(name) { return "names are letters, digits and '_', and begin with no digit" }
    if CommandTable.named(name) != nil { return "that is a command" }
    if SocketType(name: name) != nil { return "that is a socket type" }
    if keywords.contains(name) || particles.contains(name) { return "that is a word of the language" }
    return nil
  }

  /// Whether a variable's name is one of the script's arguments: `1`, `@`, `#`, `env`.
  static func isArgument(_ name: String) -> Bool {
    name == "env" || !(name.utf8.first.map(isLetter) ?? false)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
