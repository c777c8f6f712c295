/// A JSON number by its value, however it was written: `1`, `1.0` and `10e-1` are the same.
///
/// Nothing is rounded, so forty digits are compared as forty digits, and `1e400` is no infinity.
struct JSONNumber {
  private let isNegative: Bool
  /// The text from the first digit that is not zero to the last one, a point perhaps in between. Empty for zero.
  private let digits: ArraySlice<UInt8>
  /// The power of ten of the last of these digits.
  private let exponent: Int

  /// Takes apart the text of a number, which has been checked.
  init(_ text: ArraySlice<UInt8>) {
    isNegative = text.first == UInt8(ascii: "-")
    let mantissaEnd = text.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? text.endIndex
    let mantissa = text[(text.startIndex + (isNegative ? 1 : 0))..<mantissaEnd]
    let isSignificant = { (byte: UInt8) in byte != UInt8(ascii: "0") && byte != UInt8(ascii: ".") }
    guard let first = mantissa.firstIndex(where: isSignificant),
      let last = mantissa.lastIndex(where: isSignificant)
    else {
      digits = []
      exponent = 0
      return
    }
    digits = mantissa[first...last]
    // How far the last digit stands before the point, or behind it.
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissaEnd
    exponent = Self.exponent(text[mantissaEnd...]) + (last < point ? point - last - 1 : point - last)
  }

  /// Whether both have the same value.
  static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    if left.digits.isEmpty || right.digits.isEmpty { return left.digits.isEmpty && right.digits.isEmpty }
    guard left.isNegative == right.isNegative, left.exponent == right.exponent else { return false }
    var other = right.digits.startIndex
    for digit in left.digits where digit != UInt8(ascii: ".") {
      if other < right.digits.endIndex, right.digits[other] == UInt8(ascii: ".") { other += 1 }
      guard other < right.digits.endIndex, right.digits[other] == digit else { return false }
      other += 1
    }
    return other == right.digits.endIndex
  }

  /// The value of `e+10`. Beyond 10^18, where no number of digits can make up for a difference, they are all one.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
    var value = 0
    let most = 1_000_000_000_000_000_000
    for byte in text {
      guard let digit = Hex.value(byte), digit < 10 else { continue }
      value = value < most / 10 ? value * 10 + Int(digit) : most
    }
    return text.contains(UInt8(ascii: "-")) ? -value : value
  }
}
