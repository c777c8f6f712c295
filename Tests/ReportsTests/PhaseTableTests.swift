import Script
import Testing

@testable import Reports

@Suite struct PhaseTableTests {
  @Test func `A comment names the phase of the next statement's line`() {
    let text = """
      #!/usr/bin/env -S zsh-mq run
      # phase: setup
      # more on it

      bind rep :0
      print x  # phase: no comment of its own line
      \t#phase:  work \t
      repeat 3 {
        # phase: turn
        send x
      }
      # phase:
      recv
      # phase: nothing follows
      """
    let table = PhaseTable(SourceFile(name: "a.zs", text: text))
    let named = (1...20).compactMap { line in table[line].map { "\(line) \($0)" } }
    #expect(named == ["5 setup", "8 work", "10 turn"])
  }

  @Test func `Line ends of Windows and no line end at all are no part of a name`() {
    let table = PhaseTable(SourceFile(name: "a.zs", text: "# phase: a b\r\n\r\nrecv"))
    #expect(table[3] == "a b")
  }
}
