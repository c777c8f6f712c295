/// Bytes as Z85, five characters for four bytes (ZeroMQ RFC 32): what CURVE keys are written in.
///
/// Law: `decode(encode(x)) == x` for every `x` of a multiple of four bytes; others have no Z85.
public enum Z85 {
  /// The bytes as Z85, or nil where their number is no multiple of four.
  public static func encode(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count % 4 == 0 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 4 * 5)
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let value = bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      var divisor: UInt32 = 85 * 85 * 85 * 85
      while divisor > 0 {
        text.append(alphabet[Int(value / divisor % 85)])
        divisor /= 85
      }
    }
    return text
  }

  /// The bytes that a text stands for.
  ///
  /// - Throws: ``PayloadError`` at a character that is not of Z85, where five characters stand for more than
  ///   four bytes hold, and where the length is no multiple of five.
  public static func decode(_ text: [UInt8]) throws(PayloadError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 5 * 4)
    var group: UInt64 = 0
    for (index, character) in text.enumerated() {
      guard character < 0x80, values[Int(character)] < 85 else {
        throw .character(in: text, at: index) { "\($0) is no character of Z85" }
      }
      group = group * 85 + UInt64(values[Int(character)])
      guard index % 5 == 4 else { continue }
      guard let value = UInt32(exactly: group) else {
        let range = index - 4..<index + 1
        throw PayloadError(
          "'\(String(decoding: text[range], as: UTF8.self))' is more than four bytes hold", at: range,
          help: ["the greatest group is '%nSc0'"])
      }
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
      group = 0
    }
    let left = text.count % 5
    guard left == 0 else {
      throw PayloadError(
        "\(text.count) characters: the length of Z85 is a multiple of 5", at: text.count - left..<text.count,
        help: ["a CURVE key has 40 characters"])
    }
    return bytes
  }

  private static let alphabet = Array(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8)

  /// The value of each character of ASCII, 255 for those that are not of Z85.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 128)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()
}
