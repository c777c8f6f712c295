/// An event of a script as it is kept and written: the time, and texts in place of sockets and sources.
public struct EventRecord: Sendable, Equatable {
  /// Since the script began.
  public var time: Duration
  /// The task that it happened in, nil for the script itself.
  public var task: String?
  /// What happened.
  public var fact: Fact

  /// Makes a record.
  public init(_ fact: Fact, at time: Duration, task: String? = nil) {
    self.fact = fact
    self.time = time
    self.task = task
  }

  /// What happened.
  public enum Fact: Sendable, Equatable {
    /// A statement began; the text is its line.
    case statement(file: String, line: Int, text: String)
    /// The statement that began last, and has not ended, has; `failure` is the name of an error.
    case statementEnded(file: String, line: Int, took: Duration, failure: String?)
    /// A message left: its frames as words that can be typed back, long ones shortened, and its size in bytes.
    case sent(socket: String, frames: [String], size: Int)
    /// A message came.
    case received(socket: String, frames: [String], size: Int)
    /// An expectation was compared with what came.
    case expected(socket: String, pattern: String, holds: Bool)
    /// A socket was made.
    case opened(socket: String, type: String)
    /// A socket was closed.
    case closed(socket: String)
    /// A socket was bound.
    case bound(socket: String, endpoint: String)
    /// A socket was connected.
    case connecting(socket: String, endpoint: String)
    /// A monitor told something of a connection.
    case connection(socket: String, event: String, endpoint: String)
    /// A step that a comment `# phase: …` names began.
    case phase(String)
    /// A task began.
    case taskBegun(String)
    /// A task ended by itself.
    case taskEnded(String)
    /// Something that the user should know.
    case notice(Finding)
    /// A statement failed, or the script does not parse or check.
    case failed(Finding)
    /// Statements of a file that may run: where they begin, in bytes and in lines.
    case prepared(file: String, statements: [StatementPlace])
    /// A statement ran for the first time.
    case reached(file: String, offset: Int)
    /// So many events of the trace that happened here are left out.
    case omitted(Int)
  }

  /// Where a statement begins.
  public struct StatementPlace: Sendable, Hashable {
    /// The byte, from 0.
    public let offset: Int
    /// The line, from 1.
    public let line: Int

    /// Joins both.
    public init(offset: Int, line: Int) {
      self.offset = offset
      self.line = line
    }
  }

  /// A diagnostic as a report needs it.
  public struct Finding: Sendable, Equatable {
    /// What happened.
    public var message: String
    /// Where, if it has a place: file, line and column, both from 1.
    public var file: String?
    /// The line, from 1; 0 where it has no place.
    public var line: Int
    /// The column, from 1; 0 where it has no place.
    public var column: Int
    /// Why, beside the caret.
    public var label: String?
    /// Further facts.
    public var notes: [String]
    /// What to do next.
    public var help: [String]
    /// All of it as the console shows it.
    public var picture: String

    /// Makes a finding.
    public init(
      _ message: String, file: String? = nil, line: Int = 0, column: Int = 0, label: String? = nil,
      notes: [String] = [], help: [String] = [], picture: String
    ) {
      self.message = message
      self.file = file
      self.line = line
      self.column = column
      self.label = label
      self.notes = notes
      self.help = help
      self.picture = picture
    }

    /// `demo.zs:4:8`
    public var place: String? { file.map { "\($0):\(line):\(column)" } }
  }
}

extension EventRecord.Fact {
  /// Whether it belongs to the trace, of which much may be left out.
  var isTrace: Bool {
    switch self {
    case .statement, .statementEnded, .sent, .received, .expected, .phase: true
    default: false
    }
  }

  /// Whether it is kept as coverage, and not among the events.
  public var isCoverage: Bool {
    switch self {
    case .prepared, .reached: true
    default: false
    }
  }
}
