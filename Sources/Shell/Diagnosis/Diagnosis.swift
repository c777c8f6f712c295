import Payload
import Script
import ZeroMQ

/// Why libzmq refused: its error number and the socket's own history make a reason and a cure.
enum Diagnosis {
  // MARK: Sending

  /// A send that libzmq refused at once.
  static func send(_ error: ZMQError, on socket: NamedSocket, firstFrame: [UInt8]) -> Failure {
    let message = "cannot send on '\(socket.name)': \(error) (\(error.name))"
    switch error {
    case .wrongState where socket.type == .req:
      return Failure(
        .zmq(error), message, label: pendingRequest(on: socket), notes: lostReply(on: socket),
        help: queuedRequest(on: socket) != nil
          ? [turnsCure(of: socket)]
          : [
            lostReply(on: socket).isEmpty
              ? "`\(socket.name) recv` first, or `\(socket.name) reset` to start over"
              : "`\(socket.name) reset` starts over"
          ])
    case .wrongState where socket.type == .rep:
      let label =
        socket.lastAction == .sent
        ? "the last request was answered \(ago(socket.sentAt)), and no other was received since"
        : "no request has been received yet"
      return Failure(
        .zmq(error), message, label: label,
        help: ["`\(socket.name) recv` first: a REP answers what it received"])
    case .notSupported:
      return Failure(
        .zmq(error), message, label: "\(article(socket.type)) only receives",
        help: [partnerHelp(socket, sends: true)])
    case .hostUnreachable:
      let id = TextView.quoted(firstFrame)
      return Failure(
        .zmq(error), message,
        label: socket.routingIDs.contains(firstFrame)
          ? "the peer \(id) has gone" : "no peer has the routing id \(id)",
        notes: knownRoutingIDs(of: socket),
        help: [
          "the first frame says to whom: send the id that came as the first frame of a received message"
        ] + namingHelp(socket))
    case .again:
      return noPeer(on: socket, message)
    default:
      return Failure(.zmq(error), message)
    }
  }

  /// A send that waited until its limit.
  static func sendTimeout(on socket: NamedSocket, _ deadline: Deadline) -> Failure {
    let isFull = socket.peerCount > 0
    return Failure(
      .timeout, "cannot send on '\(socket.name)' within \(deadline.length.scriptText)",
      label: isFull ? fullQueue(of: socket) : "no peer is there to take it",
      notes: (isFull ? fullQueueNotes(of: socket) : []) + troubles(of: socket),
      help: limitHelp(deadline) + (isFull ? [fullQueueCure(of: socket)] : []))
  }

  /// Nobody is there, and it was not asked to wait.
  private static func noPeer(on socket: NamedSocket, _ message: String) -> Failure {
    let label: String
    let help: String
    if socket.endpoints.isEmpty {
      label = "'\(socket.name)' is neither bound nor connected"
      help = "`bind \(socket.name) 5546` or `connect \(socket.name) 5546` first"
    } else {
      let lost = socket.connections.lostAt.map { "; the last one left \(ago($0))" } ?? ""
      label = "no peer is there to take it\(lost)"
      // Where libzmq does not try again, waiting is in vain.
      help =
        fittingConnect(insteadOf: socket)
        ?? "`\(socket.name) wait connected` first, or `within 5s \(socket.name) send …` to wait for a peer"
    }
    return Failure(.zmq(.again), message, label: label, notes: troubles(of: socket), help: [help])
  }

  // MARK: Receiving

  /// A receive that libzmq refused at once.
  static func receive(_ error: ZMQError, on socket: NamedSocket) -> Failure {
    let message = "cannot receive on '\(socket.name)': \(error) (\(error.name))"
    switch error {
    case .wrongState where socket.type == .req:
      let label =
        socket.lastAction == .received
        ? "the reply was received \(ago(socket.receivedAt)), and no request was sent since"
        : "no request has been sent yet"
      return Failure(.zmq(error), message, label: label, help: ["`\(socket.name) send Hello` first"])
    case .wrongState where socket.type == .rep:
      return Failure(
        .zmq(error), message, label: "the request received \(ago(socket.receivedAt)) has not been answered",
        help: ["`\(socket.name) send World` first, or `\(socket.name) reset` to drop the request"])
    case .notSupported:
      return Failure(
        .zmq(error), message, label: "\(article(socket.type)) only sends",
        help: [partnerHelp(socket, sends: false)])
    default:
      return Failure(.zmq(error), message)
    }
  }

  /// A receive that waited until its limit.
  static func receiveTimeout(on socket: NamedSocket, _ deadline: Deadline) -> Failure {
    var label = "no message came"
    var notes = troubles(of: socket)
    var help = limitHelp(deadline)
    switch socket.type {
    case .req:
      label = "no reply came; \(pendingRequest(on: socket, shortly: true))"
      let lost = lostReply(on: socket)
      if !lost.isEmpty {
        // Why it is not even tried again is a reason of its own.
        let isOver = socket.endpoints.contains { socket.connections.hasGivenUp($0.resolved) }
        notes = isOver ? lost + notes : lost
        let relaxing = "; `req_relaxed=1 req_correlate=1` lets it send again without"
        help = ["`\(socket.name) reset` starts over\(isOver ? "" : relaxing)"]
      } else if queuedRequest(on: socket) != nil {
        help.append(turnsCure(of: socket))
      }
    case .rep:
      label = "no request came"
      notes += cutOff(socket)
    case .dealer, .router:
      if let reason = missingDelimiter(of: socket, asks: true) {
        notes.append(reason)
        help = [delimiterCure(for: socket)]
      }
      notes += cutOff(socket)
    case .sub where socket.subscriptions.isEmpty:
      label = "'\(socket.name)' has subscribed to nothing, so nothing can come"
      help = ["`\(socket.name) subscribe ''` for all messages, `\(socket.name) subscribe PREFIX` for some"]
    case .sub:
      let prefixes = socket.subscriptions.map { $0.isEmpty ? "everything" : TextView.quoted($0) }
      notes.append("subscribed to \(prefixes.joined(separator: ", "))")
      notes += cutOff(socket)
    default: notes += cutOff(socket)
    }
    if let reason = takenID(of: socket) {
      notes.append(reason)
      help = [handoverCure]
    }
    if let id = socket.routingID, socket.receivedCount == 0, socket.peerCount > 0, socket.sentCount > 0 {
      notes.append("a ROUTER that has another peer of the routing id \(TextView.quoted(id)) ignores this one")
    }
    if socket.endpoints.isEmpty {
      label = "'\(socket.name)' is neither bound nor connected, so nothing can come"
      help = ["`bind \(socket.name) 5546` or `connect \(socket.name) 5546` first"]
    } else if socket.peerCount == 0, notes.isEmpty {
      notes.append("no peer is connected")
    }
    return Failure(
      .timeout, "nothing to receive on '\(socket.name)' within \(deadline.length.scriptText)", label: label,
      notes: notes + (socket.type == .req ? [] : lastEvents(of: socket, skippingLast: 0)), help: help)
  }

  /// What happened on a socket before an expectation failed.
  ///
  /// - Parameter skippingLast: How many of the newest messages the failure itself shows.
  static func lastEvents(of socket: NamedSocket, skippingLast: Int) -> [String] {
    let messages = socket.recent.told(skippingLast: skippingLast).suffix(3)
    let connections = socket.connections.told.suffix(3)
    return (messages.isEmpty ? [] : ["before it: \(messages.joined(separator: ", "))"])
      + (connections.isEmpty ? [] : ["connections: \(connections.joined(separator: ", "))"])
  }

  // MARK: Words

  /// What keeps endpoints without a connection from having one, a line each.
  static func troubles(of socket: NamedSocket) -> [String] {
    socket.endpoints.compactMap { attachment in
      guard let trouble = trouble(at: attachment, of: socket) else { return nil }
      return "\(DisplayText.safe(attachment.resolved)): \(trouble)"
    }
  }

  /// Why an endpoint has no connection, where that is known.
  static func trouble(at attachment: NamedSocket.Attachment, of socket: NamedSocket) -> String? {
    if let trouble = optionTrouble(at: attachment, of: socket) { return trouble }
    let connections = socket.connections
    guard !connections.ready.contains(where: { $0.endpoint == attachment.resolved }) else { return nil }
    let trouble = connections.troubles[attachment.resolved]
    let silent = connections.silent(at: attachment.resolved)
    if attachment.role == .bind {
      let silence = silent.map {
        "a client connected \(ago($0.since)) and has said nothing since, so it may not be ZeroMQ"
          + (socket.mechanism == "GSSAPI" ? "; \(noCredentials)" : "")
      }
      // A client that was refused is not forgotten for another that is silent.
      let told = [trouble.map { turnedAway($0, from: socket) }, silence].compactMap(\.self)
      return told.isEmpty ? nil : told.joined(separator: "; ")
    }
    if let silent { return silence(of: silent, with: attachment.endpoint, on: socket) }
    if let since = connections.unanswered(at: attachment.resolved) { return unanswered(since: since) }
    guard let trouble else { return nil }
    switch trouble.event.kind {
    case .connectRetried
    where attachment.endpoint.transport == "tcp" && !connections.wasAttempted(attachment.resolved):
      return "the name \(TextView.quoted(Array((attachment.endpoint.host ?? "").utf8))) cannot be resolved"
    case .connectRetried where wasTooSlow(attachment, socket):
      return
        "no answer came within connect_timeout (\(option("connect_timeout", of: socket) ?? ""))\(tries(trouble)); "
        + "it goes on trying by itself\(pace(trouble, of: socket))"
    case .connectRetried:
      let reason = failedTry(to: attachment.endpoint, connections.failure(at: attachment.resolved))
      return "\(reason)\(tries(trouble)); it goes on trying by itself\(pace(trouble, of: socket))"
    case .disconnected where trouble.wasReady: return endOfTrying(trouble, attachment, of: socket)
    case .disconnected, .handshakeFailedNoDetail:
      return noHandshake(with: attachment.endpoint, since: trouble.since, on: socket)
    case .handshakeFailedProtocol where ProtocolFailure(rawValue: trouble.event.value) == .mechanismMismatch:
      return noHandshake(with: attachment.endpoint, since: trouble.since, on: socket)
    case .handshakeFailedAuth, .handshakeFailedProtocol: return refusal(trouble.event, of: socket)
    default: return trouble.event.name
    }
  }

  private static func tries(_ trouble: ConnectionTable.Trouble) -> String {
    trouble.count > 1 ? "; tried \(trouble.count) times in \(trouble.since.elapsed.spokenText)" : ""
  }

  /// How often libzmq tries, where it tries less and less: `reconnect_ivl_max`.
  private static func pace(_ trouble: ConnectionTable.Trouble, of socket: NamedSocket) -> String {
    guard let option = SocketOption.named("reconnect_ivl"),
      case .integer(let first)? = try? socket.socket.get(option),
      // It waits up to twice as long at random.
      trouble.pause > .milliseconds(2 * first)
    else { return "" }
    return ", now every \(trouble.pause.spokenText) or so"
  }

  /// That the peer that was lost last had gone silent, and for how long.
  static func silence(of socket: NamedSocket) -> String? {
    guard socket.connections.lostToSilence, let patience = socket.heartbeatPatience else { return nil }
    return "answered no heartbeat for \(patience.spokenText)"
  }

  /// What is wrong with a client that a bound socket had to do with: its fault, and not the endpoint's.
  static func turnedAway(_ trouble: ConnectionTable.Trouble, from socket: NamedSocket) -> String {
    let when = ago(trouble.last)
    switch trouble.event.kind {
    case .handshakeFailedAuth, .handshakeFailedProtocol: return refused(trouble, by: socket)
    case .handshakeFailedNoDetail where trouble.event.value == noHandler:
      return "a client was turned away \(when): there is nobody to ask for its password; `auth plain USER`"
    case .handshakeFailedNoDetail where trouble.event.value == tookTooLong:
      let limit = option("handshake_ivl", of: socket).map { " (\($0))" } ?? ""
      return "a client did not finish its handshake within handshake_ivl\(limit) and was cut off \(when)"
    case .handshakeFailedNoDetail where socket.hasMechanism:
      return
        "a client left before the handshake \(when): it has another security than \(socket.mechanism), or it is "
        + "not ZeroMQ\(securingHint(socket))"
    default:
      // Which of the two sides closes first decides what the monitor shows, and says nothing of the reason.
      return
        "a client left before the handshake \(when): its socket type does not fit \(article(socket.type)) "
        + "(fitting: \(partners(of: socket.type, by: ", "))), its security is another, or it is not ZeroMQ"
    }
  }

  /// Why nothing comes to a socket, for a person who waits for it; nil where nothing is known to be wrong.
  static func reasonForSilence(of socket: NamedSocket) -> String? {
    if socket.endpoints.isEmpty {
      return "'\(socket.name)' is neither bound nor connected, so nothing can come"
    }
    let lost = lostReply(on: socket)
    if !lost.isEmpty { return lost.joined(separator: "; ") }
    if let queued = queuedRequest(on: socket, why: true) { return "\(socket.lastSentText) is \(queued)" }
    if socket.type == .sub, socket.subscriptions.isEmpty {
      return
        "'\(socket.name)' has subscribed to nothing, so nothing can come: `subscribe ''` is for all messages"
    }
    let troubles = troubles(of: socket)
    if !troubles.isEmpty { return troubles.joined(separator: "; ") }
    if socket.type == .xpub, socket.receivedCount > 0, socket.peerCount > 0,
      !socket.options.contains(where: { $0.option.name.hasPrefix("xpub_verbose") && $0.value == .integer(1) })
    {
      return
        "an XPUB is told of the first subscriber to a prefix alone; `\(socket.name) set xpub_verbose 1` tells of each"
    }
    if let reason = missingDelimiter(of: socket, asks: true) ?? takenID(of: socket) { return reason }
    return socket.peerCount == 0 ? "no peer is connected to '\(socket.name)'" : nil
  }

  /// How a ROUTER that connects can send first.
  private static func namingHelp(_ socket: NamedSocket) -> [String] {
    guard socket.type == .router, socket.endpoints.contains(where: { $0.role == .connect }) else { return [] }
    return ["a peer that it connects to gets a name beforehand: `connect router … connect_routing_id=anna`"]
  }

  private static func knownRoutingIDs(of socket: NamedSocket) -> [String] {
    let ids = socket.routingIDs.ids
    guard !ids.isEmpty else { return ["no peer has sent a message to '\(socket.name)' yet"] }
    let newest = ids.suffix(5).reversed().map { socket.routingIDs.alias(of: $0) ?? TextView.quoted($0) }
    let more = ids.count > 5 ? ", …" : ""
    return ["messages came from \(newest.joined(separator: ", "))\(more)"]
  }

  private static func partnerHelp(_ socket: NamedSocket, sends: Bool) -> String {
    let other = partners(of: socket.type, by: " or ")
    return sends
      ? "`\(socket.name) recv` receives; the \(other) at the other end sends"
      : "`\(socket.name) send …` sends; the \(other) at the other end receives"
  }

  private static func limitHelp(_ deadline: Deadline) -> [String] {
    deadline.isExplicit
      ? [] : ["to wait longer: `within 30s …` for one statement, `timeout 30s` or `--timeout 30s` for all"]
  }

  static func option(_ name: String, of socket: NamedSocket) -> String? {
    guard let option = SocketOption.named(name), let value = try? socket.socket.get(option) else {
      return nil
    }
    return option.format(value)
  }

  static func ago(_ moment: Instant) -> String { "\(moment.elapsed.spokenText) ago" }

  static func partners(of type: SocketType, by separator: String) -> String {
    type.peers.map { $0.name.uppercased() }.joined(separator: separator)
  }

  static func article(_ type: SocketType) -> String {
    let name = type.name.uppercased()
    return "\(name.first == "X" ? "an" : "a") \(name)"
  }
}
