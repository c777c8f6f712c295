import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the peers of tcp and ipc that could fill the memory where libzmq has no limit, and cuts them off.
///
/// libzmq limits a frame (`maxmsgsize`) and counts the messages that wait (`rcvhwm`). The frames of a message whose last one
/// does not come are counted by nobody, nor are subscriptions; both are kept. How many bytes came over a connection since
/// the last message that was received from it tells, and how much memory was taken meanwhile.
struct MemoryGuard {
  /// What is wrong with a peer.
  enum Finding {
    /// So much came since its last message, and no whole message is there: it was cut off.
    case endlessMessage(bytes: Int64)
    /// It subscribed to so much: it was cut off.
    case subscriptions(bytes: Int64)
    /// So much waits to be received.
    case unread(bytes: Int64)
    /// So much waits to be received, and the memory is at its end: it was cut off.
    case unreadAtTheEnd(bytes: Int64)
    /// The program has no descriptor left, so that no further peer can come.
    case noDescriptors
  }

  /// What came over a connection when its last message was received.
  private struct Account {
    let since: Instant
    let connection: PeerConnection
    var messages: Int
    var bytes: Int64
    var at: Instant
    /// What had come when it was looked at last.
    var seen: Int64
    /// The most memory that the program had since then.
    var peak: Int64
    /// How much more memory the program took than ever before while this came, as far as it is this connection's.
    var kept: Int64 = 0
    /// With more than this that waits, it is told again.
    var warnsAt: Int64 = 0
  }

  private var accounts: [ObjectIdentifier: [Int: Account]] = [:]
  private var toldDescriptors = false
  /// When the connections are looked at next; never where there are none.
  private(set) var due = Instant.never

  /// So much of one message may come whatever `maxmsgsize` is.
  static let leastLimit: Int64 = 1 << 20
  /// So many bytes of subscriptions are kept of one peer: libzmq takes up to forty times as much memory for them.
  static let mostSubscriptions: Int64 = 8 << 20
  /// With so many times `maxmsgsize` of whole messages that nobody receives, it is told.
  private static let unreadShare: Int64 = 16
  /// So many times the limit the memory may grow while a message comes.
  private static let growthShare: Int64 = 4
  /// So many times its bytes something takes in memory at most: an empty frame is two on the wire and 64 in memory, and of
  /// a subscription each byte is a node of a tree.
  private static let mostTimes: Int64 = 40
  /// So many bytes a second are forgiven: what keeps a connection alive (PING, RFC 37) is no message either.
  private static let forgiven: Int64 = 1 << 10
  private static let restingPause = Duration.milliseconds(250)
  /// While something grows it is looked at as often as this; a peer of this machine sends 50 MiB in the meantime.
  private static let growingPause = Duration.milliseconds(50)

  /// A connection came or went.
  mutating func noteEvent() { due = min(due, .now + Self.growingPause) }

  /// Looks at the connections of sockets, and cuts off who has to be.
  mutating func look(
    at sockets: [NamedSocket], _ found: (NamedSocket, ConnectionTable.Connection, Finding) -> Void
  ) {
    let now = Instant.now
    let memory = ResidentMemory.bytes
    var looked:
      [(socket: NamedSocket, connection: ConnectionTable.Connection, account: Account, total: Int64)] = []
    for socket in sockets where socket.type != .push && socket.type != .stream {
      for connection in socket.connections.all {
        guard let (account, total) = account(of: connection, on: socket, at: now, memory) else { continue }
        looked.append((socket, connection, account, total))
      }
    }
    // How much of what is new is whose: it is shared out as the bytes are.
    let news = looked.reduce(0) { $0 + $1.total - $1.account.seen }
    var isGrowing = false
    accounts = [:]
    for (socket, connection, account, total) in looked {
      var account = account
      let forgiven = (now - account.at).milliseconds * Int(Self.forgiven) / 1000
      let bytes = total - account.bytes - Int64(forgiven)
      let own = total - account.seen
      if memory > account.peak, own > 0 {
        let share = Double(memory - account.peak) * Double(own) / Double(max(news, own))
        account.kept += min(Int64(share), own * Self.mostTimes)
      }
      account.peak = max(account.peak, memory)
      if bytes > Self.leastLimit {
        isGrowing = isGrowing || own > Self.forgiven
        switch Self.finding(socket, connection, bytes, account.kept) {
        case .unread(let bytes)?:
          if bytes >= account.warnsAt {
            found(socket, connection, .unread(bytes: bytes))
            account.warnsAt = bytes * 2
          }
        case let finding?: if account.connection.cutOff() { found(socket, connection, finding) }
        case nil: break
        }
      }
      account.seen = total
      accounts[ObjectIdentifier(socket), default: [:]][connection.descriptor] = account
    }
    tellDescriptors(of: sockets, found)
    due = looked.isEmpty ? .never : now + (isGrowing ? Self.growingPause : Self.restingPause)
  }

  /// What is known of a connection, and how many bytes have come over it; nil where nothing can be known.
  private func account(
    of connection: ConnectionTable.Connection, on socket: NamedSocket, at now: Instant, _ memory: Int64
  ) -> (Account, total: Int64)? {
    // Of what a proxy passes on, it is not known through which connection it came.
    let messages = (socket.log[connection.descriptor]?.count ?? 0) + socket.forwardedCount
    let known = accounts[ObjectIdentifier(socket)]?[connection.descriptor]
    if var account = known, account.since == connection.since {
      guard let total = account.connection.receivedBytes else { return nil }
      if account.messages != messages {
        account.messages = messages
        account.bytes = total
        account.at = now
        account.kept = 0
        account.peak = memory
        account.warnsAt = 0
      }
      return (account, total)
    }
    guard let peer = PeerConnection(connection), let total = peer.receivedBytes else { return nil }
    // What came before it was looked at first is of its first message, unless others had the descriptor before.
    let before = messages > 0 || !peer.countsFromItsBeginning ? total : 0
    return (
      Account(
        since: connection.since, connection: peer, messages: messages, bytes: before, at: now, seen: before,
        peak: memory),
      total
    )
  }

  /// What is wrong where so much came since the last message; nil where nothing is.
  ///
  /// - Parameter kept: How much memory was taken for it, as far as can be told.
  private static func finding(
    _ socket: NamedSocket, _ connection: ConnectionTable.Connection, _ bytes: Int64, _ kept: Int64
  ) -> Finding? {
    if socket.type == .pub || socket.type == .xpub {
      // Who subscribes and takes it back again and again takes no memory.
      return bytes > mostSubscriptions && kept > mostSubscriptions * growthShare
        ? .subscriptions(bytes: bytes) : nil
    }
    guard let limit = limit(of: socket) else { return nil }
    guard isMuch(dropsMessages(socket) ? 0 : bytes, growth: kept, for: limit) else { return nil }
    if hasNoWholeMessage(socket) { return .endlessMessage(bytes: bytes) }
    guard isManyTimes(bytes, unreadShare, limit) else { return nil }
    return ResidentMemory.isAtItsEnd ? .unreadAtTheEnd(bytes: bytes) : .unread(bytes: bytes)
  }

  /// Whether so much came, or the memory grew by so much, that a message within the limit cannot be all of it.
  static func isMuch(_ bytes: Int64, growth: Int64, for limit: Int64) -> Bool {
    // A message of just that size has its heads besides, and may have come without being whole yet.
    bytes - leastLimit > limit || isManyTimes(growth, growthShare, limit)
  }

  /// Whether an amount is more than so many times the limit, which the user may have set to the largest number there is.
  private static func isManyTimes(_ amount: Int64, _ times: Int64, _ limit: Int64) -> Bool {
    amount / times > limit || (amount / times == limit && amount % times > 0)
  }

  /// Whether whole messages come to nobody: those that a SUB has no subscription for, and that are no requests or replies.
  /// What was dropped takes no memory.
  private static func dropsMessages(_ socket: NamedSocket) -> Bool {
    [.rep, .req, .sub, .xsub].contains(socket.type)
  }

  private mutating func tellDescriptors(
    of sockets: [NamedSocket], _ found: (NamedSocket, ConnectionTable.Connection, Finding) -> Void
  ) {
    let hasDescriptors = Self.hasDescriptors
    if !hasDescriptors, !toldDescriptors,
      let (socket, connection) = sockets.lazy.compactMap({ socket in
        socket.connections.all.last.map { (socket, $0) }
      }).first
    {
      found(socket, connection, .noDescriptors)
    }
    toldDescriptors = !hasDescriptors
  }

  private static var hasDescriptors: Bool {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0 || errno != EMFILE
  }

  /// How much of a message without an end a socket takes; nil is without limit.
  static func limit(of socket: NamedSocket) -> Int64? {
    guard let option = SocketOption.named("maxmsgsize"),
      case .integer(let most)? = try? socket.socket.get(option), most >= 0
    else { return nil }
    return max(most, leastLimit)
  }

  /// Whether all that came and was not received is a part of a message. A REQ or REP hides what is there while it is its
  /// turn.
  private static func hasNoWholeMessage(_ socket: NamedSocket) -> Bool {
    if socket.type == .rep, socket.lastAction == .received { return false }
    if socket.type == .req, socket.lastAction != .sent { return false }
    return (try? socket.socket.events).map { !$0.contains(.readable) } ?? false
  }
}
