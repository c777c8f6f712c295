import Script
import Testing

@Suite struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ span: Span, label: String? = nil, isPrompt: Bool = false, columns: Int? = nil
  ) -> String {
    render(Array(text.utf8), span, label: label, isPrompt: isPrompt, columns: columns)
  }

  private func render(
    _ bytes: [UInt8], _ span: Span, label: String? = nil, isPrompt: Bool = false, columns: Int? = nil
  ) -> String {
    let source = SourceFile(name: "t.zs", bytes: bytes, isPrompt: isPrompt)
    return DiagnosticRenderer(columns: { columns }).render(
      Diagnostic(.error, "no", at: Place(source, span), label: label))
  }

  @Test func `the picture is the one of the contract`() {
    let text = "bind rep 5546\nconnect req 5546 as client\nclient send Hello\nclient send Hello1\n"
    let diagnostic = Diagnostic(
      .error, "cannot send on 'client': Operation cannot be accomplished in current state (EFSM)",
      at: Place(SourceFile(name: "demo.zs", text: text), Span(66, 70)),
      label: "\"Hello\" was sent 3.2 s ago and its reply has not been received",
      help: ["`client recv` first, or `client reset` to start over"])
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error: cannot send on 'client': Operation cannot be accomplished in current state (EFSM)
          --> demo.zs:4:8
           |
         4 | client send Hello1
           |        ^^^^ "Hello" was sent 3.2 s ago and its reply has not been received
           = help: `client recv` first, or `client reset` to start over
        """)
  }

  @Test func `the gutter is as wide as the line number`() {
    let text = String(repeating: "recv\n", count: 99) + "send x"
    let outer = SourceFile(name: "a.zs", text: "recv\nrecv\nsource t.zs")
    let diagnostic = Diagnostic(
      .warning, "hm", at: Place(SourceFile(name: "t.zs", text: text), Span(495, 499)),
      notes: ["one", "two"], callers: [Caller(.source, at: Place(outer, Span(10, 16)))])
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        warning: hm
            --> t.zs:100:1
            ::: included from a.zs:3:1
             |
         100 | send x
             | ^^^^
             = note: one
             = note: two
        """)
  }

  @Test func `of many callers the innermost and the outermost are shown`() {
    let source = SourceFile(name: "t.zs", text: "let x = 1 / 0")
    let calls = (1...20).map {
      Caller($0 == 20 ? .turn(3) : .definition("f\($0)"), at: Place(source, Span(4, 5)))
    }
    let shown = DiagnosticRenderer().render(
      Diagnostic(.error, "no", at: Place(source, Span(8, 13)), callers: calls))
    #expect(
      shown.split(separator: "\n").filter { $0.contains(":::") }.map { String($0.drop { $0 == " " }) } == [
        "::: in 'f1', called at t.zs:1:5", "::: in 'f2', called at t.zs:1:5",
        "::: in 'f3', called at t.zs:1:5",
        "::: in 'f4', called at t.zs:1:5", "::: … 12 more", "::: in 'f17', called at t.zs:1:5",
        "::: in 'f18', called at t.zs:1:5", "::: in 'f19', called at t.zs:1:5",
        "::: in turn 3 of the loop at t.zs:1:5",
      ])
  }

  @Test func `at the prompt the turn of a loop has no place, for the loop stands right above`() {
    let source = SourceFile(name: "prompt", text: "loop { x }", isPrompt: true)
    let shown = DiagnosticRenderer().render(
      Diagnostic(
        .error, "no", at: Place(source, Span(7, 8)),
        callers: [Caller(.turn(2), at: Place(source, Span(0, 4)))]))
    #expect(shown.contains("::: in turn 2 of the loop\n"))
  }

  @Test func `at the prompt the line has no place and no number`() {
    #expect(
      render("send x", Span(5, 6), label: "why", isPrompt: true) == """
        error: no
           | send x
           |      ^ why
        """)
  }

  @Test func `without a place there is no picture`() {
    #expect(
      DiagnosticRenderer().render(Diagnostic(.note, "done", help: ["go on"])) == """
        note: done
           = help: go on
        """)
  }

  @Test func `tabs and wide characters keep the caret below its word`() {
    #expect(
      render("\tsend 漢字 e\u{301} 😀 x", Span(22, 23)) == """
        error: no
          --> t.zs:1:14
           |
         1 |     send 漢字 e\u{301} 😀 x
           |                    ^
        """)
  }

  @Test func `nothing in a script drives the terminal`() {
    #expect(
      render([0x61, 0x1B, 0x5B, 0x31, 0x00, 0xFF, 0x0D, 0x7F] + Array("\u{202E}\u{85} b".utf8), Span(14, 15))
        == #"""
        error: no
          --> t.zs:1:12
           |
         1 | a\e[1\0\xFF\r\x7F\u{202E}\u{85} b
           |                                 ^
        """#)
    let source = SourceFile(name: "\u{1B}[2J", text: "x")
    let text = DiagnosticRenderer().render(
      Diagnostic(.error, "\u{1B}\n\t", at: Place(source, Span(0, 1)), label: "\u{7}", notes: ["\u{9B}"]))
    #expect(text.hasPrefix(#"error: \e\n\t"#))
    #expect(text.contains(#"--> \e[2J:1:1"#))
    #expect(text.contains(#"^ \x07"#))
    #expect(text.hasSuffix(#"note: \u{9B}"#))
  }

  @Test func `a long line is shortened around the caret`() {
    let text = String(repeating: "a", count: 100) + " mark " + String(repeating: "b", count: 100)
    #expect(
      render(text, Span(101, 105), columns: 45) == """
        error: no
          --> t.zs:1:102
           |
         1 | …aaaaaaaaaaaa mark bbbbbbbbbbbbbbbbbbbb…
           |               ^^^^
        """)
    let long = String(repeating: "x", count: 10_000_000)
    let picture = render(long, Span(5_000_000, 9_000_000), columns: 45)
    #expect(
      picture == """
        error: no
          --> t.zs:1:5000001
           |
         1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^
        """)
  }

  @Test func `of several lines the first is shown`() {
    #expect(
      render("if $x {\r\n  recv\r\n}", Span(6, 18), label: "here") == """
        error: no
          --> t.zs:1:7
           |
         1 | if $x {
           |       ^ here
        """)
  }

  @Test func `the end of the file is the end of its last line`() {
    let expected = """
      error: no
        --> t.zs:2:5
         |
       2 | recv
         |     ^
      """
    #expect(render("send x\nrecv", Span(11, 11)) == expected)
    #expect(render("send x\nrecv\n\n  \n", Span(16, 16)) == expected)
    #expect(
      render("", Span(0, 0)) == """
        error: no
          --> t.zs:1:1
           |
         1 |
           | ^
        """)
  }

  @Test func `colours go by role and change nothing else`() {
    let source = SourceFile(name: "t.zs", text: "send x")
    let diagnostic = Diagnostic(.error, "no", at: Place(source, Span(0, 4)), label: "why", help: ["go"])
    let renderer = DiagnosticRenderer(style: { role, text in "<\(role):\(text)>" })
    #expect(
      renderer.render(diagnostic) == """
        <error:error><message:: no>
          <place:--> t.zs:1:1>
          <gutter: |>
         <gutter:1 |> <source:send x>
          <gutter: |> <error:^^^^ why>
          <gutter: => <help:help>: go
        """)
  }

  @Test func `lines and columns count from 1 and by what the user sees`() {
    let source = SourceFile(
      name: "t", bytes: Array("\u{FEFF}ab\r\né\u{301}x".utf8) + [0xFF, 0xFE] + Array("y".utf8))
    #expect(source.position(of: 3) == (1, 1))
    #expect(source.position(of: 5) == (1, 3))
    #expect(source.position(of: 7) == (2, 1))
    #expect(source.position(of: 11) == (2, 2))
    #expect(source.position(of: 14) == (2, 5))
    #expect(source.line(of: 15) == 2)
    #expect(source.span(ofLine: 1) == Span(0, 5))
    #expect(source.span(ofLine: 2) == Span(7, 15))
  }
}
