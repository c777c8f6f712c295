/// Where a socket is bound or connected, checked before libzmq sees it.
///
/// libzmq checks little: it takes the port 70000 for 4464, -1 for 65535 and `5555x` for 5555. A user may write
/// less than libzmq wants:
///
/// | text | endpoint |
/// | --- | --- |
/// | `5546`, `:5546` | `tcp://127.0.0.1:5546`: a bare port is never reachable from outside |
/// | `*:5546` | `tcp://*:5546`, every interface, for a bind |
/// | `host:5546` | `tcp://host:5546` |
/// | `*`, `:*`, `:0` | `tcp://127.0.0.1:*`, a free port, for a bind |
/// | `@name` | `ipc://@name`, an abstract name, which Linux alone has |
/// | `./path`, `/path` | `ipc://./path`, `ipc:///path` |
///
/// Source: `zmq_tcp(7)`, `zmq_ipc(7)`, `zmq_inproc(7)`, `zmq_bind(3)`, `zmq_connect(3)`.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// What the endpoint is for.
  public enum Role: Sendable, Hashable {
    case bind, connect
  }

  /// The transport, such as `tcp`.
  public let transport: String
  /// What follows `://`.
  public let address: String
  /// The host of `tcp`, `ws`, `wss` and `udp`, without brackets: a name, an address, an interface or `*`.
  public let host: String?
  /// The port of these, 1 to 65535; `nil` where the system chooses one.
  public let port: Int?

  /// What libzmq is given, such as `tcp://127.0.0.1:5546`.
  public var description: String {
    "\(transport)://\(address)"
  }

  /// Whether only this machine reaches the endpoint.
  public var isLoopback: Bool {
    guard let host else {
      return transport == "ipc" || transport == "inproc"
    }
    return host == "localhost" || host == "::1" || host.hasPrefix("127.") || host == "lo"
  }

  /// Whether the system chooses the port, or the path: ``Socket/lastEndpoint`` then tells which.
  public var isChosenBySystem: Bool {
    host != nil ? port == nil : transport == "ipc" && address == "*"
  }

  /// Whether the name is an abstract one of Linux, which leaves no file behind.
  public var isAbstract: Bool {
    transport == "ipc" && address.hasPrefix("@")
  }

  /// Checks what a user wrote.
  ///
  /// - Parameters:
  ///   - text: An endpoint, or less: see ``Endpoint``.
  ///   - role: What it is for.
  /// - Throws: ``EndpointError`` where libzmq would refuse it, or take it for something else.
  public init(_ text: String, for role: Role) throws(EndpointError) {
    self = try EndpointParser(text: text, role: role).endpoint()
  }

  init(transport: String, address: String, host: String? = nil, port: Int? = nil) {
    self.transport = transport
    self.address = address
    self.host = host
    self.port = port
  }
}

/// Why a text is no endpoint.
public struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, such as `port 70000 is beyond 65535`.
  public let reason: String
  /// Where, in bytes of UTF-8 of the text.
  public let range: Range<Int>
  /// What to write instead, if there is something to say.
  public let help: String?

  /// Makes an error.
  public init(_ reason: String, range: Range<Int>, help: String? = nil) {
    self.reason = reason
    self.range = range
    self.help = help
  }

  /// What is wrong.
  public var description: String {
    reason
  }
}
