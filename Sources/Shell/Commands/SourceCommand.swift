import Script
import ZeroMQ

/// `source FILE`
struct SourceCommand: Command {
  static let usage = Usage(
    "source", ["source FILE"], "run the statements of a file here",
    details: "The path is relative to the script that it stands in. Variables and sockets are shared.",
    example: "source scripts/reqrep_server.zs",
    takes: [.one(.file)])

  private let path: PreparedWord
  private let directory: String
  /// Where the `$i` of the `repeat` around it is, which the file may use as a block there could.
  private let indexSlot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    let word = try arguments.next("the path of a file")
    path = arguments.prepare(word)
    directory = arguments.preparer.source.folder
    indexSlot = arguments.preparer.scope.readIndex()
    if let literal = word.literal {
      let full = FileContents.path(String(decoding: literal, as: UTF8.self), relativeTo: directory)
      try Self.check(full, at: path.place, for: arguments.preparer)
    } else {
      // What the file makes is not known before it is read.
      arguments.preparer.declareUnseenFile()
    }
  }

  /// Reads a file whose name is plain for its errors and its names, before anything runs.
  private static func check(_ full: String, at place: Place, for words: WordPreparer) throws(Diagnostic) {
    // A file that is not there yet may be made by what runs before; a FIFO is not to be read twice.
    guard let identity = FileContents.realPath(full), FileContents.isRegular(full),
      let bytes = try? FileContents.read(full)
    else {
      words.expectFile(full, at: place)
      return words.declareUnseenFile()
    }
    if words.including.contains(identity) { throw cycle(full, words.including, at: place) }
    guard words.including.count < mostNested else {
      throw Diagnostic(.error, "\(mostNested) files are read, one inside the other", at: place)
    }
    // Within a `def` the variables are others, so there it is checked again.
    if words.scope === words.session.scope, !words.included.insert(identity) { return }
    let source = SourceFile(name: full, bytes: bytes)
    let parsed = Parser.parse(source)
    let inner = WordPreparer(
      source: source, session: words.session, scope: words.scope, including: words.including + [identity],
      included: words.included)
    inner.report(parsed)
    _ = StatementPreparer(inner).prepare(parsed.block)
    words.absorb(inner, through: Caller(.source, at: place))
  }

  private static func cycle(_ path: String, _ files: [String], at place: Place) -> Diagnostic {
    Diagnostic(
      .error, "'\(DisplayText.safe(path))' is being read already", at: place,
      label: "a file cannot source itself",
      notes: ["the files: \(files.joined(separator: " → "))"])
  }

  func run(in session: Session) throws(Failure) {
    let given = try path.text(in: session)
    let full = FileContents.path(given, relativeTo: directory)
    // One file may have several paths, so it is the real one that must not be met again.
    let identity = FileContents.realPath(full) ?? full
    if session.sourcing.contains(identity) {
      throw Failure(.syntax, Self.cycle(full, session.sourcing, at: path.place))
    }
    guard session.sourcing.count < Self.mostNested else {
      throw Failure(
        .syntax,
        Diagnostic(.error, "\(Self.mostNested) files are being read, one inside the other", at: path.place))
    }
    let bytes = try session.readFile(full, at: path.place)
    session.sourcing.append(identity)
    defer { session.sourcing.removeLast() }
    try session.runIncluded(SourceFile(name: full, bytes: bytes), from: path.place, indexSlot: indexSlot)
  }

  /// How many files may be read one inside the other.
  private static let mostNested = 64
}
