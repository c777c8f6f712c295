import ZeroMQ

/// Which of several endpoints got the message that was sent last.
///
/// libzmq gives each its turn, also one where nobody is yet, and does not tell. Over tcp it can be seen: the system counts
/// what goes out through each connection.
struct SendingTurn {
  /// A connection, and what had gone through it before the message.
  private struct Mark {
    let connection: ConnectionTable.Connection
    let sent: Int
    let received: Int
  }

  /// Which message it is, as it is counted; -1 where none is looked for.
  private(set) var index = -1
  private var marks: [Mark] = []
  /// When they were made: the moment that a socket keeps of a message may be older.
  private(set) var markedAt = Instant.past
  /// The connection through which it was seen to go.
  private(set) var seen: ConnectionTable.Connection?
  /// Whether it is sure that it went through none that was there.
  private(set) var isElsewhere = false

  /// The endpoints that had a peer before the message.
  var markedEndpoints: [String] { marks.map(\.connection.endpoint) }

  /// Notes what has gone through each connection before a message.
  mutating func mark(_ connections: [ConnectionTable.Connection], before index: Int) {
    self.index = index
    markedAt = .now
    seen = nil
    isElsewhere = false
    marks.removeAll(keepingCapacity: true)
    for connection in connections where connection.readySince != nil {
      let counts = SentBytes(through: connection.descriptor).flatMap { sent in
        ReceivedBytes(through: connection.descriptor).map { (sent.count, $0.count) }
      }
      guard let counts else {
        self.index = -1
        return
      }
      marks.append(Mark(connection: connection, sent: counts.0, received: counts.1))
    }
  }

  /// Looks for the connection through which the message went.
  ///
  /// - Parameters:
  ///   - isThere: Whether a connection is the one that it was.
  ///   - hasReply: Whether a message came meanwhile. Otherwise what came was heartbeats, which were answered.
  ///   - isLate: Whether it would have gone by now.
  mutating func look(isThere: (ConnectionTable.Connection) -> Bool, hasReply: Bool, isLate: Bool) {
    guard seen == nil, !isElsewhere else { return }
    var isSure = isLate
    for mark in marks {
      let descriptor = mark.connection.descriptor
      guard isThere(mark.connection), let sent = SentBytes(through: descriptor),
        let received = ReceivedBytes(through: descriptor), received.count == mark.received || hasReply
      else {
        isSure = false
        continue
      }
      if sent.count > mark.sent {
        seen = mark.connection
        return
      }
      if sent.unsent > 0 { isSure = false }
    }
    isElsewhere = isSure
  }
}

/// Where the message is that was sent last, as far as it can be seen.
enum Whereabouts: Equatable {
  case unknown
  /// It went to the peer at this endpoint, which may have gone since.
  case sent(to: String, isThere: Bool)
  /// It waits for a peer at one of these endpoints.
  case queued(for: [String])
}

extension NamedSocket {
  /// Whether messages go in turn to several endpoints of which each can be seen.
  func findTurns() -> Bool {
    guard endpoints.count > 1, [.req, .dealer, .push].contains(type) else { return false }
    // Heartbeats of its own go out at any time, and through a proxy all connections look the same.
    let isObscured = options.contains { ["heartbeat_ivl", "socks_proxy"].contains($0.option.name) }
    return !isObscured && endpoints.allSatisfy { $0.role == .connect && $0.endpoint.transport == "tcp" }
      && Set(endpoints.map(\.resolved)).count == endpoints.count
  }

  /// Notes, before a message is sent, what is needed to see where it goes.
  func markTurn() {
    // A REQ that waits for its reply is about to refuse.
    let isRelaxed = options.last { $0.option.name == "req_relaxed" }?.value == .integer(1)
    if type == .req, lastAction == .sent, !isRelaxed { return }
    takeEvents()
    turn.mark(connections.all, before: sentCount)
  }

  /// So long a message may be on its way through libzmq's own threads, also where the machine is busy: that it went nowhere
  /// is said of nothing that may still go.
  static let patienceOfTurns = Duration.milliseconds(150)

  /// Where the message is that was sent last.
  func whereabouts() -> Whereabouts {
    guard turn.index == sentCount - 1 else { return .unknown }
    let hasReply = (try? socket.events)?.contains(.readable) == true
    turn.look(isThere: isThere, hasReply: hasReply, isLate: turn.markedAt.elapsed > Self.patienceOfTurns)
    if let seen = turn.seen { return .sent(to: seen.endpoint, isThere: isThere(seen)) }
    guard turn.isElsewhere, queuesForAbsent else { return .unknown }
    let marked = turn.markedEndpoints
    let others = endpoints.map(\.resolved).filter { !marked.contains($0) && !connections.hasGivenUp($0) }
    let awaited = others.filter { endpoint in !connections.ready.contains { $0.endpoint == endpoint } }
    if awaited == others { return others.isEmpty ? .unknown : .queued(for: others) }
    return others.count == 1 ? .sent(to: others[0], isThere: true) : .unknown
  }

  private func isThere(_ connection: ConnectionTable.Connection) -> Bool {
    connections.all.contains {
      $0.descriptor == connection.descriptor && $0.readySince == connection.readySince
    }
  }

  /// Whether libzmq queues also for an endpoint where nobody is yet.
  var queuesForAbsent: Bool {
    options.last { $0.option.name == "immediate" }?.value != .integer(1)
  }
}
