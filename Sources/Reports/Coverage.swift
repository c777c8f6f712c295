import Shell

/// Which statements of scripts ran.
public struct Coverage: Sendable {
  /// The files by name, each with its statements: which line, and how many scripts ran it.
  public private(set) var files: [String: [Int: Statement]] = [:]

  /// What files are called, nil for what is none.
  private var names: [String: String?] = [:]

  /// A statement.
  public struct Statement: Sendable, Equatable {
    /// The line that it begins in, from 1.
    public let line: Int
    /// How many scripts ran it.
    public var count: Int
  }

  /// Nothing.
  public init() {}

  /// Adds statements that may run. What is no file, such as an alias, is not counted.
  public mutating func add(_ statements: [EventRecord.StatementPlace], of file: String) {
    guard let name = name(of: file) else { return }
    for statement in statements where files[name]?[statement.offset] == nil {
      files[name, default: [:]][statement.offset] = Statement(line: statement.line, count: 0)
    }
  }

  /// Says that a statement ran.
  public mutating func reach(_ offset: Int, of file: String) {
    guard let name = name(of: file) else { return }
    files[name]?[offset]?.count += 1
  }

  /// One file may be reached by several paths (`a/../x.zs`, `b/../x.zs`): its name is the real one, below this folder
  /// without the folder.
  private mutating func name(of file: String) -> String? {
    if let known = names[file] { return known }
    var name = FileContents.realPath(file)
    if let real = name, let folder = FileContents.realPath("."), real.hasPrefix(folder + "/") {
      name = String(real.dropFirst(folder.count + 1))
    }
    names[file] = .some(name)
    return name
  }

  /// Adds what another script ran.
  public mutating func merge(_ other: Coverage) {
    files.merge(other.files) { mine, theirs in
      mine.merging(theirs) { Statement(line: $0.line, count: $0.count + $1.count) }
    }
  }
}
