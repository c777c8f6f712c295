import Script

/// `socket TYPE [as NAME] [option=value ...]`, zmq_socket(3).
struct SocketCommand: Command {
  static let usage = Usage(
    "socket", ["socket TYPE [as NAME] [OPTION=VALUE ...]"],
    "make a socket that is bound and connected to nothing yet",
    details: "Most often `bind` or `connect` makes the socket; this is for the rest.",
    example: "socket dealer as d routing_id=worker1",
    takes: [.one(.socketType), .any(.optionAssignment)], keeps: .socket)

  private let subject: SocketSubject
  private let options: [OptionAssignment]
  private let security: SecurityClause?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    let typeWord = try arguments.next("a socket type")
    var nameWord: Word?
    var security: SecurityClause?
    var options: [OptionAssignment] = []
    while let word = arguments.peek {
      if arguments.take("as") {
        nameWord = try arguments.next("a name after 'as'")
      } else if let clause = try SecurityClause(&arguments) {
        security = clause
      } else if let assignment = try OptionAssignment(word, arguments) {
        options.append(assignment)
        _ = try arguments.next("")
      } else {
        break
      }
    }
    subject = try SocketSubject(typeWord, nameWord, arguments, makesOnly: true)
    try subject.check(options)
    self.options = options
    self.security = security
  }

  func run(in session: Session) throws(Failure) {
    let (socket, isNew) = try subject.resolve(with: options, in: session)
    do {
      try security?.apply(to: socket, in: session)
    } catch {
      // A socket that got no further was never asked for.
      if isNew { session.sockets.remove(socket) }
      throw error
    }
    session.sockets.use(socket)
  }
}
