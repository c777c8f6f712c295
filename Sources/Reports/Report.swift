/// A reader of results: it is told of each script in turn, and gives the text that is next in the report.
public protocol Report: AnyObject {
  /// So many scripts will be told of.
  func begin(_ count: Int) -> String
  /// A script has ended, or was left out. They come in the order in which they were given.
  func add(_ result: ScriptResult) -> String
  /// All have been told of.
  func end(_ summary: Summary) -> String
}

/// How the whole went.
public struct Summary: Sendable {
  /// How long it took.
  public var took: Duration = .zero
  /// How many passed.
  public var passed = 0
  /// How many failed.
  public var failed = 0
  /// How many say that they are not to be run.
  public var skipped = 0
  /// How many did not run or not to their end, because the whole was stopped.
  public var stopped = 0
  /// Why the whole was stopped, if it was.
  public var interruption: String?
  /// Which statements ran, where that was asked for.
  public var coverage: Coverage?

  /// Nothing yet.
  public init() {}

  /// How many there were.
  public var count: Int { passed + failed + skipped + stopped }

  /// Takes in how one script ended.
  public mutating func note(_ result: ScriptResult) {
    switch result.outcome {
    case .passed: passed += 1
    case .skipped: skipped += 1
    case .stopped: stopped += 1
    default: failed += 1
    }
  }
}
