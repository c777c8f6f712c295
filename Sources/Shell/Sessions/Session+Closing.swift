import Script
import ZeroMQ

/// Closing without losing what was sent.
extension Session {
  /// Closes sockets, each after its local peers have read what it sent.
  ///
  /// Over `ipc` a peer that is behind loses what it has not read when the connection ends (libzmq #4660), so the
  /// socket is held open for that, at most as long as it would linger.
  func close(_ closing: [NamedSocket]) {
    hold(closing)
    for socket in closing.reversed() {
      sockets.remove(socket)
      if isTracing { trace(.closed(socket: socket.name)) }
    }
  }

  private func hold(_ closing: [NamedSocket]) {
    let held = closing.filter { $0.sentCount > 0 && $0.endpoints.contains { $0.endpoint.transport == "ipc" } }
    let longest = held.map(\.lingerTime).max() ?? .zero
    guard longest > .zero, interrupt.raised.isDisjoint(with: .stopping) else { return }
    let start = Instant.now
    var quietTurns = 0
    // Ctrl-C ends the wait; what is unread then is told below.
    _ = try? wait(
      until: Deadline(instant: start + longest, length: longest, isExplicit: false), pause: .milliseconds(1)
    ) {
      let isBehind = held.contains { $0.lingerTime > start.elapsed && $0.hasUnreadMessages }
      // libzmq may be about to write more in the moment in which the peer has read all.
      quietTurns = isBehind ? 0 : quietTurns + 1
      return quietTurns > 1
    }
    for socket in held {
      let unread = socket.unreadByteCount
      guard unread > 0 else { continue }
      tell(
        .notice(
          Diagnostic(
            .warning,
            "'\(socket.name)' was closed before its peer had read all: the last messages may be lost",
            notes: ["\(unread) bytes were unread after \(start.elapsed.spokenText)"],
            help: ["give the peer longer: `\(socket.name) set linger 10s`"])))
    }
  }
}

extension NamedSocket {
  /// How long the socket may be held open when it is closed; `linger` of -1 counts as a day.
  fileprivate var lingerTime: Duration {
    guard let option = SocketOption.named("linger"), case .integer(let value)? = try? socket.get(option)
    else {
      return .zero
    }
    return value < 0 ? .seconds(86_400) : .milliseconds(value)
  }

  /// Whether a local peer has not got or not read all that was sent, as far as that can be known.
  fileprivate var hasUnreadMessages: Bool {
    let waitsForPeer = endpoints.contains { attachment in
      attachment.role == .connect && attachment.endpoint.transport == "ipc"
        && !connections.ready.contains { $0.endpoint == attachment.resolved }
    }
    return waitsForPeer || unreadByteCount > 0
  }

  fileprivate var unreadByteCount: Int {
    connections.ready.reduce(0) { count, connection in
      guard connection.endpoint.hasPrefix("ipc:") else { return count }
      return count + (unreadBytes(sentThrough: connection.descriptor) ?? 0)
    }
  }
}
