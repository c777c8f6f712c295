import Script

/// `stop TASK...`
struct StopCommand: Command {
  static let usage = Usage(
    "stop", ["stop TASK..."], "stop tasks and close their sockets", example: "stop server",
    takes: [.some(.task)])

  private let names: [PreparedWord]

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    if arguments.isEmpty { throw arguments.error("'stop' needs the name of a task", at: arguments.head.span) }
    for word in arguments.rest {
      if let name = word.bareText, !arguments.preparer.isKnownTask(name) {
        let near = didYouMean(name, among: arguments.preparer.taskNames)
        throw arguments.error(
          "no task is named '\(DisplayText.safe(name))'", at: word.span, label: near,
          help: ["`tasks` lists them"])
      }
    }
    names = arguments.takeAll()
  }

  func run(in session: Session) throws(Failure) {
    for word in names {
      let name = try word.text(in: session)
      guard let task = session.tasks[name] else {
        throw Failure(
          .value,
          Diagnostic(
            .error, "no task named '\(DisplayText.safe(name))' is there", at: word.place,
            help: ["`tasks` lists them"]))
      }
      session.stop(task)
    }
  }
}
