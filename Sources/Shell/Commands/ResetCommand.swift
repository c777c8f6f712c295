import Script
import ZeroMQ

/// `reset`: close and make again with the same endpoints, options and subscriptions.
struct ResetCommand: Command {
  static let usage = Usage(
    "reset", ["reset"], "close a socket and make it again with the same endpoints, options and subscriptions",
    details: """
      The cure for a REQ whose server died with the request: it forgets the pending request. \
      Messages that wait in the socket's queues are dropped.
      """,
    example: "client reset", actsOnSocket: true)

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
    let attachments: [NamedSocket.Attachment]
    do {
      attachments = try socket.reopen()
    } catch {
      throw Failure(.zmq(error), "cannot open '\(socket.name)' again: \(error) (\(error.name))")
    }
    session.sockets.didChange()
    for attachment in attachments {
      do {
        switch attachment.role {
        case .bind: try socket.bindAgain(attachment)
        case .connect: try socket.connect(attachment.endpoint)
        }
        session.sockets.didChange()
      } catch {
        throw Diagnosis.attach(error, attachment.role, attachment.endpoint, on: socket.name, in: session)
      }
    }
  }
}
