import Script
import ZeroMQ

/// `source FILE`
struct SourceCommand: Command {
  static let usage = Usage(
    "source", ["source FILE"], "run the statements of a file here",
    details: "The path is relative to the script that it stands in. Variables and sockets are shared.",
    example: "source scripts/reqrep_server.zs")

  private let path: PreparedWord
  private let directory: String
  /// Where the `$i` of the `repeat` around it is, which the file may use as a block there could.
  private let indexSlot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    path = arguments.prepare(try arguments.next("the path of a file"))
    directory = Self.directory(of: arguments.preparer.source)
    indexSlot = arguments.preparer.scope.readIndex()
    // What the file makes is not known before it is read.
    arguments.preparer.declareUnseenNames()
  }

  func run(in session: Session) throws(Failure) {
    let given = try path.text(in: session)
    let full = given.hasPrefix("/") || directory.isEmpty ? given : "\(directory)/\(given)"
    // One file may have several paths, so it is the real one that must not be met again.
    let identity = FileContents.realPath(full) ?? full
    if session.sourcing.contains(identity) {
      throw Failure(
        .syntax,
        Diagnostic(
          .error, "'\(DisplayText.safe(given))' is being read already", at: path.place,
          label: "a file cannot source itself",
          notes: ["the files: \(session.sourcing.joined(separator: " → "))"]))
    }
    guard session.sourcing.count < Self.mostNested else {
      throw Failure(
        .syntax,
        Diagnostic(.error, "\(Self.mostNested) files are being read, one inside the other", at: path.place))
    }
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(full, stoppedBy: session.interrupt)
    } catch {
      try session.checkInterrupt()
      throw Failure(
        .zmq(error),
        Diagnostic(
          .error, "cannot read '\(DisplayText.safe(full))': \(error) (\(error.name))", at: path.place))
    }
    session.sourcing.append(identity)
    defer { session.sourcing.removeLast() }
    try session.runIncluded(SourceFile(name: full, bytes: bytes), from: path.place, indexSlot: indexSlot)
  }

  /// How many files may be read one inside the other.
  private static let mostNested = 64

  private static func directory(of source: SourceFile) -> String {
    guard !source.isPrompt, let slash = source.name.lastIndex(of: "/") else { return "" }
    return slash == source.name.startIndex ? "/" : String(source.name[..<slash])
  }
}
