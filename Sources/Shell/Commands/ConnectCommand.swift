import Script

/// `connect TYPE|NAME ENDPOINT... [as NAME] [option=value ...]`, zmq_connect(3).
struct ConnectCommand: Command {
  static let usage = Usage(
    "connect", ["connect TYPE|NAME ENDPOINT... [as NAME] [OPTION=VALUE ...]"],
    "make a socket and connect it to peers",
    details: """
      The peer need not be there yet: ZeroMQ goes on trying. `wait connected` waits for it. \
      One socket may be connected to several endpoints, and bound to others. `curve client KEY` or `plain client USER` at the end \
      secures it.
      """,
    example: "connect req 5546 5556 as client", actsOnSocket: true,
    takes: [
      .subject(.socketType, .socket), .some(.endpoint(.connect)), .any(.optionAssignment, .securityClause),
    ],
    keeps: .socket)

  private let attaching: Attaching

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    attaching = try Attaching(&arguments, role: .connect)
  }

  func run(in session: Session) throws(Failure) { try attaching.run(in: session) }
}
