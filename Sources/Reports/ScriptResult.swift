import Script
import Shell

/// What became of one script.
public struct ScriptResult: Sendable {
  /// The script, by the path that it was found at.
  public let path: String
  /// Which of several runs it was, from 1.
  public var run = 1
  /// How often it runs.
  public var runs = 1
  /// How it ended.
  public var outcome: Outcome
  /// How long it took, start and end of its process included.
  public var took: Duration = .zero
  /// Its standard output.
  public var output = CapturedOutput()
  /// Its standard error.
  public var errors = CapturedOutput()
  /// What happened in it.
  public var events = BoundedLog<EventRecord>(first: 4000, last: 2000)
  /// Its first failures, in order; the last of them ended it.
  public var failures: [EventRecord.Finding] = []
  /// The statements of its files, and which ran.
  public var coverage = Coverage()

  /// Begins with nothing known but how it ended.
  public init(path: String, outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }

  /// How a script ended.
  public enum Outcome: Sendable, Equatable {
    /// All of it held.
    case passed
    /// It ended with a status other than 0.
    case failed(ExitStatus)
    /// A signal ended it, such as SIGSEGV: its number.
    case crashed(signal: Int32)
    /// It took longer than it may.
    case overran(limit: Duration)
    /// It could not be read or started.
    case unusable(String)
    /// It says that it is not to be run, and why.
    case skipped(String)
    /// It did not run, or not to its end, because the whole was stopped: why.
    case stopped(String)
  }

  /// The path, and which run it was where there are several, fit for a line of text.
  public var name: String {
    let name = DisplayText.safe(path)
    return runs > 1 ? "\(name) (\(run)/\(runs))" : name
  }

  /// Whether it makes the whole fail.
  public var isFailure: Bool {
    switch outcome {
    case .passed, .skipped, .stopped: false
    default: true
    }
  }

  /// Whether an expectation did not hold, and nothing worse happened.
  public var isMismatch: Bool { outcome == .failed(.mismatch) }

  /// What went wrong, in a line; nil where nothing did.
  public var reason: String? {
    switch outcome {
    case .passed: nil
    case .failed(let status): failures.last?.message ?? "it ended with status \(status.rawValue)"
    case .crashed(let signal): "\(SignalName.text(signal)) ended it"
    case .overran(let limit): "it did not end within \(limit.scriptText)"
    case .unusable(let reason), .skipped(let reason), .stopped(let reason): reason
    }
  }

  /// Takes in an event.
  public mutating func note(_ record: EventRecord) {
    noteFinding(record)
    if !record.fact.isCoverage { events.append(record) }
  }

  /// Takes in what of an event is no part of ``events``, or is more than that.
  public mutating func noteFinding(_ record: EventRecord) {
    switch record.fact {
    case .prepared(let file, let statements): coverage.add(statements, of: file)
    case .reached(let file, let offset): coverage.reach(offset, of: file)
    case .failed(let finding): if failures.count < Self.mostFailures { failures.append(finding) }
    default: break
    }
  }

  /// A script with more errors than this is no script.
  private static let mostFailures = 100

  /// Forgets what only reports need that have been written by now.
  public mutating func forgetDetails() {
    events = BoundedLog(first: 0, last: 1)
    output = CapturedOutput()
    errors = CapturedOutput()
  }
}

/// What a process wrote: its beginning and its end.
public struct CapturedOutput: Sendable {
  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  /// How many bytes between the beginning and the end are left out.
  public private(set) var omitted = 0
  private static let mostKept = 64 * 1024

  /// Nothing.
  public init() {}

  /// Whether nothing was written.
  public var isEmpty: Bool { head.isEmpty }

  /// How many bytes were written.
  public var count: Int { head.count + tail.count + omitted }

  /// Adds bytes.
  public mutating func append(_ bytes: some Collection<UInt8>) {
    let room = Self.mostKept - head.count
    head += bytes.prefix(room)
    guard bytes.count > room else { return }
    tail += bytes.dropFirst(room)
    // Cut now and then, so that a flood costs one copy.
    if tail.count > 2 * Self.mostKept {
      omitted += tail.count - Self.mostKept
      tail.removeFirst(tail.count - Self.mostKept)
    }
  }

  /// It as text, with what is left out said; control characters but line ends and tabs are escaped, so that no
  /// script can drive the reader's terminal.
  public var text: String {
    if tail.isEmpty { return Self.text(head) }
    let gone = omitted > 0 ? "\n… \(omitted) bytes are left out …\n" : ""
    return omitted > 0 ? Self.text(head) + gone + Self.text(tail) : Self.text(head + tail)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.map { line in
      line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { DisplayText.safe(bytes: $0) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }
}
