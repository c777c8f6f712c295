#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The processes of a session (setsid(2)): a script and all that it started, in whatever process group.
enum ProcessSession {
  /// Ends every process of a session but its leader.
  static func end(_ leader: pid_t) {
    #if os(Linux)
      // One that is ended may have started another a moment before.
      for _ in 0..<mostRounds {
        let members = members(of: leader)
        if members.isEmpty { return }
        for member in members { kill(member, SIGKILL) }
      }
    #else
      kill(-leader, SIGKILL)
    #endif
  }

  private static let mostRounds = 16

  #if os(Linux)
    /// The living processes of a session but its leader. proc(5).
    private static func members(of leader: pid_t) -> [pid_t] {
      guard let folder = opendir("/proc") else { return [] }
      defer { closedir(folder) }
      var found: [pid_t] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        guard let id = pid_t(name), id != leader, getsid(id) == leader, isAlive(id) else { continue }
        found.append(id)
      }
      return found
    }

    /// Whether it is no zombie, which nothing can end.
    private static func isAlive(_ id: pid_t) -> Bool {
      let descriptor = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
      if descriptor < 0 { return false }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 512)
      let count = read(descriptor, &bytes, bytes.count)
      // `PID (NAME) STATE …`, and a name may hold anything.
      guard count > 0, let end = bytes[..<count].lastIndex(of: UInt8(ascii: ")")), end + 2 < count else {
        return false
      }
      return bytes[end + 2] != UInt8(ascii: "Z") && bytes[end + 2] != UInt8(ascii: "X")
    }
  #endif
}
