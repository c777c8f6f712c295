import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct PollerTests {
  @Test func aPollerTellsOfSocketsAndFileDescriptors() throws {
    let context = try Context()
    let (one, other) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    try one.bind("inproc://x")
    try other.connect("inproc://x")
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { _ = close($0) } }

    let poller = Poller()
    let socket = poller.add(other, .readable)
    let descriptor = poller.add(fileDescriptor: ends[0], .readable)
    let sender = poller.add(one, [.readable, .writable])
    #expect(poller.count == 3)
    #expect(try poller.wait(milliseconds: 0) == 1)
    #expect(poller.ready(sender) == .writable)

    poller.setEvents([], at: sender)
    #expect(try poller.wait(milliseconds: 0) == 0)
    try one.send([1])
    #expect(write(ends[1], "x", 1) == 1)
    #expect(try poller.wait(milliseconds: 20_000) == 2)
    #expect(poller.ready(socket) == .readable && poller.ready(descriptor) == .readable)
    #expect(poller.ready(sender) == [])
    // What was announced and not read is announced again.
    #expect(try poller.wait(milliseconds: -1) == 2)
    _ = try other.receive()
    poller.removeAll()
    #expect(poller.count == 0)
    #expect(try poller.wait(milliseconds: 0) == 0)
  }

  @Test func aSocketThatAlwaysHasAMessageHidesNoOther() throws {
    let context = try Context()
    let poller = Poller()
    var (senders, readers, indices): ([Socket], [Socket], [Int]) = ([], [], [])
    for name in ["busy", "quiet"] {
      readers.append(try Socket.make(.pull, in: context))
      try readers[readers.count - 1].bind("inproc://\(name)")
      senders.append(try Socket.make(.push, in: context))
      try senders[senders.count - 1].connect("inproc://\(name)")
      indices.append(poller.add(readers[readers.count - 1], .readable))
    }
    try senders[0].send([1])
    #expect(try poller.wait(milliseconds: 20_000) == 1)
    #expect(poller.ready(indices[0]) == .readable && poller.ready(indices[1]) == [])
    // The first is not read; the second has said that it has nothing, and its descriptor tells of what comes.
    try senders[1].send([2])
    #expect(try poller.wait(milliseconds: 20_000) == 2)
    #expect(poller.ready(indices[0]) == .readable && poller.ready(indices[1]) == .readable)
  }

  @Test func aPollerFindsAMessageWhoseNoticeAnotherCallTook() throws {
    let context = try Context()
    let (one, other) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
    try one.bind("inproc://x")
    try other.connect("inproc://x")
    let poller = Poller()
    let index = poller.add(other, .readable)
    let message = Message()
    // What has just said that nothing is there is not asked again, and its descriptor tells of what comes.
    #expect(throws: ZMQError.again) { try other.receive(into: message, wait: false) }
    #expect(try poller.wait(milliseconds: 0) == 0)
    try one.send([1])
    #expect(try poller.wait(milliseconds: 20_000) == 1)
    // Asking for the events takes the notice of a message.
    try other.receive(into: message, wait: false)
    #expect(throws: ZMQError.again) { try other.receive(into: message, wait: false) }
    try one.send([2])
    #expect(try other.events.contains(.readable))
    #expect(try poller.wait(milliseconds: 20_000) == 1)
    #expect(poller.ready(index) == .readable)
    // So does connecting, and the poller that looked last has not seen it.
    try other.receive(into: message, wait: false)
    #expect(try poller.wait(milliseconds: 0) == 0)
    try one.send([3])
    try other.bind("inproc://y")
    #expect(try poller.wait(milliseconds: 20_000) == 1)
  }

  @Test func aRepThatMetAMalformedRequestHasTheNextOne() throws {
    let context = try Context()
    let (rep, dealer) = (try Socket.make(.rep, in: context), try Socket.make(.dealer, in: context))
    try rep.bind("inproc://x")
    try dealer.connect("inproc://x")
    try dealer.send([1])
    try dealer.send(Message(frames: [[], [2]]))
    let poller = Poller()
    poller.add(rep, .readable)
    let message = Message()
    while message.isEmpty {
      #expect(try poller.wait(milliseconds: 20_000) == 1)
      do { try rep.receive(into: message, wait: false) } catch { #expect(error == .again) }
    }
    #expect(message.frames == [[2]])
  }

  @Test func aPollerGrows() throws {
    let context = try Context()
    let poller = Poller()
    var sockets: [Socket] = []
    for index in 0..<40 {
      let socket = try Socket.make(.pull, in: context)
      try socket.bind("inproc://\(index)")
      sockets.append(socket)
      #expect(poller.add(socket, .readable) == index)
    }
    let push = try Socket.make(.push, in: context)
    try push.connect("inproc://33")
    try push.send([1])
    #expect(try poller.wait(milliseconds: 20_000) == 1)
    #expect((0..<40).filter { poller.ready($0) == .readable } == [33])
  }

  @Test func aSocketThatWasClosedIsToldApart() throws {
    let socket = try Socket.make(.pull, in: try Context())
    let poller = Poller()
    poller.add(socket, .readable)
    socket.close()
    #expect(throws: ZMQError.notASocket) { try poller.wait(milliseconds: 0) }
    poller.removeAll()
    poller.add(socket, .readable)
    #expect(throws: ZMQError.notASocket) { try poller.wait(milliseconds: 0) }
  }
}
