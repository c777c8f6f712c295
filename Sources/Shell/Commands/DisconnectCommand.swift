import Script

/// `disconnect [ENDPOINT...]`, zmq_disconnect(3).
struct DisconnectCommand: Command {
  static let usage = Usage(
    "disconnect", ["disconnect [NAME] [ENDPOINT...]"], "end the connection to an endpoint",
    details: "Without an endpoint, all endpoints that the socket is connected to.",
    example: "client disconnect 5556",
    actsOnSocket: true,
    takes: [.optionalSubject(.socket), .any(.attachedEndpoint(.connect))])

  private let detaching: Detaching

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    detaching = try Detaching(&arguments, role: .connect)
  }

  func run(in session: Session) throws(Failure) { try detaching.run(in: session) }
}
