// Numbers: integers, floats, durations and sizes.

/// What a number may be followed by.
private enum Unit {
  /// So many attoseconds.
  case time(UInt128)
  /// So many bytes.
  case size(UInt128)

  static func named(_ name: String) -> Unit? {
    switch name {
    case "ns": .time(1_000_000_000)
    case "us", "µs", "μs": .time(1_000_000_000_000)
    case "ms": .time(1_000_000_000_000_000)
    case "s": .time(attosecondsPerSecond)
    case "m": .time(60 * attosecondsPerSecond)
    case "h": .time(3600 * attosecondsPerSecond)
    case "B": .size(1)
    case "KB": .size(1_000)
    case "MB": .size(1_000_000)
    case "GB": .size(1_000_000_000)
    case "KiB": .size(1 << 10)
    case "MiB": .size(1 << 20)
    case "GiB": .size(1 << 30)
    default: nil
    }
  }

  static let names = ["ns", "us", "ms", "s", "m", "h", "B", "KB", "MB", "GB", "KiB", "MiB", "GiB"]
}

private let attosecondsPerSecond: UInt128 = 1_000_000_000_000_000_000

extension Parser {
  /// Reads the number at the position; a `-` before it, at `start`, has been read if it is negated.
  ///
  /// An error is reported and gives a zero, since nothing after it depends on the value.
  mutating func parseNumber(from start: Int, isNegated: Bool) -> Expression? {
    if current == UInt8(ascii: "0"), let base = ahead(1),
      base == UInt8(ascii: "x") || base == UInt8(ascii: "b")
    {
      return parseBasedInteger(from: start, isNegated: isNegated, bits: base == UInt8(ascii: "x") ? 4 : 1)
    }
    var mantissa = scanDigits()
    var fraction = Digits()
    var digits = text(Span(mantissa.span.start, mantissa.span.end))
    if current == Byte.dot, let next = ahead(1), next.isDigit {
      position += 1
      fraction = scanDigits()
      digits += "." + text(fraction.span)
    }
    let exponentStart = position
    let hasExponent = scanExponent()
    digits += text(Span(exponentStart, position))
    let unitStart = position
    while let byte = current, byte.continuesName || byte >= 0x80 { position += 1 }
    let name = text(Span(unitStart, position))
    let span = Span(start, position)
    end = position
    if name.isEmpty {
      if fraction.count > 0 || hasExponent {
        return floatLiteral(digits, isNegated: isNegated, span: span)
      }
      return integerLiteral(mantissa, isNegated: isNegated, span: span)
    }
    guard let unit = Unit.named(name), !hasExponent else {
      reportUnit(name, at: Span(unitStart, position), number: span)
      return Expression(.integer(0), span: span)
    }
    if mantissa.overflows {
      reportTooLarge(span)
      mantissa = Digits()
    }
    return measure(mantissa, fraction, unit, isNegated: isNegated, span: span)
  }

  /// Decimal digits, as they were scanned.
  private struct Digits {
    var value: UInt128 = 0
    /// How many there are, without `_`.
    var count = 0
    var overflows = false
    var span = Span(0, 0)
  }

  private mutating func scanDigits() -> Digits {
    var digits = Digits()
    let start = position
    while let byte = current, byte.isDigit || byte == Byte.underscore {
      position += 1
      guard byte.isDigit else { continue }
      digits.count += 1
      // Far above what any literal may be, far below where the arithmetic on it would overflow.
      if digits.value > 1 << 66 {
        digits.overflows = true
      } else {
        digits.value = digits.value * 10 + UInt128(byte - 0x30)
      }
    }
    digits.span = Span(start, position)
    return digits
  }

  /// Skips `e5`, `E-3` if one is there.
  private mutating func scanExponent() -> Bool {
    guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return false }
    let isSigned = ahead(1) == Byte.plus || ahead(1) == Byte.minus
    guard let digit = ahead(isSigned ? 2 : 1), digit.isDigit else { return false }
    position += isSigned ? 2 : 1
    while let byte = current, byte.isDigit { position += 1 }
    return true
  }

  private mutating func parseBasedInteger(from start: Int, isNegated: Bool, bits: Int) -> Expression {
    position += 2
    let first = position
    var digits = Digits()
    var isValid = true
    while let byte = current, byte.continuesName || byte >= 0x80 {
      position += 1
      if byte == Byte.underscore { continue }
      guard let digit = byte.hexValue, digit < 1 << bits else {
        isValid = false
        continue
      }
      digits.count += 1
      if digits.value > 1 << 66 {
        digits.overflows = true
      } else {
        digits.value = digits.value << UInt128(bits) | UInt128(digit)
      }
    }
    end = position
    let span = Span(start, position)
    if !isValid || digits.count == 0 {
      let sort = bits == 4 ? "hexadecimal" : "binary"
      report(
        digits.count == 0 && isValid
          ? "'\(text(span))' has no digits" : "'\(text(span))' is no \(sort) number",
        at: position > first ? Span(first, position) : span,
        help: [bits == 4 ? "for example `0x1F`" : "for example `0b1010`"])
      return Expression(.integer(0), span: span)
    }
    return integerLiteral(digits, isNegated: isNegated, span: span)
  }

  private mutating func integerLiteral(_ digits: Digits, isNegated: Bool, span: Span) -> Expression {
    let limit = UInt128(Int64.max) + (isNegated ? 1 : 0)
    guard !digits.overflows, digits.value <= limit else {
      reportTooLarge(span)
      return Expression(.integer(0), span: span)
    }
    let value = Int64(truncatingIfNeeded: digits.value)
    return Expression(.integer(isNegated ? 0 &- value : value), span: span)
  }

  private mutating func floatLiteral(_ digits: String, isNegated: Bool, span: Span) -> Expression {
    guard let value = Double(digits.filter { $0 != "_" }), value.isFinite else {
      reportTooLarge(span)
      return Expression(.integer(0), span: span)
    }
    return Expression(.float(isNegated ? -value : value), span: span)
  }

  /// Makes a duration or a size.
  private mutating func measure(
    _ whole: Digits, _ fraction: Digits, _ unit: Unit, isNegated: Bool, span: Span
  ) -> Expression {
    var scale: UInt128 = 1
    for _ in 0..<min(fraction.count, 18) { scale *= 10 }
    var part = fraction.value
    if fraction.count > 18 {
      report(
        "'\(text(span))' has too many digits after the point", at: span, help: ["18 are the most"])
      part = 0
    }
    switch unit {
    case .time(let attoseconds):
      let total = whole.value * attoseconds + part * attoseconds / scale
      let seconds = total / attosecondsPerSecond
      guard seconds <= UInt128(Int64.max) else {
        reportTooLarge(span)
        return Expression(.integer(0), span: span)
      }
      let rest = Int64(total % attosecondsPerSecond)
      let sign: Int64 = isNegated ? -1 : 1
      return Expression(
        .duration(
          Duration(secondsComponent: sign * Int64(seconds), attosecondsComponent: sign * rest)),
        span: span)
    case .size(let bytes):
      if part * bytes % scale != 0 {
        report("'\(text(span))' is no whole number of bytes", at: span)
      }
      var total = Digits()
      total.value = whole.value * bytes + part * bytes / scale
      return integerLiteral(total, isNegated: isNegated, span: span)
    }
  }

  private mutating func reportTooLarge(_ span: Span) {
    report(
      "'\(text(span))' is too large", at: span,
      help: ["integers go from \(Int64.min) to \(Int64.max)"])
  }

  private mutating func reportUnit(_ name: String, at span: Span, number: Span) {
    var help = "times: `ns us ms s m h`, sizes: `B KB MB GB KiB MiB GiB`"
    if name.utf8.contains(where: \.isDigit) {
      help = "one unit a number; add two: `1m + 30s`"
    } else if let near = nearest(to: name, in: Unit.names) {
      help = "did you mean `\(near)`? \(help)"
    }
    report("'\(name)' is no unit of '\(text(number))'", at: span, help: [help])
  }
}
