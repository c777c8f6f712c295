import Script
import ZeroMQ

/// From a text to what becomes of it: parse, prepare, run.
extension Session {
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

  /// Starts a block as a task: a thread with a session of its own, which begins with copies of the variables.
  func startTask(_ name: String, _ body: Block, of source: SourceFile, scope: Scope) throws(Failure) {
    let runtime = runtime
    let names = scope.names
    let values = frame.snapshot(scope.count)
    let arguments = frame.arguments
    let scriptName = frame.scriptName
    let parent = interrupt
    let isPrompt = isInteractive
    try tasks.start(name) { interrupt in
      let session = Session(
        runtime, interrupt: interrupt, isInteractive: false, waitLimit: nil, taskName: name,
        scope: Scope(names),
        frame: Frame(arguments: arguments, scriptName: scriptName, values: values))
      defer { session.close() }
      return session.run(body, of: source).exitStatus
    } finished: { state, wasStopped in
      if state == .ended, !wasStopped { runtime.sink.handle(.taskEnded(task: name), task: nil) }
      // At the prompt a failed task is reported and stops nothing.
      parent.raise(state == .ended || isPrompt ? .taskEnded : [.taskEnded, .taskFailed])
    }
  }

  /// Prepares and runs a block that was checked before: a task's.
  private func run(_ body: Block, of source: SourceFile) -> Outcome {
    let preparer = StatementPreparer(WordPreparer(source: source, session: self))
    let prepared = preparer.prepare(body)
    let diagnostics = preparer.finish()
    for diagnostic in diagnostics { tell(.failed(diagnostic)) }
    return diagnostics.isEmpty ? run(prepared) : .failed(.syntax)
  }

  /// Runs a file where a `source` statement stands: same variables, same sockets.
  func runIncluded(_ source: SourceFile, from place: Place) throws(Failure) {
    let parsed = Parser.parse(source)
    var diagnostics = parsed.diagnostics
    let preparer = StatementPreparer(WordPreparer(source: source, session: self))
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
      let preparer = StatementPreparer(WordPreparer(source: source, session: self))
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
}
