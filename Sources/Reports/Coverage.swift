import Shell

/// Which statements of scripts ran.
public struct Coverage: Sendable {
  /// The files by name, each with its statements: which line, and how many scripts ran it.
  public private(set) var files: [String: [Int: Statement]] = [:]

  private var names: [String: String] = [:]

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
    let name = name(of: file)
    for statement in statements where files[name]?[statement.offset] == nil {
      files[name, default: [:]][statement.offset] = Statement(line: statement.line, count: 0)
    }
  }

  /// Says that a statement ran.
  public mutating func reach(_ offset: Int, of file: String) { files[name(of: file)]?[offset]?.count += 1 }

  /// One file may be reached by several paths (`a/../x.zs`, `b/../x.zs`): its name is the real one, below this folder
  /// without the folder.
  private mutating func name(of file: String) -> String {
    if let known = names[file] { return known }
    let real = FileContents.realPath(file) ?? file
    let folder = (FileContents.realPath(".") ?? "") + "/"
    let name = real.hasPrefix(folder) ? String(real.dropFirst(folder.count)) : real
    names[file] = name
    return name
  }

  /// Adds what another script ran.
  public mutating func merge(_ other: Coverage) {
    files.merge(other.files) { mine, theirs in
      mine.merging(theirs) { Statement(line: $0.line, count: $0.count + $1.count) }
    }
  }
}
