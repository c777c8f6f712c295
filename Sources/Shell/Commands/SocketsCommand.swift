import Script

/// `sockets`
struct SocketsCommand: Command {
  static let usage = Usage(
    "sockets", ["sockets"], "list the sockets: state, messages, endpoints",
    details: "The current one is marked with `*`.", example: "sockets")

  init(_ arguments: inout Arguments) throws(Diagnostic) {}

  func run(in session: Session) throws(Failure) {
    session.loop.serve()
    let away = session.served.filter { session.tasks[$0.value.task]?.state == .running }
    if session.sockets.all.isEmpty, away.isEmpty {
      session.note("there is no socket yet", help: ["`bind rep 5546` or `connect req 5546` makes one"])
      return
    }
    var rows = [["", "NAME", "TYPE", "STATE", "SENT", "RECEIVED", "ENDPOINTS"]]
    for socket in session.sockets.all {
      rows.append([
        socket === session.sockets.current ? "*" : "", socket.name, socket.type.name, socket.state,
        String(socket.sentCount), String(socket.receivedCount),
        socket.endpointText,
      ])
    }
    for (name, transfer) in away.sorted(by: { $0.key < $1.key }) {
      rows.append([
        "", name, transfer.typeName, "with the task '\(transfer.task)'", "-", "-", transfer.endpointText,
      ])
    }
    try session.present(TextTable.lines(rows))
  }
}

/// Columns padded to the widest cell.
enum TextTable {
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column < row.count - 1 {
          line += String(repeating: " ", count: widths[column] - cell.count + (widths[column] > 0 ? 2 : 0))
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
