import Script

/// Where the script goes on after a statement.
enum Flow {
  /// With the next statement.
  case next
  /// With the next turn of the innermost loop.
  case nextTurn
  /// After the innermost loop.
  case leaveLoop
  /// After the call of the `def` around it.
  case leaveDefinition
}

/// A prepared statement.
class Node {
  /// The statement's head, which an error without a better place points at.
  let place: Place

  init(_ place: Place) { self.place = place }

  /// Where a failure without a place of its own happened.
  func place(of failure: Failure) -> Place { place }

  func execute(in session: Session) throws(Failure) -> Flow {
    fatalError("each kind of statement executes itself")  // not reached: the class is never made itself
  }
}

/// Prepared statements, run in order.
final class PreparedBlock {
  private let nodes: [Node]
  /// ``nodes``, to be run without counting their references: the block holds them, and its owner the block.
  private let references: ContiguousArray<Unmanaged<Node>>

  init(_ nodes: [Node]) {
    self.nodes = nodes
    references = ContiguousArray(nodes.map { Unmanaged.passUnretained($0) })
  }

  @inline(__always)
  func execute(in session: Session) throws(Failure) -> Flow {
    if session.isTracing { return try executeTraced(in: session) }
    var index = 0
    while index < references.count {
      do throws(Failure) {
        try session.checkInterrupt()
        let flow = try references[index].borrowed { (node) throws(Failure) in try node.execute(in: session) }
        if flow != .next { return flow }
      } catch {
        throw error.located(at: nodes[index].place(of: error))
      }
      index += 1
    }
    return .next
  }

  /// The same with each statement told. Apart, so that the loop above asks once for all its statements.
  @inline(never)
  private func executeTraced(in session: Session) throws(Failure) -> Flow {
    for node in nodes {
      let start = Instant.now
      do throws(Failure) {
        session.trace(.statement(node.place))
        try session.checkInterrupt()
        let flow = try node.execute(in: session)
        session.trace(.statementEnded(node.place, took: start.elapsed, failure: nil))
        if flow != .next { return flow }
      } catch {
        // `exit` ends the script, and is no failure.
        let failure: String? = if case .exit = error.kind { nil } else { error.name }
        session.trace(.statementEnded(node.place, took: start.elapsed, failure: failure))
        throw error.located(at: node.place(of: error))
      }
    }
    return .next
  }

  /// The same with each statement within a closure that is told where it stands: the prompt's.
  func execute(in session: Session, each: (Place, () throws(Failure) -> Void) throws(Failure) -> Void)
    throws(Failure)
  {
    for node in nodes {
      var flow = Flow.next
      try each(node.place) { () throws(Failure) in
        flow = try PreparedBlock([node]).executeTraced(in: session)
      }
      if flow != .next { return }
    }
  }
}

extension Session {
  /// Tells that statements may run, where anybody counts which of them do.
  func tellPrepared(_ nodes: [Node]) {
    guard runtime.sink.wantsCoverage else { return }
    for node in nodes { runtime.sink.handle(.prepared(node.place), task: taskName) }
  }
}
