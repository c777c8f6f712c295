import Payload
import ZeroMQ

/// What became true of the sockets between two statements while a person thought: a script, which does not think,
/// has to wait for it.
struct Arrivals {
  private struct Seen {
    weak var socket: NamedSocket?
    var peerCount = 0
    var lostCount = 0
    var topics: Set<[UInt8]> = []
    var isReadable = false
  }

  private var seen: [String: Seen] = [:]
  /// Waits for what was seen and not written yet, by their sockets.
  private var pending: [(socket: String, text: String)] = []

  /// Takes a look at the sockets, before a statement runs.
  mutating func look(at sockets: [NamedSocket]) {
    for socket in sockets {
      var before = seen[socket.name] ?? Seen(socket: socket)
      if before.socket !== socket || before.lostCount > socket.connections.lostCount {
        before = Seen(socket: socket)
      }
      compare(socket, with: before)
      seen[socket.name] = Seen(
        socket: socket, peerCount: socket.peerCount, lostCount: socket.connections.lostCount,
        topics: socket.topics.prefixes, isReadable: socket.isReadable)
    }
    seen = seen.filter { $0.value.socket != nil }
  }

  /// The waits that stand before the statement that is written next.
  ///
  /// - Parameters:
  ///   - receiver: The socket whose message that statement takes, which waits for it anyway.
  ///   - waiter: The socket whose peers that statement waits for.
  mutating func take(beforeReceptionOn receiver: String?, beforeWaitOf waiter: String?) -> [RecordedStatement]
  {
    defer { pending = [] }
    return pending.filter { wait in
      let isForMessage = wait.text.hasSuffix("readable")
      return wait.socket != (isForMessage ? receiver : waiter)
    }.map { RecordedStatement($0.text) }
  }

  /// What a statement waited for is no news.
  mutating func settle(_ socket: NamedSocket) {
    look(at: [socket])
    pending.removeAll { $0.socket == socket.name }
  }

  /// What is pending belongs to nobody any more: the statements were not recorded.
  mutating func forget() { pending = [] }

  private mutating func compare(_ socket: NamedSocket, with before: Seen) {
    let name = socket.name
    let count = socket.peerCount
    let hasLost = socket.connections.lostCount > before.lostCount
    // A peer that connected to us may leave when it likes; one that we connected to has ended.
    if hasLost, before.peerCount > 0, !socket.endpoints.contains(where: { $0.role == .bind }) {
      add(name, "wait disconnected")
    }
    let topics = socket.topics.prefixes.subtracting(before.topics)
    if !topics.isEmpty {
      for topic in topics.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        add(name, "wait subscribed \(TextView.word(topic))")
      }
    } else if count > (hasLost ? 0 : before.peerCount), Self.needsPeers(socket) {
      add(name, count == 1 ? "wait connected" : "wait connected \(count)")
    }
    // Several peers' messages come in the order in which they arrive.
    if socket.isReadable, !before.isReadable, count > 1 { add(name, "wait readable") }
  }

  /// A bound socket that only answers or takes need not know whether anybody is there.
  static func needsPeers(_ socket: NamedSocket) -> Bool {
    let isBound = socket.endpoints.contains { $0.role == .bind }
    return !(isBound && [.rep, .pull].contains(socket.type))
  }

  private mutating func add(_ socket: String, _ wait: String) {
    let text = "\(socket) \(wait)"
    if let index = pending.firstIndex(where: {
      $0.socket == socket && $0.text.hasPrefix("\(socket) wait connected")
    }),
      wait.hasPrefix("wait connected")
    {
      pending.remove(at: index)
    }
    if !pending.contains(where: { $0.text == text }) { pending.append((socket, text)) }
  }
}

extension NamedSocket {
  /// Whether a message is there to be received.
  var isReadable: Bool {
    type.canReceive && type != .pub && (try? socket.events)?.contains(.readable) == true
  }
}
