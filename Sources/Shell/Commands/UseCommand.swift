import Script

/// `use NAME`
struct UseCommand: Command {
  static let usage = Usage(
    "use", ["use NAME"], "make a socket the current one, which `send`, `recv` and the like act on",
    example: "use client",
    takes: [.one(.socket)])

  private let socket: SocketReference

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.preparer.socketReference(try arguments.next("a socket's name"))
  }

  func run(in session: Session) throws(Failure) { session.sockets.use(try session.socket(socket)) }
}
