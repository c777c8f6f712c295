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
    tellQueued(on: closing)
    for socket in closing.reversed() {
      sockets.remove(socket)
      if isTracing { trace(.closed(socket: socket.name)) }
    }
  }

  /// Tells of messages for which nobody has come. libzmq keeps them for `linger`, and then drops them without a word.
  private func tellQueued(on closing: [NamedSocket]) {
    // What a script fails with is about that, or more important.
    guard !hasFailed, interrupt.raised.isDisjoint(with: .stopping) else { return }
    let queuing = closing.filter { $0.lingerTime > .zero && !$0.queuedEndpoints.isEmpty }
    guard !queuing.isEmpty else { return }
    // A peer that is there may not have shaken hands yet, which takes three ways to a server that is far away and back.
    let patience = min(Duration.milliseconds(500), queuing.map(\.lingerTime).max() ?? .zero)
    let deadline = Deadline(instant: .now + patience, length: patience, isExplicit: false)
    _ = try? wait(until: deadline, pause: .milliseconds(1)) {
      // Over `inproc` a peer comes when another thread gets there.
      queuing.allSatisfy { socket in
        socket.queuedEndpoints.allSatisfy { socket.connections.troubles[$0.resolved] != nil }
      }
    }
    for socket in queuing {
      let names = socket.queuedEndpoints.map { DisplayText.safe($0.resolved) }
      guard !names.isEmpty else { continue }
      tell(
        .notice(
          Diagnostic(
            .warning,
            "'\(socket.name)' is closed with messages queued for \(names.joined(separator: ", ")), where no peer is",
            notes: ["they are lost unless one comes within \(socket.lingerTime.spokenText), which is linger"],
            help: [
              "put `\(socket.name) wait connected\(Self.count(of: socket))` before `send`: it waits for a peer"
            ])))
    }
  }

  /// So many peers are to be waited for, where it is not one.
  private static func count(of socket: NamedSocket) -> String {
    socket.endpoints.count > 1 ? " \(socket.endpoints.count)" : ""
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
