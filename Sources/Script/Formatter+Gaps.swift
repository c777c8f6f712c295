/// What may stand between two pieces of a statement, or between two statements.
enum Gap {
  case lineEnd
  /// A `\` and the line end after it.
  case continuation
  case comment(Span)
  /// A keyword, a name or a sign.
  case text(Span)
}

/// Line ends, comments and keywords.
extension Formatter {
  /// The next thing between two offsets that is no blank, or nil behind the last. A `;` is a blank here: it
  /// is written where it is needed.
  func nextGap(from index: inout Int, to end: Int) -> Gap? {
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

  func isAfterKeyword(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.space, Byte.tab, Byte.carriageReturn, Byte.lineFeed, Byte.backslash, Byte.equal,
      Byte.semicolon, Byte.hash:
      true
    default: false
    }
  }

  func endOfContinuation(at index: Int) -> Int {
    var end = index + 1
    if end < bytes.count, bytes[end] == Byte.carriageReturn { end += 1 }
    if end < bytes.count, bytes[end] == Byte.lineFeed { end += 1 }
    return end
  }

  func endOfComment(from index: Int, to end: Int) -> Int {
    bytes[index..<end].firstIndex(of: Byte.lineFeed) ?? end
  }
}
