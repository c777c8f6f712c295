import Script

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that listens at a TCP port, as far as the system lets us see it.
struct PortHolder {
  let id: Int32
  let name: String

  var isThisProgram: Bool { id == getpid() }

  /// Whether it was stopped, as by Ctrl-Z: it listens, and answers nothing. proc(5).
  var isStopped: Bool {
    // The state follows the name, which may hold anything, parentheses too.
    guard let line = Self.lines(of: "/proc/\(id)/stat").first, let end = line.lastIndex(of: ")") else {
      return false
    }
    return ["T", "t"].contains(line[end...].dropFirst(2).prefix(1))
  }

  /// Looks the port up in `/proc` (proc(5)); nil on systems without it, and for processes of other users.
  static func find(port: Int) -> PortHolder? {
    let inodes = Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap { listeners(in: $0, port: port) })
    guard !inodes.isEmpty else { return nil }
    for process in entries(of: "/proc") {
      guard let id = Int32(process) else { continue }
      for descriptor in entries(of: "/proc/\(process)/fd") {
        guard let target = link("/proc/\(process)/fd/\(descriptor)"), target.hasPrefix("socket:[") else {
          continue
        }
        if inodes.contains(String(target.dropFirst(8).dropLast())) {
          let name = lines(of: "/proc/\(process)/comm").first ?? "?"
          return PortHolder(id: id, name: DisplayText.safe(name))
        }
      }
    }
    return nil
  }

  /// The inodes of the sockets that listen at the port.
  private static func listeners(in path: String, port: Int) -> [String] {
    lines(of: path).dropFirst().compactMap { line in
      let fields = line.split(separator: " ")
      // local_address is HEX:PORT, the state 0A is LISTEN, and the tenth field is the inode.
      guard fields.count > 9, fields[3] == "0A" else { return nil }
      guard let colon = fields[1].lastIndex(of: ":") else { return nil }
      return Int(fields[1][fields[1].index(after: colon)...], radix: 16) == port ? String(fields[9]) : nil
    }
  }

  private static func entries(of folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
          String(cString: $0)
        }
      }
      names.append(name)
    }
    return names
  }

  private static func link(_ path: String) -> String? {
    var target = [UInt8](repeating: 0, count: 256)
    let count = target.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count > 0 ? String(decoding: target[..<count], as: UTF8.self) : nil
  }

  private static func lines(of path: String) -> [String] {
    guard let bytes = try? FileContents.read(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
