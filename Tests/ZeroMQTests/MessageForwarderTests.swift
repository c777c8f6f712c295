import Testing
import ZeroMQ

@Suite struct MessageForwarderTests {
  private struct Line {
    let context: Context
    let source, front, back, sink: Socket

    init(sndhwm: Int64 = 1000) throws {
      context = try Context()
      front = try Socket(.pull, in: context)
      back = try Socket(.push, in: context)
      source = try Socket(.push, in: context)
      sink = try Socket(.pull, in: context)
      for socket in [front, back, source, sink] {
        try socket.set(try #require(.named("linger")), to: .integer(0))
        try socket.set(try #require(.named("rcvhwm")), to: .integer(sndhwm))
        try socket.set(try #require(.named("sndhwm")), to: .integer(sndhwm))
      }
      try front.bind("inproc://front")
      try source.connect("inproc://front")
      try back.bind("inproc://back")
    }
  }

  @Test func wholeMessagesGoOnInTheirOrder() throws {
    let line = try Line()
    try line.sink.connect("inproc://back")
    let forwarder = MessageForwarder(from: line.front, to: line.back)
    #expect(try forwarder.run(atMost: 10) == .empty)
    for number in 0..<20 as Range<UInt8> {
      try line.source.send(Message(frames: [[number], [], [1, 2, 3]]))
    }
    #expect(try forwarder.run(atMost: 15) == .moved)
    #expect(try forwarder.run(atMost: 15) == .empty)
    for number in 0..<20 as Range<UInt8> {
      #expect(try line.sink.receive().frames == [[number], [], [1, 2, 3]])
    }
    #expect((forwarder.messageCount, forwarder.byteCount) == (20, 80))
  }

  @Test func nothingIsTakenThatNobodyTakes() throws {
    let line = try Line()
    let forwarder = MessageForwarder(from: line.front, to: line.back)
    try line.source.send([1])
    #expect(try forwarder.run(atMost: 10) == .full)
    #expect(!forwarder.isHolding)
    #expect(try line.front.receive(wait: false).frames == [[1]])
  }

  @Test func whatTheDestinationRefusesIsHeldAndGoesFirst() throws {
    let line = try Line(sndhwm: 1)
    try line.sink.connect("inproc://back")
    let forwarder = MessageForwarder(from: line.front, to: line.back)
    var sent: UInt8 = 0
    var received: [UInt8] = []
    var wasHolding = false
    while received.count < 100 {
      // Asking for events lets a socket see what the others did at once.
      while try line.source.events.contains(.writable) {
        try line.source.send([sent])
        sent += 1
      }
      _ = try forwarder.run(atMost: 100)
      wasHolding = wasHolding || forwarder.isHolding
      if try line.sink.events.contains(.readable) { received += try line.sink.receive().bytes(0) }
    }
    #expect(received == Array(0..<100))
    #expect(wasHolding)
  }

  @Test func aCopyIsKeptAndAFullCaptureHoldsNobodyUp() throws {
    let line = try Line()
    try line.sink.connect("inproc://back")
    let tap = try Socket(.push, in: line.context)
    try tap.bind("inproc://tap")
    let forwarder = MessageForwarder(from: line.front, to: line.back, capture: tap)
    try line.source.send([1])
    #expect(try forwarder.run(atMost: 10) == .empty)
    #expect((forwarder.messageCount, forwarder.uncapturedCount) == (1, 1))
    let copies = try Socket(.pull, in: line.context)
    try copies.connect("inproc://tap")
    let long = [UInt8](repeating: 7, count: 1000)
    try line.source.send(Message(frames: [long, [2], [3], [4], [5], [6]]))
    #expect(try forwarder.run(atMost: 10) == .empty)
    #expect(try copies.receive().frames == [long, [2], [3], [4], [5], [6]])
    #expect(try line.sink.receive().frames == [[1]])
    #expect(try line.sink.receive().frames == [long, [2], [3], [4], [5], [6]])
  }

  @Test func whatARouterCannotRouteIsCounted() throws {
    let line = try Line()
    let router = try Socket(.router, in: line.context)
    try router.set(try #require(.named("router_mandatory")), to: .integer(1))
    try router.bind("inproc://router")
    let dealer = try Socket(.dealer, in: line.context)
    try dealer.connect("inproc://router")
    let forwarder = MessageForwarder(from: line.front, to: router)
    try line.source.send(Message(frames: [Array("nobody".utf8), [1]]))
    _ = try forwarder.run(atMost: 10)
    #expect((forwarder.messageCount, forwarder.unroutableCount, forwarder.isHolding) == (0, 1, false))
  }
}
