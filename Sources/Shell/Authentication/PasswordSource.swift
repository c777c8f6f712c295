import Script
import ZeroMQ

/// Where a password comes from: never from the line itself.
struct PasswordSource {
  private enum Origin {
    /// The terminal, without echo.
    case terminal
    /// A word that only names where it is: `$env.PASSWORD`.
    case word(PreparedWord)
    /// The first line of a file.
    case file(PreparedWord, relativeTo: String)
  }

  private let origin: Origin
  private let place: Place
  private static let mostBytes = 64 << 10  // far more than the 255 bytes that PLAIN takes

  /// Takes `$env.NAME`, `from FILE`, or nothing.
  init(_ arguments: inout Arguments) throws(Diagnostic) {
    if arguments.take("from") {
      let word = try arguments.next("a file after 'from'")
      place = arguments.place(word.span)
      origin = .file(arguments.prepare(word), relativeTo: arguments.preparer.source.folder)
      return
    }
    place = arguments.place(arguments.head.span)
    guard let word = arguments.peek, word.bareText != "as", word.assignment == nil else {
      origin = .terminal
      return
    }
    guard word.literal == nil else {
      throw arguments.error(
        "a password does not stand on the line", at: word.span, label: "others could read it there",
        help: ["without it, it is asked for; `$env.PASSWORD` and `from FILE` are for scripts"])
    }
    origin = .word(arguments.prepare(try arguments.next("")))
  }

  func password(of user: [UInt8], in session: Session) throws(Failure) -> [UInt8] {
    let password = try origin(of: user, in: session)
    // libzmq takes an empty one for none, and speaks without a mechanism.
    guard !password.isEmpty, !user.isEmpty else {
      throw Failure(
        .value,
        Diagnostic(.error, "PLAIN needs a name and a password", at: place, label: "one of them is empty"))
    }
    return password
  }

  private func origin(of user: [UInt8], in session: Session) throws(Failure) -> [UInt8] {
    switch origin {
    case .word(let word): return try word.bytes(in: session)
    case .file(let word, let folder):
      let given = try word.text(in: session)
      let path = FileContents.path(given, relativeTo: folder)
      do {
        let bytes = try FileContents.read(
          path, stoppedBy: session.interrupt, most: Self.mostBytes)
        return Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
      } catch {
        try session.checkInterrupt()
        throw Failure(
          .zmq(error),
          Diagnostic(
            .error, "cannot read '\(path)': \(error) (\(error.name))", at: place,
            help: FileContents.misplaced(given, beside: path)))
      }
    case .terminal:
      let name = DisplayText.safe(String(decoding: user, as: UTF8.self))
      guard let password = try session.askWithoutEcho("password of \(name): ") else {
        throw Failure(
          .value,
          Diagnostic(
            .error, "the password of '\(name)' cannot be asked for", at: place, label: "there is no terminal",
            help: ["`$env.PASSWORD` or `from FILE` after the name of the user"]))
      }
      return password
    }
  }
}
