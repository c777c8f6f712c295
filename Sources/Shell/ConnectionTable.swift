import ZeroMQ

/// The connections of a socket, built from what its monitor tells.
struct ConnectionTable {
  /// One connection.
  struct Connection {
    /// Told apart by the descriptor, which libzmq names when it opens and when it closes.
    let descriptor: Int
    /// Our own endpoint that the connection belongs to.
    let endpoint: String
    /// The other side's address, where the transport has one.
    let peerAddress: String?
    /// When the handshake was done; nil before.
    var readySince: Instant?
  }

  private(set) var all: [Connection] = []
  /// How many have completed the handshake.
  @exclusivity(unchecked) private(set) var readyCount = 0
  /// When a connection was lost last.
  private(set) var lostAt: Instant?
  /// How many connections were lost in all.
  private(set) var lostCount = 0
  /// What an endpoint that has no connection suffers from.
  private(set) var troubles: [String: Trouble] = [:]

  /// Why an endpoint has no connection.
  struct Trouble {
    let event: MonitorEvent
    let since: Instant
    var count: Int
  }

  var ready: [Connection] { all.filter { $0.readySince != nil } }

  mutating func note(_ event: MonitorEvent) {
    switch event.kind {
    case .connected, .accepted:
      all.removeAll { $0.descriptor == event.value }
      all.append(
        Connection(descriptor: event.value, endpoint: event.endpoint, peerAddress: event.peerAddress))
    case .handshakeSucceeded:
      // The event names no descriptor; connections of one endpoint shake hands in about their order.
      if let index = all.firstIndex(where: { $0.endpoint == event.endpoint && $0.readySince == nil }) {
        all[index].readySince = .now
      }
      troubles[event.endpoint] = nil
    case .disconnected:
      if let index = all.firstIndex(where: { $0.descriptor == event.value }) {
        if all[index].readySince != nil {
          lostAt = .now
          lostCount += 1
        } else if troubles[event.endpoint] == nil {
          noteTrouble(event)
        }
        all.remove(at: index)
      }
    case .connectRetried, .handshakeFailedAuth, .handshakeFailedProtocol, .handshakeFailedNoDetail:
      noteTrouble(event)
    default: break
    }
    readyCount = all.reduce(0) { $0 + ($1.readySince == nil ? 0 : 1) }
  }

  private mutating func noteTrouble(_ event: MonitorEvent) {
    if var trouble = troubles[event.endpoint] {
      trouble.count += 1
      // A refused handshake says more than the retry that follows it.
      let keepsReason = event.kind == .connectRetried
      troubles[event.endpoint] = Trouble(
        event: keepsReason ? trouble.event : event, since: trouble.since, count: trouble.count)
    } else {
      troubles[event.endpoint] = Trouble(event: event, since: .now, count: 1)
    }
  }
}

/// What the subscribers of a PUB asked for.
struct SubscriberTable {
  /// How many subscriptions there are for each topic prefix.
  private(set) var counts: [[UInt8]: Int] = [:]

  /// Takes a subscription as it stands on the wire: 1 or 0, then the prefix (RFC 29).
  mutating func note(_ message: [UInt8]) {
    guard let first = message.first, first <= 1 else { return }
    let prefix = Array(message.dropFirst())
    let count = (counts[prefix] ?? 0) + (first == 1 ? 1 : -1)
    counts[prefix] = count > 0 ? count : nil
  }

  /// How many subscriptions there are for exactly this prefix, or for any where it is nil.
  func count(of prefix: [UInt8]?) -> Int {
    if let prefix { counts[prefix] ?? 0 } else { counts.values.reduce(0, +) }
  }

  /// Whether a message with this first frame reaches anybody.
  func matches(_ frame: UnsafeRawBufferPointer) -> Bool {
    counts.keys.contains { frame.starts(with: $0) }
  }
}
