import Script
import ZeroMQ

/// Tells a person what happens to connections: a new kind of thing at once, more of the same later and as a count.
final class ConnectionTeller {
  /// What is told of sockets that have no choice of their own.
  var events: ToldEvents
  /// Whether a socket's events are being told in another way.
  var isQuiet: (NamedSocket) -> Bool = { _ in false }

  /// What is like what: the same happening at the same endpoint.
  private struct Key: Hashable {
    let socket: String
    let endpoint: String
    let happening: ToldEvents.Happening?
  }

  /// Things of one kind that were not told yet.
  private struct Pending {
    let key: Key
    let socket: NamedSocket
    var latest: ConnectionTable.Change?
    var event: MonitorEvent
    var count: Int
    /// What may be the reason, where nothing is known.
    var hint: [String] = []
    /// Why libzmq cut the peer off, where it did.
    var reasonOfCut: String?
    /// When it is told at the earliest.
    var after = Instant.past
  }

  private var pending: [Pending] = []
  /// When things of a kind were told last, how often close together, and how long more of them wait.
  private var told: [Key: (at: Instant, count: Int, pause: Duration)] = [:]
  /// Endpoints of which it was said that nobody is there, until somebody is.
  private var toldTroubles: Set<Key> = []

  /// By socket: which peer left without a message last, when, and what may be the reason where it comes back at once.
  private var silentLosses: [String: (host: Substring?, at: Instant, hint: [String])] = [:]

  /// libzmq connects again after a tenth of a second; who was cut off is back within this time.
  private static let soonBack = Duration.seconds(1)
  /// So many like things are told each at once.
  private static let mostAtOnce = 3
  private static let firstPause = Duration.seconds(1)
  private static let longestPause = Duration.seconds(60)
  /// After a connection of ours is lost, libzmq says within this time that it tries again, or it does not try.
  private static let retryTold = Duration.milliseconds(50)

  init(_ events: ToldEvents) { self.events = events }

  /// Takes what a monitor said.
  func note(_ socket: NamedSocket, _ event: MonitorEvent, _ change: ConnectionTable.Change?) {
    let events = socket.toldEvents ?? events
    let happening = change?.happening
    if case .connected = change {
      forgetTroubles(of: socket, at: event.endpoint)
      // What came before is told before.
      for index in pending.indices where pending[index].event.endpoint == event.endpoint {
        pending[index].after = .past
      }
    }
    guard !isQuiet(socket) else { return }
    if events.isEvery {
      add(Key(socket: socket.name, endpoint: event.endpoint, happening: nil), socket, event, change)
      return
    }
    guard let change, let happening, events.happenings.contains(happening) else { return }
    if isOfThisProgram(change, socket) { return }
    let key = Key(socket: socket.name, endpoint: change.endpoint, happening: happening)
    if happening == .retried, !toldTroubles.insert(key).inserted { return }
    add(key, socket, event, change)
  }

  /// Something else said what is wrong at an endpoint.
  func didTellTrouble(of socket: NamedSocket, at endpoint: String) {
    for happening in [ToldEvents.Happening.retried, .refused] {
      let key = Key(socket: socket.name, endpoint: endpoint, happening: happening)
      toldTroubles.insert(key)
      told[key] = (.now, Self.mostAtOnce, Self.longestPause)
    }
  }

  /// When there is something to tell; nil where nothing is.
  var due: Instant? { pending.map { due(of: $0) }.min() }

  /// Gives what is to be told now.
  ///
  /// - Parameter receiver: The socket of which a statement waits for a message.
  func take(from sockets: SocketTable, waitingFor receiver: NamedSocket?, at now: Instant) -> [Diagnostic] {
    guard !pending.isEmpty else { return [] }
    var diagnostics: [Diagnostic] = []
    for item in pending where due(of: item) <= now {
      // What the user closed is not news.
      guard sockets.all.contains(where: { $0 === item.socket }) else { continue }
      var diagnostic = Self.diagnostic(item)
      if item.socket === receiver, case .lost = item.latest, !diagnostic.help.isEmpty {
        diagnostic.help = ["\(Diagnosis.endOfWait); then \(diagnostic.help.joined(separator: "; "))"]
      }
      diagnostics.append(diagnostic)
      didTell(item.key, at: now)
    }
    pending.removeAll { item in
      told[item.key]?.at == now || !sockets.all.contains { $0 === item.socket }
    }
    return diagnostics
  }

  /// The more often, the longer what is like it waits.
  private func didTell(_ key: Key, at now: Instant) {
    var (at, count, pause) = told[key] ?? (.past, 0, .zero)
    if now - at > max(pause + pause, Self.firstPause) {
      count = 0
      pause = .zero
    }
    count += 1
    if count >= Self.mostAtOnce { pause = max(Self.firstPause, min(pause + pause, Self.longestPause)) }
    told[key] = (now, count, pause)
  }

  private func add(
    _ key: Key, _ socket: NamedSocket, _ event: MonitorEvent, _ change: ConnectionTable.Change?
  ) {
    // Where everything is wanted, things of another name are other things.
    if let index = pending.lastIndex(where: {
      $0.key == key && (key.happening != nil || $0.event.kind == event.kind)
    }) {
      pending[index].count += 1
      pending[index].latest = change
      pending[index].event = event
    } else {
      var item = Pending(key: key, socket: socket, latest: change, event: event, count: 1)
      // What follows a loss that is still to be told is told behind it.
      item.after =
        pending.last { $0.event.endpoint == event.endpoint && $0.socket === socket }?.after ?? .past
      if case .lost(let connection) = change {
        if connection.isOutgoing { item.after = .now + Self.retryTold }
        item.reasonOfCut = connection.isOutgoing ? nil : Diagnosis.reasonOfCut(by: socket)
        let hint = item.reasonOfCut == nil ? Diagnosis.mayBeCutOff(connection, from: socket) : []
        silentLosses[socket.name] = hint.isEmpty ? nil : (connection.peerHost, .now, hint)
      }
      if case .connected(let connection) = change, let loss = silentLosses[socket.name],
        // A connection that has gone when its event is read has no address any more.
        loss.host == nil || loss.host == connection.peerHost, loss.at.elapsed < Self.soonBack
      {
        item.hint = loss.hint
      }
      pending.append(item)
    }
  }

  private func due(of item: Pending) -> Instant {
    guard item.key.happening != nil, let told = told[item.key] else { return item.after }
    return max(told.at + told.pause, item.after)
  }

  private func forgetTroubles(of socket: NamedSocket, at endpoint: String) {
    for happening in [ToldEvents.Happening.retried, .refused] {
      let key = Key(socket: socket.name, endpoint: endpoint, happening: happening)
      toldTroubles.remove(key)
      told[key] = nil
    }
  }

  /// Whether a peer that came to a bound socket is another socket of this program, which tells it itself.
  private func isOfThisProgram(_ change: ConnectionTable.Change, _ socket: NamedSocket) -> Bool {
    guard case .connected(let connection) = change,
      let attachment = socket.endpoints.first(where: {
        $0.role == .bind && $0.resolved == connection.endpoint
      })
    else { return false }
    let there = socket.connections.ready.count { $0.endpoint == connection.endpoint }
    return there <= socket.peerCount(at: attachment)
  }

  // MARK: Words

  private static func diagnostic(_ item: Pending) -> Diagnostic {
    let socket = item.socket
    guard item.key.happening != nil, let change = item.latest else {
      let count = item.count > 1 ? ", \(item.count) times" : ""
      return Diagnostic(
        .note, "'\(socket.name)': \(item.event.name) \(DisplayText.safe(item.event.endpoint))\(count)")
    }
    let endpoint = DisplayText.safe(change.endpoint)
    let isBound = socket.endpoints.contains { $0.role == .bind && $0.resolved == change.endpoint }
    let there = socket.connections.ready.count { $0.endpoint == change.endpoint }
    switch change {
    case .connected(let connection):
      let times = item.count == 1 ? "" : ", for the \(item.count). time since"
      if !isBound { return Diagnostic(.note, "'\(socket.name)' is connected to \(endpoint)\(times)") }
      let who = item.count == 1 ? connection.peerAddress ?? "a peer" : "\(item.count) peers"
      return Diagnostic(
        .note, "\(DisplayText.safe(who)) connected to '\(socket.name)'; \(left(there))",
        help: item.hint)
    case .lost(let connection):
      if isBound {
        let who = item.count == 1 ? connection.peerAddress ?? "a peer" : "\(item.count) peers"
        if item.count == 1, let silence = Diagnosis.silence(of: socket) {
          return Diagnostic(
            .warning, "\(DisplayText.safe(who)) \(silence), so '\(socket.name)' dropped it; \(left(there))")
        }
        if item.count == 1, let reason = item.reasonOfCut {
          return Diagnostic(
            .warning, "'\(socket.name)' cut \(DisplayText.safe(who)) off: \(reason); \(left(there))",
            help: [
              "`\(socket.name) set maxmsgsize 1GiB`, then `\(socket.name) reset`, if it may send so much"
            ])
        }
        return Diagnostic(.note, "\(DisplayText.safe(who)) left '\(socket.name)'; \(left(there))")
      }
      let lost = Diagnosis.lostReply(on: socket)
      if socket.connections.hasGivenUp(change.endpoint),
        let attachment = socket.endpoints.first(where: { $0.resolved == change.endpoint }),
        let reason = Diagnosis.trouble(at: attachment, of: socket)
      {
        return Diagnostic(
          .warning, "'\(socket.name)' lost its connection to \(endpoint): \(reason)", notes: lost)
      }
      return Diagnostic(
        .warning,
        "'\(socket.name)' lost its connection to \(endpoint)"
          + (Diagnosis.silence(of: socket).map { ", which \($0)" } ?? "") + "; it goes on trying by itself",
        notes: lost, help: lost.isEmpty ? [] : ["`\(socket.name) reset` starts over"])
    case .refused, .retried:
      let attachment = socket.endpoints.first { $0.resolved == change.endpoint }
      let reason = attachment.flatMap { Diagnosis.trouble(at: $0, of: socket) } ?? item.event.name
      let count = item.count > 1 ? " (\(item.count) times)" : ""
      if isBound, socket.connections.readyCount > 0,
        let trouble = socket.connections.troubles[change.endpoint]
      {
        // Others are there.
        return Diagnostic(
          .warning, "'\(socket.name)' at \(endpoint): \(Diagnosis.turnedAway(trouble, from: socket))\(count)",
          help: Diagnosis.cure(of: item.event, on: socket))
      }
      if case .retried = change { return Diagnostic(.note, "\(endpoint): \(reason)\(count)") }
      return Diagnostic(
        .warning, "'\(socket.name)' has no connection at \(endpoint): \(reason)\(count)",
        help: Diagnosis.cure(of: item.event, on: socket))
    }
  }

  private static func left(_ count: Int) -> String {
    count == 0 ? "no peer is there now" : count == 1 ? "1 peer is there now" : "\(count) peers are there now"
  }
}
