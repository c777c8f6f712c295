import Script
import ZeroMQ

/// A fact about a session, without formatting. The console, a recorder and reports only read events.
public enum Event: Sendable {
  /// A statement is about to run (told only where a sink wants the trace).
  case statement(Place)
  /// A socket was bound to an endpoint, given as libzmq resolved it.
  case bound(socket: String, endpoint: String)
  /// A socket was connected to an endpoint; a peer need not be there yet.
  case connecting(socket: String, endpoint: String)
  /// A socket's monitor told something.
  case monitor(socket: String, type: SocketType, MonitorEvent)
  /// A message left (told only where a sink wants the trace).
  case sent(socket: String, frames: [[UInt8]])
  /// A message came (told only where a sink wants the trace).
  case received(socket: String, frames: [[UInt8]])
  /// Something that the user should know and that is no error.
  case notice(Diagnostic)
  /// A statement failed, or a text does not parse or check.
  case failed(Diagnostic)
  /// A task ended by itself.
  case taskEnded(task: String)
}

/// A reader of events. Events come from every thread that has a session.
public protocol EventSink: Sendable {
  /// Whether the sink wants ``Event/statement(_:)``, ``Event/sent(socket:frames:)`` and
  /// ``Event/received(socket:frames:)``, which cost something for every message.
  var wantsTrace: Bool { get }

  /// Takes one event. `task` is the name of the task that it happened in, nil for the main script.
  func handle(_ event: Event, task: String?)
}
