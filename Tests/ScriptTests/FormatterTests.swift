import Script
import Testing

/// The one layout: what it looks like, that it means the same, and that it is the last word.
@Suite struct FormatterTests {
  @Test(arguments: [
    // Words and statements.
    ("", ""),
    ("\n\n  \n", ""),
    ("send   a\t b", "send a b\n"),
    ("\u{FEFF}#!/usr/bin/env -S zsh-mq run\nrecv\r\n", "#!/usr/bin/env -S zsh-mq run\nrecv\n"),
    ("recv;send a ;; send b", "recv\nsend a\nsend b\n"),
    (
      "send 'a  b' \"c  $x\" hex:00 {\"a\":  1}  [1,\n 2]",
      "send 'a  b' \"c  $x\" hex:00 {\"a\":  1} [1,\n 2]\n"
    ),
    ("send a\\ ; recv", "send a\\;\nrecv\n"),
    ("send a\\ # c", "send a\\ # c\n"),
    ("\\\n\u{FEFF}x", "\u{FEFF}\u{FEFF}x\n"),
    ("break-x;serve-y", "break-x\nserve-y\n"),
    // Continued lines.
    ("send a \\\n b\\\n\\\n   c", "send a \\\n    b \\\n    c\n"),
    ("loop {\n send a \\\n b\n}", "loop {\n  send a \\\n      b\n}\n"),
    ("recv \\\n\nrecv \\\n # c", "recv\nrecv # c\n"),
    ("let x \\\n = 1 + \\\n 2", "let x \\\n    = 1 + \\\n    2\n"),
    ("within 1s \\\n retry 3 \\\n {recv}", "within 1s \\\n    retry 3 { recv }\n"),
    ("loop { recv } \\\n | jq .", "loop { recv } \\\n    | jq .\n"),
    ("if $x { a } \\\n else { b }", "if $x { a } else { b }\n"),
    // Comments and blank lines.
    ("#a  \n\n\n\n  # b\nrecv   #c\r\n\n\n", "#a\n\n# b\nrecv #c\n"),
    ("\n\n# a\n\nrecv\n\n\n\nrecv", "# a\n\nrecv\n\nrecv\n"),
    ("loop {\n\n  # a\n\n\n  recv # b\n\n # c\n\n}# d", "loop {\n  # a\n\n  recv # b\n\n  # c\n} # d\n"),
    ("loop { # a\n\n recv}", "loop { # a\n  recv\n}\n"),
    ("loop {\n# a\n}", "loop {\n  # a\n}\n"),
    ("send a; send b # b", "send a\nsend b # b\n"),
    // Blocks.
    ("repeat 3{send Hello;recv}", "repeat 3 { send Hello; recv }\n"),
    ("loop {}\nloop {\n\n}\nloop { ; }", "loop {}\nloop {}\nloop {}\n"),
    ("loop {\nrecv; recv}", "loop {\n  recv\n  recv\n}\n"),
    ("loop {if $x{break};recv}", "loop { if $x { break }; recv }\n"),
    ("loop { if $x {\nbreak } }", "loop {\n  if $x {\n    break\n  }\n}\n"),
    ("if($x){a} else if  $y {b}\nelse{c}", "if ($x) { a } else if $y { b } else { c }\n"),
    ("if $x { a } else {\nb }", "if $x {\n  a\n} else {\n  b\n}\n"),
    ("if $x { a } # 1\n\n# 2\n\nelse { b }", "if $x { a } # 1\n# 2\nelse { b }\n"),
    ("try{recv}\n\ncatch{\nprint}", "try {\n  recv\n} catch {\n  print\n}\n"),
    ("def f a  b{return $a+$b;}", "def f a b { return $a + $b }\n"),
    ("serve rep   5546 echo;serve s{send a}", "serve rep 5546 echo\nserve s { send a }\n"),
    ("for  x in[1,2]{a}", "for x in [1, 2] { a }\n"),
    ("within 1s repeat 3 every 1s fails EFSM {a;b}", "within 1s repeat 3 every 1s fails EFSM { a; b }\n"),
    ("time   unordered{expect a}", "time unordered { expect a }\n"),
    ("recv  |  jq  .  |sort >   f", "recv | jq . |sort > f\n"),
    ("loop { recv } >>   f", "loop { recv } >> f\n"),
    (
      "repeat 3 { send \(String(repeating: "a", count: 76)); recv }",
      "repeat 3 { send \(String(repeating: "a", count: 76)); recv }\n"
    ),
    (
      "repeat 3 { send \(String(repeating: "é", count: 74)); recv é }",
      "repeat 3 { send \(String(repeating: "é", count: 74)); recv é }\n"
    ),
    (
      "repeat 3 { send \(String(repeating: "a", count: 76)); recv a }",
      "repeat 3 {\n  send \(String(repeating: "a", count: 76))\n  recv a\n}\n"
    ),
    (
      "loop { send \(String(repeating: "a", count: 60)); if $x { send \(String(repeating: "b", count: 60)) } }",
      "loop {\n  send \(String(repeating: "a", count: 60))\n"
        + "  if $x { send \(String(repeating: "b", count: 60)) }\n}\n"
    ),
    ("loop { send a\\ }", "loop { send a\\ }\n"),
    ("loop { send a\\ ;recv\n}", "loop {\n  send a\\;\n  recv\n}\n"),
    // Expressions.
    ("let x=1", "let x = 1\n"),
    ("let x = 1+2*-3 -$y", "let x = 1 + 2 * -3 - $y\n"),
    ("let x = ( 1 +2 )*3", "let x = (1 + 2) * 3\n"),
    ("let x = - 5 - - 5 - -5 - - $x", "let x = - 5 - - 5 - -5 - -$x\n"),
    ("let x = ! true&&!$y||! (1<2)", "let x = !true && !$y || !(1 < 2)\n"),
    ("let x = ! 5 == ! -5", "let x = !5 == !-5\n"),
    ("let x = 1  ..  $n+1", "let x = 1..$n + 1\n"),
    ("let x = [ 1,2 ,3 , ]", "let x = [1, 2, 3,]\n"),
    ("let x = json( $r ).items[ 0 ] .. 5", "let x = json($r).items[0]..5\n"),
    ("let x = $x[$i+1][ -1 ].a == len( [] )", "let x = $x[$i + 1][-1].a == len([])\n"),
    ("let x = \"a  ${ x+1 }\"+${ y+1 }[0]+(${ z })", "let x = \"a  ${ x+1 }\" + ${ y+1 }[0] + (${ z })\n"),
    ("let x = ${1:-a b}+((0x1F))", "let x = ${1:-a b} + ((0x1F))\n"),
    ("let x = [\n1, # one\n\n\n  2\n,3]", "let x = [\n  1, # one\n\n  2\n  , 3]\n"),
    ("let x = [ # all\n\n# own\n\n1\n\n]", "let x = [ # all\n  # own\n\n  1\n]\n"),
    ("loop {\nlet x = (1\n+ f([\n2\n]))\n}", "loop {\n  let x = (1\n    + f([\n        2\n      ]))\n}\n"),
    ("let x = (1 + \\\n 2)", "let x = (1 +\n  2)\n"),
    ("repeat (3)send a", "repeat (3) send a\n"),
    ("assert($x!=1)", "assert ($x != 1)\n"),
  ])
  func `a script has one layout`(text: String, expected: String) throws {
    #expect(try formatted(text) == expected)
    expectKept(Array(text.utf8))
  }

  @Test func `what does not parse is refused with what is wrong`() {
    do {
      _ = try Formatter.format(SourceFile(name: "t.zs", text: "let = 5\nloop {"))
      Issue.record("it was laid out")
    } catch {
      #expect(
        error.all.map(\.message) == [
          "'=' is no name for a variable", "the '{' of this block is never closed",
        ])
    }
  }

  @Test func `every script of the repository means the same in its layout`() throws {
    let scripts = try repositoryScripts()
    #expect(scripts.count > 30)
    for (name, bytes) in scripts where Parser.parse(SourceFile(name: name, bytes: bytes)).diagnostics.isEmpty
    {
      expectKept(bytes)
    }
  }

  @Test(arguments: 0..<8)
  func `generated scripts mean the same in their layout`(seed: Int) throws {
    var generator = ScriptGenerator(seed: UInt64(seed))
    for _ in 0..<200 {
      let text = generator.script()
      #expect(rendered(text) == "", "\(text)")
      expectKept(Array(text.utf8))
      // The comments are numbered: all are there, in their order.
      #expect(comments(in: try formatted(text)) == comments(in: text), "\(text)")
    }
  }

  @Test func `a long line of blocks takes no long time`() {
    let line = String(repeating: "loop { ", count: 60) + String(repeating: "send a; ", count: 20_000)
    expectKept(Array((line + String(repeating: " }", count: 60)).utf8))
    expectKept(Array(String(repeating: "loop { send a; recv }\n", count: 20_000).utf8))
  }

  private func formatted(_ text: String) throws -> String {
    String(decoding: try Formatter.format(SourceFile(name: "t.zs", text: text)), as: UTF8.self)
  }

  private func comments(in text: String) -> [Substring] {
    text.split(separator: "#", omittingEmptySubsequences: false).dropFirst().map { $0.prefix { $0.isNumber } }
  }
}

/// Lays out a text that parses, and expects the tree of before and the layout of after.
func expectKept(_ bytes: [UInt8]) {
  let before = Parser.parse(SourceFile(name: "t.zs", bytes: bytes))
  do {
    let once = try Formatter.format(SourceFile(name: "t.zs", bytes: bytes))
    let after = Parser.parse(SourceFile(name: "t.zs", bytes: once))
    let text = String(decoding: bytes, as: UTF8.self)
    let layout = String(decoding: once, as: UTF8.self)
    #expect(after.diagnostics.map(\.message) == [], "\(text)\n--- became\n\(layout)")
    #expect(
      after.block.statements.map(\.dump) == before.block.statements.map(\.dump),
      "\(text)\n--- became\n\(layout)")
    let twice = try Formatter.format(SourceFile(name: "t.zs", bytes: once))
    #expect(String(decoding: twice, as: UTF8.self) == layout, "\(text)")
  } catch {
    #expect(!before.diagnostics.isEmpty)
  }
}
