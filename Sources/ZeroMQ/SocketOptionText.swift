// How a user writes the value of an option, and how it is shown.

extension SocketOption {
  /// Reads a value as a user writes it.
  ///
  /// - Parameter text: A number, with a unit that fits (`500ms`, `2s`, `1m`, `64KiB`, `1MB`), in hexadecimal
  ///   digits (`0x10`), or a name that means one (`no limit`); `true`, `on`, `yes` or `1` and their opposites; a text; a CURVE key as 40
  ///   characters of Z85.
  /// - Returns: The value, in the unit of the option.
  /// - Throws: ``OptionError`` where the text is no value, has a unit that does not fit, or is out of range.
  public func parse(_ text: String) throws(OptionError) -> OptionValue {
    switch kind {
    case .text, .bytes:
      return try length(Array(text.utf8))
    case .curveKey:
      return try parse(Array(text.utf8))
    case .bool:
      switch text.lowercased() {
      case "1", "true", "on", "yes": return .integer(1)
      case "0", "false", "off", "no": return .integer(0)
      default: throw OptionError("\(name) is on or off, not \(Self.quoted(text))", instead: "on")
      }
    case .int32, .int64, .uint64, .fileDescriptor:
      return .integer(try number(text))
    }
  }

  /// Reads a value as bytes, for an option that keeps bytes; a number is read from its text.
  ///
  /// - Parameter bytes: The bytes; of a CURVE key its 32 bytes or 40 characters of Z85.
  /// - Returns: The value.
  /// - Throws: ``OptionError`` as ``parse(_:)-(String)`` does.
  public func parse(_ bytes: [UInt8]) throws(OptionError) -> OptionValue {
    switch kind {
    case .text, .bytes:
      return try length(bytes)
    case .curveKey:
      if let key = CurveKey(bytes: bytes) ?? CurveKey(text: String(decoding: bytes, as: UTF8.self)) {
        return .bytes(key.bytes)
      }
      // The text stays out of the message: it may be most of a secret key.
      throw OptionError(
        "\(name) is a CURVE key of 40 characters of Z85, these are \(bytes.count)",
        help: bytes.count == CurveKey.textCount ? "a character in it is none of Z85's" : nil)
    case .bool, .int32, .int64, .uint64, .fileDescriptor:
      return try parse(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The value as it is shown: `1 s`, `1000 messages`, `-1 (no limit)`; a secret never is.
  ///
  /// - Parameter value: The value, as ``Socket/get(_:)`` gives it.
  public func format(_ value: OptionValue) -> String {
    switch value {
    case .bytes(let bytes):
      if isSecret {
        return bytes.allSatisfy { $0 == 0 } ? "not set" : "set, not shown"
      }
      return kind == .curveKey
        ? CurveKey(bytes: bytes)?.text ?? "" : String(decoding: bytes, as: UTF8.self)
    case .integer(let number):
      if let special = specialValues[number] {
        return "\(number) (\(special))"
      }
      switch kind {
      case .bool: return number == 0 ? "off" : "on"
      case .uint64: return String(UInt64(bitPattern: number))
      default: return unit.format(number)
      }
    }
  }

  /// The values that it takes, in words: `-1 (no limit) or 0 … 2147483647 ms`.
  public var domain: String {
    switch kind {
    case .bool:
      return "on or off"
    case .curveKey:
      return "a CURVE key of 40 characters of Z85"
    case .text, .bytes:
      let what = kind == .text ? "text" : "bytes"
      return range.map { "\(what), \($0.lowerBound) … \($0.upperBound) bytes long" } ?? what
    case .int32, .int64, .uint64, .fileDescriptor:
      guard let range else {
        return kind == .uint64 ? "0 … \(UInt64.max)" : "a number"
      }
      // Where every value has a name, it is a choice.
      if specialValues.count > 1, range.upperBound < 100, range.allSatisfy({ specialValues[$0] != nil }) {
        return specialValues.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
          .joined(separator: ", ")
      }
      let symbol = unit.symbol.isEmpty ? "" : " " + unit.symbol
      if range.lowerBound == -1, specialValues[-1] != nil {
        return "-1 or \(excluded == 0 ? 1 : 0) … \(range.upperBound)\(symbol)"
      }
      return "\(range.lowerBound) … \(range.upperBound)\(symbol)"
    }
  }

  /// A text in quotes, unless it is so long that it may be a key or a password that was meant for another option.
  private static func quoted(_ text: String) -> String {
    text.utf8.count > 20 ? "these \(text.utf8.count) characters" : "'\(text)'"
  }

  private func length(_ bytes: [UInt8]) throws(OptionError) -> OptionValue {
    if kind == .text, bytes.contains(0) {
      throw OptionError("\(name) is a text, which holds no zero byte")
    }
    if let range, !range.contains(Int64(bytes.count)) {
      let bounds = "\(range.lowerBound) … \(range.upperBound)"
      throw OptionError("\(name) is \(bounds) bytes long, these are \(bytes.count)")
    }
    return .bytes(bytes)
  }

  private func number(_ text: String) throws(OptionError) -> Int64 {
    let lower = text.lowercased()
    if let special = specialValues.first(where: { $0.value.lowercased() == lower }),
      range?.contains(special.key) ?? true
    {
      return special.key
    }
    // Bits, such as those of `tos` and `affinity`, are mostly written so.
    if lower.hasPrefix("0x"), let bits = UInt64(lower.dropFirst(2), radix: 16) {
      return try number("\(bits)")
    }
    if kind == .uint64, let number = UInt64(text) {
      return Int64(bitPattern: number)
    }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    let suffix = text.dropFirst(digits.count)
    // A number has 20 characters at most, and a unit a few: what is longer may be a key.
    guard text.utf8.count <= 24, let decimal = Decimal(digits) else {
      throw OptionError("\(name) is \(domain), not \(Self.quoted(text))", instead: usual)
    }
    var factor: (multiply: Int64, divide: Int64) = (1, 1)
    if !suffix.isEmpty {
      guard let found = unit.factor(of: String(suffix)) else {
        throw OptionError(
          "'\(suffix)' is no unit of \(name), which is \(domain)",
          instead: unit.example == nil ? nearest(decimal) : usual)
      }
      factor = found
    }
    guard let number = decimal.times(factor.multiply, over: factor.divide) else {
      throw OptionError(
        "'\(text)' is no whole number of \(unit.plural), which \(name) is counted in",
        instead: nearest(decimal, factor))
    }
    guard range?.contains(number) ?? (kind != .uint64 || number >= 0), number != excluded else {
      throw OptionError(
        "\(name) is \(domain), not \(Self.quoted(text))", instead: nearest(decimal, factor))
    }
    return number
  }

  /// The value that it takes next to a number that it does not take.
  private func nearest(_ decimal: Decimal, _ factor: (multiply: Int64, divide: Int64) = (1, 1)) -> String {
    let least = range?.lowerBound ?? 0
    let most = range?.upperBound ?? Int64.max
    let number = decimal.rounded(factor.multiply, over: factor.divide)
    // What is less than nothing is not meant to be the special -1, which often is "no limit".
    let lowest = least == -1 && specialValues[-1] != nil ? 0 : least
    let value = max(lowest, min(number, most))
    return "\(value == excluded ? value + 1 : value)"
  }

  /// A value for who wrote none: with a unit where there is one, the default, or the least.
  private var usual: String? {
    if let example = unit.example, (try? parse(example)) != nil { return example }
    if case .integer(let number)? = defaultValue { return "\(number)" }
    return range.map { "\($0.lowerBound)" }
  }
}

extension SocketOption.Unit {
  /// The sign of the unit, such as `ms`; empty where there is none.
  public var symbol: String {
    switch self {
    case .none: ""
    case .milliseconds: "ms"
    case .seconds: "s"
    case .bytes: "bytes"
    case .kilobitsPerSecond: "kbit/s"
    case .messages: "messages"
    case .hops: "hops"
    case .connections: "connections"
    }
  }

  var plural: String {
    switch self {
    case .none: "ones"
    case .milliseconds: "milliseconds"
    case .seconds: "seconds"
    case .kilobitsPerSecond: "kilobits per second"
    case .bytes, .messages, .hops, .connections: symbol
    }
  }

  /// A value as one writes it with its unit, such as `500ms`; `nil` where there is none to write.
  public var example: String? {
    switch self {
    case .milliseconds: "500ms"
    case .seconds: "30s"
    case .bytes: "64KiB"
    case .kilobitsPerSecond: "100kbit"
    case .none, .messages, .hops, .connections: nil
    }
  }

  /// What a number with a suffix is multiplied with and divided by.
  func factor(of suffix: String) -> (multiply: Int64, divide: Int64)? {
    let thousandths: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000]
    switch self {
    case .milliseconds: return thousandths[suffix].map { ($0, 1) }
    case .seconds: return thousandths[suffix].map { ($0, 1000) }
    case .bytes:
      let sizes: [String: Int64] = [
        "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000, "kib": 1 << 10, "mib": 1 << 20,
        "gib": 1 << 30,
      ]
      return sizes[suffix.lowercased()].map { ($0, 1) }
    case .kilobitsPerSecond:
      let rates: [String: Int64] = ["kbit": 1, "mbit": 1000, "gbit": 1_000_000]
      let suffix = suffix.lowercased()
      return rates[suffix.hasSuffix("/s") ? String(suffix.dropLast(2)) : suffix].map { ($0, 1) }
    case .none, .messages, .hops, .connections: return nil
    }
  }

  func format(_ number: Int64) -> String {
    switch self {
    case .none: return "\(number)"
    case .milliseconds where number != 0 && number % 1000 == 0: return "\(number / 1000) s"
    case .bytes where number != 0 && number % (1 << 20) == 0: return "\(number >> 20) MiB"
    case .bytes where number != 0 && number % (1 << 10) == 0: return "\(number >> 10) KiB"
    case .bytes, .messages, .hops, .connections:
      return number == 1 ? "1 \(symbol.dropLast())" : "\(number) \(symbol)"
    case .milliseconds, .seconds, .kilobitsPerSecond: return "\(number) \(symbol)"
    }
  }
}

/// A number as a user writes it, `1.5`, without the rounding of a `Double`.
private struct Decimal {
  let digits: Int64
  let scale: Int64

  init?(_ text: Substring) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || !fraction.isEmpty, fraction.allSatisfy({ $0.isNumber }), fraction.count <= 9,
      let digits = Int64(whole + fraction)
    else {
      return nil
    }
    self.digits = digits
    scale = fraction.reduce(1) { scale, _ in scale * 10 }
  }

  /// The whole number that is next to it, at the end of what there is where it is beyond.
  func rounded(_ multiply: Int64, over divide: Int64) -> Int64 {
    let (product, overflow) = digits.multipliedReportingOverflow(by: multiply)
    if overflow { return digits < 0 ? .min : .max }
    return product / (scale * divide)
  }

  func times(_ multiply: Int64, over divide: Int64) -> Int64? {
    let (product, overflow) = digits.multipliedReportingOverflow(by: multiply)
    let divisor = scale * divide
    guard !overflow, product % divisor == 0 else {
      return nil
    }
    return product / divisor
  }
}
