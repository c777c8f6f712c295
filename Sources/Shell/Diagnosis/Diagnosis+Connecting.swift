import ZeroMQ

/// Why a connection is not made, where nobody refused it.
extension Diagnosis {
  /// Whether libzmq gave a try up, and the other side did not refuse it.
  static func wasTooSlow(_ attachment: NamedSocket.Attachment, _ socket: NamedSocket) -> Bool {
    guard let limit = socket.number(of: "connect_timeout"), limit > 0,
      let took = socket.connections.lastTryTook(at: attachment.resolved)
    else { return false }
    return took >= .milliseconds(limit)
  }

  /// That a try to connect has met with neither an answer nor a refusal, where that is so for long.
  static func noAnswer(at attachment: NamedSocket.Attachment, of socket: NamedSocket) -> String? {
    // From the other end of the world an answer takes a third of a second.
    guard attachment.endpoint.transport == "tcp",
      let time = socket.connections.pendingTime(at: attachment.resolved), time > .milliseconds(500)
    else { return nil }
    return
      "nothing has answered for \(time.spokenText): the machine may be off, or a firewall drops what is sent there"
  }
}
