/// What stands between the quotes of a JSON string.
public enum JSONString {
  /// The text without its escapes. It has been checked.
  static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index] == UInt8(ascii: "\\") else {
        result.append(text[index])
        index += 1
        continue
      }
      index += 2
      switch text[index - 1] {
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"):
        var value = codeUnit(text, at: index)
        index += 4
        if value & 0xFC00 == 0xD800 {
          value = 0x10000 + (value & 0x3FF) << 10 + codeUnit(text, at: index + 2) & 0x3FF
          index += 6
        }
        UTF8Text.append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &result)
      case let plain: result.append(plain)
      }
    }
    return result
  }

  /// Appends a text with its quotes, escaped as JSON asks for, and so that it can be shown.
  public static func append(_ text: some RandomAccessCollection<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    let text = Array(text)
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, PlainCharacters.contains(text[index]) || text[index] == UInt8(ascii: " ") {
        index += 1
      }
      output += text[start..<index]
      guard index < text.count else { break }
      guard let (scalar, length) = UTF8Text.scalar(in: text, at: index) else {
        output += "\u{FFFD}".utf8
        index += 1
        continue
      }
      append(scalar, to: &output)
      index += length
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    switch scalar {
    case "\"": output += "\\\"".utf8
    case "\\": output += "\\\\".utf8
    case "\n": output += "\\n".utf8
    case "\r": output += "\\r".utf8
    case "\t": output += "\\t".utf8
    case "\u{8}": output += "\\b".utf8
    case "\u{C}": output += "\\f".utf8
    case _ where scalar.isPrintable: UTF8Text.append(scalar, to: &output)
    default: appendEscape(scalar, to: &output)
    }
  }

  /// Appends `\uXXXX`, twice where the character needs two.
  static func appendEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    for unit in String(scalar).utf16 {
      output += "\\u".utf8
      Hex.append(UInt8(unit >> 8), to: &output)
      Hex.append(UInt8(unit & 0xFF), to: &output)
    }
  }

  /// The value of four hexadecimal digits that are there.
  private static func codeUnit(_ text: ArraySlice<UInt8>, at index: Int) -> UInt32 {
    text[index..<index + 4].reduce(0) { $0 << 4 | UInt32(Hex.value($1) ?? 0) }
  }
}
