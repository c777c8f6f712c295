import CZeroMQ

/// Moves whole messages from one socket to another, as zmq_proxy(3) does in one direction, without copying them.
///
/// It never waits. A message that the destination does not take yet is held, and goes first the next time.
///
/// Source: `zmq_proxy(3)`.
public final class MessageForwarder {
  /// Where messages come from.
  public let source: Socket
  /// Where they go.
  public let destination: Socket
  /// Where a copy of each goes, if anybody wants one.
  public let capture: Socket?
  /// How many messages arrived at the destination.
  @exclusivity(unchecked) public private(set) var messageCount = 0
  /// How many bytes they had.
  @exclusivity(unchecked) public private(set) var byteCount = 0
  /// How many messages the destination could not route, `EHOSTUNREACH`.
  @exclusivity(unchecked) public private(set) var unroutableCount = 0
  /// How many copies the capture socket had no room for.
  @exclusivity(unchecked) public private(set) var uncapturedCount = 0
  /// Given each message before it goes on, nil for nobody.
  public var watcher: ((Message) -> Void)?

  private let message = Message()
  private let copy = Message()

  /// Joins two sockets.
  public init(from source: Socket, to destination: Socket, capture: Socket? = nil) {
    self.source = source
    self.destination = destination
    self.capture = capture
  }

  /// Whether a message was received that the destination has not taken yet.
  public var isHolding: Bool { !message.isEmpty }

  /// What happened in ``run(atMost:)``.
  public enum Outcome: Hashable, Sendable {
    /// As many messages as were asked for were moved, and there may be more.
    case moved
    /// The source has none now.
    case empty
    /// The destination takes none now.
    case full
  }

  /// Moves messages until there is none, none is taken, or enough were moved.
  ///
  /// - Parameter most: How many at most, so that the other direction gets its turn.
  /// - Returns: Why it ended.
  /// - Throws: The errors of `zmq_msg_recv(3)` and `zmq_msg_send(3)` but `EAGAIN`, `EFSM` and `EHOSTUNREACH`.
  public func run(atMost most: Int) throws(ZMQError) -> Outcome {
    // A send that fails at once looks for new peers a thousand times a second at most; asking for events always does.
    if let capture { _ = try capture.events }
    // Asked once a turn, so that seldom a message is received that must be held.
    if message.isEmpty {
      let events = try source.events
      if !events.contains(.readable) { return .empty }
      if try !destination.events.contains(.writable) { return .full }
    }
    for _ in 0..<most {
      if message.isEmpty {
        do {
          try source.receive(into: message, wait: false)
        } catch {
          // A REP that owes its reply has nothing to receive.
          if error == .again || error == .wrongState { return .empty }
          throw error
        }
        watcher?(message)
        if let capture { keepCopy(in: capture) }
      }
      let size = message.size
      do {
        try destination.send(message, wait: false)
        messageCount &+= 1
        byteCount &+= size
      } catch {
        switch error {
        case .again, .wrongState:
          if !message.isEmpty { return .full }
          // libzmq took the beginning and dropped the whole.
          unroutableCount &+= 1
        case .hostUnreachable:
          unroutableCount &+= 1
          message.removeAll()
        default: throw error
        }
      }
    }
    return .moved
  }

  private func keepCopy(in capture: Socket) {
    copy.copyFrames(of: message)
    do {
      try capture.send(copy, wait: false)
    } catch {
      // zmq_proxy would wait here, and with it everybody else.
      uncapturedCount &+= 1
      copy.removeAll()
    }
  }
}

extension Message {
  /// Takes the frames of another message over, which shares its bytes with this one.
  ///
  /// Source: `zmq_msg_copy(3)`.
  fileprivate func copyFrames(of other: Message) {
    removeAll()
    while capacity < other.used { grow() }
    for index in 0..<other.used { zmq_msg_copy(slots + index, other.slots + index) }
    used = other.used
  }
}
