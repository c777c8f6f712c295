import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the peers of tcp that could fill the memory where libzmq has no limit, and cuts them off.
///
/// libzmq limits a frame (`maxmsgsize`) and counts the messages that wait (`rcvhwm`). The frames of a message whose last one
/// does not come are counted by nobody, nor are subscriptions; both are kept. What the system knows of a connection tells:
/// how many bytes came over it since the last message that was received from it.
struct MemoryGuard {
  /// What is wrong with a peer.
  enum Finding {
    /// So much came since its last message, and no whole message is there: it was cut off.
    case endlessMessage(bytes: Int64)
    /// It subscribed to so much: it was cut off.
    case subscriptions(bytes: Int64)
    /// So much waits to be received.
    case unread(bytes: Int64)
    /// The program has no descriptor left, so that no further peer can come.
    case noDescriptors
  }

  /// What came over a connection when its last message was received.
  private struct Account {
    let since: Instant
    var messages: Int
    var bytes: Int64
    var at: Instant
    /// What had come when it was looked at last.
    var seen: Int64 = 0
    /// The memory of the program when more than a little had come.
    var memory: Int64?
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
    var isNeeded = false
    var isGrowing = false
    var kept: [ObjectIdentifier: [Int: Account]] = [:]
    for socket in sockets where socket.type != .push && socket.type != .stream {
      let id = ObjectIdentifier(socket)
      for connection in socket.connections.all {
        guard let address = connection.peerAddress else { continue }
        let peer = TCPConnection(descriptor: connection.descriptor, peerAddress: address)
        guard let total = peer.receivedBytes else { continue }
        isNeeded = true
        // Of what a proxy passes on, it is not known through which connection it came.
        let messages = (socket.log[connection.descriptor]?.count ?? 0) + socket.forwardedCount
        var account = accounts[id]?[connection.descriptor]
        if account?.since != connection.since {
          account = Account(
            since: connection.since, messages: messages, bytes: messages > 0 ? total : 0, at: now)
        } else if account?.messages != messages {
          account = Account(since: connection.since, messages: messages, bytes: total, at: now)
        }
        guard var account else { continue }
        let forgiven = (now - account.at).milliseconds * Int(Self.forgiven) / 1000
        let bytes = total - account.bytes - Int64(forgiven)
        if bytes > Self.leastLimit {
          isGrowing = isGrowing || total - account.seen > Self.forgiven
          let memory = ResidentMemory.bytes
          let before = account.memory ?? memory
          account.memory = before
          if let finding = Self.finding(socket, bytes, memory - before) {
            if case .unread = finding {
              if bytes >= account.warnsAt {
                found(socket, connection, finding)
                account.warnsAt = bytes * 2
              }
            } else if peer.cutOff() {
              found(socket, connection, finding)
            }
          }
        }
        account.seen = total
        kept[id, default: [:]][connection.descriptor] = account
      }
    }
    accounts = kept
    let hasDescriptors = Self.hasDescriptors
    if !hasDescriptors, !toldDescriptors,
      let (socket, connection) = sockets.lazy.compactMap({ socket in
        socket.connections.all.last.map { (socket, $0) }
      }).first
    {
      found(socket, connection, .noDescriptors)
    }
    toldDescriptors = !hasDescriptors
    due = isNeeded ? now + (isGrowing ? Self.growingPause : Self.restingPause) : .never
  }

  /// What is wrong where so much came since the last message; nil where nothing is.
  ///
  /// - Parameter growth: How much more memory the program has since then.
  private static func finding(_ socket: NamedSocket, _ bytes: Int64, _ growth: Int64) -> Finding? {
    if socket.type == .pub || socket.type == .xpub {
      return bytes > mostSubscriptions ? .subscriptions(bytes: bytes) : nil
    }
    // An empty frame is two bytes on the wire and 64 in memory.
    guard let limit = limit(of: socket) else { return nil }
    guard isMuch(bytes, growth: growth, for: limit) else { return nil }
    if hasNoWholeMessage(socket) { return .endlessMessage(bytes: bytes) }
    return isManyTimes(bytes, unreadShare, limit) ? .unread(bytes: bytes) : nil
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
