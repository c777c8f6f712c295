import Script

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
    let inner = Deadline(instant: .now + length, length: length, isExplicit: true)
    if inner.instant < outer.instant { session.deadline = inner }
    defer { session.deadline = outer }
    return try body.execute(in: session)
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
      flow = try session.withoutExpectationLog { () throws(Failure) in try body.execute(in: session) }
    } catch {
      guard error.isCatchable else { throw error }
      if name == "any" || error.name == name {
        session.didCatch(error)
        return .next
      }
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

final class RetryNode: Node {
  private let tries: PreparedExpression
  private let interval: PreparedExpression?
  private let body: PreparedBlock

  init(_ place: Place, tries: PreparedExpression, interval: PreparedExpression?, _ body: PreparedBlock) {
    self.tries = tries
    self.interval = interval
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let tries = try tries.integer(in: session, for: "the number of tries")
    guard tries > 0 else {
      throw self.tries.failure("'retry' needs at least one try", label: "this is \(tries)")
    }
    var pace = try interval.map { (interval) throws(Failure) in Pace(try interval.duration(in: session)) }
    var number: Int64 = 1
    while true {
      try pace?.wait(in: session)
      do {
        return try session.withoutExpectationLog { () throws(Failure) in try body.execute(in: session) }
      } catch {
        guard error.isCatchable else { throw error }
        if number < tries { session.didCatch(error) }
        if number == tries {
          throw tries == 1 ? error : error.adding(notes: ["tried \(tries) times"])
        }
        // A limit that has run out is not waited for again.
        if Instant.now >= session.deadline.instant { throw error }
      }
      number += 1
    }
  }
}

/// `time`: says how long what follows took.
final class TimeNode: Node {
  private let body: PreparedBlock

  init(_ place: Place, _ body: PreparedBlock) {
    self.body = body
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let start = Instant.now
    do {
      let flow = try body.execute(in: session)
      session.tell(.notice(Diagnostic(.note, "took \(start.elapsed.measuredText)")))
      return flow
    } catch {
      // How long it took to fail is part of the reason.
      throw error.adding(notes: ["it failed after \(start.elapsed.measuredText)"])
    }
  }
}
