#if os(Linux)
  import Testing

  @testable import ZeroMQ

  extension OptionEffect {
    /// Options that can only be read: they tell what is now.
    static let read: [OptionEffect] = [
      of("events", .push) { socket, option in
        #expect(try socket.get(option) == .integer(0))
        try socket.connect(Unique.ipc())
        #expect(try socket.get(option) == .integer(2))
      },
      of("fd", .pull) { socket, option in
        guard case .integer(let descriptor) = try socket.get(option) else { return }
        #expect(try systemDescriptors().contains(Int(descriptor)))
      },
      of("last_endpoint", .pull) { socket, option in
        #expect(try socket.get(option) == .bytes([]))
        let endpoint = Unique.ipc()
        try socket.bind(endpoint)
        #expect(try socket.get(option) == .bytes(Array(endpoint.utf8)))
      },
      of("mechanism", .pull) { socket, option in
        #expect(try socket.get(option) == .integer(0))
        try socket.set(named("plain_server"), to: .integer(1))
        #expect(try socket.get(option) == .integer(1))
      },
      of("rcvmore", .pair) { socket, option in
        let other = try Socket.make(.pair, in: socket.context)
        try socket.bind("inproc://\(Unique.name("more"))")
        try other.connect(try socket.lastEndpoint)
        try other.send([1], more: true)
        try other.send([2])
        // A message is received whole here, so it is the last frame that was received last.
        #expect(try socket.receive().count == 2)
        #expect(try socket.get(option) == .integer(0))
      },
      of("thread_safe", .pull) { socket, option in
        let value = try socket.get(option)
        #expect(value == .integer(0), "none of the eleven types is")
      },
      of("topics_count", .xpub) { socket, option in
        let other = try Socket.make(.sub, in: socket.context)
        try socket.bind("inproc://\(Unique.name("topics"))")
        try other.connect(try socket.lastEndpoint)
        try other.subscribe([7])
        _ = try socket.receive()
        #expect(try socket.get(option) == .integer(1))
      },
      of("type", .stream) { socket, option in
        let value = try socket.get(option)
        #expect(value == .integer(11))
      },
    ]

    private static func of(
      _ name: String, _ type: SocketType, _ prove: @escaping @Sendable (Socket, SocketOption) throws -> Void
    ) -> OptionEffect {
      OptionEffect(name) {
        let option = named(name)
        #expect(option.access == .readOnly && option.effect == .immediately)
        try prove(try Socket.make(type, in: try Context()), option)
      }
    }

    private static func systemDescriptors() throws -> [Int] {
      try Folder.names("/proc/self/fd").compactMap { Int($0) }
    }
  }
#endif
