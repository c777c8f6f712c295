import TestSupport
import Testing
import ZMTP
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct GreetingTests {
  @Test func `what is written is read back`() {
    for mechanism in ["NULL", "PLAIN", "CURVE", "ABCDEFGHIJKLMNOPQRST"] {
      for isServer in [false, true] {
        let greeting = Greeting(mechanism: mechanism, isServer: isServer)
        #expect(greeting.bytes.count == Greeting.byteCount)
        #expect(Greeting(greeting.bytes) == greeting)
      }
    }
  }

  @Test func `a part of a greeting is none yet, and may become one`() {
    let bytes = Greeting().bytes
    for count in 0..<Greeting.byteCount {
      let part = Array(bytes[..<count])
      #expect(Greeting.isBeginning(part))
      #expect(Greeting(part) == nil)
    }
  }

  @Test(arguments: ["HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.2p1", "\u{0}", "{}"])
  func `another protocol is no greeting`(text: String) {
    #expect(!Greeting.isBeginning(Array(text.utf8)) && Greeting(Array(text.utf8)) == nil)
  }

  @Test func `a version before 3 is told by its number`() {
    var bytes = [UInt8](repeating: 0, count: 12)
    (bytes[0], bytes[9], bytes[10]) = (0xFF, 0x7F, 1)
    #expect(Greeting(bytes)?.version == 1)
    #expect(PeerReading.read(bytes) == .old(version: 1))
  }
}

@Suite struct FrameTests {
  @Test(arguments: [0, 1, 255, 256, 70_000], [false, true])
  func `what is written is read back, and a part of it is incomplete`(count: Int, isCommand: Bool) {
    let frame = Frame(isCommand: isCommand, hasMore: !isCommand, body: [UInt8](repeating: 7, count: count))
    let bytes = frame.bytes
    #expect(Frame.read(bytes + [1, 2, 3], most: 1 << 20) == .frame(frame, byteCount: bytes.count))
    for length in [0, 1, 2, 8, bytes.count - 1] where length < bytes.count {
      #expect(Frame.read(Array(bytes[..<length]), most: 1 << 20) == .incomplete)
    }
  }

  @Test func `a size beyond the limit is refused before anything is read`() {
    #expect(Frame.read([0b110] + [UInt8](repeating: 0xFF, count: 8), most: 1000) == .invalid)
    #expect(Frame.read([0b100, 11], most: 10) == .invalid)
    #expect(Frame.read([0b1000, 0], most: 10) == .invalid)
  }

  @Test func `properties are read back, and malformed ones are none`() {
    let ready = Command.ready([("Socket-Type", Array("REQ".utf8)), ("Identity", [])])
    #expect(Command(ready.frame.body) == ready)
    #expect(ready.properties == ["socket-type": Array("REQ".utf8), "identity": []])
    for length in 1..<ready.data.count {
      let part = Command("READY", Array(ready.data[..<length]))
      // Cut behind the first property, it is whole again.
      #expect(part.properties == nil || part.properties?.count == 1)
    }
    #expect(Command([]) == nil && Command([0]) == nil && Command([200, 65]) == nil)
  }
}

@Suite struct PeerReadingTests {
  @Test(arguments: SocketType.allCases.filter { $0 != .stream })
  func `a socket of libzmq tells its type`(type: SocketType) throws {
    let socket = try Socket(type, in: try Context())
    if [.req, .rep, .dealer, .router].contains(type), let id = SocketOption.named("routing_id") {
      try socket.set(id, to: .bytes(Array("me".utf8)))
    }
    guard case .ready(let name, let id)? = try reading(of: socket) else {
      Issue.record("no reading")
      return
    }
    #expect(name == type.name.uppercased())
    #expect(id == ([.req, .dealer, .router].contains(type) ? Array("me".utf8) : []))
  }

  @Test func `a server of CURVE tells its mechanism`() throws {
    let socket = try Socket(.rep, in: try Context())
    let key = try CurveKey.pair().secretKey
    try socket.set(try #require(SocketOption.named("curve_server")), to: .integer(1))
    try socket.set(try #require(SocketOption.named("curve_secretkey")), to: .bytes(key.bytes))
    #expect(try reading(of: socket) == .secured(mechanism: "CURVE"))
  }

  @Test func `what is no ZeroMQ is told by its first bytes`() {
    let bytes = Array("HTTP/1.1 400 Bad Request\r\n".utf8)
    #expect(PeerReading.read(bytes) == .foreign(bytes))
    #expect(PeerReading.read([]) == nil)
  }

  @Test func `a refusal tells its reason`() {
    let bytes = Greeting().bytes + Command("ERROR", [3] + Array("400".utf8)).frame.bytes
    #expect(PeerReading.read(bytes) == .refused(reason: "400"))
  }

  @Test func `no bytes at all make an accident`() {
    var generator = SplitMix(seed: 1)
    let start = Greeting().bytes + Command.ready([("Socket-Type", Array("REP".utf8))]).frame.bytes
    for _ in 0..<5000 {
      var bytes = Array(start.prefix(Int.random(in: 0...start.count, using: &generator)))
      for _ in 0..<Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = PeerReading.read(bytes)
    }
  }

  /// What a plain connection to a socket reads.
  private func reading(of socket: Socket) throws -> PeerReading? {
    try socket.bind("tcp://127.0.0.1:*")
    let endpoint = try socket.lastEndpoint
    let port = try #require(endpoint.split(separator: ":").last.flatMap { UInt16($0) })
    // A socket of libzmq's that speaks plain TCP.
    let stream = try Socket(.stream, in: try Context())
    try stream.set(try #require(SocketOption.named("rcvtimeo")), to: .integer(20_000))
    try stream.connect("tcp://127.0.0.1:\(port)")
    let id = try stream.receive().bytes(0)
    var bytes: [UInt8] = []
    var questions = PeerReading.questions[...]
    while true {
      while let next = questions.first, bytes.count >= next.after {
        try stream.send(Message(frames: [id, next.bytes]))
        questions.removeFirst()
      }
      bytes += try stream.receive().bytes(1)
      if let reading = PeerReading.read(bytes) { return reading }
    }
  }
}

@Suite struct ForeignProtocolTests {
  @Test(arguments: [
    ("HTTP/1.1 400 Bad Request", "an HTTP server"), ("SSH-2.0-x", "an SSH server"),
    ("\u{15}\u{3}\u{1}", "a TLS server"), ("-ERR unknown", "a Redis server"),
    ("220 ready", "a mail or FTP server"),
  ])
  func `what is known is told by its beginning`(text: String, speaker: String) {
    #expect(ForeignProtocol.of(Array(text.utf8))?.speaker == speaker)
  }

  @Test func `the length of a first frame of HTTP 2 may be any`() {
    for length: UInt8 in [0, 6, 18, 255] {
      let bytes: [UInt8] = [0, 0, length, 4, 0, 0, 0, 0, 0, 1]
      #expect(ForeignProtocol.of(bytes)?.speaker.hasPrefix("an HTTP/2 server") == true)
    }
  }

  @Test(
    arguments: [[], [0xFF], [0, 0, 1, 5, 0, 0, 0, 0, 0], Array("HTT".utf8), Greeting().bytes] as [[UInt8]])
  func `what is short or another is not known`(bytes: [UInt8]) {
    #expect(ForeignProtocol.of(bytes) == nil)
  }

  @Test func `a version is written as people write it`() {
    var bytes = Greeting().bytes
    for (major, minor, text) in [(3, 0, "3.0"), (3, 1, "3.1"), (1, 0, "2.0"), (0, 0, "1.0")]
      as [(UInt8, UInt8, String)]
    {
      (bytes[10], bytes[11]) = (major, minor)
      #expect(Greeting(bytes)?.versionText == text)
    }
  }
}
