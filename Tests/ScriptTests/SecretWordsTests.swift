import Testing

@testable import Script

@Suite struct SecretWordsTests {
  static let key = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

  @Test(arguments: [
    ("set plain_password hunter2", "set plain_password ***"),
    ("client set plain_password 'two words' more; send x", "client set plain_password *** ***; send x"),
    (
      "connect req 5546 plain_password=hunter2 plain_username=alice",
      "connect req 5546 plain_password=*** plain_username=alice"
    ),
    ("connect req 5546 PLAIN_PASSWORD='a b' linger=0", "connect req 5546 PLAIN_PASSWORD=*** linger=0"),
    ("set ZMQ_CURVE_SECRETKEY '\(key)'", "set ZMQ_CURVE_SECRETKEY ***"),
    ("set curve_serverkey '\(key)'", "set curve_serverkey '\(key)'"),
    ("connect req 5546 curve_serverkey='\(key)'", "connect req 5546 curve_serverkey='\(key)'"),
    ("connect req 5546 curve_secretky='\(key)'", "connect req 5546 curve_secretky=***"),
    ("set curve_server '\(key)'", "set curve_server ***"),
    ("curve server '\(key)'", "curve server ***"),
    ("curve client '\(key)' '\(key)'", "curve client '\(key)' ***"),
    ("bind rep 5546 as a curve server '\(key)'", "bind rep 5546 as a curve server ***"),
    ("plain client alice hunter2", "plain client alice ***"),
    ("auth plain alice \"hunter two\"", "auth plain alice ***"),
    ("auth plain alice from pass.txt domain=x", "auth plain alice from pass.txt domain=x"),
    ("auth plain alice $env.PASSWORD", "auth plain alice $env.PASSWORD"),
    ("let password = \"hunter2\"", "let password = ***"),
    ("let password = $env.PASSWORD", "let password = $env.PASSWORD"),
    ("set plain_password $env.PASSWORD", "set plain_password $env.PASSWORD"),
    ("set plain_password ${1:-hunter2}", "set plain_password ***"),
    ("task t { set plain_password hunter2 }\nsend x", "task t { set plain_password *** }\nsend x"),
    ("set plain_password 'over\nlines'\nsend x", "set plain_password ***\n\nsend x"),
    ("set plain_password \\\n  hunter2", "set plain_password \\\n  ***"),
    ("set client plain_password hunter2", "set client plain_password ***"),
    ("let p = \"x\"\nplain client alice $p", "let p = ***\nplain client alice $p"),
    ("let p = \"x\"\nauth plain alice $p domain=y", "let p = ***\nauth plain alice $p domain=y"),
    ("let k = 'x'\nbind rep 1 as a curve server ${k}", "let k = ***\nbind rep 1 as a curve server ${k}"),
    ("let k = 'x'\ncurve client $s $k[1]", "let k = ***\ncurve client $s $k[1]"),
    ("let k = 'x'\ncurve client $k", "let k = 'x'\ncurve client $k"),
    ("let p = 'x'\nset plain_password $p", "let p = ***\nset plain_password $p"),
    ("let p = 'x'\nconnect req 1 plain_password=$p", "let p = ***\nconnect req 1 plain_password=$p"),
    ("alias up = 'set plain_password hunter2'", "alias up = 'set plain_password ***'"),
    ("alias up = \"plain client a b; send x\"", "alias up = \"plain client a ***; send x\""),
    ("alias up = 'send plain'", "alias up = 'send plain'"),
    ("send password hunter2 # plain talk", "send password hunter2 # plain talk"),
    ("send \(key)", "send \(key)"),
  ])
  func secretsAreMaskedAndNothingElse(text: String, masked: String) {
    #expect(SecretWords.masked(text) == masked)
  }

  @Test func behindTheLastLineOfASecretOfSeveralTheCaretStandsBelowTheRightWord() throws {
    let text = "plain client alice 'abc\n\(String(repeating: "x", count: 3000))\nxyz' }"
    let error = try #require(Parser.parse(SourceFile(name: "a.zs", text: text)).diagnostics.first)
    #expect(
      DiagnosticRenderer(columns: 80).render(error).contains(
        """
         3 | *** }
           |     ^
        """))
  }

  @Test func aPictureShowsNoSecretAndItsCaretsStandBelowTheRightWord() {
    let text = "send a\nset plain_password hunter2 linger\n"
    let source = SourceFile(name: "x.zs", text: text)
    let more = Span(34, 40)
    let error = Diagnostic(
      .error, "'hunter2' is not expected", at: Place(source, more), label: "not expected")
    #expect(
      DiagnosticRenderer().render(error) == """
        error: '***' is not expected
          --> x.zs:2:28
           |
         2 | set plain_password *** ***
           |                        ^^^ not expected
        """)
    let secret = Diagnostic(.error, "it is too long", at: Place(source, Span(26, 33)))
    #expect(
      DiagnosticRenderer().render(secret).hasSuffix(
        "| set plain_password *** ***\n   |                    ^^^"))
  }
}
