import ZMTP
import ZeroMQ

/// A DEALER that talks to a REP, and a ROUTER that answers a REQ, have to send the empty frame that these send by
/// themselves.
extension Diagnosis {
  /// How it is sent.
  static func delimiterCure(for socket: NamedSocket) -> String {
    guard socket.type == .router else {
      return "`send \"\" Hello`: the empty frame stands between the envelope and the body"
    }
    let peer = socket.text(ofRoutingID: socket.envelope.peer)
    return "`\(socket.name) send \(peer) \"\" World`, or `\(socket.name) to \(peer) World`, which adds it"
  }

  /// That the message sent last is dropped by a REP, or ends the connection of a REQ; nil where it is not, or nobody
  /// knows.
  ///
  /// - Parameter asks: Whether a peer may be asked what it is.
  static func missingDelimiter(of socket: NamedSocket, asks: Bool) -> String? {
    switch socket.type {
    case .dealer:
      guard let first = socket.recent.lastSentFrame, first.isOnly || !socket.envelope.suitsREP,
        let peer = socket.replyingPeer(asks: asks)
      else { return nil }
      return "\(peer), a REP, drops a message without an empty frame before the body"
    case .router:
      let envelope = socket.envelope
      guard !envelope.peer.isEmpty, !envelope.suitsREQ, socket.typeOfPeer(envelope.peer) == .req else {
        return nil
      }
      let peer = socket.text(ofRoutingID: envelope.peer)
      let end = socket.connections.all.isEmpty && socket.connections.lostCount == 0 ? "drops" : "hangs up at"
      return "\(peer), a REQ, \(end) a reply without an empty frame right before the body"
    default: return nil
    }
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
