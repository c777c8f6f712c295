import Script

/// `curve server [CERT|KEY]`, `curve client SERVERKEY [CERT|KEY]`, zmq_curve(7).
struct CurveCommand: Command {
  static let usage = Usage(
    "curve", SecurityClause.curveSynopsis,
    "encrypt what a socket sends and receives, with CURVE",
    details: """
      CERT is a certificate that `keygen` or CZMQ wrote, KEY a secret key; without one, new keys are made. A client \
      needs the server's public key: the key itself, its certificate, or `$server.publickey`. It counts from the \
      next bind or connect on, so it stands on their line as well: `bind rep *:5546 curve server server.cert`. \
      Which clients are let in is a matter of `auth curve`.
      """,
    example: "socket rep as server; server curve server", actsOnSocket: true,
    takes: [
      .one(.word("client", "encrypt for a server", .any), .word("server", "let clients encrypt", .any)),
      .any(.file),
    ])

  private let socket: SocketReference
  private let clause: SecurityClause

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    clause = try SecurityClause("curve", at: arguments.head.span, &arguments)
  }

  func run(in session: Session) throws(Failure) { try clause.apply(to: session.socket(socket), in: session) }
}
