#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The environment of the process.
enum Environment {
  /// The value of a variable, or nil where it is not set.
  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The names of the variables that the program was started with. Empty where the system does not tell, proc(5).
  static var names: [String] {
    guard let bytes = try? FileContents.read("/proc/self/environ") else { return [] }
    return bytes.split(separator: 0).compactMap { entry in
      entry.firstIndex(of: UInt8(ascii: "=")).map { String(decoding: entry[..<$0], as: UTF8.self) }
    }
  }
}
