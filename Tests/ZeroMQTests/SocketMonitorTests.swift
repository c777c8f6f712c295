import Testing
import ZeroMQ

@Suite struct SocketMonitorTests {
  /// An endpoint that nobody listens at: a port that was free a moment ago.
  static func deaf(in context: Context) throws -> String {
    let socket = try Socket.make(.pair, in: context)
    try socket.bind("tcp://127.0.0.1:*")
    let endpoint = try socket.lastEndpoint
    try socket.unbind(endpoint)
    return endpoint
  }

  @Test func aConnectToNobodyIsTriedAgain() throws {
    let context = try Context()
    let endpoint = try Self.deaf(in: context)
    let req = try Socket.make(.req, in: context)
    let monitor = try SocketMonitor(req, in: context)
    try req.connect(endpoint)
    let events = try monitor.events(until: .connectRetried)
    #expect(events.map(\.kind) == [.connectDelayed, .closed, .connectRetried])
    #expect(events.allSatisfy { $0.endpoint == endpoint && $0.peerAddress == nil })
    // The interval is randomised upward from reconnect_ivl, 100 ms.
    #expect((events.last?.value).map { 100...200 ~= $0 } == true)
  }

  @Test func aConnectionIsToldFromItsBeginningToItsEnd() throws {
    let context = try Context()
    let (rep, req) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
    let server = try SocketMonitor(rep, in: context)
    try rep.bind("tcp://127.0.0.1:*")
    let endpoint = try rep.lastEndpoint
    let client = try SocketMonitor(req, in: context)
    try req.connect(endpoint)
    let connected = try client.events(until: .handshakeSucceeded)
    #expect(connected.map(\.kind) == [.connectDelayed, .connected, .handshakeSucceeded])
    #expect(connected[1].peerAddress == String(endpoint.dropFirst("tcp://".count)))
    let accepted = try server.events(until: .handshakeSucceeded)
    #expect(accepted.map(\.kind) == [.listening, .accepted, .handshakeSucceeded])
    #expect(accepted[1].peerAddress?.hasPrefix("127.0.0.1:") == true)
    #expect(accepted[1].peerAddress != connected[1].peerAddress)
    rep.close()
    #expect(try client.events(until: .disconnected).map(\.kind) == [.disconnected])
    #expect(try server.next() == nil)
  }

  #if os(Linux)
    @Test func whatAConnectionCarriedIsCounted() throws {
      let context = try Context()
      let (pull, push) = (try Socket.make(.pull, in: context), try Socket.make(.push, in: context))
      let server = try SocketMonitor(pull, in: context)
      try pull.bind("tcp://127.0.0.1:*")
      let client = try SocketMonitor(push, in: context)
      try push.connect(try pull.lastEndpoint)
      let outgoing = try #require(client.events(until: .handshakeSucceeded).first { $0.kind == .connected })
        .value
      let incoming = try #require(server.events(until: .handshakeSucceeded).first { $0.kind == .accepted })
        .value
      let sent = try #require(SentBytes(through: outgoing))
      let received = try #require(ReceivedBytes(through: incoming))
      try push.send(Array(repeating: 0, count: 10), wait: false)
      let message = Message()
      try pull.receive(into: message)
      // RFC 37: a short frame has its flags and its length, a byte each, before its body.
      #expect(SentBytes(through: outgoing)?.count == sent.count + 12)
      #expect(SentBytes(through: outgoing)?.unsent == 0)
      #expect(ReceivedBytes(through: incoming)?.count == received.count + 12)
      #expect(SentBytes(through: -1) == nil)
    }
  #endif

  @Test func onlyTheKindsThatWereAskedForCome() throws {
    let context = try Context()
    let (one, other) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    let monitor = try SocketMonitor(one, in: context, events: MonitorEvent.Kinds([.handshakeSucceeded]))
    try one.bind("tcp://127.0.0.1:*")
    try other.connect(try one.lastEndpoint)
    #expect(try monitor.events(until: .handshakeSucceeded).count == 1)
  }

  @Test func aMonitorThatNobodyReadsStopsNoReconnecting() throws {
    let context = try Context()
    // A STREAM speaks plain TCP: it tells of each connection, and closes it when it is sent an empty frame.
    let stream = try Socket.make(.stream, in: context)
    try stream.bind("tcp://127.0.0.1:*")
    let endpoint = try stream.lastEndpoint
    let push = try Socket.make(.push, in: context)
    try push.set(try #require(SocketOption.named("reconnect_ivl")), to: .integer(1))
    let undrained = try SocketMonitor(push, in: context)
    try push.connect(endpoint)
    // Each connection is three events and more, and a default high-water mark holds 1000.
    var connections: Set<[UInt8]> = []
    while connections.count < 500 {
      let peer = try stream.receive().bytes(0)
      if connections.insert(peer).inserted {
        try? stream.send(Message(frames: [peer, []]))
      }
    }
    stream.close()
    let pull = try Socket.make(.pull, in: context)
    try wait { (try? pull.bind(endpoint)) != nil }
    try push.send([1])
    #expect(try pull.receive().frames == [[1]])
    let events = try undrained.events(until: .handshakeSucceeded)
    #expect(events.count { $0.kind == .connected } >= 500)
  }

  @Test(arguments: ["monitor first", "socket first", "let go"])
  func closingInAnyOrderWhileConnectionsComeAndGoEnds(order: String) throws {
    // Closing the reader before its socket is told can hang libzmq's reaper, and with it the end of the context,
    // which is waited for here at the end of each turn.
    for _ in 0..<50 {
      let context = try Context()
      let (server, client) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
      var monitors = [try SocketMonitor(server, in: context), try SocketMonitor(client, in: context)]
      try client.set(try #require(SocketOption.named("reconnect_ivl")), to: .integer(1))
      try server.bind("tcp://127.0.0.1:*")
      try client.connect(try server.lastEndpoint)
      _ = try monitors[1].events(until: .connected)
      switch order {
      case "monitor first":
        for monitor in monitors { monitor.stop() }
        server.close()
        client.close()
      case "socket first":
        server.close()
        client.close()
        for monitor in monitors { monitor.stop() }
      default: monitors.removeAll()
      }
      #expect(monitors.allSatisfy { (try? $0.next()) == .some(nil) })
    }
  }

  @Test func aSecondMonitorStopsTheFirst() throws {
    let context = try Context()
    let socket = try Socket.make(.pair, in: context)
    let first = try SocketMonitor(socket, in: context)
    let second = try SocketMonitor(socket, in: context)
    try socket.bind("tcp://127.0.0.1:*")
    #expect(try first.next() == nil)
    #expect(try second.events(until: .listening).count == 1)
    second.stop()
    second.stop()
    #expect(try second.next() == nil)
  }

  @Test func aMonitorOfAClosedSocketIsRefused() throws {
    let context = try Context()
    let socket = try Socket.make(.pair, in: context)
    socket.close()
    #expect(throws: ZMQError.notASocket) { try SocketMonitor(socket, in: context) }
  }

  @Test(arguments: MonitorEvent.Kind.all)
  func aKindIsFoundByItsName(kind: MonitorEvent.Kind) {
    #expect(MonitorEvent.Kind(name: kind.name) == kind)
    #expect(kind.rawValue.nonzeroBitCount == 1)
  }

  @Test func whatIsNotKnownIsCalledByItsNumber() {
    #expect(MonitorEvent.Kind(rawValue: 0x8000).name == "event 0x8000")
    #expect(MonitorEvent.Kind(name: "nonsense") == nil)
    #expect(ProtocolFailure(rawValue: 1).description == "protocol error 0x1")
    #expect(ProtocolFailure.mechanismMismatch.description == "ZMTP: mechanism mismatch")
  }

  @Test func aPeerWithoutCurveIsToldByItsCode() throws {
    let context = try Context()
    let (server, client) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
    let key = try CurveKey.pair().secretKey
    try server.set(try #require(SocketOption.named("curve_server")), to: .integer(1))
    try server.set(try #require(SocketOption.named("curve_secretkey")), to: .bytes(key.bytes))
    let monitor = try SocketMonitor(server, in: context)
    try server.bind("tcp://127.0.0.1:*")
    try client.connect(try server.lastEndpoint)
    let event = try monitor.events(until: .handshakeFailedProtocol).last
    #expect(event?.value == ProtocolFailure.mechanismMismatch.rawValue)
  }
}
