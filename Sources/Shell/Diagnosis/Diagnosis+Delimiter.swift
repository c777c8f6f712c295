import ZMTP
import ZeroMQ

/// A DEALER that talks to a REP has to send the empty frame that a REQ sends by itself.
extension Diagnosis {
  static let delimiterCure = "`send \"\" Hello`: the empty frame stands between the envelope and the body"

  /// That a message of a DEALER is dropped by a REP; nil where it is not, or nobody knows.
  ///
  /// - Parameter asks: Whether a peer may be asked what it is.
  static func missingDelimiter(of socket: NamedSocket, asks: Bool) -> String? {
    guard socket.type == .dealer, let first = socket.recent.lastSentFrame, !first.bytes.isEmpty,
      let peer = socket.replyingPeer(asks: asks)
    else { return nil }
    return "\(peer), a REP, drops a message without an empty frame before the body"
  }
}

extension NamedSocket {
  /// A peer that is a REP, by its name or its address.
  fileprivate func replyingPeer(asks: Bool) -> String? {
    for attachment in endpoints {
      if let own = peers(at: attachment).first(where: { $0.type == .rep }) { return "'\(own.name)'" }
    }
    for connection in connections.ready {
      let address = connection.peerAddress ?? connection.endpoint
      if log[connection.descriptor]?.socketType == .rep { return address }
      guard log[connection.descriptor] == nil else { continue }
      if let own = ownPeer(of: connection) {
        if own.type == .rep { return "'\(own.name)'" }
      } else if asks, case .ready("REP", _)? = reading(of: connection) {
        return address
      }
    }
    return nil
  }

  /// The socket of this program that a connection was made to.
  func ownPeer(of connection: ConnectionTable.Connection) -> EndpointRegistry.Peer? {
    endpoints.first { $0.role == .connect && $0.resolved == connection.endpoint }.flatMap {
      binder(of: $0.endpoint)
    }
  }

  /// What the peer of a connection that was made from here says of itself, where nothing came from it yet.
  func reading(of connection: ConnectionTable.Connection) -> PeerReading? {
    guard !hasMechanism, let since = connection.readySince,
      let attachment = endpoints.first(where: { $0.role == .connect && $0.resolved == connection.endpoint })
    else { return nil }
    return reading(of: attachment.endpoint, since: since)
  }
}
