#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  extension OptionEffect {
    /// Options that the peer sees, in what comes over the wire.
    static let onTheWire: [OptionEffect] = [
      late("routing_id", .bytes(Array("me".utf8)), after: "me") { try property("Identity", of: $0) },
      late("metadata", .bytes(Array("X-color:red".utf8)), after: "red") { try property("X-color", of: $0) },

      // Security: the greeting names the mechanism. libzmq does not tell there which side is the server.
      late("plain_server", .integer(1), after: "PLAIN", greeting),
      late(
        "plain_username", .bytes(Array("me".utf8)), sides: [.connect],
        after: "PLAIN \u{5}HELLO\u{2}me\u{0}", plainHello),
      late(
        "plain_password", .bytes(Array("open".utf8)), sides: [.connect],
        before: [("plain_username", .bytes(Array("me".utf8)))],
        after: "PLAIN \u{5}HELLO\u{2}me\u{4}open", plainHello),
      late("curve_server", .integer(1), after: "CURVE", greeting),
      late("curve_publickey", .bytes(key), after: "CURVE", greeting),
      late("curve_secretkey", .bytes(key), after: "CURVE", greeting),
      late("curve_serverkey", .bytes(key), after: "CURVE", greeting),
      late("gssapi_server", .integer(1), after: "GSSAPI", greeting),
      late("gssapi_principal", .bytes(Array("me".utf8)), after: "GSSAPI", greeting),
      late("gssapi_service_principal", .bytes(Array("it".utf8)), after: "GSSAPI", greeting),
      late("zap_domain", .bytes(Array("office".utf8)), after: "asked of office", zapDomain),
      late(
        "zap_enforce_domain", .integer(1), before: [("zap_domain", .bytes(Array("office".utf8)))],
        after: "refused"
      ) { link in
        link.peer.write(RawConnection.greeting() + RawConnection.ready("DEALER"))
        try #require(try link.peer.read(64).count == 64)
        // A connection that is refused so is left alone, until handshake_ivl ends it.
        var seen: String?
        try wait {
          if link.peer.isReadable(within: 0) { seen = "let in" }
          while let event = try link.bench.monitor.next() {
            if event.kind == .handshakeFailedNoDetail { seen = "refused" }
          }
          return seen != nil
        }
        return try #require(seen)
      },

      // What a peer that keeps silent sees.
      late("handshake_ivl", .integer(0), before: [("handshake_ivl", .integer(30))], after: "waits") { link in
        try #require(try link.peer.read(10).count == 10, "the signature of ZMTP comes at once")
        return link.peer.isReadable(within: 200) ? "closed" : "waits"
      },
      late("heartbeat_ivl", .integer(0), before: [("heartbeat_ivl", .integer(10))], after: "silent") { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        guard link.peer.isReadable(within: 200) else { return "silent" }
        return try ping(from: link.peer) == nil ? "silent" : "PING"
      },
      late(
        "heartbeat_ttl", .integer(2500), before: [("heartbeat_ivl", .integer(10))], after: "25"
      ) { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        // In tenths of a second, RFC 37.
        return "\(try #require(try ping(from: link.peer)))"
      },
      late(
        "heartbeat_timeout", .integer(600_000),
        before: [("heartbeat_ivl", .integer(20)), ("heartbeat_timeout", .integer(30))], after: "kept"
      ) { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        for _ in 1...10 where try ping(from: link.peer) == nil { return "closed" }
        return "kept"
      },
      // READY, of 50 bytes, must fit as well.
      late("maxmsgsize", .integer(60), after: "closed") { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        link.peer.write([0, 100] + [UInt8](repeating: 7, count: 100))
        var seen: String?
        try wait {
          if try link.bench.socket.events.contains(.readable) {
            seen = try "taken, \(link.bench.socket.receive().size) bytes"
          } else if link.peer.isReadable(within: 0) {
            seen = try link.peer.frame() == nil ? "closed" : "answered"
          }
          return seen != nil
        }
        return try #require(seen)
      },

      // Who may come.
      late(
        "tcp_accept_filter", .bytes(Array("10.0.0.0/8".utf8)), sides: [.bind], after: "turned away", isGreeted
      ),
      filter("ipc_filter_uid"), filter("ipc_filter_gid"), filter("ipc_filter_pid"),

      // Sockets that speak plain TCP.
      late("router_raw", .integer(1), type: .router, sides: [.bind], after: "hi") { link in
        link.peer.write(Array("hi".utf8))
        var seen: String?
        try wait {
          if link.peer.isReadable(within: 0) {
            seen = "ZMTP"
          } else if try link.bench.socket.events.contains(.readable) {
            // An empty message tells of the connection.
            let body = try link.bench.socket.receive().bytes(1)
            if !body.isEmpty { seen = String(decoding: body, as: UTF8.self) }
          }
          return seen != nil
        }
        return try #require(seen)
      },
      late("stream_notify", .integer(0), type: .stream, sides: [.bind], after: "not told") { link in
        link.peer.write(Array("x".utf8))
        return try isTold(of: "x", link)
      },

      // Of the draft API.
      late(
        "hello_msg", .bytes(Array("two".utf8)), before: [("hello_msg", .bytes(Array("one".utf8)))],
        after: "two"
      ) { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        return String(decoding: try #require(try link.peer.frame()).body, as: UTF8.self)
      },
      late(
        "disconnect_msg", .bytes(Array("two".utf8)), type: .router, sides: [.bind],
        before: [("disconnect_msg", .bytes(Array("one".utf8)))], after: "two"
      ) { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        shutdown(link.peer.descriptor, Int32(SHUT_RDWR))
        return String(decoding: try link.bench.socket.receive().bytes(1), as: UTF8.self)
      },
      late("router_notify", .integer(1), type: .router, sides: [.bind], after: "told") { link in
        try #require(try link.peer.shakeHands(as: "DEALER") != nil)
        link.peer.write([0, 1] + Array("x".utf8))
        return try isTold(of: "x", link)
      },
    ]

    private static let key = [UInt8](1...32)

    private static func late(
      _ name: String, _ value: OptionValue, type: SocketType = .dealer,
      sides: [OptionBench.Side] = [.bind, .connect], before: [(name: String, value: OptionValue)] = [],
      after: String, _ look: @escaping @Sendable (OptionBench.Link) throws -> String
    ) -> OptionEffect {
      OptionEffect(
        LateOption(
          name: name, value: value, type: type, sides: sides, before: before, after: after, look: look))
    }

    /// A filter of local peers that nobody passes.
    private static func filter(_ name: String) -> OptionEffect {
      OptionEffect(
        LateOption(
          name: name, value: .integer(4_000_000), sides: [.bind], endpoint: nil, after: "turned away",
          look: isGreeted))
    }

    @Sendable private static func isGreeted(_ link: OptionBench.Link) throws -> String {
      try link.peer.read(10).isEmpty ? "turned away" : "greeted"
    }

    /// A property of READY, of which each is: length, name, length in four bytes, value (RFC 23).
    private static func property(_ name: String, of link: OptionBench.Link) throws -> String {
      var rest = try #require(try link.peer.shakeHands(as: "DEALER")).dropFirst(6)
      while let size = rest.first {
        let found = rest.dropFirst().prefix(Int(size))
        rest = rest.dropFirst(1 + Int(size))
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let value = rest.dropFirst(4).prefix(length)
        rest = rest.dropFirst(4 + length)
        if Array(found) == Array(name.utf8) { return String(decoding: value, as: UTF8.self) }
      }
      return "none"
    }

    @Sendable private static func greeting(_ link: OptionBench.Link) throws -> String {
      try mechanism(link)
    }

    @Sendable private static func plainHello(_ link: OptionBench.Link) throws -> String {
      let mechanism = try mechanism(link)
      // One that does not fit would make libzmq give the endpoint up.
      guard mechanism == "PLAIN" else { return mechanism }
      link.peer.write(Array(RawConnection.greeting("PLAIN", asServer: true).dropFirst(12)))
      guard let hello = try link.peer.frame() else { return mechanism }
      return "\(mechanism) \(String(decoding: hello.body, as: UTF8.self))"
    }

    private static func mechanism(_ link: OptionBench.Link) throws -> String {
      // Up to the version: a mechanism that does not fit ends the connection before it has named its own.
      link.peer.write(Array(RawConnection.greeting().prefix(12)))
      let greeting = try link.peer.read(64)
      try #require(greeting.count == 64)
      return String(decoding: greeting[12..<32].prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The time to live that a PING tells; `nil` where the connection ends.
    private static func ping(from peer: RawConnection) throws -> Int? {
      guard let frame = try peer.frame() else { return nil }
      try #require(frame.flags & 4 != 0 && frame.body.starts(with: [4] + Array("PING".utf8)))
      return Int(frame.body[5]) << 8 | Int(frame.body[6])
    }

    /// Answers what a socket asks about a peer, as RFC 27 has it, and gives the domain that it named.
    @Sendable private static func zapDomain(_ link: OptionBench.Link) throws -> String {
      let handler = try Socket.make(.rep, in: link.bench.context)
      defer { handler.close() }
      // The handler of the connection before may still be about to go.
      try wait { (try? handler.bind("inproc://zeromq.zap.01")) != nil }
      link.peer.write(RawConnection.greeting() + RawConnection.ready("DEALER"))
      try #require(try link.peer.read(64).count == 64)
      try wait { try handler.events.contains(.readable) || link.peer.isReadable(within: 0) }
      guard try handler.events.contains(.readable) else { return "not asked" }
      let request = try handler.receive()
      let reply = ["1.0", String(decoding: request.bytes(1), as: UTF8.self), "200", "", "", ""]
      for (index, text) in reply.enumerated() {
        try handler.send(Array(text.utf8), more: index < reply.count - 1)
      }
      try #require(try link.peer.frame() != nil)
      return "asked of \(String(decoding: request.bytes(2), as: UTF8.self))"
    }

    /// Whether an empty message of a peer came before its first.
    private static func isTold(of text: String, _ link: OptionBench.Link) throws -> String {
      var told: Set<[UInt8]> = []
      while true {
        let message = try link.bench.socket.receive()
        if message.bytes(1) == Array(text.utf8) {
          return told.contains(message.bytes(0)) ? "told" : "not told"
        }
        told.insert(message.bytes(0))
      }
    }
  }
#endif
