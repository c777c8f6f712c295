import Shell
import Synchronization

/// Keeps what happens in this process as the result of a script: for the reports of `run`.
public final class ResultRecorder: EventSink {
  /// Yes: reports show it.
  public var wantsTrace: Bool { true }
  /// No: what is printed goes elsewhere.
  public var isInStepWithOutput: Bool { false }

  private let state: Mutex<State>
  private let start = ContinuousClock.now

  private struct State {
    var recorder = EventRecorder(countsStatements: false)
    var records: [EventRecord] = []
    var result: ScriptResult
  }

  /// Begins the result of a script.
  public init(path: String) {
    state = Mutex(State(result: ScriptResult(path: path, outcome: .passed)))
  }

  /// Keeps an event.
  public func handle(_ event: Event, task: String?) {
    state.withLock { state in
      state.recorder.take(event, task: task, into: &state.records)
      for record in state.records { state.result.note(record) }
      state.records.removeAll(keepingCapacity: true)
    }
  }

  /// The result, now that the script has ended.
  public func result(_ status: ExitStatus) -> ScriptResult {
    state.withLock { state in
      var result = state.result
      result.took = .now - start
      switch status {
      case .success: result.outcome = .passed
      case .interrupted, .terminated, .hungUp: result.outcome = .stopped("interrupted")
      default: result.outcome = .failed(status)
      }
      return result
    }
  }
}
