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
    ("task w$n{recv}", "(task <w$n> {(recv)})"),
    ("loop{ break }", "(loop {(break)})"),
    ("loop { if $x { break } }", "(loop {(if x {(break)})})"),
    ("client within 1s recv", "(client within 1s recv)"),
    ("def f a b", "(def f a b)"),
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
}
