import CZeroMQ

/// Something that happened to a connection of a socket.
///
/// Source: `zmq_socket_monitor(3)`.
public struct MonitorEvent: Hashable, Sendable {
  /// What happened.
  public let kind: Kind
  /// What goes with it: the file descriptor of `connected`, `listening`, `accepted`, `closed` and
  /// `disconnected`; the `errno` of `bind failed`, `accept failed`, `close failed` and `handshake failed no
  /// detail`; the milliseconds until the next try of `connect retried`; the code of `handshake failed
  /// protocol`, see ``ProtocolFailure``; the ZAP status, 300, 400 or 500, of `handshake failed auth`.
  public let value: Int
  /// The endpoint of the socket that it happened at.
  public let endpoint: String
  /// The address of the other side, such as `127.0.0.1:49152` or `[::1]:5`, of `connected` and `accepted`.
  ///
  /// It is asked of the system when the event is read. `nil` where the connection has gone by then, and over
  /// `ipc`.
  public let peerAddress: String?

  /// Makes an event.
  public init(kind: Kind, value: Int, endpoint: String, peerAddress: String? = nil) {
    self.kind = kind
    self.value = value
    self.endpoint = endpoint
    self.peerAddress = peerAddress
  }

  /// The same at another endpoint.
  public func moved(to endpoint: String) -> MonitorEvent {
    MonitorEvent(kind: kind, value: value, endpoint: endpoint, peerAddress: peerAddress)
  }

  /// The name of what happened, such as `connect delayed`.
  public var name: String {
    kind.name
  }
}

extension MonitorEvent {
  /// What can happen, as one bit of C.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The bit of C, such as that of `ZMQ_EVENT_CONNECTED`.
    public let rawValue: UInt16

    /// Wraps a bit of C.
    public init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    private init(_ bit: Int32) {
      rawValue = UInt16(truncatingIfNeeded: bit)
    }

    /// A connection was made. `ZMQ_EVENT_CONNECTED`.
    public static let connected = Kind(ZMQ_EVENT_CONNECTED)
    /// A connection is being made. `ZMQ_EVENT_CONNECT_DELAYED`.
    public static let connectDelayed = Kind(ZMQ_EVENT_CONNECT_DELAYED)
    /// A connection will be tried again. `ZMQ_EVENT_CONNECT_RETRIED`.
    public static let connectRetried = Kind(ZMQ_EVENT_CONNECT_RETRIED)
    /// The socket listens. `ZMQ_EVENT_LISTENING`.
    public static let listening = Kind(ZMQ_EVENT_LISTENING)
    /// The socket cannot listen. `ZMQ_EVENT_BIND_FAILED`.
    public static let bindFailed = Kind(ZMQ_EVENT_BIND_FAILED)
    /// A connection was taken. `ZMQ_EVENT_ACCEPTED`.
    public static let accepted = Kind(ZMQ_EVENT_ACCEPTED)
    /// A connection could not be taken. `ZMQ_EVENT_ACCEPT_FAILED`.
    public static let acceptFailed = Kind(ZMQ_EVENT_ACCEPT_FAILED)
    /// A listener, or a connection not yet made, was closed. `ZMQ_EVENT_CLOSED`.
    public static let closed = Kind(ZMQ_EVENT_CLOSED)
    /// A connection could not be closed. `ZMQ_EVENT_CLOSE_FAILED`.
    public static let closeFailed = Kind(ZMQ_EVENT_CLOSE_FAILED)
    /// A connection ended. `ZMQ_EVENT_DISCONNECTED`.
    public static let disconnected = Kind(ZMQ_EVENT_DISCONNECTED)
    /// The monitor was stopped: the last of its events. `ZMQ_EVENT_MONITOR_STOPPED`.
    public static let monitorStopped = Kind(ZMQ_EVENT_MONITOR_STOPPED)
    /// The handshake failed, without a known cause. `ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL`.
    public static let handshakeFailedNoDetail = Kind(ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL)
    /// The peer speaks ZMTP, and the mechanism let it in. `ZMQ_EVENT_HANDSHAKE_SUCCEEDED`.
    public static let handshakeSucceeded = Kind(ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
    /// The peer broke the protocol. `ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL`.
    public static let handshakeFailedProtocol = Kind(ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL)
    /// The peer was refused. `ZMQ_EVENT_HANDSHAKE_FAILED_AUTH`.
    public static let handshakeFailedAuth = Kind(ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)

    /// The kinds with their names, in the order of C.
    private static let table: [(kind: Kind, name: String)] = [
      (.connected, "connected"), (.connectDelayed, "connect delayed"), (.connectRetried, "connect retried"),
      (.listening, "listening"), (.bindFailed, "bind failed"), (.accepted, "accepted"),
      (.acceptFailed, "accept failed"), (.closed, "closed"), (.closeFailed, "close failed"),
      (.disconnected, "disconnected"), (.monitorStopped, "monitor stopped"),
      (.handshakeFailedNoDetail, "handshake failed no detail"), (.handshakeSucceeded, "handshake succeeded"),
      (.handshakeFailedProtocol, "handshake failed protocol"),
      (.handshakeFailedAuth, "handshake failed auth"),
    ]

    /// All kinds, in the order of C.
    public static let all: [Kind] = table.map(\.kind)

    /// libzmq's name in lower case with spaces, such as `connect delayed`.
    ///
    /// One that is not known is called by its number: `event 0x8000`.
    public var name: String {
      Self.table.first { $0.kind == self }?.name ?? "event 0x" + String(rawValue, radix: 16)
    }

    /// Finds a kind by its name.
    ///
    /// - Parameter name: Such as `connect delayed`; `nil` is returned for an unknown one.
    public init?(name: String) {
      guard let row = Self.table.first(where: { $0.name == name }) else {
        return nil
      }
      self = row.kind
    }
  }

  /// Several kinds.
  public struct Kinds: OptionSet, Hashable, Sendable {
    /// The bits of C.
    public let rawValue: UInt16

    /// Wraps bits of C.
    public init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// Collects kinds.
    public init(_ kinds: [Kind]) {
      rawValue = kinds.reduce(0) { $0 | $1.rawValue }
    }

    /// Every kind, those of later versions too. `ZMQ_EVENT_ALL`.
    public static let all = Kinds(rawValue: UInt16(ZMQ_EVENT_ALL))
  }
}

/// How a peer broke the protocol: the value of ``MonitorEvent/Kind/handshakeFailedProtocol``.
///
/// Source: `zmq_socket_monitor(3)`, RFC 37, RFC 27.
public struct ProtocolFailure: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The code of C.
  public let rawValue: Int

  /// Wraps a code of C.
  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// A key does not fit, or a box could not be opened: a wrong server key.
  /// `ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC`.
  public static let cryptographic = ProtocolFailure(rawValue: 0x1100_0001)
  /// The peer has another mechanism: NULL against CURVE. `ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH`.
  public static let mechanismMismatch = ProtocolFailure(rawValue: 0x1100_0002)

  /// Whether it was the ZAP handler of this side that broke ZAP, and no peer. The codes are in order.
  public var isOfHandler: Bool { (0x2000_0000..<0x3000_0000).contains(rawValue) }

  private static let table: [(code: Int, text: String)] = [
    (0x1000_0000, "ZMTP: unspecified"),
    (0x1000_0001, "ZMTP: unexpected command"),
    (0x1000_0002, "ZMTP: invalid sequence"),
    (0x1000_0003, "ZMTP: key exchange"),
    (0x1000_0011, "ZMTP: malformed command"),
    (0x1000_0012, "ZMTP: malformed MESSAGE"),
    (0x1000_0013, "ZMTP: malformed HELLO"),
    (0x1000_0014, "ZMTP: malformed INITIATE"),
    (0x1000_0015, "ZMTP: malformed ERROR"),
    (0x1000_0016, "ZMTP: malformed READY"),
    (0x1000_0017, "ZMTP: malformed WELCOME"),
    (0x1000_0018, "ZMTP: invalid metadata"),
    (0x1100_0001, "ZMTP: cryptographic, the keys do not fit"),
    (0x1100_0002, "ZMTP: mechanism mismatch"),
    (0x2000_0000, "ZAP: unspecified"),
    (0x2000_0001, "ZAP: malformed reply"),
    (0x2000_0002, "ZAP: bad request id"),
    (0x2000_0003, "ZAP: bad version"),
    (0x2000_0004, "ZAP: invalid status code"),
    (0x2000_0005, "ZAP: invalid metadata"),
    (0x3000_0000, "WS: unspecified"),
  ]

  /// The code in words, such as `ZMTP: mechanism mismatch`.
  public var description: String {
    Self.table.first { $0.code == rawValue }?.text ?? "protocol error 0x" + String(rawValue, radix: 16)
  }
}
