import Script
import Synchronization
import ZeroMQ

/// The ZAP handler of the program: libzmq asks it before a peer is let in, and it decides by the ``AuthPolicy``.
///
/// It is shared by all sessions. The task `auth` answers the requests; what it may let in is set by the others.
///
/// Source: RFC 27.
final class Authenticator: Sendable {
  /// Where libzmq asks.
  static let endpoint = "inproc://zeromq.zap.01"
  /// The name of the task that answers.
  static let taskName = "auth"
  /// The domain that sockets without one are given, so that libzmq asks for NULL peers too.
  static let defaultDomain = "global"
  /// How many verdicts are kept for `wait auth`; older ones are only counted.
  private static let mostVerdicts = 1000
  /// How many verdicts are told in a second at most: a hostile peer may try a thousand times.
  private static let mostTold = 20

  private struct State {
    var policy = AuthPolicy()
    var isRunning = false
    /// Whether each verdict is told; nil where the kind of session decides.
    var tells: Bool?
    var counts = (allowed: 0, denied: 0)
    /// Those that no `wait auth` has taken, oldest first.
    var verdicts: [AuthVerdict] = []
    var lastRefused: AuthVerdict?
    var told = 0
    var untold = 0
    var second = Instant.past
  }

  private let state = Mutex(State())

  var isRunning: Bool { state.withLock { $0.isRunning } }
  var policy: AuthPolicy { state.withLock { $0.policy } }
  /// How many peers were let in and refused.
  var counts: (allowed: Int, denied: Int) { state.withLock { $0.counts } }
  var tells: Bool? { state.withLock { $0.tells } }

  var lastRefused: AuthVerdict? { state.withLock { $0.lastRefused } }

  func change(_ body: (inout AuthPolicy) -> Void) { state.withLock { body(&$0.policy) } }
  func setTells(_ tells: Bool) { state.withLock { $0.tells = tells } }

  /// Takes the oldest verdict of a kind that nobody has taken.
  func takeVerdict(isAllowed: Bool) -> AuthVerdict? {
    state.withLock { state in
      guard let index = state.verdicts.firstIndex(where: { $0.isAllowed == isAllowed }) else { return nil }
      return state.verdicts.remove(at: index)
    }
  }

  fileprivate func didBind() { state.withLock { $0.isRunning = true } }

  /// Forgets everything: what the next `auth` begins with.
  fileprivate func reset() { state.withLock { $0 = State() } }

  /// Decides on a request, and says what is to be told of it.
  fileprivate func decide(on request: AuthRequest) -> (verdict: AuthVerdict, told: [String]) {
    state.withLock { state in
      let verdict = state.policy.verdict(on: request)
      if verdict.isAllowed {
        state.counts.allowed += 1
      } else {
        state.counts.denied += 1
        state.lastRefused = verdict
      }
      if state.verdicts.count == Self.mostVerdicts { state.verdicts.removeFirst() }
      state.verdicts.append(verdict)
      guard state.tells == true else { return (verdict, []) }
      var told: [String] = []
      let now = Instant.now
      if now - state.second > .seconds(1) {
        if state.untold > 0 { told.append("auth answered \(state.untold) more requests") }
        state.second = now
        state.told = 0
        state.untold = 0
      }
      state.told += 1
      if state.told > Self.mostTold { state.untold += 1 } else { told.append(verdict.text) }
      return (verdict, told)
    }
  }
}

extension Session {
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
        try session.wait(for: socket, .readable, until: .none) { Failure(.timeout, "") }
      }
    }
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
    for text in told { runtime.sink.handle(.notice(Diagnostic(.note, text)), task: nil) }
    try socket.send(verdict.reply)
  }
}

extension NamedSocket {
  /// Whether libzmq lets every peer of a bound endpoint in without asking.
  fileprivate var hasUnaskedBinds: Bool {
    endpoints.contains { $0.role == .bind && !$0.isInproc } && !hasMechanism && !hasZAPDomain
  }
}
