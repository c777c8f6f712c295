import Script

extension Flow {
  /// How the loop around the statement ends with it, or nil where its next turn comes.
  fileprivate var endOfLoop: Flow? {
    switch self {
    case .next, .nextTurn: nil
    case .leaveLoop: .next
    case .leaveDefinition: .leaveDefinition
    }
  }
}

extension Node {
  /// Runs the body of a loop once; not nil where the loop ends with it. A failure tells which turn it was.
  @inline(__always)
  fileprivate func run(_ body: PreparedBlock, turn: Int64, in session: Session) throws(Failure) -> Flow? {
    try session.checkInterrupt()
    try session.tick()
    do {
      return try body.execute(in: session).endOfLoop
    } catch {
      throw error.reached(through: Caller(.turn(turn), at: place))
    }
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
    var turn: Int64 = 0
    while try condition?.truth(in: session) ?? true {
      turn += 1
      if let end = try run(body, turn: turn, in: session) { return end }
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
    var turn: Int64 = 0
    if case .range(let first, let last) = value {
      // Not made into a list: `1..1000000000` costs no memory.
      guard first <= last else { return .next }
      for number in first...last {
        turn += 1
        session.frame.values[slot] = .integer(number)
        if let end = try run(body, turn: turn, in: session) { return end }
      }
      return .next
    }
    guard let elements = value.expansion else {
      throw sequence.failure(
        "'for' goes through a list, a range or a message, not \(value.kind)", label: "this is \(value.kind)",
        help: ["`for n in 1..9 { … }`, `for port in [5546, 5556] { … }`, `for port in $@ { … }`"])
    }
    for element in elements {
      turn += 1
      session.frame.values[slot] = element
      if let end = try run(body, turn: turn, in: session) { return end }
    }
    return .next
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
      if let indexSlot { session.frame.values[indexSlot] = .integer(number) }
      if let end = try run(body, turn: number, in: session) { return end }
      number += 1
    }
    return .next
  }
}

final class EveryNode: Node {
  private let interval: PreparedExpression
  /// Where `$i` is, unless nothing reads it.
  private let indexSlot: Int?
  private let body: PreparedBlock

  init(_ place: Place, interval: PreparedExpression, indexSlot: Int?, _ body: PreparedBlock) {
    self.interval = interval
    self.indexSlot = indexSlot
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    var pace = Pace(try interval.duration(in: session))
    var turn: Int64 = 0
    while true {
      try pace.wait(in: session)
      turn += 1
      if let indexSlot { session.frame.values[indexSlot] = .integer(turn) }
      if let end = try run(body, turn: turn, in: session) { return end }
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
    let length = interval.nanoseconds
    if length > 0, next < now {
      let missed = (now - next).nanoseconds / length
      next = Instant(nanoseconds: next.nanoseconds + missed * length)
    }
    due = next
    try session.sleep(until: next)
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
