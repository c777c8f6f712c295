import Payload
import Shell
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scripts that failed when they ran last, kept from one call of `test` to the next: `--rerun-failed`.
///
/// A file with a JSON text a line: the real path of a script.
public struct FailedScripts {
  private let file: String
  private var paths: Set<String> = []

  /// Reads the list in the state folder of the XDG Base Directory Specification; nil where there is no such folder.
  /// A list that cannot be read is an empty one.
  public init?(environment: (String) -> String? = Self.variable) {
    // The specification: a relative path is invalid and to be ignored.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      file = "\(state)/zsh-mq/failed-scripts"
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      file = "\(home)/.local/state/zsh-mq/failed-scripts"
    } else {
      return nil
    }
    for line in ((try? FileContents.read(file)) ?? []).split(separator: UInt8(ascii: "\n")) {
      if let path = (try? JSON(Array(line)))?.root.string { paths.insert(path) }
    }
  }

  /// Whether a script failed when it ran last.
  public func contains(_ script: String) -> Bool { paths.contains(Self.key(script)) }

  /// Keeps how scripts ended; those that were not run stay as they are.
  ///
  /// - Throws: The error of mkdir(2), open(2), write(2) or rename(2).
  public mutating func note(failed: [String], passed: [String]) throws(ZMQError) {
    let before = paths
    // A script that ran several times has failed if any of them did.
    paths.subtract(passed.map(Self.key))
    paths.formUnion(failed.map(Self.key))
    if paths == before { return }
    var bytes: [UInt8] = []
    for path in paths.sorted() {
      JSONString.append(Array(path.utf8), to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    try makeFolder(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
    try FileContents.replace(file, with: bytes)
  }

  private static func key(_ script: String) -> String { FileContents.realPath(script) ?? script }

  /// Makes a folder and those above it, for the user alone as the specification asks.
  private func makeFolder(_ path: String) throws(ZMQError) {
    if path.isEmpty || mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { throw ZMQError(code: errno) }
    try makeFolder(String(path[..<slash]))
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw ZMQError(code: errno) }
  }

  /// A variable of the environment.
  public static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
