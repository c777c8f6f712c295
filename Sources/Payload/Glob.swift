/// A pattern of a whole frame: `*` is any characters, `?` is one, `[a-z]` is one of these, `[!a-z]` one that is
/// none of these, and `\` takes away the meaning of the character after it.
///
/// A character is a Unicode scalar, or a byte that is no UTF-8. Matching goes back to the last `*` at most, so
/// that its time is bounded by the length of the pattern times that of the frame.
public struct Glob: Sendable {
  private enum Piece {
    case character(UInt32)
    case anyCharacter
    case anyCharacters
    case oneOf([ClosedRange<UInt32>], isNegated: Bool)
  }

  private var pieces: [Piece] = []

  /// Reads a pattern.
  ///
  /// - Throws: ``PayloadError`` where a `[` is never closed or holds nothing, a range goes backwards, or the
  ///   pattern ends with `\`.
  public init(_ pattern: [UInt8]) throws(PayloadError) {
    var index = 0
    while index < pattern.count {
      let start = index
      let character = Self.next(in: pattern, &index)
      switch character {
      case Self.star:
        // Several are one, and cost no more.
        if case .anyCharacters? = pieces.last { continue }
        pieces.append(.anyCharacters)
      case Self.question: pieces.append(.anyCharacter)
      case Self.openBracket: pieces.append(try Self.set(in: pattern, &index, from: start))
      case Self.backslash:
        guard index < pattern.count else {
          throw PayloadError(
            "no character follows this '\\'", at: start..<index, help: [#"a backslash itself is '\\'"#])
        }
        pieces.append(.character(Self.next(in: pattern, &index)))
      default: pieces.append(.character(character))
      }
    }
  }

  /// Whether the pattern matches all of a frame.
  public func matches(_ frame: [UInt8]) -> Bool {
    var piece = 0
    var index = 0
    // Where to go on if what follows the last `*` does not match: with a character more in it.
    var retry: (piece: Int, index: Int)?
    while index < frame.count {
      if piece < pieces.count, case .anyCharacters = pieces[piece] {
        piece += 1
        if piece == pieces.count { return true }
        retry = (piece, index)
        continue
      }
      var after = index
      let character = Self.next(in: frame, &after)
      if piece < pieces.count, Self.matches(pieces[piece], character) {
        piece += 1
        index = after
        continue
      }
      guard let last = retry else { return false }
      index = last.index
      _ = Self.next(in: frame, &index)
      retry = (last.piece, index)
      piece = last.piece
    }
    if piece < pieces.count, case .anyCharacters = pieces[piece] { piece += 1 }
    return piece == pieces.count
  }

  private static func matches(_ piece: Piece, _ character: UInt32) -> Bool {
    switch piece {
    case .character(let wanted): wanted == character
    case .anyCharacter: true
    case .anyCharacters: false
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
    }
  }

  // MARK: Characters

  private static let star = UInt32(UInt8(ascii: "*"))
  private static let question = UInt32(UInt8(ascii: "?"))
  private static let openBracket = UInt32(UInt8(ascii: "["))
  private static let backslash = UInt32(UInt8(ascii: "\\"))

  /// The character at an index, which is moved behind it. A byte that is no UTF-8 has a value past all characters.
  @inline(__always)
  private static func next(in bytes: [UInt8], _ index: inout Int) -> UInt32 {
    guard let (scalar, length) = UTF8Text.scalar(in: bytes, at: index) else {
      index += 1
      return 0x11_0000 + UInt32(bytes[index - 1])
    }
    index += length
    return scalar.value
  }

  /// Reads what follows a `[`, up to its `]`. A `]` that stands first is one of the characters.
  private static func set(
    in pattern: [UInt8], _ index: inout Int, from start: Int
  ) throws(PayloadError) -> Piece {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false
    if index < pattern.count, pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^") {
      isNegated = true
      index += 1
    }
    let first = index
    while index < pattern.count {
      let characterStart = index
      if pattern[index] == UInt8(ascii: "]"), index > first {
        index += 1
        return .oneOf(ranges, isNegated: isNegated)
      }
      let low = member(in: pattern, &index)
      var high = low
      if index + 1 < pattern.count, pattern[index] == UInt8(ascii: "-"),
        pattern[index + 1] != UInt8(ascii: "]")
      {
        index += 1
        high = member(in: pattern, &index)
      }
      guard low <= high else {
        throw PayloadError(
          "the range '\(TextView.escaped(Array(pattern[characterStart..<index])))' goes backwards",
          at: characterStart..<index)
      }
      ranges.append(low...high)
    }
    throw PayloadError(
      "this '[' is never closed", at: start..<start + 1, help: [#"a '[' itself is '\['"#])
  }

  private static func member(in pattern: [UInt8], _ index: inout Int) -> UInt32 {
    if pattern[index] == UInt8(ascii: "\\"), index + 1 < pattern.count { index += 1 }
    return next(in: pattern, &index)
  }
}
