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
  /// Where data goes: standard output, unless the statement that runs has its output redirected.
  @exclusivity(unchecked) var output: Output
  /// Where the messages of watched sockets go, whatever becomes of the statement's own output.
  private(set) lazy var watchOutput = Output(runtime.output, interrupt: interrupt, taskName: taskName)
  let tasks = TaskTable()
  /// The sockets that tasks serve, by their names.
  var served: [String: SocketTransfer] = [:]
  /// The variables of the script, or of the `def` that is being called.
  @exclusivity(unchecked) var frame: Frame
  /// The names of the script, or of the `def` that is being called.
  var scope: Scope
  /// The `def`s that statements may call.
  let definitions = DefinitionTable()
  /// The aliases that statements may begin with, by their names.
  var aliases: [String: Alias] = [:]
  /// The lines that were typed, where this is the prompt's session.
  public var history: LineHistory?
  /// Where a task tells what it waits for; nil for the main session.
  var socketWait: SocketWait?
  /// Whether a text is checked that is not going to run: then a file that is missing is worth a word.
  var isOnlyChecking = false
  /// How many calls of `def`s are under way.
  var callDepth = 0
  /// The stack of the session's thread.
  let stack: StackRoom
  /// What the `return` that is being carried out gives.
  var returned = Value.undefined
  /// The frames of a message before it is sent.
  let frames = ByteBuffer()

  /// How long a statement may wait where no `within` says otherwise; nil for no limit.
  var waitLimit: Duration?
  /// Whether the prompt shows how the line could go on (`hints off` says no).
  public internal(set) var showsHints = true
  /// When the innermost `within` ends.
  @exclusivity(unchecked) var deadline = Deadline.none
  /// The files that are being read, outermost first: a `source` must not meet itself.
  var sourcing: [String] = []

  /// The terminal that a person reads results on; nil where there is none.
  public var display: Display?
  /// What became of the messages of the statement that runs; nil in scripts.
  let deliveries: DeliveryLog?
  /// What tells a person of connections, those of tasks too; nil in scripts, which have `--trace`.
  let teller: ConnectionTeller?
  /// What the prompt calls a recording that is under way; nil where nothing is recorded.
  public internal(set) var recordingMark: String?
  /// Whether `sh` and pipes may start programs (`--no-shell` says no).
  let allowsPrograms: Bool
  /// What the expectations of the script met, where they are to be written anew; its tasks have the same.
  public var expectations: ExpectationLog?
  /// What the session meant so far, where a person types; nil in scripts and tasks.
  var journal: Journal?
  /// Whether statements and messages are told: a sink wants the trace, or the journal keeps them.
  @exclusivity(unchecked) private var traces: Bool
  /// The time, as it was when this session last waited or took a look at the clock: good for telling how long
  /// ago a message was sent, and free for each message.
  @exclusivity(unchecked) var now = Instant.now
  @exclusivity(unchecked) var ticks: UInt32 = 0
  var servedAt = Instant.past
  /// Whether it was told in this statement why a wait goes on.
  var hasToldSilence = false
  /// What a statement that Ctrl-C ended has still to say, once the terminal has a new line.
  var parting: String?
  /// Whether a script has ended with an error.
  var hasFailed = false
  private var saidOnce: Set<String> = []

  /// Makes the main session.
  ///
  /// - Parameters:
  ///   - runtime: What it shares with its tasks.
  ///   - interrupt: What stops its waits.
  ///   - isInteractive: Whether a person types the statements.
  ///   - waitLimit: How long a statement may wait; nil for no limit.
  ///   - scriptName: `$0`.
  ///   - arguments: `$1` and so on.
  ///   - allowsPrograms: Whether `sh` and pipes may start programs.
  public convenience init(
    _ runtime: Runtime, interrupt: Interrupt, isInteractive: Bool, waitLimit: Duration?,
    scriptName: String = "zsh-mq", arguments: [String] = [], allowsPrograms: Bool = true
  ) {
    let frame = Frame(arguments: arguments.map { Array($0.utf8) }, scriptName: scriptName)
    self.init(
      runtime, interrupt: interrupt, isInteractive: isInteractive, waitLimit: waitLimit, taskName: nil,
      scope: Scope(), frame: frame, allowsPrograms: allowsPrograms,
      toldEvents: isInteractive ? .standard : nil)
  }

  init(
    _ runtime: Runtime, interrupt: Interrupt, isInteractive: Bool, waitLimit: Duration?, taskName: String?,
    scope: Scope, frame: Frame, allowsPrograms: Bool, toldEvents: ToldEvents?
  ) {
    self.runtime = runtime
    self.interrupt = interrupt
    self.isInteractive = isInteractive
    self.waitLimit = waitLimit
    self.taskName = taskName
    self.scope = scope
    self.frame = frame
    self.allowsPrograms = allowsPrograms
    stack = StackRoom(size: taskName == nil ? nil : ShellTask.stackSize)
    traces = runtime.sink.wantsTrace
    teller = toldEvents.map(ConnectionTeller.init)
    deliveries = isInteractive ? DeliveryLog() : nil
    output = Output(runtime.output, interrupt: interrupt, taskName: taskName)
    loop = EventLoop(interrupt: interrupt, sockets: sockets)
    // A slow reader may take its time, unless a `within` says otherwise.
    output = Output(
      runtime.output, interrupt: interrupt, taskName: taskName,
      limit: { [unowned self] in (deadline.instant, deadline.length) })  // the output ends with this session
    // The loop is this session's own and ends with it.
    loop.tell = { [unowned self] socket, event, change in
      self.tell(event, of: socket)
      teller?.note(socket, event, change)
    }
    loop.show = { [unowned self] socket in showWatched(socket) }
    loop.warn = { [unowned self] socket, connection, finding in
      tell(.notice(Diagnosis.memory(finding, of: connection, on: socket)))
    }
    loop.canShow = { [runtime] in !runtime.output.isBehind }
    loop.didWait = { [unowned self] in tellConnections() }
    if let teller { loop.wakesAt = { teller.due ?? .never } }
  }

  func flushQuietly() {
    // The failure that is being told matters more than one of the output.
    try? output.flush()
  }

  // MARK: Telling

  /// Whether other sessions of the program write to the same output: then what was printed before a message is
  /// sent must be out before anything that the message leads to.
  @inline(__always) var hasCompany: Bool { taskName != nil || !tasks.isEmpty }

  /// Whether statements and messages are told.
  @inline(__always) var isTracing: Bool {
    get { traces }
    set { traces = newValue }
  }

  func tell(_ event: Event) {
    flushQuietly()
    _ = journal?.note(event)
    runtime.sink.handle(event, task: taskName)
  }

  /// Tells an event of the trace. To be called only where ``isTracing`` says so.
  func trace(_ event: Event) {
    let isKept = journal?.note(event) == true
    guard runtime.sink.wantsTrace else {
      // The journal has had enough of a loop: it runs on as fast as in a script.
      if !isKept { isTracing = false }
      return
    }
    if runtime.sink.isInStepWithOutput { flushQuietly() }
    runtime.sink.handle(event, task: taskName)
  }

  /// Tells the person at the prompt something; scripts are spared.
  func note(_ message: @autoclosure () -> String, help: [String] = []) {
    guard isInteractive else { return }
    tell(.notice(Diagnostic(.note, message(), help: help)))
  }

  /// Tells what the statement that was interrupted left to be told.
  public func tellParting() {
    guard let parting else { return }
    self.parting = nil
    note(parting)
  }

  /// As ``note(_:help:)``, but only the first time for each key.
  func noteOnce(_ key: String, _ message: @autoclosure () -> String, help: [String] = []) {
    guard isInteractive, isFirst(text: key) else { return }
    tell(.notice(Diagnostic(.note, message(), help: help)))
  }

  /// Whether something is said for the first time.
  func isFirst(text: String) -> Bool { saidOnce.insert(text).inserted }
}
