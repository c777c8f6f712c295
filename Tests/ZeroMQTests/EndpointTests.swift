import Testing
import ZeroMQ

@Suite struct EndpointTests {
  static let good: [(text: String, role: Endpoint.Role, endpoint: String)] = [
    ("5546", .bind, "tcp://127.0.0.1:5546"),
    ("5546", .connect, "tcp://127.0.0.1:5546"),
    (":5546", .connect, "tcp://127.0.0.1:5546"),
    ("1", .connect, "tcp://127.0.0.1:1"),
    ("65535", .connect, "tcp://127.0.0.1:65535"),
    ("*:5546", .bind, "tcp://*:5546"),
    ("host:5546", .connect, "tcp://host:5546"),
    ("3com.example:5546", .connect, "tcp://3com.example:5546"),
    ("[::1]:5546", .connect, "tcp://[::1]:5546"),
    (":0", .bind, "tcp://127.0.0.1:*"),
    ("0", .bind, "tcp://127.0.0.1:*"),
    ("*", .bind, "tcp://127.0.0.1:*"),
    (":*", .bind, "tcp://127.0.0.1:*"),
    ("*:*", .bind, "tcp://*:*"),
    ("/tmp/x", .bind, "ipc:///tmp/x"),
    ("./x", .connect, "ipc://./x"),
    ("../x/y", .connect, "ipc://../x/y"),
    ("tcp://127.0.0.1:5555", .bind, "tcp://127.0.0.1:5555"),
    ("tcp://*:5555", .bind, "tcp://*:5555"),
    ("tcp://*:*", .bind, "tcp://*:*"),
    ("tcp://eth0:5555", .bind, "tcp://eth0:5555"),
    ("tcp://eth0:0", .bind, "tcp://eth0:0"),
    ("tcp://[::]:5555", .bind, "tcp://[::]:5555"),
    ("tcp://[fe80::1%eth0]:5555", .connect, "tcp://[fe80::1%eth0]:5555"),
    ("tcp://192.168.0.1:0;10.0.0.1:5555", .connect, "tcp://192.168.0.1:0;10.0.0.1:5555"),
    ("tcp://*:9000;host:5555", .connect, "tcp://*:9000;host:5555"),
    ("ipc:///tmp/a b", .bind, "ipc:///tmp/a b"),
    ("ipc://*", .bind, "ipc://*"),
    ("inproc://a", .bind, "inproc://a"),
    (
      "inproc://\(String(repeating: "a", count: 256))", .bind,
      "inproc://\(String(repeating: "a", count: 256))"
    ),
    ("udp://127.0.0.1:5555", .connect, "udp://127.0.0.1:5555"),
  ]

  @Test(arguments: good)
  func anEndpointIsRead(text: String, role: Endpoint.Role, endpoint: String) throws {
    let read = try Endpoint(text, for: role)
    #expect(read.description == endpoint)
    // What libzmq is given can be given again.
    #expect(try Endpoint(endpoint, for: role) == read)
  }

  static let bad: [(text: String, role: Endpoint.Role, reason: String, place: String, help: String?)] = [
    ("", .bind, "the endpoint is empty", "", "such as `tcp://127.0.0.1:5555` or `5555`"),
    ("70000", .bind, "port 70000 is beyond 65535", "70000", nil),
    ("65536", .bind, "port 65536 is beyond 65535", "65536", nil),
    ("99999999999999999999", .bind, "port 99999999999999999999 is beyond 65535", "99999999999999999999", nil),
    ("-1", .bind, "port -1 is negative", "-1", "a port is 1 … 65535"),
    ("+5555", .bind, "'+5555' is no port", "+5555", "a port is 1 … 65535"),
    ("5555x", .bind, "'x' follows the port", "x", "did you mean `5555`?"),
    ("0x1", .connect, "'x1' follows the port", "x1", "did you mean `0`?"),
    ("tcp://127.0.0.1:5555/", .bind, "'/' follows the port", "/", "did you mean `5555`?"),
    ("tcp://127.0.0.1: 5555", .bind, "' 5555' is no port", " 5555", "a port is 1 … 65535"),
    ("tcp://127.0.0.1:http", .connect, "'http' is no port", "http", "a port is 1 … 65535"),
    ("tcp://127.0.0.1:70000", .connect, "port 70000 is beyond 65535", "70000", nil),
    ("tcp://127.0.0.1:", .connect, "no port follows ':'", ":", nil),
    ("tcp://127.0.0.1", .connect, "'127.0.0.1' has no port", "127.0.0.1", "such as `tcp://127.0.0.1:5555`"),
    ("tcp://5555", .connect, "'5555' has no host", "5555", "such as `tcp://127.0.0.1:5555`"),
    ("tcp://[::1]", .connect, "'[::1]' has no port", "[::1]", "such as `tcp://[::1]:5555`"),
    ("tcp://:5555", .connect, "no host stands before ':5555'", ":5555", "such as `127.0.0.1:5555`"),
    (
      "tcp://:5555", .bind, "no host stands before ':5555'", ":5555",
      "`127.0.0.1:5555` for this machine only, `*:5555` for every interface"
    ),
    ("tcp://[::1:5555", .connect, "'[::1' is no IPv6 address", "[::1", "such as `[::1]`"),
    ("tcp://[nonsense]:5555", .connect, "'[nonsense]' is no IPv6 address", "[nonsense]", "such as `[::1]`"),
    ("tcp://::1:5555", .connect, "an IPv6 address stands in brackets", "::1", "such as `[::1]:5555`"),
    ("a:b:5555", .connect, "a host holds no ':'", "a:b", nil),
    ("tcp://300.1.1.1:5", .connect, "'300.1.1.1' is no IPv4 address: 300 is beyond 255", "300.1.1.1", nil),
    ("tcp://1..1:5", .connect, "'1..1' is no IPv4 address: a number is missing", "1..1", nil),
    ("1.2.3.4.5:5", .connect, "'1.2.3.4.5' is no IPv4 address: it has 5 numbers", "1.2.3.4.5", nil),
    ("a b:5", .connect, "a host holds no blank", " ", nil),
    ("u@host:5", .connect, "a host holds no '@'", "@", nil),
    ("127.0.0.1", .connect, "'127.0.0.1' is no endpoint", "127.0.0.1", nil),
    ("localhost", .connect, "'localhost' is no endpoint", "localhost", nil),
    ("*", .connect, "'*' is every interface of this machine, which only a bind can have", "*", nil),
    ("*:5555", .connect, "'*' is every interface of this machine, which only a bind can have", "*", nil),
    (
      "tcp://*:5555", .connect, "'*' is every interface of this machine, which only a bind can have", "*", nil
    ),
    (":0", .connect, "'0' asks for a free port, which only a bind can do", "0", nil),
    ("0", .connect, "'0' asks for a free port, which only a bind can do", "0", nil),
    ("host:*", .connect, "'*' asks for a free port, which only a bind can do", "*", nil),
    ("tpc://host:1", .bind, "'tpc' is no transport of ZeroMQ", "tpc", "did you mean `tcp://host:1`?"),
    ("TCP://host:1", .bind, "'TCP' is no transport of ZeroMQ", "TCP", "did you mean `tcp://host:1`?"),
    ("icp:///x", .bind, "'icp' is no transport of ZeroMQ", "icp", "did you mean `ipc:///x`?"),
    ("inporc://x", .bind, "'inporc' is no transport of ZeroMQ", "inporc", "did you mean `inproc://x`?"),
    ("zebra://x", .bind, "'zebra' is no transport of ZeroMQ", "zebra", "such as tcp, ipc or inproc"),
    ("://x", .bind, "no transport stands before ://", "", "such as tcp, ipc or inproc"),
    (
      "http://host", .connect, "'http' is no transport of ZeroMQ", "http",
      "ZeroMQ speaks tcp, with a protocol that no web server understands: `tcp://host:port`"
    ),
    ("tcp:/host:1", .bind, "'://' is to follow tcp", "tcp:", "did you mean `tcp://host:1`?"),
    ("tcp:host:1", .bind, "'://' is to follow tcp", "tcp:", "did you mean `tcp://host:1`?"),
    ("tcp://", .bind, "no address follows tcp://", "tcp://", "such as `tcp://127.0.0.1:5555`"),
    ("ipc://", .bind, "no address follows ipc://", "ipc://", "a path, such as `ipc:///tmp/name`"),
    ("inproc://", .bind, "no address follows inproc://", "inproc://", "a name, such as `inproc://name`"),
    ("ipc://*", .connect, "'*' asks for a path of the system's choice, which only a bind can do", "*", nil),
    ("tcp://a:1;b:2", .bind, "only a connect has a source address before ';'", "a:1;", nil),
    ("tcp://a:70000;b:2", .connect, "port 70000 is beyond 65535", "70000", nil),
    ("tcp://a\nb:1", .connect, "an endpoint holds no control character", "\n", nil),
    ("é5555x:1 ", .connect, "' ' follows the port", " ", "did you mean `1`?"),
  ]

  @Test(arguments: bad)
  func aMistakeIsToldWithItsPlace(
    text: String, role: Endpoint.Role, reason: String, place: String, help: String?
  ) throws {
    let error = try #require(throws: EndpointError.self) { try Endpoint(text, for: role) }
    #expect(error.reason == reason)
    #expect(String(decoding: Array(text.utf8)[error.range], as: UTF8.self) == place)
    if let help {
      #expect(error.help == help)
    }
  }

  @Test func anEndpointTellsWhoReachesIt() throws {
    let port = try Endpoint("5546", for: .bind)
    #expect((port.port, port.host) == (5546, "127.0.0.1"))
    #expect(port.isLoopback && !port.isChosenBySystem)
    let everywhere = try Endpoint("*:5546", for: .bind)
    #expect(!everywhere.isLoopback)
    let free = try Endpoint(":0", for: .bind)
    #expect(free.port == nil && free.isChosenBySystem && free.isLoopback)
    #expect(try Endpoint("tcp://[::1]:1", for: .connect).isLoopback)
    #expect(try !Endpoint("tcp://[::]:1", for: .bind).isLoopback)
    #expect(try Endpoint("tcp://a:1;127.0.0.1:2", for: .connect).port == 2)
    #expect(try Endpoint("./x", for: .bind).isLoopback)
    #expect(try Endpoint("ipc://*", for: .bind).isChosenBySystem)
  }

  #if os(Linux)
    @Test func anAbstractNameIsLinuxs() throws {
      let endpoint = try Endpoint("@name", for: .bind)
      #expect(endpoint.description == "ipc://@name")
      #expect(endpoint.isAbstract)
      #expect(throws: EndpointError.self) { try Endpoint("@", for: .bind) }
      #expect(throws: EndpointError.self) { try Endpoint("ipc://@", for: .bind) }
    }

    @Test(arguments: ["ipc:///tmp/", "ipc://@", "/tmp/"])
    func aPathIsAsLongAsTheSystemTakesIt(prefix: String) throws {
      let name = "\(prefix)\(Unique.name("path"))"
      let limit = 107 + (prefix.hasPrefix("ipc://") ? 6 : 0)
      let longest = name + String(repeating: "a", count: limit - name.utf8.count)
      let endpoint = try Endpoint(longest, for: .bind)
      let socket = try Socket.make(.pull, in: try Context())
      try socket.bind(endpoint.description)
      try socket.unbind(endpoint.description)
      let error = try #require(throws: EndpointError.self) { try Endpoint(longest + "a", for: .bind) }
      #expect(error.reason == "the path has 108 bytes, and the system takes 107")
      #expect(throws: ZMQError.nameTooLong) { try socket.bind(endpoint.description + "a") }
    }
  #endif

  @Test func aTransportThatTheLibraryLacksIsRefused() throws {
    for transport in ZeroMQLibrary.transports where !ZeroMQLibrary.speaks(transport) {
      let error = try #require(throws: EndpointError.self) { try Endpoint("\(transport)://x:1", for: .bind) }
      #expect(error.reason.hasSuffix("was built without \(transport)"))
    }
    #expect(ZeroMQLibrary.speaks("tcp") && ZeroMQLibrary.speaks("inproc"))
  }

  @Test func aNormAddressIsCheckedInFullSinceLibzmqAborts() throws {
    guard ZeroMQLibrary.speaks("norm") else {
      return
    }
    for address in ["239.192.1.1:5555", "7,239.192.1.1:5555"] {
      #expect(try Endpoint("norm://\(address)", for: .bind).address == address)
    }
    for address in ["-", "host:5555", "no-such-if;239.192.1.1:5555", "x,239.192.1.1:5555", "239.192.1.1:*"] {
      #expect(throws: EndpointError.self) { try Endpoint("norm://\(address)", for: .bind) }
    }
  }

  @Test func whatIsReadCanBeBound() throws {
    let context = try Context()
    for text in [":0", "*", "*:*", "tcp://localhost:*", "ipc://@\(Unique.name("bind"))", "inproc://x"] {
      let socket = try Socket.make(.pair, in: context)
      let endpoint = try Endpoint(text, for: .bind)
      do {
        try socket.bind(endpoint.description)
        #expect(try Endpoint(try socket.lastEndpoint, for: .bind).transport == endpoint.transport)
      } catch ZMQError.noDevice {
        // A host name is no interface: what the caller has to explain.
        #expect(text.contains("localhost"))
      }
    }
  }

  @Test func theHazardsThatAreCheckedForAreReal() throws {
    let socket = try Socket.make(.pull, in: try Context())
    // Were libzmq to refuse it one day, the check would be double, and this test says so.
    do {
      try socket.bind("tcp://127.0.0.1:70000")
      #expect(try socket.lastEndpoint == "tcp://127.0.0.1:4464")
    } catch ZMQError.addressInUse {
      // Something else has 4464, which shows the same.
    }
  }
}
