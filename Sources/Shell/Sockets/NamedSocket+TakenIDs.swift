import ZeroMQ

/// A peer whose routing id another peer of a ROUTER has.
///
/// libzmq leaves it out without a word: its messages are taken off the wire and never come. They can be seen there: more
/// bytes came than the handshake had, and no message.
extension NamedSocket {
  /// Whether a connection is of such a peer, as far as can be seen; over `tcp` alone.
  func isOfTakenID(_ connection: ConnectionTable.Connection) -> Bool {
    guard type == .router, !takesOverIDs, connections.readyCount > 1, log[connection.descriptor] == nil,
      let handshake = handshakeBytes[connection.descriptor],
      let received = ReceivedBytes(through: connection.descriptor), received.quiet > Self.patience
    else { return false }
    let count = received.count - handshake
    // A heartbeat is no message: RFC 37, a PING of 9 bytes with the frame's own two, a PONG of 7.
    let hasSent = handshake > Self.longestHandshake || (count > 0 && count % 9 != 0 && count % 7 != 0)
    return hasSent && (try? socket.events)?.contains(.readable) == false
  }

  /// The address of such a peer.
  var addressOfTakenID: String? {
    guard type == .router, connections.readyCount > 1 else { return nil }
    return connections.ready.first(where: isOfTakenID).map { $0.peerAddress ?? $0.endpoint }
  }

  /// A greeting, and a READY with a socket type of 6 bytes and a routing id of 255: RFC 23. What a peer sends right
  /// behind its handshake may be counted with it, and only shows where it is more.
  private static let longestHandshake = 64 + 9 + 6 + (1 + 11 + 4 + 6) + (1 + 8 + 4 + 255)

  /// So long what came may be on its way through libzmq's own threads.
  private static let patience = Duration.milliseconds(50)
}
