#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A moment as the clock on the wall shows it here: `14:03:07`.
struct TimeOfDay: Sendable, CustomStringConvertible {
  private let seconds: time_t

  /// The time now.
  static var now: TimeOfDay { TimeOfDay(seconds: time(nil)) }

  var description: String {
    var moment = seconds
    var parts = tm()
    localtime_r(&moment, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }
}
