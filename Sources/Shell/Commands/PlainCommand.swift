import Script

/// `plain server`, `plain client USER [$env.NAME|from FILE]`, zmq_plain(7).
struct PlainCommand: Command {
  static let usage = Usage(
    "plain", SecurityClause.plainSynopsis,
    "ask the peers of a socket for a name and a password, with PLAIN",
    details: """
      The password is asked for without showing it, or comes from a variable or a file. PLAIN encrypts nothing: who \
      can read the wire, reads the password. It counts from the next bind or connect on, so it stands on their line \
      as well: `connect req 5546 plain client alice`. Who is let in is a matter of `auth plain`.
      """,
    example: "socket rep as server; server plain server", actsOnSocket: true,
    takes: [
      .one(.word("client", "give a name and a password", .any), .word("server", "ask for them", .any)),
      .any(.after(["from"], .file)),
    ])

  private let socket: SocketReference
  private let clause: SecurityClause

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    clause = try SecurityClause("plain", at: arguments.head.span, &arguments)
  }

  func run(in session: Session) throws(Failure) { try clause.apply(to: session.socket(socket), in: session) }
}
