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
    (
      "zap expect 1.0 _ global 127.0.0.1 '' PLAIN alice hunter2",
      "zap expect 1.0 _ global 127.0.0.1 '' PLAIN alice ***"
    ),
    (
      "send '' 1.0 1 x 1.2.3.4 '' PLAIN alice \"a b\" as x", "send '' 1.0 1 x 1.2.3.4 '' PLAIN alice *** as x"
    ),
    ("expect 1.0 1 '' _ '' PLAIN alice _", "expect 1.0 1 '' _ '' PLAIN alice _"),
    ("expect 1.0 1 '' _ '' PLAIN alice $env.P", "expect 1.0 1 '' _ '' PLAIN alice $env.P"),
    ("send PLAIN alice hunter2", "send PLAIN alice hunter2"),
    ("let p = upper(\"two words\")\nplain client a $p", "let p = *** ***\nplain client a $p"),
    ("let p = hunter2\nplain client a $p", "let p = ***\nplain client a $p"),
    ("let p = $q\nplain client a $p", "let p = $q\nplain client a $p"),
    ("let pw = 'x'", "let pw = ***"),
    ("let keys = ['a', 'b']; curve server $keys[1]", "let keys = *** ***; curve server $keys[1]"),
    ("for p in ['a'] { auth plain alice $p }", "for p in *** { auth plain alice $p }"),
    ("set plain_password = hunter2", "set plain_password *** ***"),
    ("socket req plain_password = hunter2 x", "socket req plain_password = *** x"),
    ("socket req \"plain_password=hunter2\"", "socket req ***"),
    (
      "def login user pass { send x }\nlogin alice hunter2", "def login user pass { send x }\nlogin alice ***"
    ),
    (
      "def f u w { plain client $u $w }\nf a 'x y'; f a $b",
      "def f u w { plain client $u $w }\nf a ***; f a $b"
    ),
    ("send password hunter2 # plain talk", "send password hunter2 # plain talk"),
    ("send \(key)", "send \(key)"),
  ])
  func secretsAreMaskedAndNothingElse(text: String, masked: String) {
    #expect(SecretWords.masked(text) == masked)
  }

  @Test(arguments: [
    ("plain client alice $p", ["p"]), ("auth plain alice $p domain=x", ["p"]), ("curve server $k", ["k"]),
    ("bind rep 1 curve server ${k}; plain client a $p", ["k", "p"]), ("set plain_password $p", ["p"]),
    ("curve client $k", []), ("plain client $name", []), ("send $p", []), ("plain client a $env.P", []),
  ])
  func `the variables that hold secrets are known by where they stand`(text: String, names: [String]) {
    #expect(SecretWords.variables(in: text).sorted() == names)
  }

  @Test func `what a definition of an earlier text takes as a secret is masked`() {
    let earlier = "def login user word { plain client $user $word }"
    #expect(SecretWords.masked("login alice hunter2", after: earlier) == "login alice ***")
    #expect(SecretWords.masked("login alice hunter2") == "login alice hunter2")
  }

  @Test func `what a variable was given is masked where another text tells that it is a secret`() {
    let text = "let p = \"hunter2\"; let q = 'x'\nsend $q"
    #expect(SecretWords.masked(text, keptIn: ["p"]) == "let p = ***; let q = 'x'\nsend $q")
    #expect(SecretWords.masked(text) == text)
  }

  @Test func behindTheLastLineOfASecretOfSeveralTheCaretStandsBelowTheRightWord() throws {
    let text = "plain client alice 'abc\n\(String(repeating: "x", count: 3000))\nxyz' }"
    let error = try #require(Parser.parse(SourceFile(name: "a.zs", text: text)).diagnostics.first)
    #expect(
      DiagnosticRenderer(columns: { 80 }).render(error).contains(
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
