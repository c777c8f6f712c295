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
public struct Instant: Comparable, Sendable {
  /// Nanoseconds since an arbitrary start.
  let nanoseconds: Int64

  /// Later than every moment: no limit.
  public static let never = Instant(nanoseconds: .max)
  /// Earlier than every moment that the clock gives.
  public static let past = Instant(nanoseconds: 0)

  /// The moment now.
  public static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Whether a moment is earlier.
  public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// A later moment; ``never`` where that is past the end of the clock.
  public static func + (left: Instant, right: Duration) -> Instant {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return overflow ? .never : Instant(nanoseconds: sum)
  }

  /// The time between two moments.
  public static func - (left: Instant, right: Instant) -> Duration {
    .nanoseconds(left.nanoseconds - right.nanoseconds)
  }

  /// How long ago it was.
  public var elapsed: Duration { Instant.now - self }
}

extension Duration {
  /// The whole length in nanoseconds, held at the ends of `Int64` (292 years).
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// Milliseconds for a C call, rounded up so that a wait never ends early.
  package var milliseconds: Int {
    let nanoseconds = nanoseconds
    return nanoseconds <= 0 ? 0 : Int((nanoseconds - 1) / 1_000_000 + 1)
  }

  /// As a script writes it, exactly: `250ms`, `1.5s`, `2m`.
  package var scriptText: String {
    let total = nanoseconds
    if total == 0 { return "0s" }
    for (unit, length) in Self.units where unit != "ns" && total % length == 0 {
      return "\(total / length)\(unit)"
    }
    for (unit, length) in Self.units
    where ["s", "ms", "us"].contains(unit) && total.magnitude >= length.magnitude {
      return "\(decimal(total, per: length, digits: 9))\(unit)"
    }
    return "\(total)ns"
  }

  /// The units of a length of time, the longest first, each with its length in nanoseconds.
  fileprivate static let units: [(name: String, nanoseconds: Int64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
    ("ns", 1),
  ]

  /// For a measurement: `340 us`, `12.3 ms`, `1.234 s`.
  package var measuredText: String {
    let total = max(0, nanoseconds)
    switch total {
    case ..<1_000_000: return "\(decimal(total, per: 1_000, digits: 1)) us"
    case ..<1_000_000_000: return "\(decimal(total, per: 1_000_000, digits: 2)) ms"
    default: return "\(decimal(total, per: 1_000_000_000, digits: 3)) s"
    }
  }

  /// For people: `3.2 s`, `40 ms`, `5 min`.
  package var spokenText: String {
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
  let magnitude = value.magnitude
  let whole = magnitude / unit.magnitude
  var rest = magnitude % unit.magnitude
  var fraction = ""
  for _ in 0..<digits where rest > 0 {
    rest *= 10
    fraction += String(rest / unit.magnitude)
    rest %= unit.magnitude
  }
  while fraction.last == "0" { fraction.removeLast() }
  return "\(value < 0 ? "-" : "")\(whole)\(fraction.isEmpty ? "" : ".")\(fraction)"
}

extension Duration {
  /// Reads a length of time with its unit, as a script writes it: `250ms`, `1.5s`, `2m`, `1h`; `0` needs none.
  public init?(scriptBytes bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text == "0" {
      self = .zero
      return
    }
    let number = text.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "_" }
    guard let unit = Self.units.first(where: { $0.name == text[number.endIndex...] })?.nanoseconds else {
      return nil
    }
    let parts = number.filter { $0 != "_" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]) else { return nil }
    var nanoseconds = Int128(whole) * Int128(unit)
    if parts.count == 2 {
      // More digits than nanoseconds have are left out.
      let digits = parts[1].prefix(18)
      guard let fraction = Int128(digits), digits.allSatisfy(\.isNumber) else { return nil }
      var scale: Int128 = 1
      for _ in digits { scale *= 10 }
      nanoseconds += fraction * Int128(unit) / scale
    }
    // 292 years, the most that nanoseconds in 64 bits hold.
    guard let exact = Int64(exactly: nanoseconds) else { return nil }
    self = .nanoseconds(exact)
  }
}
