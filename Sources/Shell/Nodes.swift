import Script

/// Where a statement goes on.
enum Flow {
  /// With the next statement.
  case next
  /// With the next turn of the innermost loop.
  case nextTurn
  /// After the innermost loop.
  case leaveLoop
}

/// A prepared statement.
class Node {
  /// The statement's head, which an error without a better place points at.
  let place: Place

  init(_ place: Place) { self.place = place }

  func execute(in session: Session) throws(Failure) -> Flow {
    fatalError("each kind of statement executes itself")  // not reached: the class is never made itself
  }
}

/// Prepared statements, run in order.
final class PreparedBlock {
  private let nodes: ContiguousArray<Node>

  init(_ nodes: [Node]) { self.nodes = ContiguousArray(nodes) }

  @inline(__always)
  func execute(in session: Session) throws(Failure) -> Flow {
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      do throws(Failure) {
        try session.checkInterrupt()
        if session.isTracing { session.tell(.statement(node.place)) }
        let flow = try node.execute(in: session)
        if flow != .next { return flow }
      } catch {
        throw error.located(at: node.place)
      }
      index += 1
    }
    return .next
  }
}

final class CommandNode: Node {
  private let command: any Command

  init(_ place: Place, _ command: any Command) {
    self.command = command
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    try command.run(in: session)
    return .next
  }
}

final class LetNode: Node {
  private let slot: Int
  private let value: PreparedExpression

  init(_ place: Place, slot: Int, _ value: PreparedExpression) {
    self.slot = slot
    self.value = value
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    session.frame.values[slot] = try value.evaluate(in: session)
    return .next
  }
}

final class ConditionalNode: Node {
  private let branches: [(condition: PreparedExpression, body: PreparedBlock)]
  private let otherwise: PreparedBlock?

  init(_ place: Place, _ branches: [(PreparedExpression, PreparedBlock)], otherwise: PreparedBlock?) {
    self.branches = branches.map { (condition: $0.0, body: $0.1) }
    self.otherwise = otherwise
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    for branch in branches where try branch.condition.truth(in: session) {
      return try branch.body.execute(in: session)
    }
    return try otherwise?.execute(in: session) ?? .next
  }
}

/// `while`, and `loop` where the condition is nil.
final class WhileNode: Node {
  private let condition: PreparedExpression?
  private let body: PreparedBlock

  init(_ place: Place, _ condition: PreparedExpression?, _ body: PreparedBlock) {
    self.condition = condition
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    while try condition?.truth(in: session) ?? true {
      // A body without statements must be stopped too.
      try session.checkInterrupt()
      try session.tick()
      if try body.execute(in: session) == .leaveLoop { return .next }
    }
    return .next
  }
}

final class ForNode: Node {
  private let slot: Int
  private let sequence: PreparedExpression
  private let body: PreparedBlock

  init(_ place: Place, slot: Int, in sequence: PreparedExpression, _ body: PreparedBlock) {
    self.slot = slot
    self.sequence = sequence
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let value = try sequence.evaluate(in: session)
    if case .range(let first, let last) = value {
      // Not made into a list: `1..1000000000` costs no memory.
      guard first <= last else { return .next }
      for number in first...last {
        if try iterate(.integer(number), in: session) { break }
      }
      return .next
    }
    guard let elements = value.expansion else {
      throw sequence.failure(
        "'for' goes through a list, a range or a message, not \(value.kind)", label: "this is \(value.kind)",
        help: ["`for n in 1..9 { … }`, `for port in [5546, 5556] { … }`, `for port in $@ { … }`"])
    }
    for element in elements {
      if try iterate(element, in: session) { break }
    }
    return .next
  }

  /// Runs the body once, and tells whether it left the loop.
  @inline(__always)
  private func iterate(_ value: Value, in session: Session) throws(Failure) -> Bool {
    session.frame.values[slot] = value
    try session.checkInterrupt()
    try session.tick()
    return try body.execute(in: session) == .leaveLoop
  }
}

final class RepeatNode: Node {
  private let count: PreparedExpression
  private let interval: PreparedExpression?
  /// Where `$i` is, unless nothing reads it.
  private let indexSlot: Int?
  private let body: PreparedBlock

  init(
    _ place: Place, count: PreparedExpression, interval: PreparedExpression?, indexSlot: Int?,
    _ body: PreparedBlock
  ) {
    self.count = count
    self.interval = interval
    self.indexSlot = indexSlot
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let count = try count.integer(in: session, for: "the count of 'repeat'")
    if count < 0 {
      throw self.count.failure("'repeat' needs a count of 0 or more", label: "this is \(count)")
    }
    var pace = try interval.map { (interval) throws(Failure) in Pace(try interval.duration(in: session)) }
    var number: Int64 = 1
    while number <= count {
      try pace?.wait(in: session)
      try session.checkInterrupt()
      try session.tick()
      if let indexSlot { session.frame.values[indexSlot] = .integer(number) }
      if try body.execute(in: session) == .leaveLoop { return .next }
      number += 1
    }
    return .next
  }
}

final class EveryNode: Node {
  private let interval: PreparedExpression
  private let body: PreparedBlock

  init(_ place: Place, interval: PreparedExpression, _ body: PreparedBlock) {
    self.interval = interval
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    var pace = Pace(try interval.duration(in: session))
    while true {
      try pace.wait(in: session)
      try session.checkInterrupt()
      try session.tick()
      if try body.execute(in: session) == .leaveLoop { return .next }
    }
  }
}

/// A fixed rate without drift: each turn is due an interval after the one before was *due*.
struct Pace {
  private let interval: Duration
  private var due: Instant?

  init(_ interval: Duration) { self.interval = interval }

  /// Waits for the next turn; the first is due at once. Turns that were missed altogether are left out.
  mutating func wait(in session: Session) throws(Failure) {
    let now = Instant.now
    guard let last = due else {
      due = now
      return
    }
    var next = last + interval
    if interval > .zero, next < now {
      let missed = (now - next).nanoseconds / interval.nanoseconds
      next = Instant(nanoseconds: next.nanoseconds + missed * interval.nanoseconds)
    }
    due = next
    try session.sleep(until: next)
  }
}

final class WithinNode: Node {
  private let limit: PreparedExpression
  private let body: PreparedBlock

  init(_ place: Place, limit: PreparedExpression, _ body: PreparedBlock) {
    self.limit = limit
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let length = try limit.duration(in: session)
    let outer = session.deadline
    let inner = Session.Deadline(instant: .now + length, length: length, isExplicit: true)
    if inner.instant < outer.instant { session.deadline = inner }
    defer { session.deadline = outer }
    let flow = try body.execute(in: session)
    if Instant.now > inner.instant {
      throw Failure(
        .timeout,
        Diagnostic(.error, "it took longer than \(length.scriptText)", at: limit.place, label: "the limit"))
    }
    return flow
  }
}

final class FailsNode: Node {
  private let name: String
  private let body: PreparedBlock

  init(_ place: Place, name: String, _ body: PreparedBlock) {
    self.name = name
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let flow: Flow
    do {
      flow = try body.execute(in: session)
    } catch {
      guard error.isCatchable else { throw error }
      if name == "any" || error.name == name { return .next }
      var diagnostic = error.diagnostic
      diagnostic.message = "expected the error \(name), but got \(error.name): \(diagnostic.message)"
      throw Failure(.mismatch, diagnostic)
    }
    if flow != .next { return flow }
    let wanted = name == "any" ? "an error" : "the error \(name)"
    throw Failure(
      .mismatch, "expected \(wanted), but the statement succeeded", label: "nothing failed in here")
  }
}

/// `break` and `continue`.
final class JumpNode: Node {
  private let flow: Flow

  init(_ place: Place, _ flow: Flow) {
    self.flow = flow
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow { flow }
}

final class TaskNode: Node {
  private let name: PreparedWord
  private let body: Block
  private let source: SourceFile
  private let scope: Scope

  init(_ place: Place, name: PreparedWord, _ body: Block, _ source: SourceFile, scope: Scope) {
    self.name = name
    self.body = body
    self.source = source
    self.scope = scope
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let name = try name.text(in: session)
    if let reason = ReservedNames.refusal(of: name) {
      throw Failure(.value, "a task cannot be named '\(name)'", label: reason)
    }
    try session.startTask(name, body, of: source, scope: scope)
    return .next
  }
}
