/// A construct of the language: a keyword, and how what follows it is read.
///
/// A new construct is one row of ``Parser/constructs`` and one function.
struct Construct: Sendable {
  /// What it starts with.
  let keyword: [UInt8]
  /// Whether a `{` in it opens a block.
  let takesBlock: Bool
  /// Whether what it prints may be handed to a program or a file, as in `loop { … } | grep x`.
  let takesRedirection: Bool
  /// Whether it runs one statement again and again, which makes one output of all that it prints.
  let isRepetition: Bool
  /// Reads what follows the keyword, whose place is given.
  let parse: @Sendable (inout Parser, Span) throws(Unparsable) -> Statement.Kind

  init(
    _ keyword: StaticString, takesBlock: Bool = true, takesRedirection: Bool = false,
    isRepetition: Bool = false,
    parse: @escaping @Sendable (inout Parser, Span) throws(Unparsable) -> Statement.Kind
  ) {
    self.keyword = Array("\(keyword)".utf8)
    self.takesBlock = takesBlock
    self.takesRedirection = takesRedirection
    self.isRepetition = isRepetition
    self.parse = parse
  }
}

/// Words that mean something inside a construct.
enum Keyword {
  static let `as` = Array("as".utf8)
  static let `catch` = Array("catch".utf8)
  static let echo = Array("echo".utf8)
  static let `else` = Array("else".utf8)
  static let `if` = Array("if".utf8)
  static let `in` = Array("in".utf8)
  static let every = Array("every".utf8)
  static let elseIfs = ["elif", "elsif", "elseif"].map { Array($0.utf8) }
}

extension Parser {
  /// The words that begin a construct, or go on with one, in the order of the alphabet.
  ///
  /// Nothing that a user names may be called so: no socket, no task, no `def`.
  public static var keywords: [String] {
    constructs.map { String(decoding: $0.keyword, as: UTF8.self) }
  }

  /// The constructs. `catch` and `else` go on with one, and begin none.
  static let constructs: [Construct] = [
    Construct("assert", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseAssert(head)
    },
    Construct("break", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseJump("break", head)
      return .break
    },
    Construct("catch") { (parser, head) throws(Unparsable) in try parser.parseStrayCatch(head) },
    Construct("continue", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseJump("continue", head)
      return .continue
    },
    Construct("def") { (parser, head) throws(Unparsable) in try parser.parseDefinition(head) },
    Construct("else") { (parser, head) throws(Unparsable) in try parser.parseStrayElse(head) },
    Construct("every", takesRedirection: true, isRepetition: true) { (parser, head) throws(Unparsable) in
      try parser.parseEvery(head)
    },
    Construct("fails", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseFails(head)
    },
    Construct("for", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseFor(head)
    },
    Construct("if", takesRedirection: true) { (parser, head) throws(Unparsable) in try parser.parseIf(head) },
    Construct("let", takesBlock: false) { (parser, head) throws(Unparsable) in try parser.parseLet(head) },
    Construct("loop", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseLoop(head)
    },
    Construct("repeat", takesRedirection: true, isRepetition: true) { (parser, head) throws(Unparsable) in
      try parser.parseRepeat(head)
    },
    Construct("retry", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseRetry(head)
    },
    Construct("return", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseReturn(head)
    },
    Construct("serve") { (parser, head) throws(Unparsable) in try parser.parseServe(head) },
    Construct("task") { (parser, head) throws(Unparsable) in try parser.parseTask(head) },
    Construct("time", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseTime(head)
    },
    Construct("try", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseTry(head)
    },
    Construct("unordered", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseUnordered(head)
    },
    Construct("while", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseWhile(head)
    },
    Construct("within", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseWithin(head)
    },
  ]

  /// The construct whose keyword stands at the position, or nil where a command does.
  func constructHere() -> Construct? {
    guard let first = current else { return nil }
    for construct in Self.constructs where construct.keyword[0] == first && isAt(name: construct.keyword) {
      let after = position + construct.keyword.count
      let isWhole =
        switch byte(at: after) {
        case Byte.openBrace, Byte.openParenthesis: true
        case Byte.closeBrace: closesBlock(at: after)
        default: endsWord(at: after)
        }
      return isWhole ? construct : nil
    }
    return nil
  }
}
