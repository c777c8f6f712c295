#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  extension OptionEffect {
    /// Options that count at once, also for what is bound or connected already, or for the peers that come next.
    static let atOnce: [OptionEffect] = [
      now("linger") { option in
        // A context waits for what lingers: this test would never end.
        let push = try Socket(.push, in: try Context())
        try push.connect(Unique.ipc())
        try push.send([1])
        try push.set(option, to: .integer(0))
      },
      now("sndhwm") { option in
        let push = try Socket.make(.push, in: try Context())
        try push.connect(Unique.ipc())
        try push.set(option, to: .integer(3))
        for number in UInt8(1)...3 { try push.send([number], wait: false) }
        #expect(throws: ZMQError.again) { try push.send([4], wait: false) }
      },
      now("rcvhwm") { option in
        // What is not received waits in the queue of libzmq's and in the buffers of the system, made small here.
        let bench = try OptionBench(.pull, before: [("rcvbuf", .integer(20_000))])
        let link = try bench.link(at: try bench.attach(.bind))
        try #require(try link.peer.shakeHands(as: "PUSH") != nil)
        // A peer is the socket's once the socket was called.
        link.peer.write([0, 1, 7])
        try #require(try bench.socket.receive().size == 1)
        try bench.socket.set(option, to: .integer(2))
        let message = [2, 0, 0, 0, 0, 0, 0, 0x27, 0x10] + [UInt8](repeating: 7, count: 10_000)
        #expect(link.peer.writeUntilFull(message, most: 900) < 900, "with 1000, there would be room for all")
      },
      now("sndtimeo") { option in
        let push = try Socket.make(.push, in: try Context())
        try push.bind(Unique.ipc())
        try push.set(option, to: .integer(10))
        #expect(throws: ZMQError.again) { try push.send([1]) }
      },
      now("rcvtimeo") { option in
        let pull = try Socket.make(.pull, in: try Context())
        try pull.bind(Unique.ipc())
        try pull.set(option, to: .integer(10))
        #expect(throws: ZMQError.again) { try pull.receive() }
      },

      // Requests and replies.
      now("req_relaxed") { option in
        let (request, reply) = try pair(.req, .rep)
        try request.send([1])
        #expect(throws: ZMQError.wrongState) { try request.send([2]) }
        try request.set(option, to: .integer(1))
        try request.send([2])
        withExtendedLifetime(reply) {}
      },
      now("req_correlate") { option in
        let (request, router) = try pair(.req, .router)
        try request.set(named("req_relaxed"), to: .integer(1))
        try request.send([1])
        #expect(try router.receive().count == 3, "the id, the delimiter, the request")
        try request.set(option, to: .integer(1))
        try request.send([2])
        #expect(try router.receive().count == 4, "the id of the request as well")
      },

      // Routers.
      now("router_mandatory") { option in
        let router = try Socket.make(.router, in: try Context())
        try router.bind(Unique.ipc())
        try send(router, [1], [2])
        try router.set(option, to: .integer(1))
        #expect(throws: ZMQError.hostUnreachable) { try send(router, [1], [2]) }
      },
      now("router_handover") { option in
        let (router, first) = try pair(.router, .dealer, id: "me")
        try first.send([1])
        #expect(try router.receive().bytes(1) == [1])
        try router.set(option, to: .integer(1))
        let second = try Socket.make(.dealer, in: router.context)
        try second.set(named("routing_id"), to: .bytes(Array("me".utf8)))
        try second.connect(try router.lastEndpoint)
        try second.send([2])
        #expect(try router.receive().bytes(1) == [2], "it took the id over")
        try send(router, Array("me".utf8), [3])
        #expect(try second.receive().bytes(0) == [3])
      },
      OptionEffect("connect_routing_id") {
        let option = named("connect_routing_id")
        #expect(option.effect == .nextConnectOnly)
        let context = try Context()
        let router = try Socket.make(.router, in: context)
        let peers = try (1...3).map { _ in try Socket.make(.dealer, in: context) }
        for peer in peers { try peer.bind(Unique.name("inproc").inproc) }
        try router.connect(try peers[0].lastEndpoint)
        try router.set(option, to: .bytes(Array("me".utf8)))
        try router.connect(try peers[1].lastEndpoint)
        try router.connect(try peers[2].lastEndpoint)
        try router.set(named("router_mandatory"), to: .integer(1))
        try send(router, Array("me".utf8), [1])
        #expect(try peers[1].receive().bytes(0) == [1])
        for peer in [peers[0], peers[2]] { #expect(throws: ZMQError.again) { try peer.receive(wait: false) } }
      },
      nextPeer("probe_router") { option in
        let context = try Context()
        let (dealer, router) = (try Socket.make(.dealer, in: context), try Socket.make(.router, in: context))
        try dealer.bind("tcp://127.0.0.1:*")
        try dealer.set(option, to: .integer(1))
        try router.connect(try dealer.lastEndpoint)
        // libzmq sends when the socket takes the new peer, which it does inside a call on it.
        try wait {
          _ = try dealer.events
          return try router.events.contains(.readable)
        }
        let message = try router.receive()
        #expect(message.count == 2 && message.bytes(1) == [])
      },

      // Publishers and subscribers.
      now("subscribe") { option in
        let (news, reader) = try pair(.xpub, .sub)
        try reader.set(option, to: .bytes([7]))
        #expect(try news.receive().bytes(0) == [1, 7])
        try news.send([7, 8])
        #expect(try reader.receive().bytes(0) == [7, 8])
      },
      now("unsubscribe") { option in
        let (news, reader) = try pair(.xpub, .sub)
        try reader.subscribe([7])
        #expect(try news.receive().bytes(0) == [1, 7])
        try reader.set(option, to: .bytes([7]))
        #expect(try news.receive().bytes(0) == [0, 7])
      },
      now("invert_matching") { option in
        let (news, reader) = try pair(.xpub, .sub)
        try reader.subscribe([7])
        _ = try news.receive()
        // Both ends have to be told: the one chooses what to send, the other what to take.
        for socket in [news, reader] { try socket.set(option, to: .integer(1)) }
        try news.send([7])
        try news.send([8])
        #expect(try reader.receive().bytes(0) == [8])
      },
      now("xpub_verbose") { option in
        try forTwoSubscribers { news, first, second in
          try first.subscribe([7])
          #expect(try news.receive().bytes(0) == [1, 7])
          try news.set(option, to: .integer(1))
          try second.subscribe([7])
          #expect(try news.receive().bytes(0) == [1, 7], "the second one of the same is told as well")
        }
      },
      now("xpub_verboser") { option in
        try forTwoSubscribers { news, first, second in
          try news.set(option, to: .integer(1))
          for reader in [first, second] {
            try reader.subscribe([7])
            #expect(try news.receive().bytes(0) == [1, 7])
          }
          for reader in [first, second] {
            try reader.unsubscribe([7])
            #expect(try news.receive().bytes(0) == [0, 7], "not only the last one")
          }
        }
      },
      now("xpub_nodrop") { option in
        let (news, reader) = try pair(.xpub, .sub)
        try reader.subscribe([])
        _ = try news.receive()
        try news.send([1], wait: false)
        try news.set(option, to: .integer(1))
        #expect(throws: ZMQError.again) { for _ in 1...10_000 { try news.send([1], wait: false) } }
      },
      now("xpub_manual") { option in
        let (news, reader) = try pair(.xpub, .sub)
        try news.set(option, to: .integer(1))
        try reader.subscribe([7])
        #expect(try news.receive().bytes(0) == [1, 7])
        try news.subscribe([8])
        try news.send([7])
        try news.send([8])
        #expect(throws: ZMQError.again) { try reader.receive(wait: false) }
        withExtendedLifetime(reader) {}
      },
      now("xpub_manual_last_value") { option in
        try forTwoSubscribers { news, first, second in
          try news.set(option, to: .integer(1))
          for reader in [first, second] {
            try reader.subscribe([7])
            #expect(try news.receive().bytes(0) == [1, 7])
            try news.subscribe([7])
          }
          try news.send([7])
          #expect(try second.receive().bytes(0) == [7])
          #expect(throws: ZMQError.again) { try first.receive(wait: false) }
        }
      },
      nextPeer("xpub_welcome_msg") { option in
        let context = try Context()
        let (news, reader) = (try Socket.make(.xpub, in: context), try Socket.make(.sub, in: context))
        try news.bind("tcp://127.0.0.1:*")
        try news.set(option, to: .bytes(Array("welcome".utf8)))
        try reader.subscribe([])
        try reader.connect(try news.lastEndpoint)
        #expect(try news.receive().bytes(0) == [1])
        #expect(try reader.receive().bytes(0) == Array("welcome".utf8))
      },
      now("xsub_verbose_unsubscribe") { option in
        let (news, reader) = try pair(.xpub, .xsub)
        try news.set(named("xpub_verboser"), to: .integer(1))
        try reader.set(option, to: .integer(1))
        try reader.send([0, 7])
        #expect(try news.receive().bytes(0) == [0, 7], "of what was never subscribed to")
      },
      now("only_first_subscribe") { option in
        let (news, reader) = try pair(.xpub, .xsub)
        try reader.set(option, to: .integer(1))
        try news.set(option, to: .integer(1))
        try send(reader, [9], [1, 7])
        let message = try news.receive()
        #expect(message.bytes(0) == [9] && message.bytes(1) == [1, 7], "a message, and no subscription")
      },
    ]

    /// An option that counts at once.
    private static func now(
      _ name: String, _ prove: @escaping @Sendable (SocketOption) throws -> Void
    ) -> OptionEffect {
      OptionEffect(name) {
        #expect(named(name).effect == .immediately)
        try prove(named(name))
      }
    }

    /// An option that counts for the peers that come from then on.
    private static func nextPeer(
      _ name: String, _ prove: @escaping @Sendable (SocketOption) throws -> Void
    ) -> OptionEffect {
      OptionEffect(name) {
        #expect(named(name).effect == .nextPeer)
        try prove(named(name))
      }
    }

    /// Two sockets that are connected, the first of which is bound.
    private static func pair(_ first: SocketType, _ second: SocketType, id: String? = nil) throws -> (
      Socket, Socket
    ) {
      let context = try Context()
      let (bound, connected) = (try Socket.make(first, in: context), try Socket.make(second, in: context))
      try bound.bind(Unique.name("pair").inproc)
      if let id { try connected.set(named("routing_id"), to: .bytes(Array(id.utf8))) }
      try connected.connect(try bound.lastEndpoint)
      return (bound, connected)
    }

    private static func forTwoSubscribers(_ body: (Socket, Socket, Socket) throws -> Void) throws {
      let (news, first) = try pair(.xpub, .sub)
      let second = try Socket.make(.sub, in: news.context)
      try second.connect(try news.lastEndpoint)
      try body(news, first, second)
    }

    private static func send(_ socket: Socket, _ frames: [UInt8]...) throws {
      for (index, frame) in frames.enumerated() { try socket.send(frame, more: index < frames.count - 1) }
    }
  }

  extension String {
    fileprivate var inproc: String { "inproc://\(self)" }
  }
#endif
