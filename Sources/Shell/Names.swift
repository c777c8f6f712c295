import Script

/// What a name looks like, and which words are the language's own.
enum Names {
  /// The words of the language that begin a statement without being commands.
  static let keywords = Parser.keywords

  /// What other tools call a command, and a slip that is too far from it to be near.
  static let synonyms = [
    "cd": "use", "echo": "print", "ls": "sockets", "open": "connect", "quit": "exit", "rec": "recv",
    "receive": "recv",
    "recieve": "recv", "switch": "use",
  ]

  /// Words that stand inside statements, where a name would be read as one of them.
  static let particles = [
    "_", "as", "connected", "context", "disconnected", "echo", "env", "in", "nothing", "readable",
    "subscribed", "unsubscribed", "writable",
  ]

  /// Whether a text has the form of a name: letters, digits and `_`, no digit first.
  static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// Whether a variable's name is one of the script's arguments: `1`, `@`, `#`, `env`.
  static func isArgument(_ name: String) -> Bool {
    name == "env" || !(name.utf8.first.map(isLetter) ?? false)
  }

  /// Whether a byte can stand in a name.
  static func isNameByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

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
