import Payload
import Shell

/// One JSON object on one line, written member by member.
public struct JSONLine: Sendable {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// Begins an object.
  public init() { bytes.reserveCapacity(160) }

  /// Adds a text.
  public mutating func add(_ name: StaticString, _ text: String) {
    addName(name)
    JSONString.append(Array(text.utf8), to: &bytes)
  }

  /// Adds a text, or nothing where there is none.
  public mutating func add(_ name: StaticString, _ text: String?) {
    if let text { add(name, text) }
  }

  /// Adds a whole number.
  public mutating func add(_ name: StaticString, _ number: Int) {
    addName(name)
    bytes += String(number).utf8
  }

  /// Adds `true` or `false`.
  public mutating func add(_ name: StaticString, _ flag: Bool) {
    addName(name)
    bytes += (flag ? "true" : "false").utf8
  }

  /// Adds a length of time in seconds, down to microseconds.
  public mutating func add(_ name: StaticString, _ duration: Duration) {
    addName(name)
    bytes += duration.secondsText(digits: 6).utf8
  }

  /// Adds a list of texts.
  public mutating func add(_ name: StaticString, _ texts: [String]) {
    addName(name)
    addList(texts) { text, bytes in JSONString.append(Array(text.utf8), to: &bytes) }
  }

  /// Adds a list of numbers.
  public mutating func add(_ name: StaticString, _ numbers: [Int]) {
    addName(name)
    addList(numbers) { number, bytes in bytes += String(number).utf8 }
  }

  /// The whole object, without a line end.
  public consuming func end() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// A text alone, in quotes.
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONString.append(Array(text.utf8), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func addName(_ name: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes += $0 }
    bytes += "\":".utf8
  }

  private mutating func addList<Element>(
    _ elements: [Element], _ append: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

extension Duration {
  /// In seconds with so many digits after the point, cut off: `0.012`.
  func secondsText(digits: Int) -> String {
    var unit: Int64 = 1_000_000_000
    for _ in 0..<digits { unit /= 10 }
    let total = max(0, nanoseconds) / unit
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let fraction = String(total % scale)
    return "\(total / scale).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }

  /// Reads seconds as ``JSONLine`` writes them, exactly: microseconds are no sums of powers of two.
  init?(secondsText text: String) {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    let fraction = parts.count == 2 ? parts[1].prefix(6) : ""
    let padding = String(repeating: "0", count: 6 - fraction.count)
    guard let microseconds = Int64(fraction + padding) else { return nil }
    self = .seconds(whole) + .microseconds(microseconds)
  }
}
