import Script

/// Calls of `def`s that only send and receive.
extension StatementWriter {
  /// What the calls sent and received, message by message, so that what came is expected; nil where a call does more
  /// than that, or receives nothing.
  mutating func inlined(_ statement: Statement) -> [RecordedStatement]? {
    guard !facts.isTruncated, facts.transfers.count <= Self.mostUnrolled, facts.elapsed < Self.longest,
      facts.transfers.contains(where: { $0.direction == .received }),
      !facts.transfers.contains(where: { socket($0.socket)?.isUnordered ?? true })
    else { return nil }
    var receives = false
    guard isConversation(statement, calls: 0, &receives), receives else { return nil }
    return writeTransfers()
  }

  /// How long it may have taken: within the limit of a script, by far.
  private static let longest = Duration.seconds(1)
  /// How many calls may be in one another.
  private static let mostCalls = 8

  /// - Parameter receives: Set where a call receives a message and keeps nothing of it.
  private func isConversation(_ statement: Statement, calls: Int, _ receives: inout Bool) -> Bool {
    switch statement.kind {
    case .command(let words):
      if let shape = shape(of: statement) {
        guard ["send", "recv"].contains(shape.name), shape.keptNames.isEmpty else { return false }
        if shape.name == "recv", calls > 0 { receives = true }
        return true
      }
      guard calls < Self.mostCalls, let name = words[0].bareText, let body = definition(name) else {
        return false
      }
      return isConversation(body, calls: calls + 1, &receives)
    case .repeat(_, nil, let body): return isConversation(body, calls: calls, &receives)
    default: return false
    }
  }

  private func isConversation(_ body: Block, calls: Int, _ receives: inout Bool) -> Bool {
    for statement in body.statements where !isConversation(statement, calls: calls, &receives) {
      return false
    }
    return true
  }
}
