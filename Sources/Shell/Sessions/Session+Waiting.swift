import Script
import ZeroMQ

/// Limits and waits: every wait of a session is here, so every wait has its limit and can be stopped.
extension Session {
  /// Waits until a moment, or until the `within` around it ends.
  func sleep(until moment: Instant) throws(Failure) {
    if deadline.isExplicit, deadline.instant < moment {
      _ = try wait(until: deadline) { false }
      throw Failure(
        .timeout, "the time limit ran out", label: "it would have slept past \(deadline.length.scriptText)")
    }
    _ = try wait(until: Deadline(instant: moment, length: .zero, isExplicit: false)) { false }
  }

  /// Looks at the interrupt; called before every statement.
  @inline(__always)
  func checkInterrupt() throws(Failure) {
    guard interrupt.raised.isDisjoint(with: .ending) else { throw interruption() }
  }

  /// Looks at what ends waits and loops too; called before they begin to wait.
  private func checkTasks() throws(Failure) {
    guard interrupt.raised.contains(.taskFailed) else { return }
    // A task that failed as it was stopped has been dealt with.
    if tasks.failedStatus == nil { interrupt.take(.taskFailed) } else { throw interruption() }
  }

  func interruption() -> Failure {
    let raised = interrupt.raised
    if raised.intersection(.stopping) == .taskFailed, let status = tasks.failedStatus {
      return Failure(.task(exitStatus: status), "a task failed")
    }
    return .interrupted(raised)
  }

  /// A failure was caught by the script. Where it was a task's, that task's failure ends nothing any more.
  func didCatch(_ failure: Failure) {
    guard case .task = failure.kind else { return }
    interrupt.take(.taskFailed)
    for name in tasks.forgetFailures() { takeBack(name) }
  }

  /// Called once an iteration by every loop: a loop that never waits must see its limit, and its sockets'
  /// monitors must be read.
  @inline(__always)
  func tick() throws(Failure) {
    ticks &+= 1
    // Where a `within` is under way, a slow turn must not hide its end.
    if ticks & 0x3FF == 0 || deadline.isExplicit { try slowTick() }
  }

  @inline(never)
  private func slowTick() throws(Failure) {
    now = .now
    try checkTasks()
    if now >= deadline.instant {
      throw Failure(
        .timeout, "the time limit ran out", label: "it took longer than \(deadline.length.scriptText)")
    }
    guard now - servedAt > .milliseconds(10) else { return }
    // A loop that never waits may go on for ever.
    if let deliveries, now - deliveries.newsSince > .milliseconds(500) { tellNewsOfDeliveries() }
    servedAt = now
    try output.flush()
    if sockets.all.isEmpty { return }
    loop.serve()
  }

  /// When a wait that begins now must end, and why.
  func currentDeadline() -> Deadline {
    guard !deadline.isExplicit, let waitLimit else { return deadline }
    return Deadline(instant: .now + waitLimit, length: waitLimit, isExplicit: false)
  }

  /// Waits until the socket is ready, or throws what `diagnose` says of the limit that ran out.
  func wait(
    for socket: NamedSocket, _ events: PollEvents, until deadline: Deadline,
    orThrow timeout: () -> Failure
  ) throws(Failure) {
    guard try wait(for: socket, events, until: deadline.instant) else { throw timeout() }
  }

  /// Waits until the socket is ready; false where the moment came first.
  func wait(for socket: NamedSocket, _ events: PollEvents, until moment: Instant) throws(Failure) -> Bool {
    try output.flush()
    try checkTasks()
    tellNewsOfDeliveries()
    socketWait?.begin(for: socket.name, events)
    defer { socketWait?.end() }
    let wake: EventLoop.Wake
    do {
      wake = try loop.wait(for: socket, events, until: moment)
      now = .now
    } catch {
      throw Failure(.zmq(error), "cannot wait for '\(socket.name)': \(error) (\(error.name))")
    }
    switch wake {
    case .ready: return true
    case .limit: return false
    case .interrupted: throw interruption()
    }
  }

  /// Waits until any of some sockets is ready and gives the index of the first that is, or throws what `diagnose` says
  /// of the limit that ran out.
  func wait(
    forAny wanted: [(socket: NamedSocket, events: PollEvents)], until deadline: Deadline,
    orThrow timeout: () -> Failure
  ) throws(Failure) -> Int {
    try output.flush()
    try checkTasks()
    tellNewsOfDeliveries()
    let found: (wake: EventLoop.Wake, index: Int)
    do {
      found = try loop.wait(forAny: wanted, until: deadline.instant)
      now = .now
    } catch {
      throw Failure(.zmq(error), "cannot wait: \(error) (\(error.name))")
    }
    switch found.wake {
    case .ready: return found.index
    case .limit: throw timeout()
    case .interrupted: throw interruption()
    }
  }

  /// When what goes on for ever must end: with the `within` around it, if there is one.
  var deadlineOfLoop: Deadline { deadline.isExplicit ? deadline : .none }

  /// Waits a millisecond, for what tells nobody when it is done.
  func pause(until deadline: Deadline, orThrow timeout: () -> Failure) throws(Failure) {
    if Instant.now >= deadline.instant { throw timeout() }
    let moment = Deadline(instant: .now + .milliseconds(1), length: .zero, isExplicit: false)
    _ = try wait(until: moment) { false }
  }

  /// Waits until a condition holds; false where the limit ran out first.
  func wait(until deadline: Deadline, pause: Duration? = nil, for condition: () -> Bool) throws(Failure)
    -> Bool
  {
    try output.flush()
    try checkTasks()
    tellNewsOfDeliveries()
    let wake: EventLoop.Wake
    do {
      wake = try loop.wait(until: deadline.instant, pause: pause, for: condition)
      now = .now
    } catch {
      throw Failure(.zmq(error), "cannot wait: \(error) (\(error.name))")
    }
    switch wake {
    case .ready: return true
    case .limit: return false
    case .interrupted: throw interruption()
    }
  }
}
