import ZeroMQ

/// The sockets that a recording has made, as they were when it paused: what changed since is made up for.
struct KnownSockets {
  /// One of them.
  struct Socket {
    /// Where it was bound and connected.
    let attachments: [(role: Endpoint.Role, resolved: String)]
    let subscriptions: [[UInt8]]
    /// Itself, and not only its address, which the next socket may be given.
    fileprivate weak var socket: NamedSocket?

    /// Whether it was bound or connected so.
    func has(_ attachment: NamedSocket.Attachment) -> Bool {
      attachments.contains { $0.role == attachment.role && $0.resolved == attachment.resolved }
    }
  }

  private let sockets: [String: Socket]

  init(_ live: [NamedSocket]) {
    sockets = Dictionary(
      live.map { socket in
        (
          socket.name,
          Socket(
            attachments: socket.endpoints.map { ($0.role, $0.resolved) }, subscriptions: socket.subscriptions,
            socket: socket)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The socket as it was, nil where it was not there.
  subscript(socket: NamedSocket) -> Socket? {
    sockets[socket.name].flatMap { $0.socket === socket ? $0 : nil }
  }

  /// The names of those that are no more, sorted.
  func namesClosed(since live: [NamedSocket]) -> [String] {
    sockets.filter { known in !live.contains { $0 === known.value.socket } }.map(\.key).sorted()
  }
}
