import ZeroMQ

extension NamedSocket {
  /// What became of the message that was sent last.
  ///
  /// - Parameter id: The routing id that it went to, where the socket takes one.
  func delivery(to id: [UInt8]? = nil, isClosing: Bool = false) -> Delivery {
    switch type {
    case .pub where tellsTopics: return deliveryToSubscribers
    case .pub, .xpub: return peerCount == 0 ? .dropped(.noPeer) : .subscribersAmong(peerCount)
    case .xsub: return deliveryUpstream
    case .router, .stream: return delivery(toPeer: id ?? [], isClosing: isClosing)
    case .rep: return askerIsGone ? .dropped(.askerGone) : .peers(1)
    case .pair: return isIgnoredPair ? .dropped(.peerIsTaken) : peerCount == 0 ? .queued : .peers(1)
    default:
      let count = peerCount
      return count == 0 ? .queued : .oneOf(count, awaited: awaitedCount)
    }
  }

  private var deliveryToSubscribers: Delivery {
    guard let frame = recent.lastSentFrame else { return .subscribersAmong(peerCount) }
    let count = topics.matchCount(frame.bytes, isWhole: frame.isWhole)
    if count == 0 { return .dropped(.noSubscriber) }
    let reached = min(count, peerCount)
    if wasLastLossy, count == 1 { return .dropped(.noRoom) }
    if losesUncounted, reached > 1 { return .subscribersWithRoom(reached) }
    return .subscribers(reached...reached)
  }

  /// An XSUB keeps its subscriptions for the peers that come, and nothing else.
  private var deliveryUpstream: Delivery {
    let count = peerCount
    if count > 0 { return .peers(count) }
    let first = recent.lastSentFrame?.bytes.first
    return first == 0 || first == 1 ? .queued : .dropped(.noPeer)
  }

  private func delivery(toPeer id: [UInt8], isClosing: Bool) -> Delivery {
    let name = text(ofRoutingID: id)
    if isClosing { return .closing(name) }
    // One that got its id from here is known to libzmq before it is there.
    if let attachment = endpoints.last(where: { $0.peerID == .bytes(id) }), isAwaited(attachment) {
      return .queued
    }
    // Where it must not drop, libzmq has refused what it cannot route.
    return refusesUnroutable || peers.contains { $0.routingID == id }
      ? .peer(name) : .dropped(.unknownPeer(name))
  }

  /// Whether another PAIR of this program is at the same endpoint, and was there first.
  private var isIgnoredPair: Bool {
    endpoints.contains { attachment in
      guard attachment.role == .connect, peerCount(at: attachment) > 0 else { return false }
      return companions(at: attachment).contains { $0.since < attachment.since }
    }
  }

  private var refusesUnroutable: Bool {
    guard type == .router else { return true }
    return options.last { $0.option.name == "router_mandatory" }?.value != .integer(0)
  }

  /// How many endpoints it is connected to at which nobody is there yet. libzmq queues for them in turn, unless
  /// `immediate` says otherwise.
  private var awaitedCount: Int {
    if !queuesForAbsent { return 0 }
    return endpoints.count { $0.role == .connect && isAwaited($0) }
  }

  /// The endpoints for which messages are queued for certain, and where nobody is.
  var queuedEndpoints: [Attachment] {
    guard [.push, .dealer, .req, .pair].contains(type), queuesForAbsent, type != .req || lastAction == .sent
    else { return [] }
    let absent = endpoints.filter {
      $0.role == .connect && ($0.isInproc || monitor != nil) && isAwaited($0) && metCount(at: $0) == 0
        && $0.sentBefore < sentCount
    }
    if endpoints.count == 1 {
      // What was sent before the peer went is not queued any more.
      return connections.lostAt.map { $0 < sentAt } ?? true ? absent : []
    }
    if case .queued(let names) = whereabouts(), names.count == 1 {
      return absent.filter { names == [$0.resolved] }
    }
    // Each has had its turn, and nobody has taken from these.
    guard endpoints.allSatisfy({ $0.role == .connect && sentCount - $0.sentBefore >= endpoints.count }) else {
      return []
    }
    return absent.filter { !connections.wasReady(at: $0.resolved) }
  }

  /// Whether nobody is at an endpoint yet, and may come.
  private func isAwaited(_ attachment: Attachment) -> Bool {
    !connections.hasGivenUp(attachment.resolved)
      && (attachment.isInproc
        ? peerCount(at: attachment) == 0
        : !connections.ready.contains { $0.endpoint == attachment.resolved })
  }
}
