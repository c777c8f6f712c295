import Script
import ZeroMQ

/// `set OPTION VALUE`, zmq_setsockopt(3).
struct SetCommand: Command {
  static let usage = Usage(
    "set", ["set OPTION VALUE", "set OPTION=VALUE...", "set context OPTION VALUE"],
    "set an option of a socket, or of the context of all",
    details:
      "Durations and sizes may have units: `set linger 2s`, `set rcvbuf 64KiB`. `help options` lists the options, `help context` those of the context, of which most count before the first socket.",
    example: "server set linger 2s", actsOnSocket: true,
    takes: [
      .one(.writableOption, .contextWord),
      .one(.optionValue, .contextOption(isSet: true)), .optional(.contextOption(isSet: true)),
    ])

  private let socket: SocketReference
  private let assignments: [OptionAssignment]
  private let ofContext: ContextOptionAssignment?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    if case .current = socket, arguments.take("context") {
      ofContext = try ContextOptionAssignment(&arguments)
      assignments = []
      return
    }
    ofContext = nil
    let first = try arguments.next("an option")
    if let assignment = try OptionAssignment(first, arguments) {
      // `set linger=0` means what it says, too.
      var assignments = [assignment]
      while let word = arguments.peek, let next = try OptionAssignment(word, arguments) {
        _ = try arguments.next("")
        assignments.append(next)
      }
      self.assignments = assignments
      return
    }
    let name = try arguments.plainText(first, "an option's name")
    // An unknown option is the more useful error where its value is missing as well.
    _ = try OptionAssignment.find(name, at: first.span, arguments)
    assignments = [
      try OptionAssignment(name, at: first.span, arguments.next("a value for '\(name)'"), arguments)
    ]
  }

  func run(in session: Session) throws(Failure) {
    if let ofContext { return try ofContext.apply(in: session) }
    let target = try session.socket(socket)
    for assignment in assignments { try assignment.apply(to: target, in: session) }
  }
}
