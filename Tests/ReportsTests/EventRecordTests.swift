import Testing

@testable import Reports

@Suite struct EventRecordTests {
  private static let odd = "a \"b\" \\ \n\t\u{1B}[2J \u{0} ünï 🦜 \u{2028} </script>"

  private static let finding = EventRecord.Finding(
    odd, file: "a b.zs", line: 3, column: 7, label: odd, notes: ["one", odd], help: [odd], picture: odd)

  private static let facts: [EventRecord.Fact] = [
    .statement(file: odd, line: 3, text: odd),
    .statementEnded(file: "a.zs", line: 3, took: .microseconds(1_234_567), failure: "EFSM"),
    .statementEnded(file: "a.zs", line: 3, took: .zero, failure: nil),
    .sent(socket: "client", frames: ["Hello", odd, "\"\""], size: 1_000_000),
    .received(socket: "client", frames: [], size: 0),
    .expected(socket: "client", pattern: odd, holds: true),
    .expected(socket: "client", pattern: "nothing", holds: false),
    .opened(socket: "client", type: "req"), .closed(socket: "client"),
    .bound(socket: "server", endpoint: "tcp://127.0.0.1:5546"),
    .connecting(socket: "client", endpoint: "ipc://\(odd)"),
    .connection(socket: "client", event: "handshake failed", endpoint: "tcp://127.0.0.1:5546"),
    .phase(odd), .taskBegun("worker"), .taskEnded("worker"), .notice(finding), .failed(finding),
    .failed(EventRecord.Finding("no place", picture: "error: no place")),
    .prepared(file: "a.zs", statements: [.init(offset: 0, line: 1), .init(offset: 12, line: 2)]),
    .reached(file: "a.zs", offset: 12), .omitted(1_000_000),
  ]

  @Test("a record that is written as a line is read as the same record", arguments: facts)
  func aLineIsReadAsTheSameRecord(_ fact: EventRecord.Fact) throws {
    for task in [nil, "worker"] {
      let record = EventRecord(fact, at: .microseconds(7_000_001), task: task)
      let line = record.jsonLine()
      #expect(!line.contains(UInt8(ascii: "\n")))
      #expect(EventRecord(line: line) == record)
      // A phase is told by its rare line, and kept whatever else is not.
      let isPhase = if case .phase = fact { true } else { false }
      #expect(EventRecord.isOfTrace(line: line) == (fact.isTrace && !isPhase))
      // With its script before it, it is the same event.
      let reported = JSONReport.event(line, path: Self.odd, run: 2)
      #expect(reported.last == UInt8(ascii: "\n"))
      #expect(EventRecord(line: reported.dropLast()) == record)
    }
  }

  @Test(
    "what is no record is none",
    arguments: ["", "{", "null", "[]", "{\"event\":\"nope\"}", "\u{FEFF}{}", "{}"])
  func whatIsNoRecordIsNone(_ text: String) {
    #expect(EventRecord(line: Array(text.utf8)) == nil)
  }
}

extension EventRecord {
  fileprivate init?(line: ArraySlice<UInt8>) { self.init(line: Array(line)) }
}
