import Script
import ZeroMQ

/// The request of a REQ that has no reply yet: where it went, or for whom it waits.
extension Diagnosis {
  /// What is known of the request, for the label of an error.
  static func pendingRequest(on socket: NamedSocket, shortly: Bool = false) -> String {
    let sent = "\(socket.lastSentText) was sent \(ago(socket.sentAt))"
    if let queued = queuedRequest(on: socket) { return "\(sent) and is \(queued)" }
    let whole = sent + peersOfRequest(on: socket)
    return shortly ? whole : "\(whole) and its reply has not been received"
  }

  /// The request that waits for its reply, and where it is, as far as it can be seen.
  static func request(of socket: NamedSocket) -> String {
    let sent = "\(socket.lastSentText), sent \(ago(socket.sentAt))"
    if let queued = queuedRequest(on: socket) { return "\(sent) and \(queued)" }
    if case .sent(let endpoint, _) = socket.whereabouts() {
      return "\(sent) to \(DisplayText.safe(endpoint))"
    }
    return sent
  }

  private static func peersOfRequest(on socket: NamedSocket) -> String {
    if case .sent(let endpoint, _) = socket.whereabouts() { return " to \(DisplayText.safe(endpoint))" }
    if case .oneOf(let there, let awaited) = socket.delivery(), awaited > 0 {
      return
        " to \(there == 1 ? "1 peer" : "one of \(there) peers") or queued for \(awaited) not there yet"
    }
    // A request that waited for its peer has gone out by now, if one is there.
    let count = socket.peersWhenSent == 0 ? socket.peerCount : socket.peersWhenSent
    // One that was there and has gone since may have come unseen.
    if count == 0, let lostAt = socket.connections.lostAt, lostAt > socket.sentAt { return "" }
    return count == 0 ? " to no peer yet" : count == 1 ? " to 1 peer" : " to one of \(count) peers"
  }

  /// That a request waits for a peer at one of several endpoints, where it can be seen, and why no peer is there.
  static func queuedRequest(on socket: NamedSocket, why: Bool = false) -> String? {
    guard socket.type == .req, socket.lastAction == .sent, socket.takesTurns,
      case .queued(let endpoints) = socket.whereabouts()
    else { return nil }
    let names = endpoints.map(DisplayText.safe).joined(separator: " or ")
    let attachment = socket.endpoints.first { endpoints == [$0.resolved] }
    if why, let attachment, let trouble = trouble(at: attachment, of: socket) {
      return "queued for \(names): \(trouble)"
    }
    return "queued for \(names), where no peer is"
  }

  /// How a REQ leaves out endpoints where nobody is.
  static func turnsCure(of socket: NamedSocket) -> String {
    "`\(socket.name) set immediate 1`, then `\(socket.name) reset`: endpoints without a peer get no turn"
  }

  /// That the peer that owed the reply has gone, where the reply is not here already.
  static func lostReply(on socket: NamedSocket) -> [String] {
    guard socket.type == .req, socket.lastAction == .sent, let lostAt = socket.connections.lostAt,
      lostAt > socket.sentAt, (try? socket.socket.events)?.contains(.readable) != true
    else { return [] }
    let lost = ago(lostAt)
    switch socket.whereabouts() {
    case .queued, .sent(_, isThere: true): return []
    case .sent(let endpoint, isThere: false):
      return [
        "the peer at \(DisplayText.safe(endpoint)) disconnected, after the request: its reply will never come"
      ]
    case .unknown:
      // A request may wait for a peer at another endpoint.
      let isSole = socket.peersWhenSent <= 1 && (socket.endpoints.count == 1 || !socket.queuesForAbsent)
      return [
        isSole
          ? "the peer disconnected \(lost), after the request: its reply will never come"
          : "a peer disconnected \(lost), after the request: if it was that one, the reply will never come"
      ]
    }
  }
}
