import Script

/// `try { } catch { }`: a failure runs the second block, where `$error` tells of it.
final class AttemptNode: Node {
  private let body: PreparedBlock
  private let handler: PreparedBlock
  private let errorSlot: Int

  init(_ place: Place, _ body: PreparedBlock, handler: PreparedBlock, errorSlot: Int) {
    self.body = body
    self.handler = handler
    self.errorSlot = errorSlot
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    do {
      return try session.withoutExpectationLog { () throws(Failure) in try body.execute(in: session) }
    } catch {
      guard error.isCatchable else { throw error }
      // A `within` around this has run out: to catch that here would let the block go on past its limit.
      if case .timeout = error.kind, Instant.now >= session.deadline.instant { throw error }
      session.didCatch(error)
      session.frame.values[errorSlot] = .error(
        CaughtError(name: error.name, message: error.diagnostic.message, line: error.line))
    }
    return try handler.execute(in: session)
  }
}

extension Failure {
  /// The line that it happened in, counted from 1; 0 where it has no place.
  fileprivate var line: Int {
    diagnostic.place.map { $0.source.line(of: $0.span.start) } ?? 0
  }
}
