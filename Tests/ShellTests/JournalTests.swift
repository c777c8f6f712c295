import Script
import Testing

@testable import Shell

@Suite("The journal of a session")
struct JournalTests {
  private let journal = Journal(
    of: SocketTable(), most: 100, mostBytes: 4096, isCommand: { _ in true }, isNameTaken: { _ in false })

  private func run(_ text: String, _ failure: Failure? = nil) -> [Diagnostic] {
    let source = SourceFile(name: "prompt", text: text, isPrompt: true)
    var warnings = journal.begin(source)
    for statement in Parser.parse(source).block.statements {
      if case .define = statement.kind { continue }
      journal.begin(at: Place(source, statement.head))
      warnings += journal.end(failure)
    }
    return warnings
  }

  private var lines: [String] {
    get throws {
      String(decoding: try journal.script(path: "x.zs"), as: UTF8.self)
        .split(separator: "\n").dropFirst().map(String.init)
    }
  }

  @Test("It keeps what succeeded and what ZeroMQ refused, and nothing else")
  func meaning() throws {
    _ = run("let x=1;print  $x ; sleep 1s; status; def a { print b }")
    _ = run("send x", Failure(.zmq(.wrongState), ""))
    _ = run("send y", Failure(.value, ""))
    _ = run("time within 1s wait connected", Failure(.timeout, ""))
    #expect(
      try lines == [
        "def a { print b }", "let x = 1", "print $x", "fails EFSM send x",
        "fails timeout within 1s wait connected",
      ])
  }

  @Test("It keeps no more than a bound, and says so")
  func bound() throws {
    for number in 0..<110 { _ = run("print \(number)") }
    #expect(journal.isFull)
    #expect(journal.statements.count == 100)
    #expect(try lines.last == "print 99")
  }

  @Test("Its size is bounded too")
  func size() {
    let text = String(repeating: "x", count: 250)
    for _ in 0..<20 { _ = run("print \(text)") }
    #expect(journal.isFull)
    #expect(journal.statements.count == 16)
  }

  @Test("Secrets are taken out of what was kept before")
  func secrets() throws {
    #expect(run("let key = 'open sesame'").isEmpty)
    _ = run("connect req 5546 plain_password='open sesame'")
    _ = run("send 'open sesame' open")
    #expect(
      try lines == [
        "let key = $env.PLAIN_PASSWORD", "connect req 5546 plain_password=$env.PLAIN_PASSWORD",
        "send $env.PLAIN_PASSWORD open",
      ])
    #expect(journal.secretVariables == ["PLAIN_PASSWORD"])
  }
}
