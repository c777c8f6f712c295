#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much memory the program has now, and may have.
enum ResidentMemory {
  /// In bytes; 0 where the system does not tell. Linux, proc_pid_statm(5).
  static var bytes: Int64 { pages(1) }

  /// Whether less than an eighth is left of what the machine has, or of what the program may have (`ulimit -v`): with no
  /// more of it, libzmq ends the program. Linux, proc_meminfo(5), getrlimit(2).
  static var isAtItsEnd: Bool {
    #if os(Linux)
      let share: Int64 = 8
      if let total = kilobytes("MemTotal:"), let left = kilobytes("MemAvailable:"), left < total / share {
        return true
      }
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
        limit.rlim_cur < UInt64(Int64.max)
      else { return false }
      let most = Int64(limit.rlim_cur)
      return most - pages(0) < most / share
    #else
      return false
    #endif
  }

  /// A field of the file, in bytes.
  private static func pages(_ field: Int) -> Int64 {
    #if os(Linux)
      guard let contents = try? FileContents.read("/proc/self/statm") else { return 0 }
      let fields = contents.split(separator: UInt8(ascii: " "))
      guard fields.count > field, let pages = Int64(String(decoding: fields[field], as: UTF8.self)) else {
        return 0
      }
      return pages * Int64(getpagesize())
    #else
      return 0
    #endif
  }

  /// A line of the system's table, such as `MemTotal:       16384 kB`.
  private static func kilobytes(_ name: String) -> Int64? {
    guard let contents = try? FileContents.read("/proc/meminfo"),
      let line = contents.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: name.utf8) })
    else { return nil }
    return Int64(String(decoding: line.filter { (0x30...0x39).contains($0) }, as: UTF8.self))
  }
}
