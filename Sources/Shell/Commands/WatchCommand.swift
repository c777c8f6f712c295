import Payload
import Script
import ZeroMQ

/// `watch [NAME...]`
struct WatchCommand: Command {
  static let usage = Usage(
    "watch", ["watch [NAME...]"], "print the messages of sockets as they come",
    details: """
      Each message is a line with the socket's name before it: at the prompt above the line that is typed, in a \
      script whenever the script waits. A `recv` on a watched socket still gets the next message itself. \
      `unwatch` ends it. What comes faster than it can be shown stays in the socket's queue.
      """,
    example: "watch client", actsOnSocket: true, takes: [.any(.socket)], needs: .receives)

  private let sockets: SocketList

  init(_ arguments: inout Arguments) throws(Diagnostic) { sockets = try SocketList(&arguments) }

  func run(in session: Session) throws(Failure) {
    let found = try sockets.resolve(in: session)
    for socket in found where !socket.type.canReceive {
      throw Failure(
        .zmq(.notSupported), "'\(socket.name)' cannot be watched",
        label: "\(Diagnosis.article(socket.type)) only sends")
    }
    for socket in found { socket.isWatched = true }
    session.sockets.didChange()
  }
}

/// `unwatch [NAME...]`
struct UnwatchCommand: Command {
  static let usage = Usage(
    "unwatch", ["unwatch [NAME...]"], "print the messages of sockets no more; without a name, of none",
    example: "unwatch", actsOnSocket: true, takes: [.any(.socket)])

  private let sockets: SocketList

  init(_ arguments: inout Arguments) throws(Diagnostic) { sockets = try SocketList(&arguments) }

  func run(in session: Session) throws(Failure) {
    let found = sockets.isUnnamed ? session.sockets.all : try sockets.resolve(in: session)
    for socket in found { socket.isWatched = false }
    session.sockets.didChange()
  }
}

/// The sockets that a command names, or the one that stands before it.
private struct SocketList {
  private let references: [SocketReference]
  /// Whether no socket is named.
  let isUnnamed: Bool

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var references: [SocketReference] = []
    while !arguments.isEmpty {
      references.append(arguments.preparer.socketReference(try arguments.next("")))
    }
    if case .current = arguments.socket { isUnnamed = references.isEmpty } else { isUnnamed = false }
    self.references = references.isEmpty ? [arguments.socket] : references
  }

  /// All are looked up first: a wrong name changes nothing.
  func resolve(in session: Session) throws(Failure) -> [NamedSocket] {
    var found: [NamedSocket] = []
    for reference in references { found.append(try session.socket(reference)) }
    return found
  }
}

extension Session {
  /// Prints the messages that a watched socket has, of very many a part, so that nobody else is kept waiting.
  func showWatched(_ socket: NamedSocket) {
    for _ in 0..<100 {
      // Whatever goes wrong, the statement that uses the socket next says so.
      guard !runtime.output.isBehind, (try? socket.receive(at: .now)) != nil else { break }
      if isTracing { trace(.received(socket: socket.name, frames: socket.message.shownFrames)) }
      try? watchOutput.writeLine { (buffer) throws(Failure) in
        buffer.append("\(socket.name): ")
        let alias = alias(of: socket.message, on: socket)
        append(socket.message, as: socket.view, alias: alias, to: buffer)
        if isInteractive, let notice = socket.streams.notice { buffer.append(" (\(notice.rawValue))") }
      }
    }
    flushQuietly()
    try? watchOutput.flush()
  }
}
