/// What the parser made of a text.
public struct ParseResult: Sendable {
  /// The statements that could be read. With errors among the diagnostics it is no script to run.
  public var block: Block
  /// Everything that is wrong with the text, in the order of the text.
  public var diagnostics: [Diagnostic]
  /// What the text ends inside of, nil where it is complete. The diagnostics say so too.
  public var openEnd: OpenEnd?
  /// Whether the text ends inside an open block, quote or bracket or after a `\`: the prompt then asks
  /// for another line.
  public var isIncomplete: Bool { openEnd != nil }
  /// The parts of the text that were left out of the block because they could not be read.
  public var damage: [Span]

  /// Makes a result.
  public init(block: Block, diagnostics: [Diagnostic], openEnd: OpenEnd? = nil, damage: [Span] = []) {
    self.block = block
    self.diagnostics = diagnostics
    self.openEnd = openEnd
    self.damage = damage
  }
}

/// What a text ends inside of: where the next line of it belongs.
public struct OpenEnd: Equatable, Sendable {
  /// How many blocks and brackets are open, the innermost included.
  public var depth: Int
  /// Whether it is a quote, in which every blank counts.
  public var isQuote: Bool
  /// What would end the innermost; nil where that is no single character.
  public internal(set) var closer: Character?

  /// Makes an open end.
  public init(depth: Int, isQuote: Bool = false) {
    self.depth = depth
    self.isQuote = isQuote
  }
}

/// Reads the zs language: one pass over the bytes, by recursive descent, in linear time.
///
/// It knows the language's constructs and no command: a statement whose first word is none of the
/// constructs' is a command with words. It reports every error of a text at once, and no input makes it
/// crash, hang or run out of stack.
///
/// ```swift
/// let result = Parser.parse(SourceFile(name: "demo.zs", text: "repeat 3 send Hello"))
/// ```
public struct Parser {
  /// Parses a text.
  public static func parse(_ source: SourceFile) -> ParseResult {
    var parser = Parser(source)
    let block = parser.parseFile()
    return ParseResult(
      block: block, diagnostics: parser.diagnostics, openEnd: parser.openEnd, damage: parser.damage)
  }

  let source: SourceFile
  let bytes: [UInt8]
  /// The next byte to be read. It only ever grows, which is what makes the time linear.
  var position = 0
  /// The end of what was read last, blanks left out: where a statement's span ends.
  var end = 0
  /// What was reported, at most `Limit.diagnostics`.
  var diagnostics: [Diagnostic] = []
  /// How many errors were found, those past the limit too.
  var errorCount = 0
  /// See ``ParseResult/openEnd``.
  var openEnd: OpenEnd?
  /// See ``ParseResult/damage``.
  private var damage: [Span] = []
  /// Whether the blocks nest too deeply and the rest of the text is left alone.
  var isAbandoned = false
  /// How many blocks are open: whether a `}` closes one.
  var blockDepth = 0
  /// A block whose `}` stands further left or right than the line of its `{`: where a brace may be missing.
  var misfit: (open: Int, close: Int)?
  /// How many statements contain the current one.
  var statementDepth = 0
  /// How many expressions contain the current one.
  var expressionDepth = 0
  /// How deep the expression is that was read last.
  var builtDepth = 0
  /// How many brackets are open in the expression: whether a line end is a blank.
  var bracketDepth = 0
  /// How many loops contain the statement: whether `break` has something to leave.
  var loopDepth = 0
  /// Whether the statement is in a `def`: whether `return` has something to leave.
  var isInDefinition = false
  /// The `def`s of the text so far.
  var definitions: [String: Span] = [:]
  /// How many repetitions stand before the statement, on its line: whether a `| program` or `> FILE` after
  /// it is theirs.
  var repetitionDepth = 0
  /// Whether the text is read for what could go on at its end, and what was noted of that last.
  var isCompleting = false
  var spot: CompletionSpot?
  /// How many `repeat`s and `every`s contain the statement: whether there is an `$i`.
  var indexDepth = 0
  /// Whether the statement is a task's.
  var isInTask = false
  /// Whether the statement is one of `unordered`.
  var isInUnordered = false
  /// Whether this is inside `${…}`, where bare names are variables.
  var isInterpolating = false
  /// The variables made so far, for suggestions.
  var variables: Set<String> = []

  /// The numbers, strings, variables and `${…}` that are operands, in the order of the text: what an
  /// expression's layout leaves alone. The tree does not tell, for a parenthesis belongs to what is in it.
  private(set) var atoms: [Span] = []
  private let keepsAtoms: Bool

  init(_ source: SourceFile, keepsAtoms: Bool = false) {
    self.source = source
    self.bytes = source.bytes
    self.keepsAtoms = keepsAtoms
  }

  /// Keeps an operand's place, in place of those of what is in it.
  mutating func keepAtom(_ span: Span) {
    guard keepsAtoms else { return }
    while let last = atoms.last, last.start >= span.start { atoms.removeLast() }
    atoms.append(span)
  }
}

/// Says that what was to be read is not there; the reason has been reported.
struct Unparsable: Error {}

/// What keeps the parser, and whoever walks the tree after it, off the end of the stack.
///
/// A statement in a statement takes 3.5 KB of stack in a release build, an expression in an expression up
/// to 3.2 KB, and the least stack that a system gives a thread is 512 KiB.
enum Limit {
  /// How deep statements may stand in each other.
  static let statements = 64
  /// How deep brackets and interpolations may stand in each other.
  static let expressions = 64
  /// How deep the tree of an expression may be, where every operator of a chain counts.
  static let tree = 200
  /// How many errors are told one by one.
  static let diagnostics = 100
  /// How many bytes of the text a message repeats.
  static let excerpt = 24
}

extension Parser {
  /// What may stand before the text and is none of it.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Reads the whole text.
  mutating func parseFile() -> Block {
    if bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      // Some editors and shells write it unasked; each letter would be an error of its own.
      report("the text is in UTF-16, where a script is in UTF-8", at: Span(0, 2), help: ["save it as UTF-8"])
      position = bytes.count
    }
    let statements = parseStatements()
    if errorCount > diagnostics.count {
      let rest = errorCount - diagnostics.count
      diagnostics.append(
        Diagnostic(.note, "\(rest) further \(rest == 1 ? "error is" : "errors are") not shown"))
    }
    return Block(statements, span: Span(0, bytes.count))
  }

  /// Reads statements up to the `}` that closes the block, or the end of the text.
  mutating func parseStatements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      skipToStatement()
      noteStatement()
      guard let byte = current else { return statements }
      if byte == Byte.closeBrace {
        if blockDepth > 0 { return statements }
        report(
          "'}' closes no block: none is open here", at: Span(position, position + 1),
          help: ["remove it, or quote it to send it as text: '}'"])
        position += 1
        continue
      }
      let construct = constructHere()
      let start = position
      do throws(Unparsable) {
        let before = errorCount
        statements.append(try parseStatement(construct))
        finishStatement(isReported: errorCount > before)
      } catch {
        recover(takesBlock: construct?.takesBlock ?? false)
        damage.append(Span(start, position))
      }
    }
  }

  /// Reads one statement, which stands at the position.
  mutating func parseStatement(_ construct: Construct?) throws(Unparsable) -> Statement {
    let start = position
    statementDepth += 1
    defer { statementDepth -= 1 }
    guard statementDepth <= Limit.statements else {
      throw failure(
        "the statements nest too deeply", at: found,
        help: ["at most \(Limit.statements) may stand in each other; move some into a `task` or a file"])
    }
    guard let construct else {
      let command = try parseCommand()
      return repetitionDepth == 0 ? try parseRedirections(of: command) : command
    }
    let head = Span(start, start + construct.keyword.count)
    position = head.end
    end = head.end
    if construct.isRepetition { repetitionDepth += 1 }
    let kind: Statement.Kind
    do throws(Unparsable) {
      kind = try construct.parse(&self, head)
      if construct.isRepetition { repetitionDepth -= 1 }
    } catch {
      if construct.isRepetition { repetitionDepth -= 1 }
      throw error
    }
    let statement = Statement(kind, span: Span(start, max(end, head.end)), head: head)
    guard repetitionDepth == 0 || !construct.takesRedirection else { return statement }
    if construct.takesRedirection { return try parseRedirections(of: statement) }
    try refuseRedirection(of: statement)
    return statement
  }

  /// Reads a command: words up to the end of the statement.
  private mutating func parseCommand() throws(Unparsable) -> Statement {
    let start = position
    if current == Byte.openBrace {
      report(
        "a block stands only after a construct such as 'if', 'loop', 'task' or 'repeat'",
        at: Span(position, position + 1),
        help: ["`repeat 1 { … }` runs a block once; `send {\"a\": 1}` sends JSON"])
      _ = parseBlock()
      throw Unparsable()
    }
    if let sign = redirectionHere { throw strayRedirection(sign) }
    var words = [try parseWord(.first)]
    let head = words[0].span
    skipBlanks()
    note(.word(after: words))
    while !isAtStatementEnd, redirectionHere == nil {
      words.append(try parseWord(.argument))
      skipBlanks()
      note(.word(after: words))
    }
    end = words[words.count - 1].span.end
    return Statement(.command(words), span: Span(start, end), head: head)
  }

  /// Reads `{ … }`, which stands at the position.
  mutating func parseBlock() -> Block {
    let start = position
    position += 1
    blockDepth += 1
    let brackets = bracketDepth
    bracketDepth = 0
    let repetitions = repetitionDepth
    repetitionDepth = 0
    defer {
      blockDepth -= 1
      bracketDepth = brackets
      repetitionDepth = repetitions
    }
    guard blockDepth <= Limit.statements else {
      if !isAbandoned {
        report(
          "the blocks nest too deeply", at: Span(start, start + 1),
          help: ["at most \(Limit.statements) may stand in each other"])
      }
      isAbandoned = true
      position = bytes.count
      return Block([], span: Span(start, start + 1))
    }
    let statements = parseStatements()
    if current == Byte.closeBrace {
      if misfit == nil, isMisfit(open: start, close: position) { misfit = (start, position) }
      position += 1
    } else if !isAbandoned {
      let notes = misfit.map { open, close in
        let lines = (open: source.line(of: open), close: source.line(of: close))
        return
          "the '}' of line \(lines.close) closes the '{' of line \(lines.open), which is indented otherwise"
      }
      reportOpen(
        "the '{' of this block is never closed", at: Span(start, start + 1), OpenEnd(depth: blockDepth),
        notes: notes.map { [$0] } ?? [], help: ["end the block with `}`"])
    }
    end = position
    return Block(statements, span: Span(start, position))
  }

  /// Whether a `}` that begins a line is indented otherwise than the line of its `{`.
  private func isMisfit(open: Int, close: Int) -> Bool {
    let closeLine = source.span(ofLine: source.line(of: close))
    let openLine = source.span(ofLine: source.line(of: open))
    guard openLine != closeLine else { return false }
    let isBlank: (UInt8) -> Bool = { $0 == Byte.space || $0 == Byte.tab }
    let before = bytes[closeLine.start..<close]
    return before.allSatisfy(isBlank)
      && !before.elementsEqual(bytes[openLine.start..<open].prefix(while: isBlank))
  }

  /// Checks that nothing stands between the statement and its end.
  private mutating func finishStatement(isReported: Bool) {
    skipBlanks()
    guard !isAtStatementEnd, current != Byte.closeBrace else { return }
    // Only a block or an error leaves something behind: words and expressions run to the end.
    guard !isReported, !isAt(name: Keyword.else) else { return }
    report(
      "a ';' or a new line is missing before \(foundText)", at: found,
      help: ["a `}` ends the statement: put the next one on a line of its own"])
  }

  /// Goes to the end of the statement that an error was found in. Blocks on the way are read for their
  /// own errors, so that one slip in a head does not upset the braces of the whole file.
  private mutating func recover(takesBlock: Bool) {
    bracketDepth = 0
    isInterpolating = false
    // What is still being typed is no mistake yet.
    if isCompleting, endOfName(from: current == Byte.dot ? position + 1 : position) != bytes.count {
      noteNothing()
    }
    while let byte = current {
      switch byte {
      case Byte.lineFeed, Byte.semicolon:
        return
      case Byte.closeBrace where closesBlock(at: position):
        return
      case Byte.hash where isAfterBlank:
        return skipComment()
      case Byte.quote where isAfterBlank, Byte.doubleQuote where isAfterBlank:
        position = endOfQuoteOnLine(from: position)
      case Byte.backslash where continuesLine(at: position):
        position += 1 + lineEnd(at: position + 1)
      case Byte.dollar where ahead(1) == Byte.openBrace:
        position += 2
      case Byte.openBrace where takesBlock || endsLine(after: position):
        _ = parseBlock()
      default:
        position += 1
      }
    }
  }

  private var isAfterBlank: Bool {
    position == 0 || endsWord(at: position - 1)
  }

  /// The offset after the quoted text that starts at an offset, or after the quote if it is not closed on
  /// the line. Backslashes are not looked at: that a second try must not scan the line again.
  private func endOfQuoteOnLine(from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != Byte.lineFeed {
      if bytes[index] == bytes[start] { return index + 1 }
      index += 1
    }
    return start + 1
  }

  /// Whether nothing but blanks follows on the line.
  private func endsLine(after offset: Int) -> Bool {
    var index = offset + 1
    while let byte = byte(at: index), byte == Byte.space || byte == Byte.tab || byte == Byte.carriageReturn {
      index += 1
    }
    return byte(at: index) == Byte.lineFeed
  }
}

extension Parser {
  /// Reports an error.
  mutating func report(
    _ message: String, at span: Span, label: String? = nil, notes: [String] = [],
    help: [String] = []
  ) {
    errorCount += 1
    guard diagnostics.count < Limit.diagnostics else { return }
    diagnostics.append(
      Diagnostic(.error, message, at: Place(source, span), label: label, notes: notes, help: help))
  }

  /// Reports an error and gives what to throw where reading cannot go on.
  mutating func failure(
    _ message: String, at span: Span, label: String? = nil, notes: [String] = [],
    help: [String] = []
  ) -> Unparsable {
    report(message, at: span, label: label, notes: notes, help: help)
    return Unparsable()
  }

  /// Reports that the text ends inside something open. Only the innermost is told: what contains it is
  /// open because of it.
  mutating func reportOpen(
    _ message: String, at span: Span, _ end: OpenEnd, notes: [String] = [], help: [String] = []
  ) {
    guard openEnd == nil else { return }
    openEnd = end
    // A quote that is open in JSON is told with its bracket.
    let closer = Self.closers[source.bytes[span.start]]
    openEnd?.closer = end.isQuote && closer != "'" ? "\"" : closer
    report(message, at: span, notes: notes, help: help)
  }

  /// What ends what these begin; `$` begins `${`.
  private static let closers: [UInt8: Character] = [
    Byte.quote: "'", Byte.doubleQuote: "\"", Byte.openBrace: "}", Byte.openBracket: "]",
    Byte.openParenthesis: ")", Byte.dollar: "}",
  ]
}
