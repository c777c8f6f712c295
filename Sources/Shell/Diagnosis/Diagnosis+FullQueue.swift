import ZeroMQ

/// A peer that does not read: the queue to it is full, and a send waits.
extension Diagnosis {
  static func fullQueue(of socket: NamedSocket) -> String {
    let highWaterMark = option("sndhwm", of: socket).map { " (sndhwm is \($0))" } ?? ""
    return socket.peerCount == 1
      ? "the queue to the peer is full\(highWaterMark): it reads too slowly, or not at all"
      : "the queues to all peers that it may go to are full\(highWaterMark): they read too slowly, or not at all"
  }

  /// Which message waits, since when, and what is known of what is before it.
  static func fullQueueNotes(of socket: NamedSocket) -> [String] {
    let last = socket.sentCount == 0 ? "" : "; the one before it was taken \(ago(socket.sentAt))"
    let unread = socket.connections.ready.reduce(0) { $0 + (unreadBytes(sentThrough: $1.descriptor) ?? 0) }
    let system = unread > 0 ? ", and \(unread) bytes on the way in the system" : ""
    return [
      "it is message \(socket.sentCount + 1)\(last)",
      "as many as sndhwm says wait here\(system); how many the peer took and did not read is not known here",
    ]
  }

  static func fullQueueCure(of socket: NamedSocket) -> String {
    "`\(socket.name) reset` drops what waits; a larger `sndhwm`, set before the connect or bind, lets more wait"
  }
}
