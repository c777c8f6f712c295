import Synchronization
import ZeroMQ

/// A block that runs beside the rest, on a thread of its own with a session of its own.
final class ShellTask: Sendable {
  /// How far it has come.
  enum State: Equatable {
    case running
    /// Ended by itself or by `stop`.
    case ended
    /// Failed; the report was written where it happened.
    case failed(ExitStatus)
  }

  /// How many bytes of stack it has: deep blocks and calls need more than some systems give a thread.
  static let stackSize = 64 << 20

  let name: String
  /// Raised to stop it.
  let interrupt: Interrupt
  /// What it waits for.
  let wait = SocketWait()
  private let progress = Mutex(State.running)
  private let thread = Mutex<WorkerThread?>(nil)

  fileprivate init(name: String) throws(ZMQError) {
    self.name = name
    interrupt = try Interrupt()
  }

  var state: State { progress.withLock { $0 } }

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - body: What it does until it is done or its interrupt is raised.
  ///   - finished: Called on the thread when `body` has returned and ``state`` says so.
  fileprivate func start(
    _ body: @escaping @Sendable (ShellTask) -> ExitStatus,
    finished: @escaping @Sendable (State, _ wasStopped: Bool) -> Void
  ) throws(ZMQError) {
    let started = try WorkerThread(stackSize: Self.stackSize) { self.run(body, finished) }
    thread.withLock { $0 = started }
  }

  /// Asks it to end and waits until it has. Every wait of a task can be stopped, so that takes no time.
  func stop() {
    interrupt.raise(.stop)
    join()
  }

  /// Asks it to end.
  func requestStop() { interrupt.raise(.stop) }

  /// Waits until its thread has ended.
  func join() { thread.withLock { $0 }?.join() }

  private func run(
    _ body: (ShellTask) -> ExitStatus, _ finished: (State, _ wasStopped: Bool) -> Void
  ) {
    let status = body(self)
    let wasStopped = interrupt.raised.contains(.stop)
    let final: State = status == .success || wasStopped ? .ended : .failed(status)
    progress.withLock { $0 = final }
    finished(final, wasStopped)
  }
}

/// The tasks that a session started.
final class TaskTable {
  private(set) var all: [ShellTask] = []
  var isEmpty: Bool { all.isEmpty }

  subscript(name: String) -> ShellTask? { all.last { $0.name == name } }

  /// The exit status of the first task that failed.
  var failedStatus: Int32? {
    for task in all { if case .failed(let status) = task.state { return status.rawValue } }
    return nil
  }

  /// Starts a task; one that has ended gives its name to a new one.
  func start(
    _ name: String, _ body: @escaping @Sendable (ShellTask) -> ExitStatus,
    finished: @escaping @Sendable (ShellTask.State, _ wasStopped: Bool) -> Void
  ) throws(Failure) {
    if let old = self[name] {
      if old.state == .running {
        throw Failure(
          .value, "a task named '\(name)' is running", label: "the name is taken",
          help: ["`stop \(name)` first, or choose another name"])
      }
      forget(old)
    }
    do {
      let task = try ShellTask(name: name)
      try task.start(body, finished: finished)
      all.append(task)
    } catch {
      throw Failure(.zmq(error), "cannot start the task '\(name)': \(error) (\(error.name))")
    }
  }

  /// Drops the tasks that failed, whose failure the script has dealt with, and gives their names.
  func forgetFailures() -> [String] {
    let failed = all.filter { if case .failed = $0.state { true } else { false } }
    for task in failed { forget(task) }
    return failed.map(\.name)
  }

  func stop(_ task: ShellTask) {
    task.stop()
    forget(task)
  }

  /// Stops all of them, side by side.
  func stopAll() {
    for task in all { task.requestStop() }
    for task in all { task.join() }
  }

  private func forget(_ task: ShellTask) {
    task.join()
    all.removeAll { $0 === task }
  }
}
