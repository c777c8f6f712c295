/// What is wrong with a text, where all of it is told at once.
public struct Diagnostics: Error, Sendable {
  /// The diagnostics, in the order of the text; never empty.
  public var all: [Diagnostic]

  /// Makes a collection.
  public init(_ all: [Diagnostic]) { self.all = all }
}

/// Gives a script the one layout: `zsh-mq fmt`.
///
/// - Blocks are indented by two blanks, continued lines by four; one blank stands between words and round
///   operators, none within brackets.
/// - One statement a line. A block that was on one line stays there, `;` and all, where its statement fits
///   into 100 columns.
/// - Comments stay, at the end of their line or on their own. Of blank lines in a row one stays, and none at
///   the start or the end of a block.
/// - Words, quotes, numbers and JSON are as they were typed, and so is what `${…}` holds.
///
/// What the script means never changes (`parse(format(x)) == parse(x)`, but for the places), and a second
/// time changes nothing (`format(format(x)) == format(x)`).
///
/// ```swift
/// let text = try Formatter.format(SourceFile(name: "demo.zs", text: "repeat 3{send Hello;recv}"))
/// // repeat 3 { send Hello; recv }
/// ```
public struct Formatter {
  /// Lays out a script.
  ///
  /// - Returns: the script as bytes, since a script may hold any.
  /// - Throws: what is wrong with a text that does not parse.
  public static func format(_ source: SourceFile) throws(Diagnostics) -> [UInt8] {
    var parser = Parser(source, keepsAtoms: true)
    let block = parser.parseFile()
    guard parser.diagnostics.isEmpty else { throw Diagnostics(parser.diagnostics) }
    var formatter = Formatter(bytes: source.bytes, atoms: parser.atoms)
    let start = source.bytes.starts(with: Parser.byteOrderMark) ? Parser.byteOrderMark.count : 0
    formatter.writeStatements(of: block, from: start, to: source.bytes.count, indent: 0)
    if !formatter.output.isEmpty { formatter.endLine() }
    // A word may start like a byte order mark. At the start of the text it needs a mark before it, which is
    // skipped in its place.
    let needsMark = formatter.output.starts(with: Parser.byteOrderMark)
    return needsMark ? Parser.byteOrderMark + formatter.output : formatter.output
  }

  /// How many columns a block on one line may reach to.
  private static let width = 100

  private let bytes: [UInt8]
  /// See ``Parser/atoms``.
  private let atoms: [Span]
  private var output: [UInt8] = []
  /// Whether the line that is being written ends in a comment.
  private var endsInComment = false
  /// Whether the last line of the output has nothing on it yet but its indentation.
  private var isAtLineStart = true

  private init(bytes: [UInt8], atoms: [Span]) {
    self.bytes = bytes
    self.atoms = atoms
  }
}

// MARK: - Statements

extension Formatter {
  /// Writes statements, each on a line of its own, with the comments around them.
  private mutating func writeStatements(of block: Block, from: Int, to: Int, indent: Int) {
    var cursor = from
    var isFirst = true
    for statement in block.statements {
      let lines = writeComments(from: cursor, to: statement.span.start, indent: indent, isFirst: &isFirst)
      beginLine(indent: indent, afterBlank: lines > 1 && !isFirst)
      isFirst = false
      write(statement, indent: indent)
      cursor = statement.span.end
    }
    _ = writeComments(from: cursor, to: to, indent: indent, isFirst: &isFirst)
  }

  /// Writes the comments between two statements.
  ///
  /// - Returns: how many line ends follow the last of them.
  private mutating func writeComments(from: Int, to: Int, indent: Int, isFirst: inout Bool) -> Int {
    var lines = 0
    var index = from
    while let gap = nextGap(from: &index, to: to) {
      switch gap {
      case .lineEnd: lines += 1
      case .comment(let span):
        if lines == 0, !output.isEmpty {
          write(comment: span)
        } else {
          beginLine(indent: indent, afterBlank: lines > 1 && !isFirst)
          isFirst = false
          write(comment: span)
        }
        lines = 0
      case .continuation, .text: break
      }
    }
    return lines
  }

  /// Writes a statement: with its blocks on its line where they were and fit, else with each laid out.
  private mutating func write(_ statement: Statement, indent: Int) {
    let pieces = pieces(of: statement)
    let blocks = pieces.compactMap { if case .block(let block) = $0 { block } else { nil } }
    guard !blocks.isEmpty, blocks.allSatisfy(isOnOneLine) else {
      return write(pieces, of: statement, indent: indent, isFlat: false)
    }
    let before = (count: output.count, endsInComment: endsInComment, isAtLineStart: isAtLineStart)
    write(pieces, of: statement, indent: indent, isFlat: true)
    if fits(from: before.count - indent) { return }
    output.removeLast(output.count - before.count)
    endsInComment = before.endsInComment
    isAtLineStart = before.isAtLineStart
    write(pieces, of: statement, indent: indent, isFlat: false)
  }

  /// Whether every line of the output from an offset on fits.
  private func fits(from start: Int) -> Bool {
    var column = 0
    for byte in output[start...] {
      if byte == Byte.lineFeed { column = 0 } else if byte & 0xC0 != 0x80 { column += 1 }
      if column > Self.width { return false }
    }
    return true
  }

  /// Whether a block has no line end in it, or nothing at all, and may fit on a line.
  private func isOnOneLine(_ block: Block) -> Bool {
    if isEmpty(block) { return true }
    // What needs more bytes than a line of the longest characters has is not worth the try: a long line of
    // blocks in blocks would be tried once for each.
    var room = 4 * Self.width
    for byte in bytes[block.span.start..<block.span.end] {
      switch byte {
      case Byte.lineFeed: return false
      case Byte.space, Byte.tab, Byte.carriageReturn, Byte.semicolon: break
      default:
        room -= 1
        if room < 0 { return false }
      }
    }
    return true
  }

  private func isEmpty(_ block: Block) -> Bool {
    block.statements.isEmpty && !bytes[block.span.start..<block.span.end].contains(Byte.hash)
  }

  private mutating func write(_ pieces: [Piece], of statement: Statement, indent: Int, isFlat: Bool) {
    var cursor = statement.span.start
    var isAfterBlock = false
    for piece in pieces {
      let isContinued = writeKeywords(
        from: cursor, to: piece.span.start, indent: indent, isAfterBlock: isAfterBlock)
      cursor = piece.span.end
      isAfterBlock = false
      switch piece {
      case .word(let span):
        separate(isContinued: isContinued, indent: indent)
        write(span)
      case .expression(let expression):
        separate(isContinued: isContinued, indent: indent)
        write(expression, indent: indent)
      case .block(let block):
        separate(isContinued: false, indent: indent)
        write(block, indent: indent, isFlat: isFlat)
        isAfterBlock = true
      }
    }
    _ = writeKeywords(from: cursor, to: statement.span.end, indent: indent, isAfterBlock: isAfterBlock)
  }

  private mutating func write(_ block: Block, indent: Int, isFlat: Bool) {
    write(Byte.openBrace)
    if isEmpty(block) {
      // Nothing stands in it.
    } else if isFlat {
      for (index, statement) in block.statements.enumerated() {
        if index > 0 { output.append(Byte.semicolon) }
        output.append(Byte.space)
        isAtLineStart = true
        write(pieces(of: statement), of: statement, indent: indent, isFlat: true)
      }
      output.append(Byte.space)
    } else {
      writeStatements(of: block, from: block.span.start + 1, to: block.span.end - 1, indent: indent + 2)
      beginLine(indent: indent, afterBlank: false)
    }
    write(Byte.closeBrace)
  }

  /// Writes what stands between two pieces: keywords, names and signs. The line ends and comments before an
  /// `else` or a `catch` are here too.
  ///
  /// - Returns: whether the line is continued before the piece that follows.
  private mutating func writeKeywords(from: Int, to: Int, indent: Int, isAfterBlock: Bool) -> Bool {
    var isContinued = false
    var lines = 0
    var hasComment = false
    var index = from
    while let gap = nextGap(from: &index, to: to) {
      switch gap {
      case .lineEnd: lines += 1
      case .continuation: isContinued = true
      case .comment(let span):
        if lines > 0 { beginLine(indent: indent, afterBlank: false) }
        write(comment: span)
        hasComment = true
        lines = 0
      case .text(let span):
        if hasComment {
          beginLine(indent: indent, afterBlank: false)
        } else {
          // A pipe or a file may be continued behind a block, an `else` needs no such sign.
          let isSign = bytes[span.start] == Byte.bar || bytes[span.start] == Byte.greater
          separate(isContinued: isContinued && (!isAfterBlock || isSign), indent: indent)
        }
        write(span)
        isContinued = false
        hasComment = false
      }
    }
    return isContinued
  }
}

// MARK: - Pieces

/// What a statement is made of, apart from its keywords.
private enum Piece {
  case word(Span)
  case expression(Expression)
  case block(Block)

  var span: Span {
    switch self {
    case .word(let span): span
    case .expression(let expression): expression.span
    case .block(let block): block.span
    }
  }
}

extension Formatter {
  /// The pieces of a statement, in the order of the text, those of a statement after a prefix among them.
  private func pieces(of statement: Statement) -> [Piece] {
    var pieces: [Piece] = []
    addPieces(of: statement, to: &pieces)
    return pieces
  }

  private func addPieces(of statement: Statement, to pieces: inout [Piece]) {
    switch statement.kind {
    case .command(let words):
      add(words, to: &pieces)
    case .let(_, let value), .assert(let value):
      pieces.append(.expression(value))
    case .repeat(let count, let interval, let body), .retry(let count, let interval, let body):
      pieces.append(.expression(count))
      if let interval { pieces.append(.expression(interval)) }
      add(body, to: &pieces)
    case .every(let value, let body), .within(let value, let body), .while(let value, let body),
      .for(_, in: let value, let body):
      pieces.append(.expression(value))
      add(body, to: &pieces)
    case .fails(_, let body), .loop(let body), .time(let body), .unordered(let body),
      .define(_, parameters: _, let body):
      add(body, to: &pieces)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        pieces.append(.expression(branch.condition))
        add(branch.body, to: &pieces)
      }
      if let otherwise { add(otherwise, to: &pieces) }
    case .break, .continue:
      break
    case .return(let value):
      if let value { pieces.append(.expression(value)) }
    case .attempt(let body, let handler):
      add(body, to: &pieces)
      add(handler, to: &pieces)
    case .task(let name, let body):
      add([name], to: &pieces)
      add(body, to: &pieces)
    case .serve(let words, let body):
      add(words, to: &pieces)
      if let body { add(body, to: &pieces) }
    case .redirected(let statement, let redirection):
      addPieces(of: statement, to: &pieces)
      switch redirection {
      case .pipe(let programs): for words in programs { add(words, to: &pieces) }
      case .file(let file, append: _): add([file], to: &pieces)
      }
    }
  }

  private func add(_ words: [Word], to pieces: inout [Piece]) {
    for word in words { pieces.append(.word(word.span)) }
  }

  /// Adds a block, or the pieces of the one statement that stands without braces after a prefix.
  private func add(_ body: Block, to pieces: inout [Piece]) {
    if bytes[body.span.start] == Byte.openBrace {
      pieces.append(.block(body))
    } else {
      for statement in body.statements { addPieces(of: statement, to: &pieces) }
    }
  }
}

// MARK: - Expressions

/// A part of an expression, as far as it matters for the blanks around it.
private enum ExpressionToken {
  case operand, name, unary, binary, range, dot, open, close, comma

  /// Whether an operand is complete behind it, so that an operator is binary and a bracket an index.
  var endsOperand: Bool { self == .operand || self == .name || self == .close }
}

extension Formatter {
  private mutating func write(_ expression: Expression, indent: Int) {
    var index = expression.span.start
    var nextAtom = firstAtom(from: index)
    var depth = 0
    var last: (sort: ExpressionToken, end: Int)?
    // Line ends in a row, and whether a `\` continued the line.
    var lines = 0
    var isContinued = false
    // Whether nothing stands in the bracket yet, where a blank line would be its first.
    var isAfterOpen = false
    func place(_ sort: ExpressionToken, _ span: Span, in formatter: inout Formatter) {
      if lines > 0 {
        let isInside = sort != .close && !isAfterOpen
        let depth = sort == .open ? depth - 1 : depth
        formatter.beginLine(indent: indent + 2 * depth, afterBlank: lines > 1 && isInside)
      } else if isContinued {
        formatter.separate(isContinued: true, indent: indent)
      } else if let last, formatter.isBlankNeeded(between: last, and: sort, span) {
        formatter.output.append(Byte.space)
      }
      formatter.write(span)
      last = (sort, span.end)
      isAfterOpen = sort == .open
      lines = 0
      isContinued = false
    }
    while index < expression.span.end {
      if nextAtom < atoms.endIndex, atoms[nextAtom].start == index {
        place(.operand, atoms[nextAtom], in: &self)
        index = atoms[nextAtom].end
        nextAtom += 1
        continue
      }
      switch bytes[index] {
      case Byte.space, Byte.tab, Byte.carriageReturn:
        index += 1
      case Byte.lineFeed:
        lines += 1
        index += 1
      case Byte.backslash:
        if depth > 0 { lines = max(lines, 1) } else { isContinued = true }
        index = endOfContinuation(at: index)
      case Byte.hash:
        let comment = Span(index, endOfComment(from: index, to: expression.span.end))
        if lines > 0 {
          beginLine(indent: indent + 2 * depth, afterBlank: lines > 1 && !isAfterOpen)
          isAfterOpen = false
        }
        write(comment: comment)
        lines = 0
        index = comment.end
      default:
        let (sort, end) = expressionToken(at: index, after: last?.sort)
        if sort == .open { depth += 1 }
        if sort == .close { depth -= 1 }
        place(sort, Span(index, end), in: &self)
        index = end
      }
    }
  }

  /// Whether a blank stands between two parts of an expression.
  private func isBlankNeeded(
    between last: (sort: ExpressionToken, end: Int), and next: ExpressionToken, _ span: Span
  ) -> Bool {
    switch (last.sort, next) {
    case (.open, _), (_, .close), (_, .comma), (.range, _), (_, .range), (.dot, _), (_, .dot): false
    // `- 5` is the negative of 5 and `-5` a number: the same to the eye, and no longer the same tree.
    case (.unary, .operand):
      bytes[last.end - 1] == Byte.minus && (bytes[span.start].isDigit || bytes[span.start] == Byte.minus)
    case (.unary, _): false
    // A call and an index: their bracket follows without a blank, or it is another thing.
    case (_, .open) where last.sort.endsOperand: last.end != span.start
    default: true
    }
  }

  /// What stands at an offset that no literal and no variable starts at.
  private func expressionToken(
    at index: Int, after last: ExpressionToken?
  ) -> (ExpressionToken, end: Int) {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case Byte.openParenthesis, Byte.openBracket: return (.open, index + 1)
    case Byte.closeParenthesis, Byte.closeBracket: return (.close, index + 1)
    case Byte.comma: return (.comma, index + 1)
    case Byte.dot: return next == Byte.dot ? (.range, index + 2) : (.dot, index + 1)
    case Byte.minus where !(last?.endsOperand ?? false): return (.unary, index + 1)
    case Byte.exclamation where next != Byte.equal: return (.unary, index + 1)
    case Byte.bar, Byte.ampersand: return (.binary, index + 2)
    case Byte.equal, Byte.exclamation, Byte.less, Byte.greater:
      return (.binary, next == Byte.equal ? index + 2 : index + 1)
    case _ where byte.startsName:
      var end = index
      while end < bytes.count, bytes[end].continuesName { end += 1 }
      return (.name, end)
    default: return (.binary, index + 1)
    }
  }

  /// The index of the first atom that starts at an offset or behind it.
  private func firstAtom(from offset: Int) -> Int {
    var low = 0
    var high = atoms.count
    while low < high {
      let middle = (low + high) / 2
      if atoms[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - The text between the pieces

/// What may stand between two pieces of a statement, or between two statements.
private enum Gap {
  case lineEnd
  /// A `\` and the line end after it.
  case continuation
  case comment(Span)
  /// A keyword, a name or a sign.
  case text(Span)
}

extension Formatter {
  /// The next thing between two offsets that is no blank, or nil behind the last. A `;` is a blank here: it
  /// is written where it is needed.
  private func nextGap(from index: inout Int, to end: Int) -> Gap? {
    while index < end {
      let start = index
      switch bytes[index] {
      case Byte.space, Byte.tab, Byte.carriageReturn, Byte.semicolon:
        index += 1
      case Byte.lineFeed:
        index += 1
        return .lineEnd
      case Byte.backslash:
        index = endOfContinuation(at: index)
        return .continuation
      case Byte.hash:
        index = endOfComment(from: index, to: end)
        return .comment(Span(start, index))
      case Byte.equal:
        index += 1
        return .text(Span(start, index))
      default:
        while index < end, !isAfterKeyword(bytes[index]) { index += 1 }
        return .text(Span(start, index))
      }
    }
    return nil
  }

  private func isAfterKeyword(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.space, Byte.tab, Byte.carriageReturn, Byte.lineFeed, Byte.backslash, Byte.equal,
      Byte.semicolon, Byte.hash:
      true
    default: false
    }
  }

  private func endOfContinuation(at index: Int) -> Int {
    var end = index + 1
    if end < bytes.count, bytes[end] == Byte.carriageReturn { end += 1 }
    if end < bytes.count, bytes[end] == Byte.lineFeed { end += 1 }
    return end
  }

  private func endOfComment(from index: Int, to end: Int) -> Int {
    bytes[index..<end].firstIndex(of: Byte.lineFeed) ?? end
  }
}

// MARK: - Writing

extension Formatter {
  private mutating func write(_ span: Span) {
    output += bytes[span.start..<span.end]
    isAtLineStart = false
  }

  private mutating func write(_ byte: UInt8) {
    output.append(byte)
    isAtLineStart = false
  }

  /// Writes a comment behind what is on the line, without the blanks at its end.
  private mutating func write(comment: Span) {
    var end = comment.end
    while end > comment.start, [Byte.space, Byte.tab, Byte.carriageReturn].contains(bytes[end - 1]) {
      end -= 1
    }
    separate(isContinued: false, indent: 0)
    write(Span(comment.start, end))
    endsInComment = true
  }

  /// Writes the blank between two parts of a line, or continues the line.
  private mutating func separate(isContinued: Bool, indent: Int) {
    if isAtLineStart { return }
    output.append(Byte.space)
    guard isContinued else { return }
    output.append(Byte.backslash)
    output.append(Byte.lineFeed)
    output.append(contentsOf: repeatElement(Byte.space, count: indent + 4))
    isAtLineStart = true
  }

  /// Ends the line, if there is one, and begins the next.
  private mutating func beginLine(indent: Int, afterBlank: Bool) {
    if !output.isEmpty { endLine() }
    if afterBlank { output.append(Byte.lineFeed) }
    output.append(contentsOf: repeatElement(Byte.space, count: indent))
    isAtLineStart = true
  }

  private mutating func endLine() {
    // A word may end in a `\`, which a line end behind it would take for its own.
    if output.last == Byte.backslash, !endsInComment { output.append(Byte.semicolon) }
    output.append(Byte.lineFeed)
    endsInComment = false
    isAtLineStart = true
  }
}
