/// What became of a message that was sent, as far as libzmq lets it be known.
public enum Delivery: Hashable, Sendable {
  /// So many peers get it.
  case peers(Int)
  /// One of so many peers gets it, or one of so many that are awaited: its queue is there already.
  case oneOf(Int, awaited: Int)
  /// The peer at this endpoint got it.
  case endpoint(String)
  /// It goes out once a peer is at this one of several endpoints, or at one of these.
  case queuedFor([String])
  /// So many subscribers get it; for several messages, at least and at most so many.
  case subscribers(ClosedRange<Int>)
  /// Those of so many subscribers get it whose queue is not full.
  case subscribersWithRoom(Int)
  /// Those of so many peers get it that subscribed to it.
  case subscribersAmong(Int)
  /// The peer with this routing id gets it.
  case peer(String)
  /// The connection of the peer with this routing id is closed.
  case closing(String)
  /// It goes out once a peer connects.
  case queued
  /// Nobody gets it.
  case dropped(Loss)

  /// Why nobody gets a message.
  public enum Loss: Hashable, Sendable {
    case noSubscriber, noPeer, askerGone
    /// The peer is a PAIR that has another one.
    case peerIsTaken
    /// The queue of the one subscriber is full.
    case noRoom
    /// A ROUTER that may drop has no peer of this routing id, as far as is known.
    case unknownPeer(String)
  }

  /// What a person should know of it at once.
  var isTrouble: Bool {
    switch self {
    case .queued, .queuedFor, .dropped: true
    default: false
    }
  }
}
