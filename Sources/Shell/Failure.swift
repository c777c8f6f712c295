import Script
import ZeroMQ

/// A statement that failed: the kind decides what `fails` matches and how the program exits,
/// the diagnostic tells the user.
public final class Failure: Error {
  /// What went wrong.
  public enum Kind: Sendable {
    /// libzmq or the system refused.
    case zmq(ZMQError)
    /// A time limit ran out.
    case timeout
    /// An expectation did not hold.
    case mismatch
    /// A value of the script does not fit: a wrong type, an overflow, an undefined variable, no such socket.
    case value
    /// A text that was only known at run time does not parse or check.
    case syntax
    /// A program that the script started ended with a status other than 0.
    case program
    /// A task failed; the report has been written where it happened.
    case task(exitStatus: Int32)
    /// No failure: `exit` ends the script.
    case exit(ExitStatus)
    /// Nobody reads standard output any more.
    case outputClosed
    /// A signal or another thread ended the statement.
    case interrupted(Interrupt.Reasons)
  }

  /// What went wrong.
  public let kind: Kind
  /// What to tell the user.
  public let diagnostic: Diagnostic
  /// Whether it is the socket before the command that is wrong, and not the command.
  let isAboutTarget: Bool

  init(_ kind: Kind, _ diagnostic: Diagnostic, isAboutTarget: Bool = false) {
    self.kind = kind
    self.diagnostic = diagnostic
    self.isAboutTarget = isAboutTarget
  }

  convenience init(
    _ kind: Kind, _ message: String, label: String? = nil, notes: [String] = [], help: [String] = []
  ) {
    self.init(kind, Diagnostic(.error, message, label: label, notes: notes, help: help))
  }

  static func interrupted(_ reasons: Interrupt.Reasons) -> Failure {
    Failure(.interrupted(reasons), "interrupted")
  }

  /// The name that `fails` matches: an errno name, or one of ``ownNames``.
  var name: String {
    switch kind {
    case .zmq(let error): error.name
    case .timeout: "timeout"
    case .mismatch: "mismatch"
    case .value: "value"
    case .syntax: "syntax"
    case .program: "program"
    case .task: "task"
    case .exit: "exit"
    case .outputClosed: "EPIPE"
    case .interrupted: "interrupted"
    }
  }

  /// The names that ``name`` may give beside those of errno, and `any`.
  static let ownNames = ["any", "mismatch", "program", "syntax", "task", "timeout", "value"]

  /// Whether `fails` may take it as the failure of the statement; a signal never is.
  var isCatchable: Bool {
    switch kind {
    case .interrupted, .outputClosed, .exit: false
    default: true
    }
  }

  var isInterruption: Bool { if case .interrupted = kind { true } else { false } }

  var isTimeout: Bool { if case .timeout = kind { true } else { false } }

  /// How the program ends when this ends a script.
  public var exitStatus: ExitStatus {
    switch kind {
    case .zmq, .value, .program: .failed
    case .timeout: .timeout
    case .mismatch: .mismatch
    case .syntax: .syntax
    case .task(let status): ExitStatus(rawValue: status)
    case .exit(let status): status
    case .outputClosed: .brokenPipe
    case .interrupted(let reasons):
      if reasons.contains(.terminate) {
        .terminated
      } else if reasons.contains(.hangup) {
        .hungUp
      } else {
        .interrupted
      }
    }
  }

  /// The same failure with more to tell.
  func adding(notes: [String]) -> Failure {
    var more = diagnostic
    more.notes += notes
    return Failure(kind, more)
  }

  /// The same failure, with the statement through which its place was reached; it comes to the outer ones later.
  func reached(through caller: Caller) -> Failure {
    guard isCatchable else { return self }
    var diagnostic = diagnostic
    diagnostic.callers.append(caller)
    return Failure(kind, diagnostic)
  }

  /// The same failure at a place, unless it has one already: the innermost knows best.
  func located(at place: Place) -> Failure {
    if diagnostic.place != nil { return self }
    var located = diagnostic
    located.place = place
    return Failure(kind, located)
  }
}

/// How the program ends.
public struct ExitStatus: RawRepresentable, Equatable, Sendable {
  /// The number that the system is given.
  public let rawValue: Int32
  /// Any status: `exit 7`.
  public init(rawValue: Int32) { self.rawValue = rawValue }
  /// All done.
  public static let success = ExitStatus(rawValue: 0)
  /// The script does not parse or check.
  public static let syntax = ExitStatus(rawValue: 2)
  /// A statement failed.
  public static let failed = ExitStatus(rawValue: 3)
  /// An expectation did not hold.
  public static let mismatch = ExitStatus(rawValue: 4)
  /// A time limit ran out.
  public static let timeout = ExitStatus(rawValue: 5)
  /// SIGHUP.
  public static let hungUp = ExitStatus(rawValue: 129)
  /// SIGPIPE: the reader of standard output has gone, which is told by the status alone.
  public static let brokenPipe = ExitStatus(rawValue: 141)
  /// SIGINT.
  public static let interrupted = ExitStatus(rawValue: 130)
  /// SIGTERM.
  public static let terminated = ExitStatus(rawValue: 143)
}
