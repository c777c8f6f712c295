#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  extension OptionEffect {
    /// Options of how connections are made, and made again, and of what is queued for them.
    static let ofConnections: [OptionEffect] = [
      // The event tells how long it is until the next try; libzmq adds up to once more at random.
      next("reconnect_ivl") { option in
        let (socket, monitor) = try watched(.push)
        try socket.set(named("reconnect_ivl"), to: .integer(5))
        let old = try Vacant.endpoint()
        try socket.connect(old)
        #expect(try monitor.interval(at: old) < 10)
        try socket.set(option, to: .integer(1000))
        for _ in 1...3 { #expect(try monitor.interval(at: old) < 10) }
        let new = try Vacant.endpoint()
        try socket.connect(new)
        #expect(try 1000..<2000 ~= monitor.interval(at: new))
      },
      next("reconnect_ivl_max") { option in
        let (socket, monitor) = try watched(.push)
        try socket.set(named("reconnect_ivl"), to: .integer(5))
        let old = try Vacant.endpoint()
        try socket.connect(old)
        #expect(try monitor.interval(at: old) < 10)
        try socket.set(option, to: .integer(40))
        for _ in 1...6 { #expect(try monitor.interval(at: old) < 10) }
        let new = try Vacant.endpoint()
        try socket.connect(new)
        // It doubles: 5, 10, 20, 40.
        for _ in 1...3 { #expect(try monitor.interval(at: new) < 25) }
        #expect(try 40..<45 ~= monitor.interval(at: new))
      },
      next("reconnect_stop") { option in
        let (socket, monitor) = try watched(.push)
        try socket.set(named("reconnect_ivl"), to: .integer(5))
        let old = try Vacant.endpoint()
        try socket.connect(old)
        try socket.set(option, to: .integer(1))
        for _ in 1...3 { _ = try monitor.interval(at: old) }
        let (other, _) = try watched(.push)
        try other.set(option, to: .integer(1))
        try other.connect(try Vacant.endpoint())
        // What was connected took messages; once it is given up, nothing does.
        try wait { (try? other.send([1], wait: false)) == nil }
      },
      next("connect_timeout") { option in
        // Its queue is full, and the system lets what comes wait.
        let busy = try BusyListener()
        let (socket, monitor) = try watched(.push)
        try socket.set(named("reconnect_ivl"), to: .integer(5))
        try socket.set(option, to: .integer(20))
        try socket.connect(busy.endpoint)
        _ = try monitor.interval(at: busy.endpoint)
        try socket.set(option, to: .integer(0))
        _ = try monitor.interval(at: busy.endpoint)
        let other = try BusyListener()
        try socket.connect(other.endpoint)
        for _ in 1...5 {
          let event = try monitor.events(until: .connectRetried)
          #expect(!event.contains { $0.kind == .connectRetried && $0.endpoint == other.endpoint })
        }
      },
      next("immediate") { option in
        let (old, _) = try watched(.push)
        try old.connect(Unique.ipc())
        try old.set(option, to: .integer(1))
        try old.send([1], wait: false)
        let (new, _) = try watched(.push)
        try new.set(option, to: .integer(1))
        try new.connect(Unique.ipc())
        #expect(throws: ZMQError.again) { try new.send([1], wait: false) }
      },
      next("conflate") { option in
        let context = try Context()
        let (source, sink) = (try Socket.make(.push, in: context), try Socket.make(.pull, in: context))
        try sink.bind("tcp://127.0.0.1:*")
        try sink.set(option, to: .integer(1))
        try source.connect(try sink.lastEndpoint)
        for number in UInt8(1)...50 { try source.send([number]) }
        for number in UInt8(1)...50 { #expect(try sink.receive().bytes(0) == [number]) }
        try source.disconnect(try sink.lastEndpoint)
        try sink.bind("tcp://127.0.0.1:*")
        try source.connect(try sink.lastEndpoint)
        for number in UInt8(1)...50 { try source.send([number]) }
        // It may be read in the middle; the last of all comes, and not all do.
        var received: [UInt8] = []
        try wait {
          // What is read a moment late has replaced what came before it.
          usleep(20_000)
          while let message = try? sink.receive(wait: false) { received.append(message.bytes(0)[0]) }
          return received.last == 50
        }
        #expect(received.count < 50)
      },
      next("use_fd") { option in
        let (socket, _) = try watched(.dealer)
        let (first, endpoint) = try RawConnection.listen()
        try socket.bind("tcp://127.0.0.1:*")
        let old = try socket.lastEndpoint
        #expect(old != endpoint)
        // libzmq closes it with its listener.
        try socket.set(option, to: .integer(Int64(dup(first.descriptor))))
        #expect(try RawConnection.connect(to: old).read(10).count == 10, "what was bound is still there")
        try socket.bind("tcp://127.0.0.1:*")
        #expect(try socket.lastEndpoint == endpoint)
      },
      viaProxy("socks_proxy", before: "no proxy", after: "no password"),
      viaProxy("socks_username", before: "no password", after: "me:open"),
      viaProxy("socks_password", before: "me:open", after: "me:secret"),
    ]

    /// An option that counts from the next bind or connect on.
    private static func next(
      _ name: String, _ prove: @escaping @Sendable (SocketOption) throws -> Void
    ) -> OptionEffect {
      OptionEffect(name) {
        let option = named(name)
        #expect(option.effect == .nextConnection)
        try prove(option)
      }
    }

    private static func watched(_ type: SocketType) throws -> (Socket, SocketMonitor) {
      let context = try Context()
      let socket = try Socket.make(type, in: context)
      return (socket, try SocketMonitor(socket, in: context))
    }

    /// An option of how to go through a proxy.
    private static func viaProxy(_ name: String, before: String, after: String) -> OptionEffect {
      next(name) { option in
        let proxy = try SOCKSProxy()
        let target = try SOCKSProxy()
        // libzmq ends the process where a proxy goes before the socket does: the proxies outlive the context.
        try withExtendedLifetime((proxy, target)) {
          let (socket, _) = try watched(.dealer)
          func set(_ name: String, _ text: String) throws {
            try socket.set(named(name), to: .bytes(Array(text.utf8)))
          }
          try socket.set(named("reconnect_ivl"), to: .integer(5))
          let isProxy = name == "socks_proxy"
          if !isProxy { try set("socks_proxy", proxy.address) }
          if name == "socks_password" { try set("socks_username", "me") }
          try set("socks_password", "open")
          try socket.connect("tcp://\(target.address)")
          let first = isProxy ? target : proxy
          #expect(try first.letThrough() == before)
          try set(name, isProxy ? proxy.address : name == "socks_username" ? "me" : "secret")
          first.endLast()
          #expect(try first.letThrough() == before)
          try socket.connect("tcp://127.0.0.1:9")
          #expect(try proxy.letThrough() == after)
        }
      }
    }
  }
#endif
