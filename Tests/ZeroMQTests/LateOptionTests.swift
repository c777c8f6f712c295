import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What libzmq makes of options that are set when a socket is bound or connected already.
@Suite struct LateOptionTests {
  /// An option that the system keeps for each connection, where it can be looked at.
  struct Kept: CustomTestStringConvertible, Sendable {
    let name: String
    let value: Int64
    let level: Int32
    let code: Int32
    var testDescription: String { name }
  }

  #if os(Linux)
    // The system doubles the size of its buffers, socket(7).
    static let kept: [Kept] = [
      Kept(name: "tos", value: 0x28, level: Int32(IPPROTO_IP), code: IP_TOS),
      Kept(name: "tcp_keepalive", value: 1, level: SOL_SOCKET, code: SO_KEEPALIVE),
      Kept(name: "tcp_maxrt", value: 4321, level: Int32(IPPROTO_TCP), code: TCP_USER_TIMEOUT),
      Kept(name: "sndbuf", value: 20_000, level: SOL_SOCKET, code: SO_SNDBUF),
      Kept(name: "rcvbuf", value: 20_000, level: SOL_SOCKET, code: SO_RCVBUF),
    ]

    @Test(arguments: kept)
    func `what the system keeps for a connection stays as it was, and counts for the next`(row: Kept) throws {
      let option = try #require(SocketOption.named(row.name))
      #expect(option.effect == .nextConnection)
      let context = try Context()
      let (server, client) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
      let monitor = try SocketMonitor(client, in: context)
      func connect() throws -> Int32 {
        try server.bind("tcp://127.0.0.1:*")
        try client.connect(try server.lastEndpoint)
        let events = try monitor.events(until: .handshakeSucceeded)
        return Int32(try #require(events.first { $0.kind == .connected }).value)
      }
      func value(of descriptor: Int32) -> Int32 {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        #expect(getsockopt(descriptor, row.level, row.code, &value, &size) == 0)
        return value
      }
      let first = try connect()
      let before = value(of: first)
      try client.set(option, to: .integer(row.value))
      #expect(value(of: first) == before)
      let second = try connect()
      let isBuffer = row.name.hasSuffix("buf")
      #expect(Int64(value(of: second)) == (isBuffer ? 2 * row.value : row.value))
      #expect(value(of: second) != before)
    }
  #endif

  @Test func `a largest message that is set late lets larger ones through`() throws {
    let context = try Context()
    let (sink, source) = (try Socket.make(.pull, in: context), try Socket.make(.push, in: context))
    try sink.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named("maxmsgsize"))
    #expect(option.effect == .nextConnection)
    try sink.set(option, to: .integer(10))
    try source.connect(try sink.lastEndpoint)
    try source.send([UInt8](repeating: 1, count: 1000))
    #expect(try sink.receive().size == 1000)
  }

  @Test func `a routing id that is set late is not told`() throws {
    let context = try Context()
    let (router, dealer) = (try Socket.make(.router, in: context), try Socket.make(.dealer, in: context))
    try router.bind("tcp://127.0.0.1:*")
    try dealer.connect(try router.lastEndpoint)
    let option = try #require(SocketOption.named("routing_id"))
    #expect(option.effect == .nextConnection)
    try dealer.set(option, to: .bytes(Array("late".utf8)))
    try dealer.send(Array("Hello".utf8))
    #expect(try router.receive().bytes(0).first == 0, "a random id begins with zero")
    try router.bind("tcp://127.0.0.1:*")
    try dealer.connect(try router.lastEndpoint)
    var ids: Set<[UInt8]> = []
    // A DEALER takes its peers in turn, the new one once it is there.
    while !ids.contains(Array("late".utf8)) {
      try dealer.send([1])
      ids.insert(try router.receive().bytes(0))
    }
  }

  @Test(arguments: ["curve_server", "plain_server"])
  func `a server's mechanism that is set late lets a NULL client in`(name: String) throws {
    let context = try Context()
    let (server, client) = (try Socket.make(.pull, in: context), try Socket.make(.push, in: context))
    try server.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named(name))
    #expect(option.effect == .nextConnection)
    try server.set(option, to: .integer(1))
    try client.connect(try server.lastEndpoint)
    try client.send([7])
    #expect(try server.receive().bytes(0) == [7])
  }

  @Test func `a SUB that conflates late keeps all of its messages`() throws {
    let context = try Context()
    let (source, sink) = (try Socket.make(.push, in: context), try Socket.make(.pull, in: context))
    try sink.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named("conflate"))
    #expect(option.effect == .nextConnection)
    try sink.set(option, to: .integer(1))
    try source.connect(try sink.lastEndpoint)
    for number in UInt8(1)...50 { try source.send([number]) }
    for number in UInt8(1)...50 { #expect(try sink.receive().bytes(0) == [number]) }
  }

  @Test func `immediate counts for the connections that follow`() throws {
    let context = try Context()
    let push = try Socket.make(.push, in: context)
    // Nobody is there, and the connection made before queues.
    try push.connect(Unique.ipc())
    let option = try #require(SocketOption.named("immediate"))
    #expect(option.effect == .nextConnection)
    try push.set(option, to: .integer(1))
    try push.send([1], wait: false)
    let other = try Socket.make(.push, in: context)
    try other.set(option, to: .integer(1))
    try other.connect(Unique.ipc())
    #expect(throws: ZMQError.again) { try other.send([1], wait: false) }
  }

  @Test func `a welcome message counts for the peers that follow, also at an endpoint that is bound`() throws
  {
    let context = try Context()
    let (news, reader) = (try Socket.make(.xpub, in: context), try Socket.make(.sub, in: context))
    try news.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named("xpub_welcome_msg"))
    #expect(option.effect == .nextPeer)
    try news.set(option, to: .bytes(Array("welcome".utf8)))
    try reader.subscribe([])
    try reader.connect(try news.lastEndpoint)
    #expect(try news.receive().bytes(0) == [1])
    #expect(try reader.receive().bytes(0) == Array("welcome".utf8))
  }

  @Test func `probe_router counts for the peers that follow, also at an endpoint that is bound`() throws {
    let context = try Context()
    let (dealer, router) = (try Socket.make(.dealer, in: context), try Socket.make(.router, in: context))
    try dealer.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named("probe_router"))
    #expect(option.effect == .nextPeer)
    try dealer.set(option, to: .integer(1))
    try router.connect(try dealer.lastEndpoint)
    // libzmq sends when the socket takes the new peer, which it does inside a call on it.
    try wait {
      _ = try dealer.events
      return try router.events.contains(.readable)
    }
    let message = try router.receive()
    #expect(message.count == 2 && message.bytes(1) == [])
  }

  @Test func `a high-water mark counts at once`() throws {
    let context = try Context()
    let push = try Socket.make(.push, in: context)
    try push.connect(Unique.ipc())
    let option = try #require(SocketOption.named("sndhwm"))
    #expect(option.effect == .immediately)
    try push.set(option, to: .integer(3))
    for number in UInt8(1)...3 { try push.send([number], wait: false) }
    #expect(throws: ZMQError.again) { try push.send([4], wait: false) }
  }

  @Test func `no notice of connections from STREAM counts only before`() throws {
    let context = try Context()
    let (server, client) = (try Socket.make(.stream, in: context), try Socket.make(.stream, in: context))
    try server.bind("tcp://127.0.0.1:*")
    let option = try #require(SocketOption.named("stream_notify"))
    #expect(option.effect == .nextConnection)
    try server.set(option, to: .integer(0))
    try client.connect(try server.lastEndpoint)
    #expect(try server.receive().bytes(1) == [], "it was told all the same")
  }

  // MARK: the context's

  @Test func `I/O threads that are set after the first socket change nothing`() throws {
    let context = try Context()
    try context.set(.ioThreads, 2)
    let first = try Socket(.pair, in: context)
    let before = try ioThreadCount()
    try context.set(.ioThreads, 9)
    let second = try Socket(.pair, in: context)
    try second.bind("tcp://127.0.0.1:*")
    #expect(ContextOption.ioThreads.effect == .firstSocket)
    // Other tests have contexts of their own at the same time: nine more would show all the same.
    #expect(try ioThreadCount() < before + 7 || before == 0)
    first.close()
  }

  @Test func `a largest message of the context is not looked at`() throws {
    let context = try Context()
    try context.set(.maxMessageSize, 10)
    let (left, right) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    try left.bind("inproc://a")
    try right.connect("inproc://a")
    try left.send([UInt8](repeating: 1, count: 100))
    #expect(try right.receive().size == 100)
    #expect(ContextOption.maxMessageSize.effect == .never)
  }

  /// How many threads of libzmq's the program has; 0 where that cannot be seen.
  private func ioThreadCount() throws -> Int {
    #if os(Linux)
      var count = 0
      guard let folder = opendir("/proc/self/task") else { return 0 }
      defer { closedir(folder) }
      while readdir(folder) != nil { count += 1 }
      return count
    #else
      return 0
    #endif
  }
}
