/// Bytes as hexadecimal digits, two a byte (RFC 4648, base16).
///
/// Law: `decode(encode(x)) == x`.
public enum Hex {
  /// The digits of the bytes, in lower case.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes { append(byte, to: &digits) }
    return digits
  }

  /// The bytes that the digits stand for. Capitals are taken too, and blanks between two bytes, as dumps have them.
  ///
  /// - Throws: ``PayloadError`` at what is no digit, and at a byte that has one digit only.
  public static func decode(_ digits: [UInt8]) throws(PayloadError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var index = 0
    while index < digits.count {
      if digits[index].isBlank {
        index += 1
        continue
      }
      let high = try value(in: digits, at: index)
      guard index + 1 < digits.count, !digits[index + 1].isBlank else {
        throw oneDigit(in: digits, at: index)
      }
      bytes.append(high << 4 | (try value(in: digits, at: index + 1)))
      index += 2
    }
    return bytes
  }

  /// Appends the two digits of a byte.
  @inline(__always)
  static func append(_ byte: UInt8, to digits: inout [UInt8]) {
    digits.append(digit(byte >> 4))
    digits.append(digit(byte & 0x0F))
  }

  /// The value of a digit, or nil.
  @inline(__always)
  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func value(in digits: [UInt8], at index: Int) throws(PayloadError) -> UInt8 {
    if let value = value(digits[index]) { return value }
    throw .character(
      in: digits, at: index,
      help: index == 1 && (digits[1] | 0x20) == UInt8(ascii: "x") ? ["the digits stand without '0x'"] : []
    ) { "\($0) is no hexadecimal digit" }
  }

  private static func oneDigit(in digits: [UInt8], at index: Int) -> PayloadError {
    if index == digits.count - 1, !digits.contains(where: \.isBlank) {
      return PayloadError(
        "\(digits.count) hexadecimal digit\(digits.count == 1 ? " is" : "s are") an odd number: a byte has two",
        at: index..<index + 1)
    }
    return PayloadError(
      "'\(String(decoding: [digits[index]], as: UTF8.self))' stands alone: a byte has two hexadecimal digits",
      at: index..<index + 1)
  }
}
