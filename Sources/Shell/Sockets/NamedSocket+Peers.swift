import Payload
import ZeroMQ

/// A peer of a socket, as far as it is known.
struct Peer {
  /// Its address, or the name of the socket at the other end of `inproc`.
  let address: String
  /// Its type where it is known, and otherwise those that fit.
  let types: [SocketType]
  /// Its routing id, empty where it has told none.
  let routingID: [UInt8]
  /// When the connection was ready; nil over `inproc`, whose connections libzmq tells nothing of.
  let since: Instant?
  /// When something came from it last.
  let lastAt: Instant?
  /// How many messages came from it; nil over `inproc`.
  let received: Int?
  /// Whether the socket ignores it: a PAIR has one peer.
  let isIgnored: Bool

  var typeText: String {
    let names = types.map(\.name).joined(separator: " or ")
    if names.isEmpty { return "plain" }
    return isIgnored ? "\(names) (ignored)" : names
  }
}

extension NamedSocket {
  /// Who is connected, in the order in which they came.
  var peers: [Peer] {
    let ready = connections.ready
    let first = ready.compactMap(\.readySince).min()
    let remote = ready.map { connection in
      let entry = log[connection.descriptor]
      return Peer(
        address: connection.peerAddress ?? connection.endpoint,
        types: entry?.socketType.map { [$0] } ?? type.peers, routingID: entry?.routingID ?? [],
        since: connection.readySince, lastAt: entry?.lastAt, received: entry?.count ?? 0,
        isIgnored: type == .pair && connection.readySince != first)
    }
    let local = endpoints.filter(\.isInproc).flatMap { attachment in
      peers(at: attachment).map { peer in
        Peer(
          address: "'\(peer.name)' at \(attachment.resolved)", types: [peer.type], routingID: peer.routingID,
          since: nil, lastAt: nil, received: nil, isIgnored: false)
      }
    }
    return remote + local
  }

  /// A routing id as it is shown: its short name, or a word that can be typed back.
  func text(ofRoutingID id: [UInt8]) -> String { routingIDs.alias(of: id) ?? TextView.word(id) }

  /// The socket type of the peer with a routing id, where that is known.
  func typeOfPeer(_ id: [UInt8]) -> SocketType? {
    log.socketType(of: id) ?? peers.first { $0.routingID == id && $0.types.count == 1 }?.types.first
  }
}
