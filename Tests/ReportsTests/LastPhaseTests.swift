import Testing

@testable import Reports

@Suite struct LastPhaseTests {
  private func text(of records: [EventRecord]) -> String {
    var log = BoundedLog<EventRecord>(first: 100, last: 100)
    for record in records { log.append(record) }
    return LastPhase(log).text()
  }

  private func record(_ fact: EventRecord.Fact, at milliseconds: Int, in task: String? = nil) -> EventRecord {
    EventRecord(fact, at: .milliseconds(milliseconds), task: task)
  }

  @Test func `what was sent stands before what it led to, though it was told later`() {
    #expect(
      text(of: [
        record(.phase("greeting"), at: 1),
        record(.statement(file: "a.zs", line: 4, text: "client send Hello"), at: 1),
        record(.received(socket: "echo", frames: ["Hello"], size: 5), at: 3, in: "echo"),
        record(.sent(socket: "client", frames: ["Hello"], size: 5), at: 2),
      ]) == """
          phase: greeting
            4 | client send Hello  …
              |   client → Hello
              | echo ← Hello

        """)
  }

  @Test func `what a task did before the last phase began is none of it, though it was told later`() {
    #expect(
      text(of: [
        record(.statement(file: "a.zs", line: 4, text: "client expect World"), at: 1),
        record(.received(socket: "client", frames: ["World"], size: 5), at: 3),
        record(.phase("the end"), at: 4),
        record(.statement(file: "a.zs", line: 6, text: "exit 3"), at: 4),
        record(.sent(socket: "server", frames: ["World"], size: 5), at: 2, in: "server"),
      ]) == """
          phase: the end
            6 | exit 3  …

        """)
  }
}
