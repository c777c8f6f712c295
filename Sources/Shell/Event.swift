import Script
import ZeroMQ

/// A fact about a session, without formatting. The console, a recorder and reports only read events.
public enum Event: Sendable {
  /// A statement is about to run (told only where a sink wants the trace).
  case statement(Place)
  /// A statement has ended: how long it took, with all that is in it, and the name of its failure if it failed,
  /// which a `fails`, `try` or `retry` around it may take (told only where a sink wants the trace).
  case statementEnded(Place, took: Duration, failure: String?)
  /// A statement was prepared and may run (told only where a sink wants coverage).
  case prepared(Place)
  /// A socket was made (told only where a sink wants the trace).
  case opened(socket: String, type: SocketType)
  /// A socket was closed (told only where a sink wants the trace).
  case closed(socket: String)
  /// A socket was bound to an endpoint, given as libzmq resolved it.
  case bound(socket: String, endpoint: String)
  /// A socket was connected to an endpoint; a peer need not be there yet.
  case connecting(socket: String, endpoint: String)
  /// A socket's monitor told something.
  case monitor(socket: String, type: SocketType, MonitorEvent)
  /// A message left at this moment or shortly after it (told only where a sink wants the trace).
  case sent(socket: String, frames: [[UInt8]], at: Instant)
  /// A message came (told only where a sink wants the trace).
  case received(socket: String, frames: [[UInt8]])
  /// What became of messages that were sent, those of a statement together; `subject` is the socket where that is not
  /// plain (told only at the prompt, and in the trace where they did not reach a peer).
  case delivered(subject: String?, messages: Int, Delivery)
  /// An expectation was compared with what came, or with nothing that came in time (told only where a sink wants
  /// the trace).
  case expected(socket: String, pattern: String, holds: Bool)
  /// Something that the user should know and that is no error.
  case notice(Diagnostic)
  /// A statement failed, or a text does not parse or check.
  case failed(Diagnostic)
  /// A task began (told only where a sink wants the trace).
  case taskBegun(task: String)
  /// A task ended by itself.
  case taskEnded(task: String)
}

/// A reader of events. Events come from every thread that has a session.
public protocol EventSink: Sendable {
  /// Whether the sink wants the events of the trace, which cost something for every statement and message.
  var wantsTrace: Bool { get }

  /// Whether the sink wants ``Event/prepared(_:)`` for every statement.
  var wantsCoverage: Bool { get }

  /// Whether what was printed before an event of the trace must be out before the event is told: where both go to
  /// one terminal.
  var isInStepWithOutput: Bool { get }

  /// Takes one event. `task` is the name of the task that it happened in, nil for the main script.
  func handle(_ event: Event, task: String?)
}

extension EventSink {
  /// No, unless a sink says otherwise.
  public var wantsCoverage: Bool { false }
  /// Yes, unless a sink says otherwise.
  public var isInStepWithOutput: Bool { true }
}
