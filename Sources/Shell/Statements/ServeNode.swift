import Script
import ZeroMQ

/// `serve SOCKET { … }`: hands a socket to a task that runs the block for each message, which is `$request`.
final class ServeNode: Node {
  /// Which socket is served.
  enum Subject {
    case existing(SocketReference)
    /// `serve rep 5546 as NAME`
    case bound(Attaching)
  }

  /// What is done with each message.
  enum Answer: Sendable {
    case block(Block)
    /// It is sent back.
    case echo
  }

  /// The variable that holds the message.
  static let requestName = "request"

  private let subject: Subject
  private let answer: Answer
  private let source: SourceFile
  private let scope: Scope

  init(_ place: Place, _ subject: Subject, _ answer: Answer, _ source: SourceFile, scope: Scope) {
    self.subject = subject
    self.answer = answer
    self.source = source
    self.scope = scope
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let socket: NamedSocket
    switch subject {
    case .existing(let reference): socket = try session.socket(reference)
    case .bound(let attaching): socket = try attaching.attach(in: session)
    }
    let name = socket.name
    let answer = answer
    let source = source
    let transfer = SocketTransfer(socket, to: name)
    session.sockets.detach(socket)
    do {
      try session.startTask(name, scope: scope) { session in
        guard let socket = transfer.take() else { return .completed }
        socket.moveToCurrentThread()
        session.sockets.add(socket)
        defer {
          if session.sockets[socket.name] === socket {
            session.sockets.detach(socket)
            transfer.give(back: socket)
          }
        }
        return session.serve(socket, answer, source)
      }
    } catch {
      session.sockets.add(socket)
      throw error
    }
    session.served[name] = transfer
    return .next
  }
}

extension Session {
  /// Receives and answers until it is stopped or fails.
  fileprivate func serve(_ socket: NamedSocket, _ answer: ServeNode.Answer, _ source: SourceFile) -> Outcome {
    let slot = scope.bind(ServeNode.requestName)
    switch answer {
    case .echo:
      return run { session throws(Failure) in
        while true {
          try session.checkInterrupt()
          try session.tick()
          try session.receive(on: socket)
          try session.send(socket.message.frames, on: socket)
        }
      }
    case .block(let block):
      guard let body = prepare(block, of: source) else { return .failed(.syntax) }
      return run { session throws(Failure) in
        // A block that closes the socket or hands it on ends the serving.
        while session.sockets[socket.name] === socket {
          try session.checkInterrupt()
          try session.tick()
          try session.receive(on: socket)
          session.sockets.use(socket)
          socket.keepMessage(in: session.frame.values + slot)
          _ = try body.execute(in: session)
        }
      }
    }
  }
}
