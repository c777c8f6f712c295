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
    return count > 0 && count % 9 != 0 && count % 7 != 0 && (try? socket.events)?.contains(.readable) == false
  }

  /// The address of such a peer.
  var addressOfTakenID: String? {
    guard type == .router, connections.readyCount > 1 else { return nil }
    return connections.ready.first(where: isOfTakenID).map { $0.peerAddress ?? $0.endpoint }
  }

  /// So long what came may be on its way through libzmq's own threads.
  private static let patience = Duration.milliseconds(50)
}
