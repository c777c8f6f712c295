#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A moment on the monotonic clock.
///
/// Smaller and cheaper than `ContinuousClock.Instant`: one is kept for every message.
struct Instant: Comparable, Sendable {
  /// Nanoseconds since an arbitrary start.
  let nanoseconds: Int64

  /// Later than every moment: no limit.
  static let never = Instant(nanoseconds: .max)
  /// Earlier than every moment that the clock gives.
  static let past = Instant(nanoseconds: 0)

  /// The moment now.
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  static func + (left: Instant, right: Duration) -> Instant {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return overflow ? .never : Instant(nanoseconds: sum)
  }

  static func - (left: Instant, right: Instant) -> Duration {
    .nanoseconds(left.nanoseconds - right.nanoseconds)
  }

  /// How long ago it was.
  var elapsed: Duration { Instant.now - self }
}

extension Duration {
  /// The whole length in nanoseconds, held at the ends of `Int64` (292 years).
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// Milliseconds for a C call, rounded up so that a wait never ends early.
  var milliseconds: Int {
    let nanoseconds = nanoseconds
    return nanoseconds <= 0 ? 0 : Int((nanoseconds - 1) / 1_000_000 + 1)
  }

  /// As a script writes it: `250ms`, `1.5s`, `2m`.
  var scriptText: String {
    let total = nanoseconds
    let units: [(String, Int64)] = [
      ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
    ]
    if total == 0 { return "0s" }
    for (unit, length) in units where total % length == 0 { return "\(total / length)\(unit)" }
    for (unit, length) in units.dropFirst(2) where abs(total) >= length {
      return "\(decimal(total, per: length, digits: 3))\(unit)"
    }
    return "\(total)ns"
  }

  /// For a measurement: `340 us`, `12.3 ms`, `1.234 s`.
  var measuredText: String {
    let total = max(0, nanoseconds)
    switch total {
    case ..<1_000_000: return "\(decimal(total, per: 1_000, digits: 1)) us"
    case ..<1_000_000_000: return "\(decimal(total, per: 1_000_000, digits: 2)) ms"
    default: return "\(decimal(total, per: 1_000_000_000, digits: 3)) s"
    }
  }

  /// For people: `3.2 s`, `40 ms`, `5 min`.
  var spokenText: String {
    let total = max(0, nanoseconds)
    switch total {
    case ..<10_000_000: return "\(decimal(total, per: 1_000_000, digits: 1)) ms"
    case ..<1_000_000_000: return "\(total / 1_000_000) ms"
    case ..<60_000_000_000: return "\(decimal(total, per: 1_000_000_000, digits: 1)) s"
    case ..<3_600_000_000_000: return "\(total / 60_000_000_000) min"
    default: return "\(decimal(total, per: 3_600_000_000_000, digits: 1)) h"
    }
  }
}

/// A quotient in decimal, with at most so many digits after the point and no trailing zero.
private func decimal(_ value: Int64, per unit: Int64, digits: Int) -> String {
  var scale: Int64 = 1
  for _ in 0..<digits { scale *= 10 }
  let whole = value / unit
  var fraction = String(abs(value % unit) / (unit / scale))
  fraction = String(repeating: "0", count: digits - fraction.count) + fraction
  while fraction.last == "0" { fraction.removeLast() }
  let sign = value < 0 && whole == 0 ? "-" : ""
  return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
}

extension Duration {
  /// Reads a length of time with its unit, as a script writes it: `250ms`, `1.5s`, `2m`, `1h`; `0` needs none.
  public init?(scriptBytes bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text == "0" {
      self = .zero
      return
    }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    let units: [Substring: Double] = ["us": 1e3, "ms": 1e6, "s": 1e9, "m": 6e10, "h": 3.6e12]
    guard let unit = units[text[digits.endIndex...]], !digits.isEmpty else { return nil }
    guard let number = Double(digits.filter { $0 != "_" }) else { return nil }
    let nanoseconds = (number * unit).rounded()
    // 292 years, the most that nanoseconds in 64 bits hold.
    guard nanoseconds < 9.2e18 else { return nil }
    self = .nanoseconds(Int64(nanoseconds))
  }
}
