/// A number of bytes as it is typed: `1024`, `64KiB`, `1.5MB`.
public enum ByteCount {
  /// The most that ``parse(_:)`` takes: 1 GiB. A script that means more has mistyped a unit.
  public static let maximum = 1 << 30

  /// The number that a text stands for, with a unit of the language (`B KB MB GB KiB MiB GiB`) or none.
  ///
  /// - Throws: ``PayloadError`` where it is no number, its unit is unknown, it is no whole number of bytes or
  ///   greater than ``maximum``.
  public static func parse(_ text: [UInt8]) throws(PayloadError) -> Int {
    let whole = 0..<text.count
    guard !text.isEmpty else {
      throw PayloadError("the number of bytes is missing", at: whole, help: ["for example 1024 or 64KiB"])
    }
    var index = 0
    var digits: Int = 0
    var scale = 1
    var hasPoint = false
    var isTooLarge = false
    scan: while index < text.count {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        // Twelve digits are a thousand times the maximum; so nothing overflows below.
        if hasPoint, scale == mostScale {
          throw PayloadError("there are too many digits after the point", at: whole)
        }
        if digits > 99_999_999_999 {
          isTooLarge = true
        } else {
          digits = digits * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        if hasPoint { scale *= 10 }
      case UInt8(ascii: "_") where index > 0: break
      case UInt8(ascii: ".") where index > 0 && !hasPoint: hasPoint = true
      default: break scan
      }
      index += 1
    }
    guard index > 0 else {
      throw PayloadError(
        "'\(TextView.escaped(text))' is no number of bytes", at: whole, help: ["for example 1024 or 64KiB"])
    }
    let unit = try unit(text, from: index)
    let (product, overflows) = digits.multipliedReportingOverflow(by: unit)
    guard !isTooLarge, !overflows, product <= maximum * scale else {
      throw PayloadError(
        "'\(TextView.escaped(text))' is more than 1GiB, the most that a frame is made of here", at: whole)
    }
    guard product % scale == 0 else {
      throw PayloadError("'\(TextView.escaped(text))' is no whole number of bytes", at: whole)
    }
    return product / scale
  }

  /// Nine digits after the point: as many as a byte of a GB needs.
  private static let mostScale = 1_000_000_000

  private static let units: [(name: String, bytes: Int)] = [
    ("B", 1), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
    ("GiB", 1 << 30),
  ]

  private static func unit(_ text: [UInt8], from index: Int) throws(PayloadError) -> Int {
    if index == text.count { return 1 }
    if let unit = units.first(where: { $0.name.utf8.elementsEqual(text[index...]) }) { return unit.bytes }
    throw PayloadError(
      "'\(TextView.escaped(Array(text[index...])))' is no unit of size", at: index..<text.count,
      help: ["the units are \(units.map(\.name).joined(separator: " "))"])
  }
}
