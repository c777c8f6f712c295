import Script
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    ("send Hello", "(send Hello)"),
    ("send a; recv\nrecv # what\n#! x\n", "(send a) (recv) (recv)"),
    ("\u{FEFF}recv\r\nrecv\r\n", "(recv) (recv)"),
    ("send a \\\n  b", "(send a b)"),
    ("send a\\\r\nb", "(send a b)"),
    ("send a#b # c", "(send a#b)"),
    ("repeat 3 { send Hello; recv }", "(repeat 3 {(send Hello) (recv)})"),
    ("repeat 3 {\n send Hello\n recv\n}\nrecv", "(repeat 3 {(send Hello) (recv)}) (recv)"),
    ("repeat 10 every 1s send x", "(repeat 10 every 1.0s {(send x)})"),
    ("every 250ms { recv}", "(every 0.25s {(recv)})"),
    ("within 1s repeat 3 fails EFSM send x", "(within 1.0s {(repeat 3 {(fails EFSM {(send x)})})})"),
    ("let n = 3\nrepeat $n send x", "(let n 3) (repeat n {(send x)})"),
    ("repeat $n + 1 send -x", "(repeat (+ n 1) {(send -x)})"),
    ("repeat len($x) { loop {break} }", "(repeat (len x) {(loop {(break)})})"),
    ("if $x == 1 { a } else if $y { b } else { c }", "(if (== x 1) {(a)} elif y {(b)} else {(c)})"),
    ("if $x { a }\n# note\n\nelse { c }\nrecv", "(if x {(a)} else {(c)}) (recv)"),
    ("if $x { a }\n\n# note\nrecv", "(if x {(a)}) (recv)"),
    ("if($x){a};recv", "(if x {(a)}) (recv)"),
    ("while $x < 3 { let x = $x + 1 }", "(while (< x 3) {(let x (+ x 1))})"),
    ("for n in 1..9 { print $n }", "(for n (.. 1 9) {(print <$n>)})"),
    ("for in in [1] { print $in }", "(for in [1] {(print <$in>)})"),
    ("task server { recv }", "(task server {(recv)})"),
    ("task \"w$n\" {recv}", "(task q<w$n> {(recv)})"),
    ("task 'w'{recv}", "(task q<w> {(recv)})"),
    ("serve rep x='y'{recv}", "(serve rep q<x=|y> {(recv)})"),
    ("task w$n{recv}", "(task <w$n> {(recv)})"),
    ("loop{ break }", "(loop {(break)})"),
    ("loop { if $x { break } }", "(loop {(if x {(break)})})"),
    ("client within 1s recv", "(client within 1s recv)"),
    ("definition f a b", "(definition f a b)"),
    ("retry 3 send x", "(retry 3 {(send x)})"),
    ("retry $n + 1 every 500ms { send x; recv }", "(retry (+ n 1) every 0.5s {(send x) (recv)})"),
    ("time recv", "(time {(recv)})"),
    ("time{recv}", "(time {(recv)})"),
    (
      "within 1s retry 3 time repeat 2 fails any every 1s recv",
      "(within 1.0s {(retry 3 {(time {(repeat 2 {(fails any {(every 1.0s {(recv)})})})})})})"
    ),
    ("loop { retry 3 break }", "(loop {(retry 3 {(break)})})"),
    ("def f { recv }", "(def f {(recv)})"),
    ("def f a b_1{ send $a $b_1; return }", "(def f a b_1 {(send <$a> <$b_1>) (return)})"),
    ("def f a { if $a { return $a + 1 }; f 1 }", "(def f a {(if a {(return (+ a 1))}) (f 1)})"),
    ("def echo { loop { break } }", "(def echo {(loop {(break)})})"),
    ("try { recv } catch { print $error }", "(try {(recv)} catch {(print <$error>)})"),
    ("try {\n recv\n}\n# why\n\ncatch {\n print\n}\nrecv", "(try {(recv)} catch {(print)}) (recv)"),
    ("try{recv} catch{print}", "(try {(recv)} catch {(print)})"),
    ("assert $x > 3 && len($y) == 1 # so", "(assert (&& (> x 3) (== (len y) 1)))"),
    ("assert($x)", "(assert x)"),
    ("serve server { send World }", "(serve server {(send World)})"),
    (
      "serve rep 5546 as s linger=0 x='a' {send $request}",
      "(serve rep 5546 as s linger=0 q<x=|a> {(send <$request>)})"
    ),
    (
      "serve rep tcp://[::1]:5546 [::1]:1 \"tcp://*:$p\" { }",
      "(serve rep tcp://[::1]:5546 [::1]:1 q<tcp://*:$p> {})"
    ),
    ("serve rep 5546 echo", "(serve rep 5546 echo)"),
    ("loop { serve rep 5546 echo }", "(loop {(serve rep 5546 echo)})"),
    ("serve echo { recv }", "(serve echo {(recv)})"),
    ("serve echo echo", "(serve echo echo)"),
    ("serve rep 1 as echo { recv }", "(serve rep 1 as echo {(recv)})"),
    ("serve rep 1 as echo echo", "(serve rep 1 as echo echo)"),
    ("unordered { expect a; expect b }", "(unordered {(expect a) (expect b)})"),
    ("recv | jq .", "(recv) | <jq .>"),
    ("recv \\\n  | jq -r '.a | .b' \"$x\" | sort -u # both", "(recv) | <jq -r q<.a | .b> q<$x>> | <sort -u>"),
    ("recv | jq [.a] {b: .c}; recv", "(recv) | <jq j<[.a]> j<{b: .c}>> (recv)"),
    ("recv > out.txt", "(recv) > <out.txt>"),
    ("sockets >> \"$dir/log\"\nrecv", "(sockets) >> <q<$dir/log>> (recv)"),
    ("recv | jq . > 'a b'", "(recv) | <jq .> > <q<a b>>"),
    ("send {\"a\": 1} > f", "(send j<{\"a\": 1}>) > <f>"),
    ("send a|b >x | cat", "(send a|b >x) | <cat>"),
    ("send '|' \">\" || >>>", "(send q<|> q<>> || >>>)"),
    ("loop { recv } | jq .", "(loop {(recv)}) | <jq .>"),
    ("loop { recv | jq . } >> f", "(loop {(recv) | <jq .>}) >> <f>"),
    ("if $x { a } else { b } > f", "(if x {(a)} else {(b)}) > <f>"),
    ("try { a } catch { b } | wc", "(try {(a)} catch {(b)}) | <wc>"),
    ("for n in 1..3 { a } > f; while $n { a } > f", "(for n (.. 1 3) {(a)}) > <f> (while n {(a)}) > <f>"),
    ("within 1s recv | jq .", "(within 1.0s {(recv) | <jq .>})"),
    ("within 1s { recv } | jq .", "(within 1.0s {(recv)}) | <jq .>"),
    ("time within 1s { recv } > f", "(time {(within 1.0s {(recv)}) > <f>})"),
    ("retry 3 fails any recv | p", "(retry 3 {(fails any {(recv) | <p>})})"),
    ("repeat 3 recv > f", "(repeat 3 {(recv)}) > <f>"),
    ("repeat 3 { recv } > f", "(repeat 3 {(recv)}) > <f>"),
    ("repeat 3 { recv > f }", "(repeat 3 {(recv) > <f>})"),
    ("repeat 3 { time recv > f } > g", "(repeat 3 {(time {(recv) > <f>})}) > <g>"),
    ("every 1s within 1s recv | p", "(every 1.0s {(within 1.0s {(recv)})}) | <p>"),
    ("repeat 3 within 1s { recv } | p", "(repeat 3 {(within 1.0s {(recv)})}) | <p>"),
    ("within 1s repeat 3 time recv | p", "(within 1.0s {(repeat 3 {(time {(recv)})}) | <p>})"),
    ("repeat 3 repeat 2 recv > f; recv > g", "(repeat 3 {(repeat 2 {(recv)})}) > <f> (recv) > <g>"),
    ("if $x > 3 { a }; let y = $x > 3", "(if (> x 3) {(a)}) (let y (> x 3))"),
    ("repeat-x lets", "(repeat-x lets)"),
    ("loop { loop { break }}", "(loop {(loop {(break)})})"),
    ("loop { send a}b; send {\"a\":1}}", "(loop {(send a}b) (send j<{\"a\":1}>)})"),
    ("loop { send $x}", "(loop {(send <$x>)})"),
    ("loop { send ${x}}", "(loop {(send <$x>)})"),
    ("loop { send 'x'}; recv", "(loop {(send q<x>)}) (recv)"),
  ])
  func `statements are read`(text: String, expected: String) {
    #expect(dump(text) == expected)
  }

  @Test(arguments: [
    "loop {", "loop {\n recv\n", "send 'a", "send \"a\n", "send {\"a\": 1,", "send [1", "send a \\",
    "send a \\\n",
    "let x = (1 +", "let x = f(!", "let x = [1 *", "send ${x +", "send \"${ - ", "send $x[1 + (2 *",
    "let x = [1,\n", "send ${x", "send \"${x", "let x = len($y", "if $x { a } else {",
    "send $x[",
    "loop { send Hello {", "try { recv }", "try {\n recv\n}\n# why\n", "def f {", "serve rep 1 {", "time {",
    "try { recv } catch {", "unordered {", "try { loop {",
  ])
  func `what is open asks for another line`(text: String) {
    #expect(Parser.parse(SourceFile(name: "t", text: text)).isIncomplete)
    #expect(Parser.parse(SourceFile(name: "t", text: text)).diagnostics.count == 1)
  }

  @Test(arguments: [
    "", "send a", "repeat 3", "if $x", "let x =", "let x = 1 +", "}", "send \"\\q\"", "# {", "send a\\b",
    "retry 3", "time",
    "def f", "try", "try { recv } x", "try { recv } catch", "serve rep 1", "serve rep 1 echo", "recv |",
    "recv >",
  ])
  func `what is closed asks for no other line`(text: String) {
    #expect(!Parser.parse(SourceFile(name: "t", text: text)).isIncomplete)
  }

  @Test func `an error leaves the statements around it as they are`() {
    let text = "send a\nlet = 5\nsend b; let x 5; send c\nif $x == { d }\nsend e"
    let result = Parser.parse(SourceFile(name: "t", text: text))
    #expect(result.diagnostics.count == 3)
    #expect(result.block.statements.map(\.dump).joined() == "(send a)(send b)(send c)(send e)")
  }

  @Test func `a flood of errors is cut off`() {
    let result = Parser.parse(SourceFile(name: "t", text: String(repeating: "let\n", count: 1000)))
    #expect(result.diagnostics.count == 101)
    #expect(result.diagnostics.last?.message == "900 further errors are not shown")
  }

  @Test func `spans say where everything stands`() {
    let text = "  within 1s repeat 3 { send $x } # done"
    let block = Parser.parse(SourceFile(name: "t", text: text)).block
    #expect(block.statements[0].span == Span(2, 32))
    #expect(block.statements[0].head == Span(2, 8))
    guard case .within(_, let body) = block.statements[0].kind,
      case .repeat(_, _, let inner) = body.statements[0].kind,
      case .command(let words) = inner.statements[0].kind
    else {
      Issue.record("not as expected")
      return
    }
    #expect(body.span == Span(12, 32))
    #expect(inner.span == Span(21, 32))
    #expect(words[1].span == Span(28, 30))
  }
}
