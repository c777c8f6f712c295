#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  extension OptionEffect {
    /// Options that the system keeps for each connection: it is asked.
    static let ofTheSystem: [OptionEffect] = [
      kept("tos", 0x28, Int32(IPPROTO_IP), IP_TOS),
      kept("priority", 3, SOL_SOCKET, SO_PRIORITY),
      kept("tcp_keepalive", 1, SOL_SOCKET, SO_KEEPALIVE),
      // These three are told to the system only where tcp_keepalive is not left to it.
      kept("tcp_keepalive_cnt", 5, Int32(IPPROTO_TCP), TCP_KEEPCNT, before: [("tcp_keepalive", .integer(1))]),
      kept(
        "tcp_keepalive_idle", 77, Int32(IPPROTO_TCP), TCP_KEEPIDLE, before: [("tcp_keepalive", .integer(1))]),
      kept(
        "tcp_keepalive_intvl", 9, Int32(IPPROTO_TCP), TCP_KEEPINTVL, before: [("tcp_keepalive", .integer(1))]),
      kept("tcp_maxrt", 4321, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT),
      // The system doubles the size of its buffers, socket(7).
      kept("sndbuf", 20_000, SOL_SOCKET, SO_SNDBUF, after: 40_000),
      kept("rcvbuf", 20_000, SOL_SOCKET, SO_RCVBUF, after: 40_000),
      // The family of the socket: a listener to IPv6 takes IPv4 as well.
      OptionEffect(
        LateOption(
          name: "ipv6", value: .integer(1), sides: [.bind], endpoint: "tcp://*:*", after: "\(AF_INET6)",
          isOfSystem: true, look: { try $0.system(SOL_SOCKET, SO_DOMAIN) })),
      OptionEffect(
        LateOption(
          name: "ipv4only", value: .integer(0), sides: [.bind], endpoint: "tcp://*:*", after: "\(AF_INET6)",
          isOfSystem: true, look: { try $0.system(SOL_SOCKET, SO_DOMAIN) })),
      OptionEffect(
        LateOption(
          name: "bindtodevice", value: .bytes(Array("lo".utf8)), after: "lo", isOfSystem: true,
          look: { link in
            var name = [UInt8](repeating: 0, count: Int(IF_NAMESIZE))
            var size = socklen_t(name.count)
            try #require(getsockopt(link.descriptor, SOL_SOCKET, SO_BINDTODEVICE, &name, &size) == 0)
            return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
          })),
      OptionEffect(
        LateOption(
          name: "backlog", value: .integer(7), sides: [.bind], after: "7", isOfSystem: true,
          look: { link in
            // Of a socket that listens, tcpi_sacked is the length of the queue, as ss(8) reads it.
            var info = tcp_info()
            var size = socklen_t(MemoryLayout<tcp_info>.size)
            try #require(
              getsockopt(link.attachment.listening, Int32(IPPROTO_TCP), TCP_INFO, &info, &size) == 0)
            return "\(info.tcpi_sacked)"
          })),
      OptionEffect(
        LateOption(
          name: "affinity", value: .integer(2), ioThreads: 2, before: [("affinity", .integer(1))],
          look: { try ioThread(of: $0.descriptor) })),
    ]

    private static func kept(
      _ name: String, _ value: Int64, _ level: Int32, _ code: Int32,
      before: [(name: String, value: OptionValue)] = [], after: Int64? = nil
    ) -> OptionEffect {
      OptionEffect(
        LateOption(
          name: name, value: .integer(value), before: before, after: "\(after ?? value)", isOfSystem: true,
          look: { try $0.system(level, code) }))
    }

    /// The descriptor of the epoll that has a descriptor: each I/O thread has one of its own, proc(5).
    private static func ioThread(of descriptor: Int32) throws -> String {
      var found: String?
      try wait {
        found = try Folder.names("/proc/self/fd").first { name in
          // It may be closed by now.
          let lines = (try? Folder.text("/proc/self/fdinfo/\(name)"))?.split(separator: "\n") ?? []
          return lines.contains { line in
            let words = line.split(separator: " ")
            return words.first == "tfd:" && words.dropFirst().first == "\(descriptor)"
          }
        }
        return found != nil
      }
      return try #require(found)
    }
  }

  /// What the system tells in files.
  enum Folder {
    static func names(_ path: String) throws -> [String] {
      let folder = try #require(opendir(path))
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { names.append(name) }
      }
      return names
    }

    struct Absent: Error {}

    static func text(_ path: String) throws -> String {
      let descriptor = open(path, O_RDONLY)
      guard descriptor >= 0 else { throw Absent() }
      defer { close(descriptor) }
      var text: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 4096)
      while case let size = read(descriptor, &part, part.count), size > 0 { text += part.prefix(size) }
      return String(decoding: text, as: UTF8.self)
    }
  }
#endif
