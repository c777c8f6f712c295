/// Characters in bytes that may be anything.
enum UTF8Text {
  /// The character at an offset and how many bytes it takes; nil where the bytes there are no UTF-8.
  ///
  /// Overlong forms, surrogates and what is past U+10FFFF are no UTF-8 (RFC 3629).
  @inline(__always)
  static func scalar<Bytes: RandomAccessCollection<UInt8>>(
    in bytes: Bytes, at offset: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? where Bytes.Index == Int {
    let first = bytes[offset]
    let length: Int
    var value: UInt32
    switch first {
    case 0..<0x80: return (Unicode.Scalar(first), 1)
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard offset + length <= bytes.endIndex else { return nil }
    for index in offset + 1..<offset + length {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    // The least value that needs so many bytes.
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// Whether the bytes are UTF-8 from end to end.
  static func isValid<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Bool where Bytes.Index == Int {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] < 0x80 {
        index += 1
      } else {
        guard let (_, length) = scalar(in: bytes, at: index) else { return false }
        index += length
      }
    }
    return true
  }

  /// Appends a character.
  static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

extension UInt8 {
  /// Whether it is a letter or a digit of ASCII.
  var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// Whether it is a blank or a line end, as JSON and dumps have them between what counts.
  @inline(__always)
  var isBlank: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether it can be shown as itself: it is seen, and moves neither the cursor nor the direction of writing.
  var isPrintable: Bool {
    if isASCII { return value >= 0x20 && value != 0x7F }
    // The selectors that choose between the plain and the coloured form of an emoji.
    if value == 0xFE0E || value == 0xFE0F { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .spaceSeparator, .surrogate,
      .unassigned:
      return false
    default:
      // Letters that are drawn as nothing at all (U+3164), in which one text could hide in another.
      return !properties.isDefaultIgnorableCodePoint
    }
  }
}
