import Shell
import Synchronization
import ZeroMQ

/// Writes events as JSON Lines to a descriptor: what a script that runs as a test tells the program that runs it, and the report of
/// `run` in JSON.
///
/// Of a loop of a million messages only the first and the last events of the trace are written, unless all are
/// wanted: that costs some 2 µs a statement, ten times less than writing all. What failed and what a person should
/// know is always written.
public final class EventStream: EventSink {
  /// Yes: it writes the trace.
  public var wantsTrace: Bool { true }
  /// Whether statements are counted.
  public let wantsCoverage: Bool
  /// No: what is printed goes elsewhere.
  public var isInStepWithOutput: Bool { false }

  private let descriptor: Int32
  private let writesAll: Bool
  /// What each line begins with, if anything.
  private let script: String?
  private let state: Mutex<State>

  private struct State {
    var recorder: EventRecorder
    /// Those of the event that is being told; empty between events.
    var records: [EventRecord] = []
    /// The trace that is kept back; its first part has been written already.
    var log = BoundedLog<EventRecord>(first: 0, last: EventStream.lastOfTrace)
    var told = 0
    /// The phase that was left out last, which is still that of what follows.
    var lostPhase: EventRecord?
    var buffer: [UInt8] = []
    var hasFailed = false
  }

  /// How many events of the trace are written as they happen.
  private static let firstOfTrace = 4000
  /// How many of those that follow are kept.
  fileprivate static let lastOfTrace = 1000
  private static let fullAt = 32 * 1024

  /// Makes a stream.
  ///
  /// - Parameters:
  ///   - descriptor: Where it is written, and never closed.
  ///   - all: Whether all of the trace is written, however long it is.
  ///   - coverage: Whether statements are counted.
  public init(descriptor: Int32, all: Bool, coverage: Bool) {
    self.descriptor = descriptor
    writesAll = all
    script = nil
    wantsCoverage = coverage
    state = Mutex(State(recorder: EventRecorder(countsStatements: coverage)))
  }

  /// Makes a stream of all events of one script for a report, each with the script's path.
  public init(descriptor: Int32, script: String) {
    self.descriptor = descriptor
    writesAll = true
    wantsCoverage = false
    self.script = script
    state = Mutex(State(recorder: EventRecorder(countsStatements: false)))
  }

  /// Writes an event, or keeps it.
  public func handle(_ event: Event, task: String?) {
    state.withLock { state in
      state.recorder.take(event, task: task, into: &state.records)
      for record in state.records {
        if writesAll || !record.fact.isTrace {
          if !record.fact.isCoverage { writeKept(&state) }
          write(record, &state)
        } else if state.told < Self.firstOfTrace {
          state.told += 1
          write(record, &state)
        } else if let gone = state.log.append(record), case .phase = gone.fact {
          state.lostPhase = gone
        }
      }
      state.records.removeAll(keepingCapacity: true)
    }
  }

  /// Writes all that was kept: the script has ended.
  public func finish() {
    state.withLock { state in
      for record in state.recorder.takePrepared() { write(record, &state) }
      writeKept(&state)
      flush(&state)
    }
  }

  private func writeKept(_ state: inout State) {
    let last = state.log.last
    guard let first = last.first else { return }
    if state.log.omitted > 0 {
      write(EventRecord(.omitted(state.log.omitted), at: first.time), &state)
      if let phase = state.lostPhase { write(phase, &state) }
      state.lostPhase = nil
    }
    for record in last { write(record, &state) }
    state.log.forgetLast()
  }

  private func write(_ record: EventRecord, _ state: inout State) {
    if state.hasFailed { return }
    let line = record.jsonLine()
    if let script {
      state.buffer += JSONReport.event(line, path: script, run: 1)
    } else {
      state.buffer += line
      state.buffer.append(UInt8(ascii: "\n"))
    }
    // What leads up to a statement is told before it runs: it may never end.
    if state.buffer.count >= Self.fullAt || record.fact.isToldAtOnce { flush(&state) }
  }

  private func flush(_ state: inout State) {
    do {
      try FileContents.write(state.buffer, to: descriptor)
    } catch {
      // The reader has gone, and nobody is left to be told.
      state.hasFailed = true
    }
    state.buffer.removeAll(keepingCapacity: true)
  }
}

extension EventRecord.Fact {
  fileprivate var isToldAtOnce: Bool {
    switch self {
    case .statementEnded, .sent, .received, .expected, .phase, .prepared, .reached: false
    default: true
    }
  }
}
