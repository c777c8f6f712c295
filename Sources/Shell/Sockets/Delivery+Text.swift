import Script

extension Delivery {
  /// What became of so many messages, in words: `sent to 1 peer`, `20 messages dropped: no subscriber`.
  public func text(ofMessages count: Int = 1) -> String {
    if count == 1 { return text }
    guard case .oneOf(let peers, let awaited) = self, peers + awaited > 1 else {
      return "\(count) messages \(text)"
    }
    let queued = awaited > 0 ? " or queued for \(awaited) not there yet" : ""
    return "\(count) messages sent to \(Self.counted(peers, "peer"))\(queued), in turn"
  }

  private var text: String {
    switch self {
    case .peers(let count): "sent to \(Self.counted(count, "peer"))"
    case .oneOf(1, awaited: 0): "sent to 1 peer"
    case .oneOf(let count, awaited: 0): "sent to one of \(count) peers"
    case .oneOf(let count, let awaited):
      "sent to \(count == 1 ? "1 peer" : "one of \(count) peers"), or queued for \(awaited) not there yet"
    case .endpoint(let endpoint): "sent to \(DisplayText.safe(endpoint))"
    case .queuedFor(let endpoints):
      "queued for \(endpoints.map(DisplayText.safe).joined(separator: " or ")): no peer is there yet"
    case .subscribers(let counts):
      counts.count == 1
        ? "sent to \(Self.counted(counts.upperBound, "subscriber"))"
        : "sent to \(counts.lowerBound) to \(counts.upperBound) subscribers"
    case .subscribersWithRoom(let count): "sent to those of \(count) subscribers that are not too far behind"
    case .subscribersAmong(let count): "sent to those of \(Self.counted(count, "peer")) that subscribed"
    case .peer(let name): "sent to \(name)"
    case .closing(let name): "closed the connection of \(name)"
    case .queued: "queued: no peer yet"
    case .dropped(.noSubscriber): "dropped: no subscriber"
    case .dropped(.noRoom): "dropped: the subscriber is too far behind"
    case .dropped(.peerIsTaken): "dropped: the peer has another PAIR already"
    case .dropped(.noPeer): "dropped: no peer"
    case .dropped(.askerGone): "dropped: the peer that asked has gone"
    case .dropped(.unknownPeer(let name)): "dropped, unless a silent peer is \(name)"
    }
  }

  /// One for messages that went different ways.
  static func together(_ deliveries: Set<Delivery>) -> Delivery? {
    var subscribers: ClosedRange<Int>?
    var names = 0
    var most: Delivery?
    for delivery in deliveries {
      switch delivery {
      case .subscribers(let counts):
        let before = subscribers ?? counts
        subscribers =
          min(before.lowerBound, counts.lowerBound)...max(before.upperBound, counts.upperBound)
      case .peer, .closing, .endpoint: names += 1
      case .peers, .oneOf, .subscribersAmong, .subscribersWithRoom:
        let count = delivery.peerCount
        if most.map({ $0.peerCount < count }) ?? true { most = delivery }
      case .queued, .queuedFor, .dropped: most = delivery
      }
    }
    if deliveries.count == 1 { return deliveries.first }
    if names > 0 { return .peers(names) }
    return subscribers.map { .subscribers($0) } ?? most
  }

  private var peerCount: Int {
    switch self {
    case .peers(let count), .oneOf(let count, _), .subscribersAmong(let count),
      .subscribersWithRoom(let count):
      count
    default: 0
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
