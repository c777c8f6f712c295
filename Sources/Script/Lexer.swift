// The characters: blanks, line ends, comments, names. Words and expressions are read straight from the
// bytes, because what a character means depends on where it stands (`-` in a word, `-` in an expression).
extension Parser {
  /// The byte at the position, or nil at the end of the text.
  var current: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  /// The byte so many places ahead, or nil past the end of the text.
  func ahead(_ count: Int) -> UInt8? {
    byte(at: position + count)
  }

  /// The byte at an offset, or nil outside the text.
  func byte(at offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[offset] : nil
  }

  /// How many bytes a line end takes at an offset: 0 if none stands there.
  func lineEnd(at offset: Int) -> Int {
    switch byte(at: offset) {
    case Byte.lineFeed: 1
    case Byte.carriageReturn: byte(at: offset + 1) == Byte.lineFeed ? 2 : 0
    default: 0
    }
  }

  /// Whether the backslash at an offset continues the line: a line end or the end of the text follows.
  func continuesLine(at offset: Int) -> Bool {
    bytes[offset] == Byte.backslash && (offset + 1 == bytes.count || lineEnd(at: offset + 1) > 0)
  }

  /// Whether the byte at an offset ends a word: a blank, a line end, `;`, or the end of the text.
  func endsWord(at offset: Int) -> Bool {
    switch byte(at: offset) {
    case nil, Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn, Byte.semicolon: true
    case Byte.backslash: continuesLine(at: offset)
    default: false
    }
  }

  /// Whether the `}` at an offset closes the open block rather than being a character of a word.
  func closesBlock(at offset: Int) -> Bool {
    blockDepth > 0 && (endsWord(at: offset + 1) || byte(at: offset + 1) == Byte.closeBrace)
  }

  /// Whether the statement ends here; blanks have been skipped.
  var isAtStatementEnd: Bool {
    switch current {
    case nil, Byte.lineFeed, Byte.semicolon, Byte.hash: true
    case Byte.carriageReturn: lineEnd(at: position) > 0
    case Byte.closeBrace: blockDepth > 0
    default: false
    }
  }

  /// Skips blanks and continued line ends; inside brackets line ends and comments too.
  mutating func skipBlanks() {
    while let byte = current {
      switch byte {
      case Byte.space, Byte.tab:
        position += 1
      case Byte.carriageReturn:
        guard bracketDepth > 0 || lineEnd(at: position) == 0 else { return }
        position += 1
      case Byte.backslash:
        guard continuesLine(at: position) else { return }
        let start = position
        position += 1 + lineEnd(at: position + 1)
        if current == nil {
          reportOpen(
            "the text ends where '\\' continues the line", at: Span(start, start + 1),
            OpenEnd(depth: blockDepth + 1))
        }
      case Byte.lineFeed where bracketDepth > 0:
        position += 1
      case Byte.hash where bracketDepth > 0:
        skipComment()
      default:
        return
      }
    }
  }

  /// Skips everything between two statements: blanks, line ends, `;` and comments.
  mutating func skipToStatement() {
    while true {
      skipBlanks()
      switch current {
      case Byte.lineFeed, Byte.semicolon, Byte.carriageReturn: position += 1
      case Byte.hash: skipComment()
      default: return
      }
    }
  }

  /// Skips blanks, line ends and comments, but no `;`.
  mutating func skipLines() {
    while true {
      skipBlanks()
      switch current {
      case Byte.lineFeed, Byte.carriageReturn: position += 1
      case Byte.hash: skipComment()
      default: return
      }
    }
  }

  /// Skips to the end of the line.
  mutating func skipComment() {
    noteNothing()
    while position < bytes.count, bytes[position] != Byte.lineFeed { position += 1 }
  }

  /// The end of the identifier that starts at an offset; the offset itself if none does.
  func endOfName(from offset: Int) -> Int {
    var end = offset
    guard let first = byte(at: offset), first.startsName else { return offset }
    while end < bytes.count, bytes[end].continuesName { end += 1 }
    return end
  }

  /// Whether a name made of these bytes stands at the position and ends there.
  func isAt(name: [UInt8]) -> Bool {
    let end = position + name.count
    guard end <= bytes.count, bytes[position] == name[0] else { return false }
    for index in 1..<name.count where bytes[position + index] != name[index] { return false }
    return byte(at: end).map { !$0.continuesName } ?? true
  }

  /// The text of a span, as far as it is UTF-8.
  func text(_ span: Span) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// What stands at the position, for a message: a name, a number or the run up to the next blank.
  var found: Span {
    var end = position
    if let first = current, first.continuesName {
      while end < bytes.count, end - position < Limit.excerpt,
        bytes[end].continuesName || (bytes[end] == Byte.dot && first.isDigit)
      {
        end += 1
      }
    } else {
      while end < bytes.count, !endsWord(at: end), end - position < Limit.excerpt { end += 1 }
    }
    end = min(max(end, position + 1), position + Limit.excerpt)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return Span(position, min(end, bytes.count))
  }

  /// What stands at the position, in words.
  var foundText: String {
    if current == nil { return "the end of the text" }
    if lineEnd(at: position) > 0 { return "the end of the line" }
    return "'\(text(found))'"
  }
}
