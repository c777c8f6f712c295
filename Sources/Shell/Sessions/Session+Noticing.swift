import Payload
import Script
import ZeroMQ

/// What libzmq does without a word, told.
extension Session {
  /// Passes on what a monitor told, and what follows from it.
  func tell(_ event: MonitorEvent, of socket: NamedSocket) {
    tell(.monitor(socket: socket.name, type: socket.type, event))
    guard event.kind == .handshakeSucceeded, socket.type == .pair, socket.connections.readyCount > 1 else {
      return
    }
    warnOfSecondPeer(of: socket.name, at: event.endpoint)
  }

  /// Tells of a peer at the same endpoint that is in the way of one that has just been connected.
  func warnOfCompanions(of socket: NamedSocket) {
    guard let attachment = socket.endpoints.last, attachment.role == .connect else { return }
    let companions = socket.companions(at: attachment)
    if socket.type == .pair, attachment.isInproc, let first = companions.first {
      warnOfSecondPeer(of: first.name, at: attachment.resolved, butOf: true)
    }
    guard let id = socket.routingID, let other = companions.first(where: { $0.routingID == id }) else {
      return
    }
    tell(
      .notice(
        Diagnostic(
          .warning,
          "'\(socket.name)' has the routing id \(TextView.quoted(id)), as '\(other.name)' has at the same endpoint",
          notes: ["a ROUTER listens to the first of them alone, and drops what the other sends"],
          help: [
            "another `routing_id`, or `router_handover=1` at the ROUTER, with which the second takes the id over"
          ])))
  }

  /// Tells what happened to connections and is due.
  func tellConnections() {
    guard let teller, teller.due != nil else { return }
    for diagnostic in teller.take(from: sockets, waitingFor: loop.receiver, at: .now) {
      tell(.notice(diagnostic))
    }
  }

  private func warnOfSecondPeer(of name: String, at endpoint: String, butOf isOther: Bool = false) {
    let message =
      isOther
      ? "the peer at \(endpoint) has '\(name)' already: a PAIR has one peer"
      : "'\(name)' ignores a second peer at \(endpoint): a PAIR has one peer"
    tell(
      .notice(
        Diagnostic(
          .warning, message, notes: ["what the second one sends is lost until the first has gone"],
          help: ["for several peers, there are DEALER and ROUTER"])))
  }
}

extension NamedSocket {
  /// The routing id that the user gave it.
  var routingID: [UInt8]? {
    guard case .bytes(let id)? = options.last(where: { $0.option.name == "routing_id" })?.value else {
      return nil
    }
    return id
  }
}
