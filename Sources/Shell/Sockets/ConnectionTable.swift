import CReceived
import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

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
    /// Whether it was made by us, and not taken.
    let isOutgoing: Bool
    /// When it was made.
    let since: Instant
    /// When the handshake was done; nil before.
    var readySince: Instant?

    /// How often connections of its descriptor had been ended from outside when it was made; nil where nobody counts, or it
    /// had gone when that was asked.
    let endings: Int64?

    /// Whether libzmq itself has ended it: asked right when it has gone. The descriptor may have had another connection
    /// since, and then this is false; nil where it cannot be known.
    var wasEndedHere: Bool? {
      // It may have ended in the very moment when it was asked for the first time. Over ws a peer says that it leaves,
      // and libzmq ends the connection then.
      guard let endings, since.elapsed > .milliseconds(2), !endpoint.hasPrefix("ws") else { return nil }
      // Where nothing was counted at all, libzmq has found another `recv` than ours.
      return zr_received_bytes(Int32(truncatingIfNeeded: descriptor)) > 0
        ? Self.endings(of: descriptor) == endings : nil
    }

    fileprivate static func endings(of descriptor: Int) -> Int64? {
      let count = zr_endings(Int32(truncatingIfNeeded: descriptor))
      return count < 0 ? nil : count
    }

    /// The other side's address without its port.
    var peerHost: Substring? { peerAddress.map { $0.prefix(upTo: $0.lastIndex(of: ":") ?? $0.endIndex) } }
  }

  /// Whether peers shake hands; those of a STREAM, which speaks plain TCP, are there at once.
  private let hasHandshake: Bool

  init(hasHandshake: Bool = true) { self.hasHandshake = hasHandshake }

  private(set) var all: [Connection] = []
  /// How many have completed the handshake.
  private(set) var readyCount = 0
  /// When a connection was lost last.
  private(set) var lostAt: Instant?
  /// The connection that was lost last.
  private(set) var lost: Connection?
  /// Whether libzmq itself ended the connection that was lost last; nil where it cannot be known.
  private(set) var wasLastEndedHere: Bool?
  /// How many connections were lost in all.
  private(set) var lostCount = 0
  /// What an endpoint that has no connection suffers from.
  private(set) var troubles: [String: Trouble] = [:]

  /// Endpoints to which a connection was tried.
  private var attempted: Set<String> = []
  /// Since when a connection to an endpoint is under way that nothing has answered yet.
  private var unanswered: [String: Instant] = [:]
  /// How the last try at an endpoint failed, and how long it took.
  private var failures: [String: (failure: Failure, took: Duration)] = [:]
  /// Endpoints of which a connection ended or failed, and none was made since.
  private var closed: Set<String> = []
  /// Endpoints that lost a connection and of which no new try was told yet.
  private var justLost: Set<String> = []
  /// Endpoints at which a peer was there once.
  private var known: Set<String> = []
  /// Whether the connection that was lost last had gone silent: no heartbeat was answered.
  private(set) var lostToSilence = false

  /// How many connections of an endpoint failed the handshake and are about to be closed.
  private var refused: [String: Int] = [:]

  /// The address of the peer that an endpoint was connected to last.
  private var addresses: [String: String] = [:]

  /// How a try to connect failed.
  enum Failure {
    /// The system did not even begin.
    case atOnce
    /// The other machine said no.
    case refused
    /// It said nothing.
    case unanswered
  }

  /// Who is there refuses within a round trip; what takes longer is silence.
  private static let slowRefusal = Duration.milliseconds(900)

  /// Why an endpoint has no connection.
  struct Trouble {
    let event: MonitorEvent
    let since: Instant
    let last: Instant
    var count: Int
    /// Whether libzmq tries again, as far as it has told.
    var isRetried: Bool
    /// Whether the peer was there before, and the connection was lost.
    var wasReady = false
    /// How long libzmq waits until the next try; zero where it has not told.
    var pause = Duration.zero
  }

  /// What an event changed.
  enum Change {
    /// A peer is there.
    case connected(Connection)
    /// A peer that was there has gone.
    case lost(Connection)
    /// A connection ended before the handshake was done.
    case refused(endpoint: String)
    /// A connection is tried again.
    case retried(endpoint: String)

    var endpoint: String {
      switch self {
      case .connected(let connection), .lost(let connection): connection.endpoint
      case .refused(let endpoint), .retried(let endpoint): endpoint
      }
    }
  }

  var ready: [Connection] { all.filter { $0.readySince != nil } }

  /// The connections that are there and the last loss, in words: `127.0.0.1:43210 for 3 s`.
  var told: [String] {
    let there = ready.map { connection in
      let peer = connection.peerAddress ?? connection.endpoint
      return "\(DisplayText.safe(peer)) for \((connection.readySince ?? connection.since).elapsed.spokenText)"
    }
    guard let lostAt else { return there }
    let reason = lostToSilence ? " as it answered no heartbeat" : ""
    return there + ["\(lostCount) lost, the last \(Diagnosis.ago(lostAt))\(reason)"]
  }

  /// Takes an event, and gives what it changed for people.
  ///
  /// - Parameter isSilence: Whether a connection that ended was given up because it had gone silent.
  @discardableResult
  mutating func note(_ event: MonitorEvent, isSilence: Bool = false) -> Change? {
    var change: Change?
    switch event.kind {
    case .connectDelayed, .closed:
      attempted.insert(event.endpoint)
      noteTry(event)
      justLost.remove(event.endpoint)
    case .connected, .accepted:
      all.removeAll { $0.descriptor == event.value }
      if event.kind == .connected {
        unanswered[event.endpoint] = nil
        closed.remove(event.endpoint)
        addresses[event.endpoint] = event.peerAddress ?? addresses[event.endpoint]
      }
      let isThere = event.peerAddress != nil || LocalConnection(descriptor: event.value) != nil
      all.append(
        Connection(
          descriptor: event.value, endpoint: event.endpoint, peerAddress: event.peerAddress,
          isOutgoing: event.kind == .connected, since: .now,
          readySince: hasHandshake ? nil : .now, endings: isThere ? Connection.endings(of: event.value) : nil)
      )
      if !hasHandshake {
        troubles[event.endpoint] = nil
        change = all.last.map { .connected($0) }
      }
    case .handshakeSucceeded:
      // The event names no descriptor; connections of one endpoint shake hands in about their order. Where that
      // guess was wrong, the end of a connection shows it.
      change = markReady(at: event.endpoint, since: .now).map { .connected($0) }
      troubles[event.endpoint] = nil
      known.insert(event.endpoint)
    case .disconnected:
      closed.insert(event.endpoint)
      change = noteEnd(event)
      if case .lost = change {
        lostToSilence = isSilence
        justLost.insert(event.endpoint)
      }
    case .handshakeFailedAuth, .handshakeFailedProtocol, .handshakeFailedNoDetail:
      // The connection is closed next. Of a STREAM, which shakes no hands, the end of each is told so.
      guard hasHandshake else { break }
      refused[event.endpoint, default: 0] += 1
      noteTrouble(event)
      change = .refused(endpoint: event.endpoint)
    case .connectRetried:
      // After a loss, the first of them plans a try that nothing was wrong with yet.
      if justLost.remove(event.endpoint) != nil, troubles[event.endpoint]?.wasReady ?? true {
        troubles[event.endpoint]?.isRetried = true
        break
      }
      noteTrouble(event)
      change = .retried(endpoint: event.endpoint)
    default: break
    }
    countReady()
    return change
  }

  private mutating func countReady() { readyCount = all.reduce(0) { $0 + ($1.readySince == nil ? 0 : 1) } }

  private mutating func noteTry(_ event: MonitorEvent) {
    guard event.kind == .closed else {
      unanswered[event.endpoint] = unanswered[event.endpoint] ?? .now
      return
    }
    closed.insert(event.endpoint)
    guard let took = unanswered.removeValue(forKey: event.endpoint)?.elapsed else {
      failures[event.endpoint] = (.atOnce, .zero)
      return
    }
    failures[event.endpoint] = (took < Self.slowRefusal ? .refused : .unanswered, took)
  }

  /// Since when nothing answers a connection to an endpoint, not even with a refusal; nil where that is not so, or not
  /// yet to be told from an answer on its way.
  func unanswered(at endpoint: String) -> Instant? {
    unanswered[endpoint].flatMap { $0.elapsed < Self.slowRefusal ? nil : $0 }
  }

  /// How the last try to connect to an endpoint failed.
  func failure(at endpoint: String) -> Failure { failures[endpoint]?.failure ?? .refused }

  /// How long the last try to connect to an endpoint took that failed; zero where none has.
  func lastTryTook(at endpoint: String) -> Duration { failures[endpoint]?.took ?? .zero }

  /// Whether there is one connection, and no handshake of it was told.
  var hasUntoldPeer: Bool { all.count == 1 && readyCount == 0 }

  /// A message came that tells no connection. Over `inproc` none does, and none of a peer of a version of ZMTP before 3,
  /// which has no handshake either: a peer of which there is one connection is there.
  mutating func noteMessageOfOldPeer() {
    all[0].readySince = .now
    troubles[all[0].endpoint] = nil
    known.insert(all[0].endpoint)
    countReady()
  }

  /// Takes out a connection that the user closed, which no event tells.
  mutating func noteClosed(_ descriptor: Int) {
    all.removeAll { $0.descriptor == descriptor }
    countReady()
  }

  /// Whether libzmq has given an endpoint up: it does not try again where the socket types do not fit.
  func hasGivenUp(_ endpoint: String) -> Bool {
    guard let trouble = troubles[endpoint], trouble.event.kind == .disconnected, !trouble.isRetried else {
      return false
    }
    // The next try is told right after the disconnection.
    return trouble.last.elapsed > .milliseconds(20)
  }

  /// Whether a connection of an endpoint ended or failed, and none was made since.
  func wasClosed(_ endpoint: String) -> Bool { closed.contains(endpoint) }

  /// Whether it was ever tried to connect to an endpoint: not where its name cannot be resolved.
  func wasAttempted(_ endpoint: String) -> Bool { attempted.contains(endpoint) }

  /// Whether a peer at an endpoint has shaken hands before.
  func wasReady(at endpoint: String) -> Bool { known.contains(endpoint) }

  /// The address of the peer that an endpoint was connected to last, as numbers.
  func lastAddress(at endpoint: String) -> String? { addresses[endpoint] }

  /// A connection of an endpoint that has said nothing for a while.
  func silent(at endpoint: String) -> Connection? {
    let silent = all.filter {
      $0.endpoint == endpoint && $0.readySince == nil && $0.since.elapsed > .milliseconds(100)
    }
    // Some failed the handshake and stay until they are closed: those have said something.
    return silent.dropLast(refused[endpoint] ?? 0).first
  }

  @discardableResult
  private mutating func markReady(at endpoint: String, since moment: Instant) -> Connection? {
    guard let index = all.firstIndex(where: { $0.endpoint == endpoint && $0.readySince == nil }) else {
      return nil
    }
    all[index].readySince = moment
    return all[index]
  }

  private mutating func noteEnd(_ event: MonitorEvent) -> Change? {
    guard let index = all.firstIndex(where: { $0.descriptor == event.value }) else { return nil }
    let connection = all.remove(at: index)
    let wasRefused = (refused[event.endpoint] ?? 0) > 0
    if wasRefused { refused[event.endpoint, default: 1] -= 1 }
    switch (wasRefused, connection.readySince) {
    case (true, let since?):
      // It had never shaken hands: the one that had is another.
      markReady(at: event.endpoint, since: since)
    case (false, .some):
      lostAt = .now
      lost = connection
      wasLastEndedHere = connection.wasEndedHere
      lostCount += 1
      // Where it is tried again, that is told right after.
      if connection.isOutgoing, hasHandshake {
        troubles[event.endpoint] = Trouble(
          event: event, since: .now, last: .now, count: 1, isRetried: false, wasReady: true)
      }
      return .lost(connection)
    case (false, nil):
      if troubles[event.endpoint] == nil { noteTrouble(event) }
      return .refused(endpoint: event.endpoint)
    case (true, nil): break
    }
    return nil
  }

  /// So long a reason is not forgotten for another that says less: both sides of a handshake may end it.
  private static let shortWhile = Duration.seconds(2)

  private mutating func noteTrouble(_ event: MonitorEvent) {
    let isRetry = event.kind == .connectRetried
    let pause = isRetry ? Duration.milliseconds(event.value) : troubles[event.endpoint]?.pause ?? .zero
    guard let before = troubles[event.endpoint], !before.wasReady else {
      troubles[event.endpoint] = Trouble(
        event: event, since: .now, last: .now, count: 1, isRetried: isRetry, pause: pause)
      return
    }
    // A refused handshake says more than the retry that follows it, and a reason more than a peer that has gone.
    let isVague = before.event.tellsReason && !event.tellsReason && before.last.elapsed < Self.shortWhile
    let event = isRetry || isVague ? before.event : event
    troubles[event.endpoint] = Trouble(
      event: event, since: before.since, last: .now, count: before.count + 1,
      isRetried: before.isRetried || isRetry, pause: pause)
  }
}

extension MonitorEvent {
  /// Whether it says why a handshake failed, and not only that it did.
  var tellsReason: Bool {
    switch kind {
    case .handshakeFailedAuth, .handshakeFailedProtocol: true
    // The peer hung up, or broke the connection: anything may be the reason. The others are our own.
    case .handshakeFailedNoDetail:
      ![EPIPE, ECONNRESET, ECONNABORTED].contains(Int32(truncatingIfNeeded: value))
    default: false
    }
  }
}
