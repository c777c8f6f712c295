import CZeroMQ

/// What a socket does with messages: the stable types of libzmq.
///
/// The draft types are absent on purpose. A library without the draft API makes them all the same, and
/// connecting one over tcp then aborts the program.
///
/// Source: `zmq_socket(3)`, RFC 28, 29, 30, 31.
public enum SocketType: Int32, CaseIterable, Sendable {
  /// One peer, both directions. The corresponding C constant is `ZMQ_PAIR`.
  case pair = 0
  /// Sends to all that subscribe. The corresponding C constant is `ZMQ_PUB`.
  case pub = 1
  /// Receives what it subscribed to. The corresponding C constant is `ZMQ_SUB`.
  case sub = 2
  /// Sends a request, then receives its reply. The corresponding C constant is `ZMQ_REQ`.
  case req = 3
  /// Receives a request, then sends its reply. The corresponding C constant is `ZMQ_REP`.
  case rep = 4
  /// A REQ without its alternation. The corresponding C constant is `ZMQ_DEALER`.
  case dealer = 5
  /// Addresses its peers by routing id. The corresponding C constant is `ZMQ_ROUTER`.
  case router = 6
  /// Receives work. The corresponding C constant is `ZMQ_PULL`.
  case pull = 7
  /// Hands work out. The corresponding C constant is `ZMQ_PUSH`.
  case push = 8
  /// A PUB that sees the subscriptions as messages. The corresponding C constant is `ZMQ_XPUB`.
  case xpub = 9
  /// A SUB that subscribes by sending. The corresponding C constant is `ZMQ_XSUB`.
  case xsub = 10
  /// Plain TCP, without ZMTP. The corresponding C constant is `ZMQ_STREAM`.
  case stream = 11
}

extension SocketType {
  /// The types of the draft API, each with the stable type that comes nearest.
  public static let drafts: [(name: String, nearest: SocketType?)] = [
    ("channel", .pair), ("client", .dealer), ("dgram", nil), ("dish", .sub), ("gather", .pull),
    ("peer", .router), ("radio", .pub), ("scatter", .push), ("server", .router),
  ]

  /// The name in lower case, such as `req`.
  public var name: String {
    "\(self)"
  }

  /// Finds a type by its name.
  ///
  /// - Parameter name: `req`, `REQ` or `ZMQ_REQ`; `nil` is returned for an unknown one.
  public init?(name: String) {
    var name = name.lowercased()
    if name.hasPrefix("zmq_") {
      name.removeFirst(4)
    }
    guard let type = Self.allCases.first(where: { $0.name == name }) else {
      return nil
    }
    self = type
  }

  /// Whether a socket of this type sends at all.
  public var canSend: Bool {
    self != .sub && self != .pull
  }

  /// Whether a socket of this type receives at all.
  public var canReceive: Bool {
    self != .pub && self != .push
  }

  /// The types that a peer may have; libzmq closes the connection of any other.
  ///
  /// A STREAM has none: it talks to what speaks plain TCP.
  public var peers: [SocketType] {
    switch self {
    case .pair: [.pair]
    case .pub, .xpub: [.sub, .xsub]
    case .sub, .xsub: [.pub, .xpub]
    case .req: [.rep, .router]
    case .rep: [.req, .dealer]
    case .dealer: [.rep, .dealer, .router]
    case .router: [.req, .dealer, .router]
    case .pull: [.push]
    case .push: [.pull]
    case .stream: []
    }
  }
}
