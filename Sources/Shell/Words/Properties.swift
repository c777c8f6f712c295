import Script
import ZeroMQ

/// A property of a received message: `$reply.size`.
struct MessageProperty: Sendable {
  let name: String
  let summary: String
  let value: @Sendable (ReceivedMessage) -> Value

  static func named(_ name: String) -> MessageProperty? { all.first { $0.name == name } }

  /// All of them, sorted by name.
  static let all: [MessageProperty] = [
    MessageProperty(name: "count", summary: "how many frames it has") { .integer(Int64($0.count)) },
    MessageProperty(name: "frames", summary: "its frames, as a list") { .list($0.frames.map { .bytes($0) }) },
    MessageProperty(name: "peer", summary: "the peer's address, empty where the transport has none") {
      .text($0.peer ?? "")
    },
    MessageProperty(name: "size", summary: "the bytes of all frames together") { .integer(Int64($0.size)) },
    MessageProperty(name: "user", summary: "the user or CURVE key that `auth` let in, else empty") {
      .text($0.user ?? "")
    },
  ]
}

/// A property of a socket: `$server.port`.
struct SocketProperty: Sendable {
  let name: String
  let summary: String
  /// Whether peers change it, so that what its monitor tells has to be read first: messages come earlier.
  var isOfPeers = false
  let value: @Sendable (NamedSocket, Place) throws(Failure) -> Value

  static func named(_ name: String) -> SocketProperty? { all.first { $0.name == name } }

  /// All of them, sorted by name.
  static let all: [SocketProperty] = [
    SocketProperty(name: "endpoint", summary: "where it is bound or connected, the first of several") {
      (socket, place) throws(Failure) in
      .text(try firstEndpoint(of: socket, place).resolved)
    },
    SocketProperty(name: "name", summary: "its name") { (socket, _) in .text(socket.name) },
    SocketProperty(name: "peers", summary: "how many peers are connected", isOfPeers: true) { (socket, _) in
      .integer(Int64(socket.peerCount))
    },
    SocketProperty(name: "port", summary: "the TCP port of its first endpoint") {
      (socket, place) throws(Failure) in
      let first = try firstEndpoint(of: socket, place)
      if let port = first.port { return .integer(Int64(port)) }
      throw Failure(
        .value,
        Diagnostic(
          .error, "'\(socket.name)' has no port", at: place, label: "its endpoint is \(first.resolved)"))
    },
    SocketProperty(name: "publickey", summary: "its CURVE public key, for its clients") {
      (socket, place) throws(Failure) in
      if let key = socket.publicKey { return .text(key.text) }
      throw Failure(
        .value,
        Diagnostic(
          .error, "'\(socket.name)' has no CURVE keys", at: place,
          help: ["`\(socket.name) curve server` gives it new ones"]))
    },
    SocketProperty(name: "received", summary: "how many messages it received") { (socket, _) in
      .integer(Int64(socket.receivedCount))
    },
    SocketProperty(name: "sent", summary: "how many messages it sent") { (socket, _) in
      .integer(Int64(socket.sentCount))
    },
    SocketProperty(name: "state", summary: "what it can do next, as the prompt shows it", isOfPeers: true) {
      (socket, _) in
      .text(socket.state)
    },
    SocketProperty(name: "type", summary: "its type: rep, dealer, …") { (socket, _) in .text(socket.type.name)
    },
  ]

  private static func firstEndpoint(of socket: NamedSocket, _ place: Place) throws(Failure)
    -> NamedSocket.Attachment
  {
    if let first = socket.endpoints.first { return first }
    throw Failure(
      .value,
      Diagnostic(
        .error, "'\(socket.name)' has no endpoint", at: place, label: "it is neither bound nor connected",
        help: ["`bind \(socket.name) 5546` or `connect \(socket.name) 5546`"]))
  }
}
