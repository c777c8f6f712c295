import Script
import ZeroMQ

/// `reset`: close and make again with the same endpoints, options and subscriptions.
struct ResetCommand: Command {
  static let usage = Usage(
    "reset", ["reset [NAME]"],
    "close a socket and make it again with the same endpoints, options and subscriptions",
    details: """
      The cure for a REQ whose server died with the request: it forgets the pending request. \
      Messages that wait in the socket's queues are dropped.
      """,
    example: "client reset", actsOnSocket: true,
    takes: [.optionalSubject(.socket)])

  private let socket: SocketReference

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var reference = arguments.socket
    if case .current = reference, !arguments.isEmpty {
      reference = arguments.preparer.socketReference(try arguments.next("a socket's name"))
    }
    socket = reference
  }

  func run(in session: Session) throws(Failure) {
    let socket = try session.socket(socket)
    let cut = socket.endpoints.filter { $0.isInproc && $0.role == .bind && socket.peerCount(at: $0) > 0 }
    let attachments: [NamedSocket.Attachment]
    do {
      attachments = try socket.reopen()
    } catch {
      throw Failure(.zmq(error), "cannot open '\(socket.name)' again: \(error) (\(error.name))")
    }
    var failures: [Failure] = []
    for attachment in attachments {
      do {
        switch attachment.role {
        case .bind: try socket.bindAgain(attachment)
        case .connect: try socket.connectAgain(attachment)
        }
      } catch {
        // The others are attached all the same, and the next `reset` tries this one again.
        socket.missing.append(attachment)
        failures.append(
          Diagnosis.attach(error, attachment.role, attachment.endpoint, on: socket, in: session))
      }
    }
    session.sockets.didChange()
    for attachment in cut {
      session.tell(
        .notice(
          Diagnostic(
            .warning,
            "the peers at \(attachment.resolved) are cut off: inproc connections are not made again",
            help: ["`reset` or `connect` them too"])))
    }
    if let first = failures.first { throw first }
  }
}
