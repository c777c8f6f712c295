import Script
import ZeroMQ

/// From a text to what becomes of it: parse, prepare, run.
extension Session {
  /// Parses, checks and runs a text. Whatever is wrong has been told to the sink when this returns.
  ///
  public func run(_ source: SourceFile) -> Outcome {
    guard let program = prepare(source) else { return .failed(.syntax) }
    if let file = FileContents.realPath(source.name) { sourcing = [file] }
    defer { sourcing = [] }
    if let journal { return run(program, of: source, keeping: journal) }
    return run(program)
  }

  /// Parses and checks a text without running any of it, and gives all that is wrong with it.
  public func check(_ source: SourceFile) -> [Diagnostic] {
    isOnlyChecking = true
    defer { isOnlyChecking = false }
    let parsed = Parser.parse(source)
    let words = WordPreparer(source: source, session: self)
    words.report(parsed)
    let preparer = StatementPreparer(words)
    _ = preparer.prepare(parsed.block)
    return preparer.finish()
  }

  /// Runs prepared statements; see ``run(_:)``.
  func run(_ program: PreparedBlock) -> Outcome {
    run { (session) throws(Failure) in _ = try program.execute(in: session) }
  }

  /// Does something and tells how it went.
  func run(_ body: (Session) throws(Failure) -> Void) -> Outcome {
    frame.reserve(scope.count)
    now = .now
    if isInteractive {
      output.forgetFailure()
      hasToldSilence = false
    }
    defer { deadline = .none }
    do {
      try body(self)
      tellDeliveries()
      try output.flush()
      return tasks.failedStatus.map { .failed(ExitStatus(rawValue: $0)) } ?? .completed
    } catch {
      // Where Ctrl-C ended it, the prompt begins a new line first.
      if !error.isInterruption { tellDeliveries() }
      return end(with: error)
    }
  }

  /// Starts a block as a task.
  func startTask(_ name: String, _ body: Block, of source: SourceFile, scope: Scope) throws(Failure) {
    try startTask(name, scope: scope) { session in
      guard let prepared = session.prepare(body, of: source) else { return .failed(.syntax) }
      return session.run(prepared)
    }
  }

  /// Starts a task: a thread with a session of its own, which begins with copies of the variables and `def`s.
  func startTask(_ name: String, scope: Scope, _ body: @escaping @Sendable (Session) -> Outcome)
    throws(Failure)
  {
    // What was printed so far stands before what the task prints.
    try output.flush()
    let runtime = runtime
    let names = scope.names
    let values = frame.snapshot(scope.count)
    let arguments = frame.arguments
    let scriptName = frame.scriptName
    let definitions = definitions.texts
    let aliases = aliases
    let allowsPrograms = allowsPrograms
    let sourcing = sourcing
    let expectations = expectations
    let parent = interrupt
    let isPrompt = isInteractive
    let toldEvents = teller?.events
    try tasks.start(name) { task in
      if runtime.sink.wantsTrace { runtime.sink.handle(.taskBegun(task: name), task: nil) }
      let session = Session(
        runtime, interrupt: task.interrupt, isInteractive: false, waitLimit: nil, taskName: name,
        scope: Scope(names),
        frame: Frame(arguments: arguments, scriptName: scriptName, values: values),
        allowsPrograms: allowsPrograms, toldEvents: toldEvents)
      session.socketWait = task.wait
      session.sourcing = sourcing
      session.expectations = expectations
      defer { session.close() }
      session.aliases = aliases
      session.define(definitions)
      return body(session).exitStatus
    } finished: { state, wasStopped in
      if state == .ended, !wasStopped { runtime.sink.handle(.taskEnded(task: name), task: nil) }
      // At the prompt a failed task is reported and stops nothing.
      parent.raise(state == .ended || isPrompt ? .taskEnded : [.taskEnded, .taskFailed])
    }
  }

  /// Stops a task; a socket that it served comes back.
  func stop(_ task: ShellTask) {
    let proxy = runtime.proxies[task.name]
    tasks.stop(task)
    takeBack(task.name)
    if let proxy { note("'\(proxy.name)' has ended: \(proxy.summary)") }
  }

  func takeBack(_ task: String) {
    let current = sockets.current
    for (key, transfer) in served.sorted(by: { $0.key < $1.key }) where transfer.task == task {
      served[key] = nil
      guard let socket = transfer.take() else { continue }
      socket.moveToCurrentThread()
      sockets.add(socket)
    }
    if let current { sockets.use(current) }
  }

  /// Makes the `def`s of another session known here.
  private func define(_ texts: [Definition.Text]) {
    for text in texts { definitions[text.name] = Definition(text) }
    for text in texts {
      guard let definition = definitions[text.name] else { continue }
      let words = WordPreparer(source: text.source, session: self, scope: definition.scope)
      definition.body = StatementPreparer(words).prepare(text.body)
    }
  }

  /// Prepares a block that was checked before: a task's.
  func prepare(_ body: Block, of source: SourceFile) -> PreparedBlock? {
    let words = WordPreparer(source: source, session: self)
    words.declareUnseenNames()
    let preparer = StatementPreparer(words)
    let prepared = preparer.prepare(body)
    let diagnostics = preparer.finish()
    for diagnostic in diagnostics { tell(.failed(diagnostic)) }
    return diagnostics.isEmpty ? prepared : nil
  }

  /// Runs a file where a `source` statement stands: same variables, same sockets.
  func runIncluded(_ source: SourceFile, from place: Place, indexSlot: Int?) throws(Failure) {
    expectations?.admit(source)
    let parsed = Parser.parse(source)
    let words = WordPreparer(source: source, session: self)
    words.report(parsed)
    let preparer = StatementPreparer(words)
    let prepared = scope.naming("i", indexSlot) { preparer.prepare(parsed.block) }
    var diagnostics = preparer.finish()
    for index in diagnostics.indices { diagnostics[index].callers.append(Caller(.source, at: place)) }
    let errors = diagnostics.filter { $0.severity == .error }
    for diagnostic in diagnostics where diagnostic.severity != .error { tell(.notice(diagnostic)) }
    // The last is the failure of the `source` statement itself.
    for diagnostic in errors.dropLast() { tell(.failed(diagnostic)) }
    if let last = errors.last { throw Failure(.syntax, last) }
    frame.reserve(scope.count)
    do {
      _ = try prepared.execute(in: self)
    } catch {
      throw error.reached(through: Caller(.source, at: place))
    }
  }

  /// Parses and checks a text, telling every error in it; nil where there is one.
  func prepare(_ source: SourceFile) -> PreparedBlock? {
    let parsed = Parser.parse(source)
    var diagnostics = parsed.diagnostics
    var prepared: PreparedBlock?
    // A line at the prompt that does not parse is typed again, and has no other lines.
    if !source.isPrompt || diagnostics.allSatisfy({ $0.severity != .error }) {
      let words = WordPreparer(source: source, session: self)
      words.report(parsed)
      let preparer = StatementPreparer(words)
      prepared = preparer.prepare(parsed.block)
      diagnostics = preparer.finish()
    }
    // What follows a word that means nothing was read for what it is not.
    if prepared == nil, source.isPrompt, let head = unknownHead(of: source) { diagnostics = [head] }
    for diagnostic in diagnostics {
      tell(diagnostic.severity == .error ? .failed(diagnostic) : .notice(diagnostic))
    }
    return diagnostics.contains { $0.severity == .error } ? nil : prepared
  }

  /// Stops the tasks and closes the sockets.
  public func close() {
    tasks.stopAll()
    for task in Set(served.values.map(\.task)).sorted() { takeBack(task) }
    close(sockets.all)
    try? output.flush()
  }

  private func end(with failure: Failure) -> Outcome {
    switch failure.kind {
    case .interrupted(let reasons):
      let isInterrupt = reasons.isDisjoint(with: [.terminate, .hangup, .stop])
      // At the prompt, Ctrl-C is for the output too.
      if isInterrupt, isInteractive { output.discard() } else { output.finishWithoutWaiting() }
      return isInterrupt ? .interrupted : .ended(failure.exitStatus)
    case .outputClosed:
      return .ended(failure.exitStatus)
    case .exit:
      do { try output.flush() } catch { return end(with: error) }
      return endTask(with: failure.exitStatus)
    case .task:
      // In a script the task itself has told it.
      if isInteractive { tell(.failed(failure.diagnostic)) }
      return .failed(failure.exitStatus)
    default:
      hasFailed = !isInteractive
      tell(.failed(failure.diagnostic))
      return .failed(failure.exitStatus)
    }
  }

  /// `exit` with a status other than 0 is a task's way to fail, which must not pass without a word.
  private func endTask(with status: ExitStatus) -> Outcome {
    if taskName != nil, status != .success {
      tell(.failed(Diagnostic(.error, "the task ended with exit status \(status.rawValue)")))
    }
    return .ended(status)
  }
}
