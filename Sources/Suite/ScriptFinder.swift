import Shell
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the scripts that paths name: files as they are, of folders each `*.zs` below them.
public struct ScriptFinder {
  /// The scripts in the order of the paths, those of a folder sorted by path; each once.
  public private(set) var scripts: [String] = []
  private var seen: Set<String> = []

  /// Looks at all paths.
  ///
  /// - Throws: ``SuiteError`` for a path that is not there, a folder that cannot be read, or one without scripts.
  public init(_ paths: [String]) throws(SuiteError) {
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else { throw SuiteError("cannot read", path, ZMQError(code: errno)) }
      if status.st_mode & S_IFMT == S_IFDIR {
        let count = scripts.count
        let known = seen.count
        try addFolder(path)
        if scripts.count == count, seen.count == known {
          throw SuiteError(
            "there is no script in '\(path)'",
            help: "scripts are named *.zs; those that begin with '_' or '.' are left out: others source them")
        }
      } else {
        add(path)
      }
    }
  }

  private mutating func add(_ path: String) {
    if seen.insert(FileContents.realPath(path) ?? path).inserted { scripts.append(path) }
  }

  private mutating func addFolder(_ folder: String) throws(SuiteError) {
    let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    for name in try Self.names(in: folder) where !name.hasPrefix(".") {
      let path = folder == "." ? name : "\(base)/\(name)"
      var status = stat()
      // A link to a folder is not followed: it may lead back.
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        try addFolder(path)
      } else if name.hasSuffix(".zs"), !name.hasPrefix("_") {
        add(path)
      }
    }
  }

  /// The names in a folder, sorted by their bytes. readdir(3).
  private static func names(in folder: String) throws(SuiteError) -> [String] {
    guard let handle = opendir(folder) else { throw SuiteError("cannot read", folder, ZMQError(code: errno)) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Why no script was run.
public struct SuiteError: Error {
  /// What happened.
  public let message: String
  /// The next step, if there is one to tell.
  public let help: String?

  /// Makes an error.
  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// Makes the error of a path.
  public init(_ verb: String, _ path: String, _ error: ZMQError) {
    self.init("\(verb) '\(path)': \(error) (\(error.name))")
  }
}
