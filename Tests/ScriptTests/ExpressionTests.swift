import Script
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("1_000", "1000"), ("0x1F", "31"), ("0b1010", "10"), ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775807", "9223372036854775807"), ("1.5", "1.5"), ("-2.5e3", "-2500.0"), ("1e-3", "0.001"),
    ("250ms", "0.25s"), ("2s", "2.0s"), ("1m", "60.0s"), ("1h", "3600.0s"), ("1.5s", "1.5s"),
    ("100us", "0.0001s"), ("-1s", "-1.0s"), ("64KiB", "65536"), ("1MB", "1000000"), ("10B", "10"),
    ("1.5KiB", "1536"), ("true", "true"), ("!false", "(! false)"), ("'a$b'", "q<a$b>"),
    ("\"a$b\"", "q<a$b>"), ("[1, 2,]", "[1 2]"), ("[]", "[]"), ("[1, # one\n 2\n]", "[1 2]"),
    ("1..9", "(.. 1 9)"), ("1..$n + 1", "(.. 1 (+ n 1))"), ("$a..$b", "(.. a b)"),
    ("1 + 2 * 3", "(+ 1 (* 2 3))"), ("(1 + 2) * 3", "(* (+ 1 2) 3)"), ("1 - 2 - 3", "(- (- 1 2) 3)"),
    ("1 -2", "(- 1 2)"), ("-$x", "(- x)"), ("- -5", "(- -5)"), ("7 % 3 / 2", "(/ (% 7 3) 2)"),
    ("$a && $b || !$c && $d", "(|| (&& a b) (&& (! c) d))"),
    ("$a == $b && $c != 1", "(&& (== a b) (!= c 1))"), ("$x<=1", "(<= x 1)"), ("$x>=1", "(>= x 1)"),
    ("$x[0][-1].a.b", "(. (. (at (at x 0) -1) a) b)"), ("$x[1..2]", "(at x (.. 1 2))"),
    ("json($reply).items[0].name", "(. (at (. (json reply) items) 0) name)"),
    ("now()", "(now)"), ("len(1, 2)", "(len 1 2)"), ("(1\n +\n 2)", "(+ 1 2)"), ("1 + \\\n 2", "(+ 1 2)"),
    ("${1:-5556}", "(or 1 q<5556>)"), ("${x}[0]", "(at x 0)"), ("${i + $j} * 2", "(* (+ i j) 2)"),
    ("$env.HOME", "(. env HOME)"), ("\"${\"${x}\"}\"", "q<$q<$x>>"), ("5 # five", "5"),
  ])
  func `expressions are read`(text: String, expected: String) {
    #expect(dump("let v = \(text)") == "(let v \(expected))")
  }

  @Test func `an operator has a place of its own`() {
    let result = Parser.parse(SourceFile(name: "t", text: "let v = 12 + $xy"))
    guard case .let(_, let value) = result.block.statements[0].kind else {
      Issue.record("no let")
      return
    }
    #expect(value.span == Span(8, 16))
    #expect(value.operatorSpan == Span(11, 12))
    #expect(result.block.statements[0].span == Span(0, 16))
    #expect(result.block.statements[0].head == Span(0, 3))
  }
}
