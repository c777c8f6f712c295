import Script
import ZeroMQ

extension Session {
  /// Whether `auth` may begin to answer libzmq: not where a socket of the user's does.
  func checkAuthenticator() throws(Failure) {
    guard runtime.hasOwnHandler else { return }
    let own = sockets.all.first { socket in
      socket.endpoints.contains { $0.role == .bind && $0.resolved == Authenticator.endpoint }
    }
    throw Failure(
      .zmq(.addressInUse),
      "cannot authenticate: \(ZMQError.addressInUse) (\(ZMQError.addressInUse.name))",
      label: own.map { "your socket '\($0.name)' answers libzmq's questions already" }
        ?? "a task of this program answers libzmq's questions already",
      help: ["libzmq asks one handler: \(own.map { "`close \($0.name)`" } ?? "`stop` the task") first"])
  }

  /// Starts the task that answers libzmq, unless it runs.
  func startAuthenticator() throws(Failure) {
    let authenticator = runtime.authenticator
    if authenticator.isRunning { return }
    if authenticator.tells == nil { authenticator.setTells(isInteractive) }
    try startTask(Authenticator.taskName, scope: Scope()) { session in session.authenticate() }
    let limit = Deadline(instant: .now + .seconds(5), length: .seconds(5), isExplicit: false)
    let task = tasks[Authenticator.taskName]
    _ = try wait(until: limit, pause: .milliseconds(1)) {
      authenticator.isRunning || task?.state != .running
    }
    // A REP at the endpoint of ZAP is asked before anybody else: what is bound already asks it from now on, but for
    // NULL, which asks only where there is a domain.
    let unasked = sockets.all.filter { $0.hasUnaskedBinds }
    for socket in unasked {
      tell(
        .notice(
          Diagnostic(
            .warning, "'\(socket.name)' was bound before: it does not ask about its NULL peers",
            help: ["`\(socket.name) reset` makes the socket again, and it asks"])))
    }
  }

  /// Ends it. What asked it lets nobody in until it is made again.
  func stopAuthenticator() {
    if let task = tasks[Authenticator.taskName] { stop(task) }
  }

  /// Answers until it is stopped.
  fileprivate func authenticate() -> Outcome {
    let authenticator = runtime.authenticator
    var isAnswering = false
    defer { if isAnswering { authenticator.reset() } }
    return run { session throws(Failure) in
      let socket: NamedSocket
      do throws(ZMQError) {
        socket = try NamedSocket(name: "zap", type: .rep, in: session.runtime)
        try socket.bindLocally(Authenticator.endpoint)
      } catch {
        // Two tasks said `auth` in the same moment: one is enough.
        if error == .addressInUse, authenticator.isRunning { return }
        throw Failure(.zmq(error), "cannot authenticate: \(error) (\(error.name))")
      }
      defer { socket.unbindLocally(Authenticator.endpoint) }
      session.sockets.add(socket)
      isAnswering = true
      authenticator.didBind()
      while true {
        try session.checkInterrupt()
        do throws(ZMQError) {
          try session.answer(on: socket)
          continue
        } catch {
          guard error == .again else {
            throw Failure(.zmq(error), "cannot authenticate: \(error) (\(error.name))")
          }
        }
        try session.waitForRequest(on: socket)
      }
    }
  }

  private func waitForRequest(on socket: NamedSocket) throws(Failure) {
    let due = runtime.authenticator.due
    let limit = Deadline(instant: due, length: .seconds(1), isExplicit: false)
    do throws(Failure) {
      try wait(for: socket, .readable, until: limit) { Failure(.timeout, "") }
    } catch {
      guard case .timeout = error.kind else { throw error }
      tellVerdicts(runtime.authenticator.takeUntold())
    }
  }

  private func tellVerdicts(_ texts: [String]) {
    for text in texts { runtime.sink.handle(.notice(Diagnostic(.note, text)), task: nil) }
  }

  /// Takes one request and answers it. It is not traced: the password is in it.
  private func answer(on socket: NamedSocket) throws(ZMQError) {
    try socket.receive(at: .now)
    let frames = socket.message.frames
    guard let request = AuthRequest(frames) else {
      // libzmq takes 500 as a refusal.
      let id = frames.count > 1 ? frames[1] : []
      try socket.send([AuthRequest.version, id, Array("500".utf8), Array("no request".utf8), [], []])
      return
    }
    let (verdict, told) = runtime.authenticator.decide(on: request)
    tellVerdicts(told)
    try socket.send(verdict.reply)
  }
}

extension NamedSocket {
  /// Whether libzmq lets every peer of a bound endpoint in without asking.
  fileprivate var hasUnaskedBinds: Bool {
    endpoints.contains { $0.role == .bind && !$0.isInproc } && !hasMechanism && !hasZAPDomain
  }
}
