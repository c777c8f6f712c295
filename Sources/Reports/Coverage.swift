/// Which statements of scripts ran.
public struct Coverage: Sendable {
  /// The files by name, each with its statements: which line, and how many scripts ran it.
  public private(set) var files: [String: [Int: Statement]] = [:]

  /// A statement.
  public struct Statement: Sendable, Equatable {
    /// The line that it begins in, from 1.
    public let line: Int
    /// How many scripts ran it.
    public var count: Int
  }

  /// Nothing.
  public init() {}

  /// Adds statements that may run.
  public mutating func add(_ statements: [EventRecord.StatementPlace], of file: String) {
    for statement in statements where files[file]?[statement.offset] == nil {
      files[file, default: [:]][statement.offset] = Statement(line: statement.line, count: 0)
    }
  }

  /// Says that a statement ran.
  public mutating func reach(_ offset: Int, of file: String) { files[file]?[offset]?.count += 1 }

  /// Adds what another script ran.
  public mutating func merge(_ other: Coverage) {
    files.merge(other.files) { mine, theirs in
      mine.merging(theirs) { Statement(line: $0.line, count: $0.count + $1.count) }
    }
  }
}
