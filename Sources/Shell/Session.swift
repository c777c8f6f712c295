import Script
import ZeroMQ

/// One thread's shell: its sockets, its variables, its limits, and the tasks that it started.
///
/// The main thread has one, and each task has one of its own. Nothing of it is shared.
public final class Session {
  let runtime: Runtime
  /// The task that this session is, nil for the main one.
  let taskName: String?
  /// Whether a person types the statements: then waits have no limit, and what happened is told.
  let isInteractive: Bool
  let sockets = SocketTable()
  let interrupt: Interrupt
  let loop: EventLoop
  let output: Output
  let tasks = TaskTable()
  let frame: Frame
  let scope: Scope
  /// The frames of a message before it is sent.
  let frames = ByteBuffer()

  /// How long a statement may wait where no `within` says otherwise; nil for no limit.
  var waitLimit: Duration?
  /// When the innermost `within` ends.
  @exclusivity(unchecked) var deadline = Deadline.none
  /// The files that are being read, outermost first: a `source` must not meet itself.
  var sourcing: [String] = []

  private let traces: Bool
  /// The time, as it was when this session last waited or took a look at the clock: good for telling how long
  /// ago a message was sent, and free for each message.
  @exclusivity(unchecked) private(set) var now = Instant.now
  @exclusivity(unchecked) private var ticks: UInt32 = 0
  private var servedAt = Instant.past
  private var saidOnce: Set<String> = []

  /// A time limit and what set it.
  struct Deadline {
    var instant: Instant
    /// The length that the user gave.
    var length: Duration
    /// Whether a `within` set it, and not the limit for every wait.
    var isExplicit: Bool

    static let none = Deadline(instant: .never, length: .zero, isExplicit: false)
  }

  /// Makes the main session.
  ///
  /// - Parameters:
  ///   - runtime: What it shares with its tasks.
  ///   - interrupt: What stops its waits.
  ///   - isInteractive: Whether a person types the statements.
  ///   - waitLimit: How long a statement may wait; nil for no limit.
  ///   - scriptName: `$0`.
  ///   - arguments: `$1` and so on.
  public convenience init(
    _ runtime: Runtime, interrupt: Interrupt, isInteractive: Bool, waitLimit: Duration?,
    scriptName: String = "zsh-mq", arguments: [String] = []
  ) {
    let frame = Frame(arguments: arguments.map { Array($0.utf8) }, scriptName: scriptName)
    self.init(
      runtime, interrupt: interrupt, isInteractive: isInteractive, waitLimit: waitLimit, taskName: nil,
      scope: Scope(), frame: frame)
  }

  init(
    _ runtime: Runtime, interrupt: Interrupt, isInteractive: Bool, waitLimit: Duration?, taskName: String?,
    scope: Scope, frame: Frame
  ) {
    self.runtime = runtime
    self.interrupt = interrupt
    self.isInteractive = isInteractive
    self.waitLimit = waitLimit
    self.taskName = taskName
    self.scope = scope
    self.frame = frame
    traces = runtime.sink.wantsTrace
    output = Output(runtime.output, interrupt: interrupt, taskName: taskName)
    loop = EventLoop(interrupt: interrupt, sockets: sockets)
    loop.tell = { [unowned self] socket, event in  // the loop is this session's own and ends with it
      self.tell(.monitor(socket: socket.name, type: socket.type, event))
    }
  }

  // MARK: Running

  /// Parses, checks and runs a text. Whatever is wrong has been told to the sink when this returns.
  ///
  public func run(_ source: SourceFile) -> Outcome {
    guard let program = prepare(source) else { return .failed(.syntax) }
    return run(program)
  }

  /// What became of a text.
  public enum Outcome: Equatable, Sendable {
    /// All of it ran.
    case completed
    /// A statement failed, and was told: a script ends with this status, the prompt goes on.
    case failed(ExitStatus)
    /// Ctrl-C: a script ends, the prompt goes on.
    case interrupted
    /// `exit`, a signal or a vanished reader of the output: script and prompt end.
    case ended(ExitStatus)

    /// How a script ends with it.
    public var exitStatus: ExitStatus {
      switch self {
      case .completed: .success
      case .failed(let status), .ended(let status): status
      case .interrupted: .interrupted
      }
    }
  }

  /// Runs a prepared text; see ``run(_:)``.
  func run(_ program: PreparedBlock) -> Outcome {
    frame.reserve(scope.count)
    now = .now
    defer { deadline = .none }
    do {
      _ = try program.execute(in: self)
      try output.flush()
      return tasks.failedStatus.map { .failed(ExitStatus(rawValue: $0)) } ?? .completed
    } catch {
      return end(with: error)
    }
  }

  /// Prepares and runs a block that was checked before: a task's.
  func run(_ body: Block, of source: SourceFile) -> Outcome {
    let preparer = Preparer(source: source, session: self)
    let prepared = preparer.prepare(body)
    let diagnostics = preparer.finish()
    for diagnostic in diagnostics { tell(.failed(diagnostic)) }
    return diagnostics.isEmpty ? run(prepared) : .failed(.syntax)
  }

  /// Runs a file where a `source` statement stands: same variables, same sockets.
  func runIncluded(_ source: SourceFile, from place: Place) throws(Failure) {
    let parsed = Parser.parse(source)
    var diagnostics = parsed.diagnostics
    let preparer = Preparer(source: source, session: self)
    let prepared = preparer.prepare(parsed.block)
    if diagnostics.isEmpty { diagnostics = preparer.finish() }
    if var first = diagnostics.first {
      // All but the last are told here; the last is the failure of the `source` statement itself.
      for diagnostic in diagnostics.dropFirst().reversed() {
        var diagnostic = diagnostic
        diagnostic.includedFrom.append(place)
        tell(.failed(diagnostic))
      }
      first.includedFrom.append(place)
      throw Failure(.syntax, first)
    }
    frame.reserve(scope.count)
    do {
      _ = try prepared.execute(in: self)
    } catch {
      var diagnostic = error.diagnostic
      diagnostic.includedFrom.append(place)
      throw Failure(error.kind, diagnostic)
    }
  }

  /// Parses and checks a text, telling every error in it; nil where there is one.
  func prepare(_ source: SourceFile) -> PreparedBlock? {
    let parsed = Parser.parse(source)
    var diagnostics = parsed.diagnostics
    var prepared: PreparedBlock?
    if diagnostics.allSatisfy({ $0.severity != .error }) {
      let preparer = Preparer(source: source, session: self)
      prepared = preparer.prepare(parsed.block)
      diagnostics += preparer.finish()
    }
    for diagnostic in diagnostics {
      tell(diagnostic.severity == .error ? .failed(diagnostic) : .notice(diagnostic))
    }
    return diagnostics.contains { $0.severity == .error } ? nil : prepared
  }

  /// Stops the tasks and closes the sockets.
  public func close() {
    tasks.stopAll()
    close(sockets.all)
    try? output.flush()
  }

  private func end(with failure: Failure) -> Outcome {
    switch failure.kind {
    case .interrupted(let reasons):
      output.discard()
      return reasons.isDisjoint(with: [.terminate, .hangup, .stop])
        ? .interrupted : .ended(failure.exitStatus)
    case .outputClosed:
      return .ended(failure.exitStatus)
    case .exit:
      flushQuietly()
      return .ended(failure.exitStatus)
    case .task:
      flushQuietly()
      return .failed(failure.exitStatus)
    default:
      tell(.failed(failure.diagnostic))
      return .failed(failure.exitStatus)
    }
  }

  private func flushQuietly() {
    // The failure that is being told matters more than one of the output.
    try? output.flush()
  }

  // MARK: Telling

  /// Whether statements and messages are told.
  @inline(__always) var isTracing: Bool { traces }

  func tell(_ event: Event) {
    flushQuietly()
    runtime.sink.handle(event, task: taskName)
  }

  /// Tells the person at the prompt something; scripts are spared.
  func note(_ message: @autoclosure () -> String, help: [String] = []) {
    guard isInteractive else { return }
    tell(.notice(Diagnostic(.note, message(), help: help)))
  }

  /// As ``note(_:help:)``, but only the first time for each key.
  func noteOnce(_ key: String, _ message: @autoclosure () -> String, help: [String] = []) {
    guard isInteractive, saidOnce.insert(key).inserted else { return }
    tell(.notice(Diagnostic(.note, message(), help: help)))
  }

  // MARK: Finding sockets

  /// The socket that a statement means.
  @inline(__always)
  func socket(_ reference: SocketReference) throws(Failure) -> NamedSocket {
    switch reference {
    case .current:
      if let socket = sockets.current { return socket }
    case .slot(let slot):
      if let socket = sockets[slot: slot] { return socket }
    case .word(let word):
      return try socket(named: word.bytes(in: self))
    }
    throw missingSocket(reference)
  }

  func socket(named name: [UInt8]) throws(Failure) -> NamedSocket {
    let name = String(decoding: name, as: UTF8.self)
    guard let socket = sockets[name] else { throw missingSocket(named: name) }
    return socket
  }

  private func missingSocket(_ reference: SocketReference) -> Failure {
    if case .slot(let slot) = reference { return missingSocket(named: sockets.name(ofSlot: slot)) }
    return Failure(
      .value, "there is no socket", label: "it needs one to act on",
      help: ["make one first: `bind rep 5546` or `connect req 5546`"])
  }

  private func missingSocket(named name: String) -> Failure {
    let names = sockets.all.map(\.name)
    var help: [String] = []
    if let near = nearest(to: name, in: names) {
      help.append("did you mean '\(near)'?")
    } else if names.isEmpty {
      help.append("make one first: `connect req 5546 as \(name)`")
    }
    let known = names.isEmpty ? "there is no socket yet" : "the sockets are \(names.joined(separator: ", "))"
    return Failure(.value, "no socket is named '\(name)'", label: known, help: help)
  }

  // MARK: Limits and waits

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
    if !interrupt.raised.isDisjoint(with: .stopping) { throw interruption() }
  }

  private func interruption() -> Failure {
    let raised = interrupt.raised
    if raised.intersection(.stopping) == .taskFailed, let status = tasks.failedStatus {
      return Failure(.task(exitStatus: status), "a task failed")
    }
    return .interrupted(raised)
  }

  /// Called once an iteration by every loop: a loop that never waits must see its limit, and its sockets'
  /// monitors must be read.
  @inline(__always)
  func tick() throws(Failure) {
    ticks &+= 1
    if ticks & 0x3FF == 0 { try slowTick() }
  }

  @inline(never)
  private func slowTick() throws(Failure) {
    now = .now
    if now >= deadline.instant {
      throw Failure(
        .timeout, "the time limit ran out", label: "it took longer than \(deadline.length.scriptText)")
    }
    guard now - servedAt > .milliseconds(10) else { return }
    servedAt = now
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
    try output.flush()
    let wake: EventLoop.Wake
    do {
      wake = try loop.wait(for: socket, events, until: deadline.instant)
      now = .now
    } catch {
      throw Failure(.zmq(error), "cannot wait for '\(socket.name)': \(error) (\(error.name))")
    }
    switch wake {
    case .ready: return
    case .limit: throw timeout()
    case .interrupted: throw interruption()
    }
  }

  /// Waits until a condition holds; false where the limit ran out first.
  func wait(until deadline: Deadline, pause: Duration? = nil, for condition: () -> Bool) throws(Failure)
    -> Bool
  {
    try output.flush()
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

/// Which socket a statement acts on.
enum SocketReference {
  /// The one made or used last.
  case current
  /// The one of a name that the script makes plain, by its slot.
  case slot(Int)
  /// The one whose name is interpolated.
  case word(PreparedWord)
}
