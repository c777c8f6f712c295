import Payload

/// A record as one line of JSON, and back.
///
/// ```json
/// {"time":0.001204,"event":"sent","socket":"client","frames":["Hello"],"size":5}
/// ```
///
/// Law: `EventRecord(line: x.jsonLine)` is `x`, with times in whole microseconds.
extension EventRecord {
  /// The line, without its line end.
  ///
  /// - Parameter head: What stands first: members that tell which script the event is of.
  public func jsonLine(after head: JSONLine = JSONLine()) -> [UInt8] {
    var line = head
    line.add("time", time)
    switch fact {
    case .statement(let file, let number, let text):
      begin(&line, "statement")
      line.add("file", file)
      line.add("line", number)
      line.add("text", text)
    case .statementEnded(let file, let number, let took, let failure):
      begin(&line, "statement ended")
      line.add("file", file)
      line.add("line", number)
      line.add("took", took)
      line.add("failure", failure)
    case .sent(let socket, let frames, let size): add(&line, "sent", socket, frames, size)
    case .received(let socket, let frames, let size): add(&line, "received", socket, frames, size)
    case .expected(let socket, let pattern, let holds):
      add(&line, "expected", socket)
      line.add("pattern", pattern)
      line.add("holds", holds)
    case .opened(let socket, let type):
      add(&line, "opened", socket)
      line.add("type", type)
    case .closed(let socket): add(&line, "closed", socket)
    case .bound(let socket, let endpoint):
      add(&line, "bound", socket)
      line.add("endpoint", endpoint)
    case .connecting(let socket, let endpoint):
      add(&line, "connecting", socket)
      line.add("endpoint", endpoint)
    case .connection(let socket, let event, let endpoint):
      add(&line, "connection", socket)
      line.add("told", event)
      line.add("endpoint", endpoint)
    case .phase(let name):
      begin(&line, "phase")
      line.add("name", name)
    case .taskBegun(let name):
      begin(&line, "task begun")
      line.add("name", name)
    case .taskEnded(let name):
      begin(&line, "task ended")
      line.add("name", name)
    case .notice(let finding): add(&line, "notice", finding)
    case .failed(let finding): add(&line, "failed", finding)
    case .prepared(let file, let statements):
      begin(&line, "prepared")
      line.add("file", file)
      line.add("offsets", statements.map(\.offset))
      line.add("lines", statements.map(\.line))
    case .reached(let file, let offset):
      begin(&line, "reached")
      line.add("file", file)
      line.add("offset", offset)
    case .omitted(let count):
      begin(&line, "omitted")
      line.add("count", count)
    }
    return line.end()
  }

  private func begin(_ line: inout JSONLine, _ event: StaticString) {
    line.add("event", "\(event)")
    line.add("task", task)
  }

  private func add(_ line: inout JSONLine, _ event: StaticString, _ socket: String) {
    begin(&line, event)
    line.add("socket", socket)
  }

  private func add(
    _ line: inout JSONLine, _ event: StaticString, _ socket: String, _ frames: [String], _ size: Int
  ) {
    add(&line, event, socket)
    line.add("frames", frames)
    line.add("size", size)
  }

  private func add(_ line: inout JSONLine, _ event: StaticString, _ finding: Finding) {
    begin(&line, event)
    line.add("message", finding.message)
    line.add("file", finding.file)
    if finding.file != nil {
      line.add("line", finding.line)
      line.add("column", finding.column)
    }
    line.add("label", finding.label)
    line.add("notes", finding.notes)
    line.add("help", finding.help)
    line.add("picture", finding.picture)
  }
}

extension EventRecord {
  /// Reads a line; nil where it is none of ours.
  public init?(line: [UInt8]) {
    guard let json = try? JSON(line), let event = json.root["event"]?.string else { return nil }
    let root = json.root
    func text(_ name: String) -> String { root[name]?.string ?? "" }
    func number(_ name: String) -> Int { root[name]?.number.flatMap { Int($0) } ?? 0 }
    func texts(_ name: String) -> [String] { root[name]?.elements.compactMap(\.string) ?? [] }
    func numbers(_ name: String) -> [Int] {
      root[name]?.elements.compactMap { $0.number.flatMap { Int($0) } } ?? []
    }
    func duration(_ name: String) -> Duration {
      root[name]?.number.flatMap { Duration(secondsText: $0) } ?? .zero
    }
    var finding: Finding {
      Finding(
        text("message"), file: root["file"]?.string, line: number("line"), column: number("column"),
        label: root["label"]?.string, notes: texts("notes"), help: texts("help"), picture: text("picture"))
    }
    let fact: Fact
    switch event {
    case "statement": fact = .statement(file: text("file"), line: number("line"), text: text("text"))
    case "statement ended":
      fact = .statementEnded(
        file: text("file"), line: number("line"), took: duration("took"), failure: root["failure"]?.string)
    case "sent": fact = .sent(socket: text("socket"), frames: texts("frames"), size: number("size"))
    case "received": fact = .received(socket: text("socket"), frames: texts("frames"), size: number("size"))
    case "expected":
      fact = .expected(
        socket: text("socket"), pattern: text("pattern"), holds: root["holds"]?.boolean ?? false)
    case "opened": fact = .opened(socket: text("socket"), type: text("type"))
    case "closed": fact = .closed(socket: text("socket"))
    case "bound": fact = .bound(socket: text("socket"), endpoint: text("endpoint"))
    case "connecting": fact = .connecting(socket: text("socket"), endpoint: text("endpoint"))
    case "connection":
      fact = .connection(socket: text("socket"), event: text("told"), endpoint: text("endpoint"))
    case "phase": fact = .phase(text("name"))
    case "task begun": fact = .taskBegun(text("name"))
    case "task ended": fact = .taskEnded(text("name"))
    case "notice": fact = .notice(finding)
    case "failed": fact = .failed(finding)
    case "prepared":
      fact = .prepared(
        file: text("file"),
        statements: zip(numbers("offsets"), numbers("lines")).map { StatementPlace(offset: $0, line: $1) })
    case "reached": fact = .reached(file: text("file"), offset: number("offset"))
    case "omitted": fact = .omitted(number("count"))
    default: return nil
    }
    self.init(fact, at: duration("time"), task: root["task"]?.string)
  }
}

extension EventRecord {
  /// Whether a line is one of the many that tell of statements and messages: told by its beginning, without reading all
  /// of it.
  public static func isOfTrace(line: [UInt8]) -> Bool {
    guard let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return false }
    let rest = line[(comma + 1)...]
    return traceHeads.contains { rest.starts(with: $0) }
  }

  private static let traceHeads = ["statement", "sent", "received", "expected"].map {
    Array("\"event\":\"\($0)".utf8)
  }
}
