import Script
import Shell

/// What a script did last before it failed: each statement of its last phase with what was sent and received.
struct LastPhase {
  /// The phase's name, nil where the script names none.
  let name: String?
  /// How many statements before these are left out.
  private(set) var omitted = 0
  private(set) var steps: [Step] = []

  /// A statement, or something that happened in it.
  struct Step {
    enum Kind: Equatable {
      /// With how long it took and the name of its failure, once it has ended.
      case statement(line: Int, took: Duration?, failure: String?)
      case sent, received, told
      case expected(holds: Bool)
    }

    var kind: Kind
    let text: String
    /// How many statements are around it.
    let depth: Int
    let task: String?
  }

  /// How many statements of a phase, and how many where there is none.
  private static let mostStatements = 40
  private static let mostWithoutPhase = 10

  init(_ events: BoundedLog<EventRecord>) {
    let told = events.omitted > 0 ? events.last : events.first + events.last
    // That a message was sent may be told after that it came, or after what it led to.
    let records = told.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    var start = records.startIndex
    var name: String?
    for (index, record) in records.enumerated() {
      if case .phase(let phase) = record.fact {
        start = index
        name = phase
      }
    }
    self.name = name
    /// The statements under way, by task: where each is in `steps`, nil where its line is shown already.
    var open: [String: [(step: Int?, line: Int)]] = [:]
    for record in records[start...] { add(record, &open) }
    shorten(to: name == nil ? Self.mostWithoutPhase : Self.mostStatements)
  }

  /// The innermost statements that had not ended, one a task: where a script was when it was stopped.
  var unfinished: [Step] {
    var found: [String: Step] = [:]
    for step in steps {
      if case .statement(_, nil, _) = step.kind { found[step.task ?? ""] = step }
    }
    return found.keys.sorted().compactMap { found[$0] }
  }

  private mutating func add(_ record: EventRecord, _ open: inout [String: [(step: Int?, line: Int)]]) {
    let key = record.task ?? ""
    let depth = open[key]?.count { $0.step != nil } ?? 0
    func step(_ kind: Step.Kind, _ text: String) -> Step {
      Step(kind: kind, text: text, depth: depth, task: record.task)
    }
    switch record.fact {
    case .statement(_, let line, let text):
      // Prefixes stand on the line of the statement that they belong to.
      if let last = open[key]?.last, last.line == line {
        open[key]?.append((nil, line))
      } else {
        steps.append(step(.statement(line: line, took: nil, failure: nil), text))
        open[key, default: []].append((steps.count - 1, line))
      }
    case .statementEnded(_, let line, let took, let failure):
      guard let ended = open[key]?.popLast(), let index = ended.step, ended.line == line else { return }
      // What was interrupted has not ended by itself.
      if failure != "interrupted" {
        steps[index].kind = .statement(line: line, took: took, failure: failure)
      }
    case .sent(let socket, let frames, _):
      steps.append(step(.sent, "\(socket) → \(Self.shown(frames))"))
    case .received(let socket, let frames, _):
      steps.append(step(.received, "\(socket) ← \(Self.shown(frames))"))
    case .expected(let socket, let pattern, let holds):
      if !holds { steps.append(step(.expected(holds: false), "\(socket) expected \(pattern)")) }
    case .connection(let socket, let event, let endpoint):
      steps.append(step(.told, "\(socket): \(event) \(endpoint)"))
    case .bound(let socket, let endpoint):
      steps.append(step(.told, "\(socket) is bound to \(endpoint)"))
    case .omitted(let count):
      steps.append(step(.told, "… \(count) events are left out"))
    default: break
    }
  }

  /// Keeps the last statements, and what happened in them.
  private mutating func shorten(to most: Int) {
    let statements = steps.indices.filter { if case .statement = steps[$0].kind { true } else { false } }
    guard statements.count > most else { return }
    omitted = statements.count - most
    steps.removeFirst(statements[omitted])
  }

  /// As lines; nothing where nothing ran.
  func text(_ paint: HumanReport.Paint = { _, text in text }) -> String {
    if steps.isEmpty { return "" }
    var text = "  " + paint(.strong, name.map { "phase: \($0)" } ?? "the last statements:") + "\n"
    if omitted > 0 { text += paint(.dim, "       … \(omitted) statements before these") + "\n" }
    for step in steps {
      let indent = String(repeating: "  ", count: step.depth)
      // A socket that a task serves has the task's name.
      let isNamed = step.task.map { step.text.hasPrefix("\($0) ") } ?? true
      let task = isNamed ? "" : step.task.map { "\(DisplayText.safe($0)): " } ?? ""
      if case .statement(let line, let took, let failure) = step.kind {
        let number = String(line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        text += paint(.dim, gutter) + indent + task + step.text + Self.end(took, failure, paint) + "\n"
      } else {
        text += paint(.dim, "      | ") + indent + task + DisplayText.safe(step.text) + "\n"
      }
    }
    return text
  }

  /// What stands behind a statement: its failure, or how long it took.
  private static func end(_ took: Duration?, _ failure: String?, _ paint: HumanReport.Paint) -> String {
    if let failure { return "  " + paint(.failed, failure) }
    guard let took else { return "  " + paint(.dim, "…") }
    // Most statements take no time that anybody would count.
    return took < .milliseconds(1) ? "" : "  " + paint(.dim, took.spokenText)
  }

  private static func shown(_ frames: [String]) -> String {
    frames.map { $0.count > 200 ? "\($0.prefix(199))…" : $0 }.joined(separator: " ")
  }
}
