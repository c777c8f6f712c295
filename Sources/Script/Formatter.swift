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

  let bytes: [UInt8]
  /// See ``Parser/atoms``.
  let atoms: [Span]
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
  mutating func writeStatements(of block: Block, from: Int, to: Int, indent: Int) {
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
  mutating func writeComments(from: Int, to: Int, indent: Int, isFirst: inout Bool) -> Int {
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
  mutating func write(_ statement: Statement, indent: Int) {
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
  func fits(from start: Int) -> Bool {
    var column = 0
    for byte in output[start...] {
      if byte == Byte.lineFeed { column = 0 } else if byte & 0xC0 != 0x80 { column += 1 }
      if column > Self.width { return false }
    }
    return true
  }

  /// Whether a block has no line end in it, or nothing at all, and may fit on a line.
  func isOnOneLine(_ block: Block) -> Bool {
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

  func isEmpty(_ block: Block) -> Bool {
    block.statements.isEmpty && !bytes[block.span.start..<block.span.end].contains(Byte.hash)
  }

  mutating func write(_ pieces: [Piece], of statement: Statement, indent: Int, isFlat: Bool) {
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

  mutating func write(_ block: Block, indent: Int, isFlat: Bool) {
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
  mutating func writeKeywords(from: Int, to: Int, indent: Int, isAfterBlock: Bool) -> Bool {
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

// MARK: - Writing

extension Formatter {
  mutating func write(_ span: Span) {
    output += bytes[span.start..<span.end]
    isAtLineStart = false
  }

  mutating func write(_ byte: UInt8) {
    output.append(byte)
    isAtLineStart = false
  }

  /// Writes a comment behind what is on the line, without the blanks at its end.
  mutating func write(comment: Span) {
    var end = comment.end
    while end > comment.start, [Byte.space, Byte.tab, Byte.carriageReturn].contains(bytes[end - 1]) {
      end -= 1
    }
    separate(isContinued: false, indent: 0)
    write(Span(comment.start, end))
    endsInComment = true
  }

  /// Writes the blank between two parts of a line, or continues the line.
  mutating func separate(isContinued: Bool, indent: Int) {
    if isAtLineStart { return }
    output.append(Byte.space)
    guard isContinued else { return }
    output.append(Byte.backslash)
    output.append(Byte.lineFeed)
    output.append(contentsOf: repeatElement(Byte.space, count: indent + 4))
    isAtLineStart = true
  }

  /// Ends the line, if there is one, and begins the next.
  mutating func beginLine(indent: Int, afterBlank: Bool) {
    if !output.isEmpty { endLine() }
    if afterBlank { output.append(Byte.lineFeed) }
    output.append(contentsOf: repeatElement(Byte.space, count: indent))
    isAtLineStart = true
  }

  mutating func endLine() {
    // A word may end in a `\`, which a line end behind it would take for its own.
    if output.last == Byte.backslash, !endsInComment { output.append(Byte.semicolon) }
    output.append(Byte.lineFeed)
    endsInComment = false
    isAtLineStart = true
  }
}
