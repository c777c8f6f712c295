/// Bytes as base64 (RFC 4648).
///
/// Law: `decode(encode(x)) == x`.
public enum Base64 {
  /// The bytes in the standard alphabet, padded.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      var group = UInt32(bytes[index]) << 16
      if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[index + 2]) }
      text.append(character(group >> 18))
      text.append(character(group >> 12 & 0x3F))
      text.append(left > 1 ? character(group >> 6 & 0x3F) : padding)
      text.append(left > 2 ? character(group & 0x3F) : padding)
      index += 3
    }
    return text
  }

  /// The bytes that a text stands for, in the standard or the URL alphabet, padded or not.
  ///
  /// - Throws: ``PayloadError`` where a character is of neither alphabet, the two are mixed, the length or the
  ///   padding is impossible, or bits are set that belong to no byte: for any bytes there is one text in each
  ///   alphabet.
  public static func decode(_ text: [UInt8]) throws(PayloadError) -> [UInt8] {
    let end = text.lastIndex { $0 != padding }.map { $0 + 1 } ?? 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end * 3 / 4)
    var group: UInt32 = 0
    var special: Int?
    for index in 0..<end {
      guard let value = value(text[index]) else { throw noCharacter(in: text, at: index) }
      if value >= 62 {
        if let special, isURL(text[special]) != isURL(text[index]) { throw mixed(text, special, index) }
        special = index
      }
      group = group << 6 | UInt32(value)
      if index & 3 == 3 {
        bytes.append(UInt8(truncatingIfNeeded: group >> 16))
        bytes.append(UInt8(truncatingIfNeeded: group >> 8))
        bytes.append(UInt8(truncatingIfNeeded: group))
        group = 0
      }
    }
    try finish(text, end, group, &bytes)
    return bytes
  }

  /// Takes the characters after the last whole group, and the padding.
  private static func finish(
    _ text: [UInt8], _ end: Int, _ group: UInt32, _ bytes: inout [UInt8]
  ) throws(PayloadError) {
    let left = end & 3
    if left == 1 {
      throw PayloadError(
        "'\(String(decoding: [text[end - 1]], as: UTF8.self))' is left over: a group has 2, 3 or 4 characters",
        at: end - 1..<end, help: ["\(end) characters are never base64: one is missing or too many"])
    }
    let wanted = left == 0 ? 0 : 4 - left
    let found = text.count - end
    guard found == 0 || found == wanted else {
      throw PayloadError(
        wanted == 0
          ? "no '=' belongs here: the last group is whole" : "\(wanted) '=' belong here, not \(found)",
        at: end..<text.count, help: ["padding may be left out"])
    }
    guard left > 0 else { return }
    let unused: UInt32 = left == 2 ? 0x0F : 0x03
    guard group & unused == 0 else {
      let fitting = String(decoding: [character(group & 0x3F & ~unused)], as: UTF8.self)
      throw PayloadError(
        "'\(String(decoding: [text[end - 1]], as: UTF8.self))' has bits that belong to no byte",
        at: end - 1..<end, help: ["the text is cut off, or '\(fitting)' is meant"])
    }
    if left == 2 {
      bytes.append(UInt8(truncatingIfNeeded: group >> 4))
    } else {
      bytes.append(UInt8(truncatingIfNeeded: group >> 10))
      bytes.append(UInt8(truncatingIfNeeded: group >> 2))
    }
  }

  private static let padding = UInt8(ascii: "=")

  private static func character(_ value: UInt32) -> UInt8 {
    switch UInt8(truncatingIfNeeded: value) {
    case let value where value < 26: UInt8(ascii: "A") + value
    case let value where value < 52: UInt8(ascii: "a") + value - 26
    case let value where value < 62: UInt8(ascii: "0") + value - 52
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  private static func isURL(_ character: UInt8) -> Bool {
    character == UInt8(ascii: "-") || character == UInt8(ascii: "_")
  }

  private static func noCharacter(in text: [UInt8], at index: Int) -> PayloadError {
    if text[index] == padding {
      return PayloadError("'=' stands only at the end of base64", at: index..<index + 1)
    }
    return .character(in: text, at: index) { "\($0) is no character of base64" }
  }

  private static func mixed(_ text: [UInt8], _ first: Int, _ second: Int) -> PayloadError {
    let sign = { (index: Int) in String(decoding: [text[index]], as: UTF8.self) }
    return PayloadError(
      "'\(sign(first))' and '\(sign(second))' are of two alphabets", at: second..<second + 1,
      help: ["the standard alphabet has '+' and '/', the one for URLs '-' and '_'"])
  }
}
