import Script

/// `tasks`
struct TasksCommand: Command {
  static let usage = Usage("tasks", ["tasks"], "list the tasks and how they are", example: "tasks")

  init(_ arguments: inout Arguments) throws(Diagnostic) {}

  func run(in session: Session) throws(Failure) {
    if session.tasks.all.isEmpty {
      session.note("there is no task", help: ["`task NAME { … }` starts one"])
      return
    }
    var rows = [["NAME", "STATE"]]
    for task in session.tasks.all {
      let state =
        switch task.state {
        case .running: "running"
        case .ended: "ended"
        case .failed(let status): "failed (\(status.rawValue))"
        }
      rows.append([task.name, state])
    }
    try session.present(TextTable.lines(rows))
  }
}
