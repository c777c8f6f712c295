import Script

/// `bind TYPE|NAME ENDPOINT... [as NAME] [option=value ...]`, zmq_bind(3).
struct BindCommand: Command {
  static let usage = Usage(
    "bind", ["bind TYPE|NAME ENDPOINT... [as NAME] [OPTION=VALUE ...]"],
    "make a socket and let peers connect to it",
    details: """
      A socket type makes a new socket, the name of a socket adds endpoints to that one. \
      `5546` is tcp://127.0.0.1:5546, reachable from this machine only; `*:5546` is reachable from everywhere; \
      `:0` takes a free port, which `$NAME.port` tells; `./name` is a socket file, `@name` an abstract one. \
      `curve …` or `plain …` at the end secures it.
      """,
    example: "bind rep 5546 as server", actsOnSocket: true,
    takes: [
      .subject(.socketType, .socket), .some(.endpoint(.bind)), .any(.optionAssignment, .securityClause),
    ], keeps: .socket)

  private let attaching: Attaching

  init(_ arguments: inout Arguments) throws(Diagnostic) { attaching = try Attaching(&arguments, role: .bind) }

  func run(in session: Session) throws(Failure) { try attaching.run(in: session) }
}
