#if os(Linux)
  import Glibc
  import Testing

  /// A plain connection of the system's, TCP or local: the peer through which tests look at libzmq.
  final class RawConnection {
    let descriptor: Int32

    init(_ descriptor: Int32) throws {
      try #require(descriptor >= 0, "errno \(errno)")
      self.descriptor = descriptor
    }

    deinit {
      close(descriptor)
    }

    /// Connects to what a socket of libzmq is bound to, `tcp://127.0.0.1:PORT` or an abstract `ipc://@NAME`.
    static func connect(to endpoint: String) throws -> RawConnection {
      if endpoint.hasPrefix("ipc://@") {
        let connection = try RawConnection(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract name begins with a zero byte and has no end of its own, unix(7).
        let name = [0] + Array(endpoint.dropFirst("ipc://@".count).utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = MemoryLayout<sa_family_t>.size + name.count
        try #require(Self.connect(connection.descriptor, &address, size) == 0, "errno \(errno)")
        return connection
      }
      let connection = try RawConnection(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
      let port = try #require(endpoint.split(separator: ":").last.flatMap { UInt16($0) })
      var address = loopback(port)
      try #require(
        Self.connect(connection.descriptor, &address, MemoryLayout<sockaddr_in>.size) == 0, "errno \(errno)")
      return connection
    }

    /// Listens at a free port of this machine; where there is no backlog, it has the port and does not listen.
    static func listen(backlog: Int32? = 16) throws -> (listener: RawConnection, endpoint: String) {
      let listener = try RawConnection(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
      var address = loopback(0)
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      try withUnsafeMutablePointer(to: &address) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          try #require(bind(listener.descriptor, $0, size) == 0)
          if let backlog { try #require(Glibc.listen(listener.descriptor, backlog) == 0) }
          try #require(getsockname(listener.descriptor, $0, &size) == 0)
        }
      }
      return (listener, "tcp://127.0.0.1:\(UInt16(bigEndian: address.sin_port))")
    }

    /// Takes the next connection, once it comes.
    func accept() throws -> RawConnection {
      try waitUntilReadable()
      return try RawConnection(Glibc.accept(descriptor, nil, nil))
    }

    /// Reads so many bytes, or up to the end.
    func read(_ count: Int) throws -> [UInt8] {
      var bytes: [UInt8] = []
      while bytes.count < count {
        try waitUntilReadable()
        var part = [UInt8](repeating: 0, count: count - bytes.count)
        let size = recv(descriptor, &part, part.count, 0)
        guard size > 0 else {
          break
        }
        bytes += part.prefix(size)
      }
      return bytes
    }

    /// Sends bytes; a peer that has gone by then is no failure.
    func write(_ bytes: [UInt8]) {
      _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Sends the same again and again, until nothing more is taken; gives how many times it was taken.
    func writeUntilFull(_ bytes: [UInt8], most: Int) -> Int {
      var rest = bytes[...]
      for count in 0..<most {
        while !rest.isEmpty {
          var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          // There is nothing that tells that a queue is full for good: this is long, for a machine.
          guard poll(&entry, 1, 300) == 1 else {
            return count
          }
          let part = Array(rest)
          let size = send(descriptor, part, part.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
          rest = rest.dropFirst(max(size, 0))
        }
        rest = bytes[...]
      }
      return most
    }

    /// Whether there is something to read, or the end, within a time.
    func isReadable(within milliseconds: Int32) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&entry, 1, milliseconds) == 1
    }

    private func waitUntilReadable() throws {
      // Far beyond what any machine takes: it ends a test that would hang.
      guard isReadable(within: 20_000) else {
        throw Overdue()
      }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      return address
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: inout Address, _ size: Int) -> Int32
    {
      withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(size))
        }
      }
    }
  }

  /// What ZMTP says on the wire, RFC 23.
  extension RawConnection {
    /// The greeting of ZMTP 3.0.
    static func greeting(_ mechanism: String = "NULL", asServer: Bool = false) -> [UInt8] {
      let name = Array(mechanism.utf8)
      return [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0] + name
        + [UInt8](repeating: 0, count: 20 - name.count) + [asServer ? 1 : 0]
        + [UInt8](repeating: 0, count: 31)
    }

    /// A command with one property, the type of the socket: READY.
    static func ready(_ type: String) -> [UInt8] {
      let property = [11] + Array("Socket-Type".utf8) + [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8)
      let body = [5] + Array("READY".utf8) + property
      return [4, UInt8(body.count)] + body
    }

    /// A frame: its flags (RFC 23: 1 more, 2 long, 4 command) and its body; `nil` at the end.
    func frame() throws -> (flags: UInt8, body: [UInt8])? {
      let head = try read(2)
      guard head.count == 2 else {
        return nil
      }
      var size = Int(head[1])
      if head[0] & 2 != 0 {
        size = try read(7).reduce(size) { $0 << 8 | Int($1) }
      }
      return (head[0], try read(size))
    }

    /// Greets as a peer without security, and gives what the other says of itself in READY; `nil` where it closed.
    func shakeHands(as type: String) throws -> [UInt8]? {
      write(Self.greeting() + Self.ready(type))
      guard try read(64).count == 64, let ready = try frame() else {
        return nil
      }
      return ready.body
    }
  }
#endif
