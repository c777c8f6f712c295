import Script

/// `close [NAME...]`, zmq_close(3).
struct CloseCommand: Command {
  static let usage = Usage(
    "close", ["close [NAME...]"], "close sockets",
    details: "What a socket still had to send is sent for as long as its option `linger` says.",
    example: "close client", actsOnSocket: true,
    takes: [.any(.socket)])

  private let sockets: [SocketReference]

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var sockets: [SocketReference] = []
    while !arguments.isEmpty { sockets.append(arguments.preparer.socketReference(try arguments.next(""))) }
    self.sockets = sockets.isEmpty ? [arguments.socket] : sockets
  }

  func run(in session: Session) throws(Failure) {
    // All are looked up first: a wrong name closes nothing.
    var found: [NamedSocket] = []
    for reference in sockets { found.append(try session.socket(reference)) }
    session.close(found)
  }
}
