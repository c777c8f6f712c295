#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much memory the program has now.
enum ResidentMemory {
  /// In bytes; 0 where the system does not tell. Linux, proc_pid_statm(5).
  static var bytes: Int64 {
    #if os(Linux)
      guard let contents = try? FileContents.read("/proc/self/statm") else { return 0 }
      let fields = contents.split(separator: UInt8(ascii: " "))
      guard fields.count > 1, let pages = Int64(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
      return pages * Int64(getpagesize())
    #else
      return 0
    #endif
  }
}
