import Testing
import ZeroMQ

@Suite struct SocketTests {
  @Test func aClosedSocketFailsAndIsClosedOnce() throws {
    let socket = try Socket.make(.pair, in: try Context())
    socket.close()
    socket.close()
    #expect(socket.isClosed)
    #expect(throws: ZMQError.notASocket) { try socket.send([1]) }
    #expect(throws: ZMQError.notASocket) { try socket.receive() }
    #expect(throws: ZMQError.notASocket) { try socket.bind("inproc://x") }
    #expect(throws: ZMQError.notASocket) { try socket.lastEndpoint }
    #expect(throws: ZMQError.notASocket) { try socket.events }
  }

  @Test func outOfTurnIsTheWrongState() throws {
    let context = try Context()
    let (rep, req) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
    try rep.bind("inproc://x")
    try req.connect("inproc://x")
    #expect(throws: ZMQError.wrongState) { try rep.send([1]) }
    try req.send([1])
    #expect(throws: ZMQError.wrongState) { try req.send([2]) }
    _ = try rep.receive()
    try rep.send([3])
    #expect(try req.receive().frames == [[3]])
  }

  @Test func endpointsCanBeTakenBack() throws {
    let context = try Context()
    let (one, other) = (try Socket.make(.pull, in: context), try Socket.make(.pull, in: context))
    try one.bind("tcp://127.0.0.1:*")
    let endpoint = try one.lastEndpoint
    #expect(throws: ZMQError.addressInUse) { try other.bind(endpoint) }
    try one.unbind(endpoint)
    #expect(throws: ZMQError.noEntry) { try one.unbind(endpoint) }
    #expect(throws: ZMQError.noEntry) { try one.disconnect(endpoint) }
    // libzmq closes the listener on its I/O thread.
    try wait { (try? other.bind(endpoint)) != nil }
    try one.connect("tcp://127.0.0.1:1")
    try one.disconnect("tcp://127.0.0.1:1")
    #expect(throws: ZMQError.protocolNotSupported) { try one.bind("nonsense://x") }
    #expect(throws: ZMQError.invalidArgument) { try one.bind("nonsense") }
    #expect(throws: ZMQError.noDevice) { try one.bind("tcp://no-such-host.invalid:*") }
    #expect(throws: ZMQError.incompatibleProtocol) { try one.bind("udp://127.0.0.1:5555") }
  }

  @Test func aSubscriptionIsAPrefix() throws {
    let context = try Context()
    let (pub, sub) = (try Socket.make(.xpub, in: context), try Socket.make(.sub, in: context))
    try pub.bind("inproc://x")
    try sub.connect("inproc://x")
    try sub.subscribe(Array("ab".utf8))
    #expect(try pub.receive().frames == [[1] + Array("ab".utf8)])
    try pub.send(Array("a".utf8))
    try pub.send(Array("abc".utf8))
    #expect(try sub.receive().frames == [Array("abc".utf8)])
    try sub.unsubscribe(Array("ab".utf8))
    #expect(try pub.receive().frames == [[0] + Array("ab".utf8)])
    try sub.subscribe([])
    #expect(try pub.receive().frames == [[1]])
    #expect(throws: ZMQError.invalidArgument) { try pub.subscribe([1]) }
  }

  @Test func aSocketHoldsItsContext() throws {
    func make() throws -> Socket {
      try Socket.make(.pair, in: try Context())
    }
    let socket = try make()
    try socket.bind("inproc://x")
    #expect(try socket.events.contains(.readable) == false)
  }

  @Test func aContextThatIsShutDownEndsWaits() throws {
    let context = try Context()
    let socket = try Socket.make(.pull, in: context)
    context.shutdown()
    context.shutdown()
    #expect(throws: ZMQError.contextTerminated) { try socket.receive() }
    #expect(throws: ZMQError.contextTerminated) { try Socket(.pull, in: context) }
  }

  @Test func aSocketMovesToAnotherThread() async throws {
    let context = try Context()
    nonisolated(unsafe) let socket = try Socket.make(.pair, in: context)
    let peer = try Socket.make(.pair, in: context)
    try peer.bind("inproc://x")
    try socket.connect("inproc://x")
    // No await between: a task may go on on another thread, and a socket would be on the wrong one.
    try await Task.detached {
      socket.moveToCurrentThread()
      try socket.send([1])
    }.value
    peer.moveToCurrentThread()
    #expect(try peer.receive().frames == [[1]])
    socket.moveToCurrentThread()
  }

  @Test func anyOrderOfClosingEnds() throws {
    for order in 0..<6 {
      let context = try Context()
      let socket = try Socket.make(.req, in: context)
      let monitor = try SocketMonitor(socket, in: context)
      try socket.connect("tcp://127.0.0.1:1")
      try socket.send([1], wait: false)
      switch order {
      case 0:
        monitor.stop()
        socket.close()
      case 1:
        socket.close()
        monitor.stop()
      case 2:
        socket.close()
        context.shutdown()
        monitor.stop()
      case 3:
        context.shutdown()
        monitor.stop()
      case 4:
        context.shutdown()
        socket.close()
      default:
        break
      }
    }
  }
}
