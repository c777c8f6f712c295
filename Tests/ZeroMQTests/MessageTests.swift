import TestSupport
import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct MessageTests {
  @Test(arguments: ["inproc", "tcp", "ipc"])
  func whatIsSentIsReceivedFrameByFrame(transport: String) throws {
    let context = try Context()
    let (sender, receiver) = (try Socket.make(.push, in: context), try Socket.make(.pull, in: context))
    switch transport {
    case "tcp": try receiver.bind("tcp://127.0.0.1:*")
    case "ipc": try receiver.bind(Unique.ipc())
    default: try receiver.bind("inproc://\(Unique.name("law"))")
    }
    try sender.connect(try receiver.lastEndpoint)
    var random = SplitMix(seed: 42)
    let received = Message()
    for round in 0..<300 {
      var frames = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        // Sizes around those that libzmq treats apart: 0, 33 (in the message itself), 255 (short frames).
        let sizes = [0, 1, 10, 29, 33, 34, 255, 256, 1000, 9000]
        let size = sizes.randomElement(using: &random) ?? 0
        return (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      if round == 0 {
        frames = [Array(0...255), [], Array((0...255).reversed())]
      }
      let message = Message(frames: frames)
      #expect(message.count == frames.count)
      #expect(message.size == frames.map(\.count).reduce(0, +))
      switch round % 2 {
      case 0:
        try sender.send(message)
        #expect(message.isEmpty)
      default:
        for (index, frame) in frames.enumerated() {
          try sender.send(frame, more: index < frames.count - 1)
        }
      }
      try receiver.receive(into: received)
      #expect(received.frames == frames)
    }
  }

  @Test func aMessageIsUsedAgain() throws {
    let message = Message(frames: [[1], [2], [3], [4], [5], [6]])
    #expect(message.frames == [[1], [2], [3], [4], [5], [6]])
    message.removeAll()
    #expect(message.isEmpty && message.frames == [] && message.size == 0)
    message.append([])
    #expect(message.count == 1 && !message.isEmpty && message.bytes(0) == [])
    message.append([7])
    #expect(message.withFrame(1) { Array($0) } == [7])
  }

  @Test func aFrameIsTakenOverWithoutACopy() throws {
    let buffer = UnsafeMutableRawBufferPointer(start: malloc(1 << 20), count: 1 << 20)
    _ = buffer.initializeMemory(as: UInt8.self, repeating: 7)
    let message = Message()
    message.append(owning: buffer)
    #expect(message.frame(0).baseAddress == UnsafeRawPointer(buffer.baseAddress))
    let context = try Context()
    let (one, other) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    try one.bind("inproc://x")
    try other.connect("inproc://x")
    try one.send(message)
    let received = try other.receive()
    #expect(received.size == 1 << 20 && received.frame(0).allSatisfy { $0 == 7 })
  }

  @Test func aMessageThatIsRefusedStaysWhole() throws {
    let context = try Context()
    let push = try Socket.make(.push, in: context)
    try push.bind("inproc://x")
    let message = Message(frames: [[1], [2]])
    #expect(throws: ZMQError.again) { try push.send(message, wait: false) }
    #expect(message.frames == [[1], [2]])
    let pull = try Socket.make(.pull, in: context)
    try pull.connect("inproc://x")
    try push.send(message)
    #expect(try pull.receive().frames == [[1], [2]])

    let router = try Socket.make(.router, in: context)
    try router.set(try #require(SocketOption.named("router_mandatory")), to: .integer(1))
    let lost = Message(frames: [Array("ghost".utf8), [], [1]])
    #expect(throws: ZMQError.hostUnreachable) { try router.send(lost) }
    #expect(lost.count == 3)
  }

  @Test func aFailedReceiveLeavesAnEmptyMessage() throws {
    let pull = try Socket.make(.pull, in: try Context())
    let message = Message(frames: [[1], [2]])
    #expect(throws: ZMQError.again) { try pull.receive(into: message, wait: false) }
    #expect(message.isEmpty)
  }

  @Test func aMessageWithoutFramesSendsNothing() throws {
    let push = try Socket.make(.push, in: try Context())
    try push.send(Message(), wait: false)
  }

  @Test func aShorterMessageReplacesALongerOne() throws {
    let context = try Context()
    let (one, other) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    try one.bind("inproc://x")
    try other.connect("inproc://x")
    let message = Message()
    for frames: [[UInt8]] in [[[1], [2], [3], [4], [5], [6]], [[7], [8]], [[9]], [[1], [2], [3]], [[]]] {
      try one.send(Message(frames: frames))
      try other.receive(into: message)
      #expect(message.frames == frames)
    }
  }

  @Test func aMessageTellsOfItsPeer() throws {
    let context = try Context()
    let (rep, req) = (try Socket.make(.rep, in: context), try Socket.make(.req, in: context))
    try req.set(try #require(SocketOption.named("routing_id")), to: .bytes(Array("me".utf8)))
    try rep.bind("tcp://127.0.0.1:*")
    try req.connect(try rep.lastEndpoint)
    try req.send([1])
    let request = try rep.receive()
    #expect(request.property("Socket-Type") == "REQ")
    #expect(request.property("Peer-Address") == "127.0.0.1")
    #expect(request.property("Routing-Id") == "me")
    #expect(request.property("X-Nonsense") == nil)
    #expect(Message(frames: [[1]]).property("Socket-Type") == nil)
    #expect(Message().property("Socket-Type") == nil)
  }
}
