#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far the stack of a thread reaches: calls of calls must end before it does.
struct StackRoom {
  /// The lowest address, about; 0 where there is no limit.
  private let end: UInt
  /// How many bytes a call must find. One takes up to 300 KiB in a debug build, as its statements and expressions nest
  /// no deeper than the parser lets them; the environment stands on the main thread's stack too, and is not measured.
  private let reserve: UInt

  /// Takes the place where it is called for the beginning of the stack.
  ///
  /// - Parameter size: How many bytes the thread's stack has; nil for what the system gives. getrlimit(2).
  init(size: Int?) {
    let size = size.map { UInt($0) } ?? Self.limit
    let (end, overflow) = Self.here.subtractingReportingOverflow(size)
    self.end = overflow ? 0 : end
    reserve = min(1 << 20, size / 2)
  }

  /// Whether there is room for one call more.
  var isEnough: Bool { Self.here > end && Self.here - end > reserve }

  private static var here: UInt {
    var place: UInt8 = 0
    return withUnsafeMutablePointer(to: &place) { UInt(bitPattern: $0) }
  }

  private static var limit: UInt {
    var limit = rlimit()
    #if canImport(Glibc)
      let result = getrlimit(__rlimit_resource_t(UInt32(RLIMIT_STACK.rawValue)), &limit)
    #else
      let result = getrlimit(RLIMIT_STACK, &limit)
    #endif
    return result == 0 ? UInt(clamping: limit.rlim_cur) : .max
  }
}
