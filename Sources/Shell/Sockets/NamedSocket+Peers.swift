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
  /// When the connection was ready.
  let since: Instant
  /// When something came from it last.
  let lastAt: Instant?
  /// How many messages came from it; nil where nobody can tell: over `inproc`, where there were several, and where a
  /// proxy passed some on.
  let received: Int?
  /// The prefixes that it subscribed to, where it can be known.
  var subscriptions: Set<[UInt8]>?
  /// Whether the socket ignores it: a PAIR has one peer, and a routing id belongs to one.
  let isIgnored: Bool

  /// Its type, where it is known.
  var soleType: SocketType? { types.count == 1 ? types.first : nil }

  var typeText: String {
    let names = types.map(\.name).joined(separator: " or ")
    if names.isEmpty { return "plain" }
    return isIgnored ? "\(names) (ignored)" : names
  }
}

extension NamedSocket {
  /// Who is connected, in the order in which they came.
  ///
  /// - Parameter asks: Whether peers of which nothing came yet, and to which this socket connected, are asked what they
  ///   are.
  func peers(asking asks: Bool) -> [Peer] {
    remotePeers(asking: asks) + endpoints.filter(\.isInproc).flatMap(localPeers)
  }

  /// Who is connected, as far as it is known without asking.
  var peers: [Peer] { peers(asking: false) }

  private func remotePeers(asking asks: Bool) -> [Peer] {
    let ready = connections.ready
    let first = ready.compactMap(\.readySince).min()
    return ready.map { connection in
      let entry = log[connection.descriptor]
      var types = entry?.socketType.map { [$0] } ?? type.peers
      var id = entry?.routingID ?? []
      if entry == nil, let own = ownPeer(of: connection) {
        types = [own.type]
        id = own.routingID
      } else if asks, entry == nil, case .ready(let name, let told)? = reading(of: connection) {
        types = SocketType(name: name).map { [$0] } ?? types
        id = told
      }
      return Peer(
        address: connection.peerAddress ?? connection.endpoint, types: types, routingID: id,
        since: connection.readySince ?? connection.since, lastAt: entry?.lastAt,
        received: forwardedCount > 0 ? nil : entry?.count ?? 0,
        subscriptions: tellsTopics ? topics.prefixes(of: connection.descriptor) : nil,
        isIgnored: type == .pair && connection.readySince != first || isOfTakenID(connection))
    }
  }

  private func localPeers(at attachment: Attachment) -> [Peer] {
    let arrivals = localArrivals
    var ids: Set<[UInt8]> = []
    return peers(at: attachment).map { peer in
      let isFirst = peer.routingID.isEmpty || ids.insert(peer.routingID).inserted
      return Peer(
        address: "'\(peer.name)' at \(attachment.resolved)", types: [peer.type], routingID: peer.routingID,
        since: peer.since, lastAt: arrivals.flatMap { $0.count > 0 ? $0.lastAt : nil },
        received: arrivals?.count, isIgnored: type == .router && !takesOverIDs && !isFirst)
    }
  }

  /// Whether a second peer of a routing id takes it over.
  var takesOverIDs: Bool {
    options.last { $0.option.name == "router_handover" }?.value == .integer(1)
  }

  /// A routing id as it is shown: its short name, or a word that can be typed back.
  func text(ofRoutingID id: [UInt8]) -> String { routingIDs.alias(of: id) ?? TextView.word(id) }

  /// The socket type of the peer with a routing id, where that is known.
  func typeOfPeer(_ id: [UInt8]) -> SocketType? {
    if let type = log.socketType(of: id) { return type }
    let peers = peers(asking: false)
    if let peer = peers.first(where: { $0.routingID == id }) { return peer.soleType }
    // Over `inproc` nobody can tell them apart where the id is random, but they may all be of one type.
    let types = Set(peers.map(\.soleType))
    return types.count == 1 && connections.all.isEmpty ? types.first ?? nil : nil
  }
}
