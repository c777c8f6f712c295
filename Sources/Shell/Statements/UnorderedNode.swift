import Script
import ZeroMQ

/// `unordered { expect …; expect … }`: as many messages as there are expectations, in any order.
final class UnorderedNode: Node {
  private let expectations: [ExpectCommand]

  init(_ place: Place, _ expectations: [ExpectCommand]) {
    self.expectations = expectations
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    // Expectations of one socket are matched together; sockets do not wait for each other's turn.
    var groups: [(socket: NamedSocket, expectations: [ExpectCommand])] = []
    for expectation in expectations {
      let socket = try expectation.target(in: session)
      if let index = groups.firstIndex(where: { $0.socket === socket }) {
        groups[index].expectations.append(expectation)
      } else {
        groups.append((socket, [expectation]))
      }
    }
    for (socket, expectations) in groups { try match(expectations, on: socket, in: session) }
    return .next
  }

  private func match(_ expectations: [ExpectCommand], on socket: NamedSocket, in session: Session)
    throws(Failure)
  {
    var patterns: [MessagePattern] = []
    for expectation in expectations { patterns.append(try expectation.pattern(in: session)) }
    var messages: [Message] = []
    while messages.count < patterns.count {
      do {
        try session.receive(on: socket)
      } catch {
        throw error.adding(notes: Self.missing(patterns, messages))
      }
      messages.append(socket.takeMessage())
    }
    var partners = Self.partners(patterns, messages)
    if session.expectations != nil { Self.pairRest(&partners, patterns, messages, in: session) }
    if session.isTracing {
      for (pattern, partner) in zip(patterns, partners) {
        session.traceExpectation(on: socket, pattern.text, holds: partner != nil)
      }
    }
    for (index, partner) in partners.enumerated() where partner == nil {
      session.loop.serve()
      let free = messages.indices.filter { !partners.contains($0) }.map { messages[$0] }
      throw Failure(
        .mismatch,
        Diagnostic(
          .error, "'\(socket.name)' received other messages than expected", at: patterns[index].place,
          label: "no message matches this",
          notes: ["expected: \(patterns[index].text)"] + free.map { "unmatched: \($0.shownText)" }
            + Diagnosis.lastEvents(of: socket, skippingLast: messages.count)))
    }
    for (index, partner) in partners.enumerated() {
      guard let partner else { continue }
      try expectations[index].keep(messages[partner], matching: patterns[index], in: session)
    }
  }

  /// Pairs literals that no message matches with the messages that are left, in order.
  private static func pairRest(
    _ partners: inout [Int?], _ patterns: [MessagePattern], _ messages: [Message], in session: Session
  ) {
    var free = messages.indices.filter { !partners.contains($0) }
    for (index, partner) in partners.enumerated() {
      if let partner {
        _ = session.accepts(messages[partner], for: patterns[index])
      } else if let choice = free.first(where: { session.accepts(messages[$0], for: patterns[index]) }) {
        partners[index] = choice
        free.removeAll { $0 == choice }
      }
    }
  }

  /// For each pattern the message that it is matched with, such that as many as possible are (a maximum bipartite
  /// matching): a `_` does not take the message that a literal needs.
  static func partners(_ patterns: [MessagePattern], _ messages: [Message]) -> [Int?] {
    var partnerOfMessage = [Int?](repeating: nil, count: messages.count)
    func findPartner(of pattern: Int, seen: inout Set<Int>) -> Bool {
      for index in messages.indices
      where !seen.contains(index) && patterns[pattern].mismatch(messages[index]) == nil {
        seen.insert(index)
        if let other = partnerOfMessage[index], !findPartner(of: other, seen: &seen) { continue }
        partnerOfMessage[index] = pattern
        return true
      }
      return false
    }
    for pattern in patterns.indices {
      var seen: Set<Int> = []
      _ = findPartner(of: pattern, seen: &seen)
    }
    return patterns.indices.map { pattern in partnerOfMessage.firstIndex { $0 == pattern } }
  }

  /// What is still waited for, and what came that nobody waits for.
  private static func missing(_ patterns: [MessagePattern], _ messages: [Message]) -> [String] {
    let partners = partners(patterns, messages)
    return patterns.indices.filter { partners[$0] == nil }.map { "still expected: \(patterns[$0].text)" }
      + messages.indices.filter { !partners.contains($0) }.map { "unmatched: \(messages[$0].shownText)" }
  }
}
