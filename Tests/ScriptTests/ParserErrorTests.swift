import Script
import Testing

/// Every error of the parser, as the user sees it.
@Suite struct ParserErrorTests {
  @Test(arguments: cases)
  func `an error says what, where and what next`(text: String, expected: String) {
    #expect(rendered(text) == expected)
  }

  @Test(arguments: [[0xFF, 0xFE, 0x70, 0], [0xFE, 0xFF, 0, 0x70]])
  func `a text in UTF-16 is told as that, once`(bytes: [UInt8]) {
    let found = Parser.parse(SourceFile(name: "t.zs", bytes: bytes)).diagnostics
    #expect(found.map(\.message) == ["the text is in UTF-16, where a script is in UTF-8"])
    #expect(found.map(\.help) == [["save it as UTF-8"]])
  }

  private static let cases: [(String, String)] = [
    (
      "let",
      #"""
      error: 'let' needs a name and a value
        --> t.zs:1:1
         |
       1 | let
         | ^^^
         = help: for example `let x = 5`
      """#
    ),
    (
      "let 5 = x",
      #"""
      error: '5' is no name for a variable
        --> t.zs:1:5
         |
       1 | let 5 = x
         |     ^
         = help: a name is letters, digits and `_`, and starts with no digit: `let x = 5`
      """#
    ),
    (
      "let $x = 5",
      #"""
      error: 'let' takes the name of the variable without '$'
        --> t.zs:1:5
         |
       1 | let $x = 5
         |     ^^
         = help: write `x`
      """#
    ),
    (
      "let x",
      #"""
      error: 'x' is given no value
        --> t.zs:1:5
         |
       1 | let x
         |     ^
         = help: for example `let x = 5`
      """#
    ),
    (
      "let x =",
      #"""
      error: the value is missing after '='
        --> t.zs:1:7
         |
       1 | let x =
         |       ^
         = help: for example `let x = 5`; an empty text is `""`
      """#
    ),
    (
      "let x 5",
      #"""
      error: '=' is missing before '5'
        --> t.zs:1:7
         |
       1 | let x 5
         |       ^
         = help: write `let x = 5`
      """#
    ),
    (
      "let x == 5",
      #"""
      error: '==' compares; 'let' needs '='
        --> t.zs:1:7
         |
       1 | let x == 5
         |       ^^
         = help: write `let x = …`
      """#
    ),
    (
      "let x := 5",
      #"""
      error: ':=' is no sign of the language
        --> t.zs:1:7
         |
       1 | let x := 5
         |       ^^
         = help: write `let x = …`
      """#
    ),
    (
      "let x += 1",
      #"""
      error: '+=' is no sign of the language
        --> t.zs:1:7
         |
       1 | let x += 1
         |       ^^
         = help: write `let x = $x + …`
      """#
    ),
    (
      "let x-y = 5",
      #"""
      error: 'x-y' is no name for a variable
        --> t.zs:1:5
         |
       1 | let x-y = 5
         |     ^^^
         = help: a name is letters, digits and `_`, and starts with no digit: `let x = 5`
      """#
    ),
    (
      "let x = 5 5",
      #"""
      error: '5' does not belong to the expression before it
        --> t.zs:1:11
         |
       1 | let x = 5 5
         |           ^
         = help: an operator is missing between them, or quotes around the whole
      """#
    ),
    (
      "let x = Hello World",
      #"""
      error: 'Hello' is neither a value nor a function: variables are written $x
        --> t.zs:1:9
         |
       1 | let x = Hello World
         |         ^^^^^
         = help: write `$Hello` for a variable, `"Hello"` for text
      """#
    ),
    (
      "let name = 1\nlet b = nam",
      #"""
      error: 'nam' is neither a value nor a function: variables are written $x
        --> t.zs:2:9
         |
       2 | let b = nam
         |         ^^^
         = help: did you mean `$name`?
      """#
    ),
    (
      "let name = 1\nlet b = name",
      #"""
      error: 'name' is neither a value nor a function: variables are written $x
        --> t.zs:2:9
         |
       2 | let b = name
         |         ^^^^
         = help: write `$name`
      """#
    ),
    (
      "let x = tru",
      #"""
      error: 'tru' is neither a value nor a function: variables are written $x
        --> t.zs:1:9
         |
       1 | let x = tru
         |         ^^^
         = help: did you mean `true`?
      """#
    ),
    (
      "let x = recv",
      #"""
      error: 'recv' is neither a value nor a function: variables are written $x
        --> t.zs:1:9
         |
       1 | let x = recv
         |         ^^^^
         = help: `recv as x` keeps a message in `$x`
      """#
    ),
    (
      "let x = {\"a\": 1}",
      #"""
      error: '{"a":' starts no expression
        --> t.zs:1:9
         |
       1 | let x = {"a": 1}
         |         ^^^^^
         = help: a list is `[1, 2]`, JSON is `json('{"a": 1}')`
      """#
    ),
    (
      "let x = +",
      #"""
      error: '+' starts no expression
        --> t.zs:1:9
         |
       1 | let x = +
         |         ^
         = help: text stands in quotes
      """#
    ),
    (
      "let x = 1 +",
      #"""
      error: the right side of '+' is missing
        --> t.zs:1:11
         |
       1 | let x = 1 +
         |           ^
         = help: an operand follows on the same line; in parentheses the line may end
      """#
    ),
    (
      "let x = 1 + )",
      #"""
      error: the right side of '+' is missing
        --> t.zs:1:11
         |
       1 | let x = 1 + )
         |           ^
         = help: an operand follows on the same line; in parentheses the line may end
      """#
    ),
    (
      "let x = !",
      #"""
      error: the operand of '!' is missing
        --> t.zs:1:9
         |
       1 | let x = !
         |         ^
         = help: for example `!$x`
      """#
    ),
    (
      "let x = (1 2)",
      #"""
      error: ')' is missing before '2'
        --> t.zs:1:12
         |
       1 | let x = (1 2)
         |            ^
         = note: the '(' stands at 1:9
      """#
    ),
    (
      "let x = (",
      #"""
      error: the '(' is never closed
        --> t.zs:1:9
         |
       1 | let x = (
         |         ^
         = help: end it with `)`
      ...
      """#
    ),
    (
      "let x = ()",
      #"""
      error: nothing stands between the brackets
        --> t.zs:1:9
         |
       1 | let x = ()
         |         ^^
         = help: for example `(1 + 2)`
      """#
    ),
    (
      "let x = $y[]",
      #"""
      error: nothing stands between the brackets
        --> t.zs:1:11
         |
       1 | let x = $y[]
         |           ^^
         = help: for example `$x[0]`
      """#
    ),
    (
      "let x = [1 2]",
      #"""
      error: ',' or ']' is missing before '2'
        --> t.zs:1:12
         |
       1 | let x = [1 2]
         |            ^
         = note: the '[' stands at 1:9
      """#
    ),
    (
      "let x = [1,",
      #"""
      error: the '[' is never closed
        --> t.zs:1:9
         |
       1 | let x = [1,
         |         ^
         = help: end it with `]`
      ...
      """#
    ),
    (
      "let x = len(1",
      #"""
      error: the '(' is never closed
        --> t.zs:1:12
         |
       1 | let x = len(1
         |            ^
         = help: end it with `)`
      ...
      """#
    ),
    (
      "let x = $",
      #"""
      error: '$' names no variable
        --> t.zs:1:9
         |
       1 | let x = $
         |         ^
         = help: a name follows directly: `$x`
      """#
    ),
    (
      "let x = .5",
      #"""
      error: '.5' starts no expression
        --> t.zs:1:9
         |
       1 | let x = .5
         |         ^^
         = help: a number starts with a digit: `0.5`
      """#
    ),
    (
      "let x = 1 < 2 < 3",
      #"""
      error: comparisons do not chain
        --> t.zs:1:15
         |
       1 | let x = 1 < 2 < 3
         |               ^
         = help: join two with `&&`: `1 < $x && $x < 3`
      """#
    ),
    (
      "let x = 1..2..3",
      #"""
      error: a range has two ends
        --> t.zs:1:13
         |
       1 | let x = 1..2..3
         |             ^^
         = help: write `1..9`
      """#
    ),
    (
      "let x = 1 = 2",
      #"""
      error: '=' sets a variable and compares nothing
        --> t.zs:1:11
         |
       1 | let x = 1 = 2
         |           ^
         = help: write `==`
      """#
    ),
    (
      "let x = 1 & 2",
      #"""
      error: '&' is no operator
        --> t.zs:1:11
         |
       1 | let x = 1 & 2
         |           ^
         = help: write `&&`
      """#
    ),
    (
      "let x = 1 | 2",
      #"""
      error: '|' is no operator
        --> t.zs:1:11
         |
       1 | let x = 1 | 2
         |           ^
         = help: write `||`
      """#
    ),
    (
      "let x = 9223372036854775808",
      #"""
      error: '9223372036854775808' is too large
        --> t.zs:1:9
         |
       1 | let x = 9223372036854775808
         |         ^^^^^^^^^^^^^^^^^^^
         = help: numbers, bytes and seconds go from -9223372036854775808 to 9223372036854775807
      """#
    ),
    (
      "let x = 99999999999h99",
      #"""
      error: 'h99' is no unit of '99999999999h99'
        --> t.zs:1:20
         |
       1 | let x = 99999999999h99
         |                    ^^^
         = help: one unit a number; add two: `1m + 30s`
      """#
    ),
    (
      "let x = 99999999999999999h",
      #"""
      error: '99999999999999999h' is too large
        --> t.zs:1:9
         |
       1 | let x = 99999999999999999h
         |         ^^^^^^^^^^^^^^^^^^
         = help: numbers, bytes and seconds go from -9223372036854775808 to 9223372036854775807
      """#
    ),
    (
      "let x = 5sec",
      #"""
      error: 'sec' is no unit of '5sec'
        --> t.zs:1:10
         |
       1 | let x = 5sec
         |          ^^^
         = help: did you mean `s`? times: `ns us ms s m h`, sizes: `B KB MB GB KiB MiB GiB`
      """#
    ),
    (
      "let x = 5minutes",
      #"""
      error: 'minutes' is no unit of '5minutes'
        --> t.zs:1:10
         |
       1 | let x = 5minutes
         |          ^^^^^^^
         = help: did you mean `m`? times: `ns us ms s m h`, sizes: `B KB MB GB KiB MiB GiB`
      """#
    ),
    (
      "let x = 1m30s",
      #"""
      error: 'm30s' is no unit of '1m30s'
        --> t.zs:1:10
         |
       1 | let x = 1m30s
         |          ^^^^
         = help: one unit a number; add two: `1m + 30s`
      """#
    ),
    (
      "let x = 5KIB",
      #"""
      error: 'KIB' is no unit of '5KIB'
        --> t.zs:1:10
         |
       1 | let x = 5KIB
         |          ^^^
         = help: did you mean `KiB`? times: `ns us ms s m h`, sizes: `B KB MB GB KiB MiB GiB`
      """#
    ),
    (
      "let x = 0xZZ",
      #"""
      error: '0xZZ' is no hexadecimal number
        --> t.zs:1:11
         |
       1 | let x = 0xZZ
         |           ^^
         = help: for example `0x1F`
      """#
    ),
    (
      "let x = 0x",
      #"""
      error: '0x' has no digits
        --> t.zs:1:9
         |
       1 | let x = 0x
         |         ^^
         = help: for example `0x1F`
      """#
    ),
    (
      "let x = 0b12",
      #"""
      error: '0b12' is no binary number
        --> t.zs:1:11
         |
       1 | let x = 0b12
         |           ^^
         = help: for example `0b1010`
      """#
    ),
    (
      "let x = 1.5B",
      #"""
      error: '1.5B' is no whole number of bytes
        --> t.zs:1:9
         |
       1 | let x = 1.5B
         |         ^^^^
         = help: for example `1500B`
      """#
    ),
    (
      "let x = 1e999",
      #"""
      error: '1e999' is too large
        --> t.zs:1:9
         |
       1 | let x = 1e999
         |         ^^^^^
         = help: floats go up to 1.797e308
      """#
    ),
    (
      "let x = 1.1234567890123456789s",
      #"""
      error: '1.1234567890123456789s' has too many digits after the point
        --> t.zs:1:9
         |
       1 | let x = 1.1234567890123456789s
         |         ^^^^^^^^^^^^^^^^^^^^^^
         = help: 15 are the most
      """#
    ),
    (
      "repeat",
      #"""
      error: 'repeat' needs a count
        --> t.zs:1:1
         |
       1 | repeat
         | ^^^^^^
         = help: for example `repeat 3 send Hello`; for ever: `loop { … }`
      """#
    ),
    (
      "repeat send x",
      #"""
      error: 'repeat' needs a count before 'send'
        --> t.zs:1:8
         |
       1 | repeat send x
         |        ^^^^
         = help: for example `repeat 3 send Hello`; for ever: `loop { … }`
      """#
    ),
    (
      "repeat { recv }",
      #"""
      error: 'repeat' needs a count
        --> t.zs:1:1
         |
       1 | repeat { recv }
         | ^^^^^^
         = help: for example `repeat 3 send Hello`; for ever: `loop { … }`
      """#
    ),
    (
      "repeat 3",
      #"""
      error: 'repeat 3' has nothing to act on
        --> t.zs:1:1
         |
       1 | repeat 3
         | ^^^^^^^^
         = help: a statement or a block follows on the same line: `repeat 3 send Hello`
      """#
    ),
    (
      "repeat 3 every",
      #"""
      error: 'every' needs a time
        --> t.zs:1:10
         |
       1 | repeat 3 every
         |          ^^^^^
         = help: for example `repeat 3 every 1s send Hello`
      """#
    ),
    (
      "repeat 3 every send x",
      #"""
      error: 'every' needs a time before 'send'
        --> t.zs:1:16
         |
       1 | repeat 3 every send x
         |                ^^^^
         = help: for example `repeat 3 every 1s send Hello`
      """#
    ),
    (
      "repeat 3 every 1s",
      #"""
      error: 'repeat 3 every 1s' has nothing to act on
        --> t.zs:1:1
         |
       1 | repeat 3 every 1s
         | ^^^^^^^^^^^^^^^^^
         = help: a statement or a block follows on the same line: `repeat 3 send Hello`
      """#
    ),
    (
      "repeat 3 every 1s # x",
      #"""
      error: 'repeat 3 every 1s' has nothing to act on
        --> t.zs:1:1
         |
       1 | repeat 3 every 1s # x
         | ^^^^^^^^^^^^^^^^^
         = help: a statement or a block follows on the same line: `repeat 3 send Hello`
      """#
    ),
    (
      "every recv",
      #"""
      error: 'every' needs a time before 'recv'
        --> t.zs:1:7
         |
       1 | every recv
         |       ^^^^
         = help: for example `every 1s send Hello`
      """#
    ),
    (
      "within",
      #"""
      error: 'within' needs a time
        --> t.zs:1:1
         |
       1 | within
         | ^^^^^^
         = help: for example `within 500ms recv`
      """#
    ),
    (
      "within recv",
      #"""
      error: 'within' needs a time before 'recv'
        --> t.zs:1:8
         |
       1 | within recv
         |        ^^^^
         = help: for example `within 500ms recv`
      """#
    ),
    (
      "within 500ms",
      #"""
      error: 'within 500ms' has nothing to act on
        --> t.zs:1:1
         |
       1 | within 500ms
         | ^^^^^^^^^^^^
         = help: a statement or a block follows on the same line: `within 500ms recv`
      """#
    ),
    (
      "within 1s repeat 3",
      #"""
      error: 'repeat 3' has nothing to act on
        --> t.zs:1:11
         |
       1 | within 1s repeat 3
         |           ^^^^^^^^
         = help: a statement or a block follows on the same line: `repeat 3 send Hello`
      """#
    ),
    (
      "fails",
      #"""
      error: 'fails' needs the name of an error
        --> t.zs:1:1
         |
       1 | fails
         | ^^^^^
         = help: for example `fails EFSM send Hello`, `fails timeout recv`, `fails any recv`
      """#
    ),
    (
      "fails 5 recv",
      #"""
      error: 'fails' needs the name of an error
        --> t.zs:1:7
         |
       1 | fails 5 recv
         |       ^
         = help: for example `fails EFSM send Hello`, `fails timeout recv`, `fails any recv`
      """#
    ),
    (
      "fails EFSM",
      #"""
      error: 'fails EFSM' has nothing to act on
        --> t.zs:1:1
         |
       1 | fails EFSM
         | ^^^^^^^^^^
         = help: a statement or a block follows on the same line: `fails EFSM send Hello`
      """#
    ),
    (
      "fails { recv }",
      #"""
      error: 'fails' needs the name of an error
        --> t.zs:1:1
         |
       1 | fails { recv }
         | ^^^^^
         = help: for example `fails EFSM send Hello`, `fails timeout recv`, `fails any recv`
      """#
    ),
    (
      "if",
      #"""
      error: 'if' has no condition
        --> t.zs:1:1
         |
       1 | if
         | ^^
         = help: for example `if $x == 1 { … }`
      """#
    ),
    (
      "if {\n  recv\n}",
      #"""
      error: 'if' has no condition
        --> t.zs:1:1
         |
       1 | if {
         | ^^
         = help: for example `if $x == 1 { … }`
      """#
    ),
    (
      "if $x",
      #"""
      error: 'if' has no block
        --> t.zs:1:1
         |
       1 | if $x
         | ^^
         = help: for example `if $x == 1 { … }`
      """#
    ),
    (
      "if $x\n{\n  recv\n}",
      #"""
      error: the '{' of 'if' stands on a line of its own
        --> t.zs:2:1
         |
       2 | {
         | ^
         = help: move it to the end of the line of 'if'
      """#
    ),
    (
      "if $x recv",
      #"""
      error: the '{' of 'if' is missing before 'recv'
        --> t.zs:1:7
         |
       1 | if $x recv
         |       ^^^^
         = help: for example `if $x == 1 { … }`
      """#
    ),
    (
      "if $x and $y {\n}",
      #"""
      error: the '{' of 'if' is missing before 'and'
        --> t.zs:1:7
         |
       1 | if $x and $y {
         |       ^^^
         = help: both: `&&`
      """#
    ),
    (
      "if $x then\nrecv",
      #"""
      error: the '{' of 'if' is missing before 'then'
        --> t.zs:1:7
         |
       1 | if $x then
         |       ^^^^
         = help: for example `if $x == 1 { … }`; there is no `then`
      """#
    ),
    (
      "if $x == { recv }",
      #"""
      error: the right side of '==' is missing
        --> t.zs:1:7
         |
       1 | if $x == { recv }
         |       ^^
         = help: an operand follows on the same line; in parentheses the line may end
      """#
    ),
    (
      "if $x = 3 { recv }",
      #"""
      error: '=' sets a variable and compares nothing
        --> t.zs:1:7
         |
       1 | if $x = 3 { recv }
         |       ^
         = help: write `==`
      """#
    ),
    (
      "if $x { recv } elif $y { recv }",
      #"""
      error: 'elif' is no keyword
        --> t.zs:1:16
         |
       1 | if $x { recv } elif $y { recv }
         |                ^^^^
         = help: write `else if`
      """#
    ),
    (
      "if $x { recv } recv",
      #"""
      error: a ';' or a new line is missing before 'recv'
        --> t.zs:1:16
         |
       1 | if $x { recv } recv
         |                ^^^^
         = help: a `}` ends the statement: put the next one on a line of its own
      """#
    ),
    (
      "else { recv }",
      #"""
      error: 'else' follows no 'if'
        --> t.zs:1:1
         |
       1 | else { recv }
         | ^^^^
         = help: it stands after the `}` of an `if`: `if $x { … } else { … }`
      """#
    ),
    (
      "while",
      #"""
      error: 'while' has no condition
        --> t.zs:1:1
         |
       1 | while
         | ^^^^^
         = help: for example `while $x < 10 { … }`
      """#
    ),
    (
      "while $x",
      #"""
      error: 'while' has no block
        --> t.zs:1:1
         |
       1 | while $x
         | ^^^^^
         = help: for example `while $x < 10 { … }`
      """#
    ),
    (
      "loop",
      #"""
      error: 'loop' has no block
        --> t.zs:1:1
         |
       1 | loop
         | ^^^^
         = help: for example `loop { … }`
      """#
    ),
    (
      "loop recv",
      #"""
      error: the '{' of 'loop' is missing before 'recv'
        --> t.zs:1:6
         |
       1 | loop recv
         |      ^^^^
         = help: for example `loop { … }`
      """#
    ),
    (
      "loop { recv } recv",
      #"""
      error: a ';' or a new line is missing before 'recv'
        --> t.zs:1:15
         |
       1 | loop { recv } recv
         |               ^^^^
         = help: a `}` ends the statement: put the next one on a line of its own
      """#
    ),
    (
      "for",
      #"""
      error: 'for' needs a variable and what it runs through
        --> t.zs:1:1
         |
       1 | for
         | ^^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for x",
      #"""
      error: 'for x' runs through nothing
        --> t.zs:1:1
         |
       1 | for x
         | ^^^^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for x 1..3 { recv }",
      #"""
      error: 'in' is missing after 'for x'
        --> t.zs:1:7
         |
       1 | for x 1..3 { recv }
         |       ^^^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for x = 1..3 { recv }",
      #"""
      error: 'in' is missing after 'for x'
        --> t.zs:1:8
         |
       1 | for x = 1..3 { recv }
         |        ^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for $x in 1..3 { recv }",
      #"""
      error: 'for' takes the name of the variable without '$'
        --> t.zs:1:5
         |
       1 | for $x in 1..3 { recv }
         |     ^^
         = help: write `x`
      """#
    ),
    (
      "for in 1..3 { recv }",
      #"""
      error: 'for' has no variable before 'in'
        --> t.zs:1:5
         |
       1 | for in 1..3 { recv }
         |     ^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for x in { recv }",
      #"""
      error: 'for x in' runs through nothing
        --> t.zs:1:1
         |
       1 | for x in { recv }
         | ^^^^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "for 5 in 1..3 { recv }",
      #"""
      error: '5' is no name for a variable
        --> t.zs:1:5
         |
       1 | for 5 in 1..3 { recv }
         |     ^
         = help: a name is letters, digits and `_`, and starts with no digit: `for x in 1..3 { … }`
      """#
    ),
    (
      "for x in 1..3",
      #"""
      error: 'for' has no block
        --> t.zs:1:1
         |
       1 | for x in 1..3
         | ^^^
         = help: for example `for x in 1..3 { … }`
      """#
    ),
    (
      "break",
      #"""
      error: 'break' stands in no loop
        --> t.zs:1:1
         |
       1 | break
         | ^^^^^
         = help: it is for the 'repeat', 'every', 'while', 'loop' or 'for' around it
      """#
    ),
    (
      "loop { break now }",
      #"""
      error: 'break' takes no words
        --> t.zs:1:14
         |
       1 | loop { break now }
         |              ^^^
         = help: put the next statement on a line of its own
      """#
    ),
    (
      "loop { task a { break } }",
      #"""
      error: 'break' stands in no loop
        --> t.zs:1:17
         |
       1 | loop { task a { break } }
         |                 ^^^^^
         = help: it is for the 'repeat', 'every', 'while', 'loop' or 'for' around it
      """#
    ),
    (
      "task",
      #"""
      error: 'task' has no name
        --> t.zs:1:1
         |
       1 | task
         | ^^^^
         = help: for example `task worker { … }`
      """#
    ),
    (
      "task { recv }",
      #"""
      error: 'task' has no name
        --> t.zs:1:1
         |
       1 | task { recv }
         | ^^^^
         = help: for example `task worker { … }`
      """#
    ),
    (
      "task a",
      #"""
      error: 'task' has no block
        --> t.zs:1:1
         |
       1 | task a
         | ^^^^
         = help: for example `task worker { … }`
      """#
    ),
    (
      "task a recv",
      #"""
      error: the '{' of 'task' is missing before 'recv'
        --> t.zs:1:8
         |
       1 | task a recv
         |        ^^^^
         = help: for example `task worker { … }`
      """#
    ),
    (
      "{ recv }",
      #"""
      error: a block stands only after a construct such as 'if', 'loop', 'task' or 'repeat'
        --> t.zs:1:1
         |
       1 | { recv }
         | ^
         = help: `repeat 1 { … }` runs a block once; `send {"a": 1}` sends JSON
      """#
    ),
    (
      "}",
      #"""
      error: '}' closes no block: none is open here
        --> t.zs:1:1
         |
       1 | }
         | ^
         = help: remove it, or quote it to send it as text: '}'
      """#
    ),
    (
      "send }",
      #"""
      error: '}' closes no block: none is open here
        --> t.zs:1:6
         |
       1 | send }
         |      ^
         = help: remove it, or quote it to send it as text: '}'
      """#
    ),
    (
      "send 'a'b",
      #"""
      error: a blank is missing after the closing quote
        --> t.zs:1:9
         |
       1 | send 'a'b
         |         ^
         = help: put a blank there if these are two words; if they are one, put the whole word in quotes
      """#
    ),
    (
      "send \"a\"'b'",
      #"""
      error: a blank is missing after the closing quote
        --> t.zs:1:9
         |
       1 | send "a"'b'
         |         ^^^
         = help: put a blank there if these are two words; if they are one, put the whole word in quotes
      """#
    ),
    (
      "send {\"a\":1}x",
      #"""
      error: a blank is missing after the closing bracket
        --> t.zs:1:13
         |
       1 | send {"a":1}x
         |             ^
         = help: put a blank there if these are two words; if they are one, put it in quotes
      """#
    ),
    (
      "send \"\\q\"",
      #"""
      error: '\q' is no escape
        --> t.zs:1:7
         |
       1 | send "\q"
         |       ^^
         = help: these are: \n \r \t \0 \e \\ \" \$ \x41 \u{1F600}; a backslash itself is `\\`; in 'single quotes' each is plain
      """#
    ),
    (
      "send \"\\x4\"",
      #"""
      error: '\x' needs two hexadecimal digits
        --> t.zs:1:7
         |
       1 | send "\x4"
         |       ^^
         = help: for example `\x41`
      """#
    ),
    (
      "send \"\\u{}\"",
      #"""
      error: '\u' needs hexadecimal digits in braces
        --> t.zs:1:7
         |
       1 | send "\u{}"
         |       ^^
         = help: for example `\u{1F600}`
      """#
    ),
    (
      "send \"\\u{D800}\"",
      #"""
      error: '\u{D800}' is no character of Unicode
        --> t.zs:1:7
         |
       1 | send "\u{D800}"
         |       ^^^^^^^^
         = help: a byte of any value is `\x` and two digits
      """#
    ),
    (
      "send \"\\é\"",
      #"""
      error: '\é' is no escape
        --> t.zs:1:7
         |
       1 | send "\é"
         |       ^^
         = help: these are: \n \r \t \0 \e \\ \" \$ \x41 \u{1F600}; a backslash itself is `\\`; in 'single quotes' each is plain
      """#
    ),
    (
      "send 'a",
      #"""
      error: the quote is never closed
        --> t.zs:1:6
         |
       1 | send 'a
         |      ^
         = help: end the text with `'`
      ...
      """#
    ),
    (
      "send \"a",
      #"""
      error: the quote is never closed
        --> t.zs:1:6
         |
       1 | send "a
         |      ^
         = help: end the text with `"`
      ...
      """#
    ),
    (
      "send {\"a\": [1}",
      #"""
      error: '}' does not close the '[' of this JSON
        --> t.zs:1:14
         |
       1 | send {"a": [1}
         |              ^
         = help: close the '[' first with `]`
      """#
    ),
    (
      "send {\"a\"",
      #"""
      error: the '{' of this JSON is never closed
        --> t.zs:1:6
         |
       1 | send {"a"
         |      ^
         = help: a word that starts with `{` is JSON; quote it to send it as text
      ...
      """#
    ),
    (
      "send Hello {",
      #"""
      error: the '{' of this JSON is never closed
        --> t.zs:1:12
         |
       1 | send Hello {
         |            ^
         = help: a word that starts with `{` is JSON; quote it to send it as text
      ...
      """#
    ),
    (
      "loop {\n  recv\n",
      #"""
      error: the '{' of this block is never closed
        --> t.zs:1:6
         |
       1 | loop {
         |      ^
         = help: end the block with `}`
      ...
      """#
    ),
    (
      "loop {\n  if $x {\n  recv\n}\n",
      #"""
      error: the '{' of this block is never closed
        --> t.zs:1:6
         |
       1 | loop {
         |      ^
         = note: the '}' of line 4 closes the '{' of line 2, which is indented otherwise
         = help: end the block with `}`
      ...
      """#
    ),
    (
      "send ${",
      #"""
      error: '${' is never closed
        --> t.zs:1:6
         |
       1 | send ${
         |      ^^
         = help: end it with `}`
      ...
      """#
    ),
    (
      "send ${}",
      #"""
      error: '${}' holds no expression
        --> t.zs:1:6
         |
       1 | send ${}
         |      ^^^
         = help: for example `${x}` or `${x + 1}`
      """#
    ),
    (
      "send ${x y}",
      #"""
      error: '${' is not closed before 'y'
        --> t.zs:1:6
         |
       1 | send ${x y}
         |      ^^
         = help: end it with `}`; in quotes `\$` is a plain `$`
      """#
    ),
    (
      "send \"${x y} z\" \"${\"",
      #"""
      error: '${' is not closed before 'y'
        --> t.zs:1:7
         |
       1 | send "${x y} z" "${"
         |       ^^
         = help: end it with `}`; in quotes `\$` is a plain `$`
      error: the quote is never closed
        --> t.zs:1:20
         |
       1 | send "${x y} z" "${"
         |                    ^
         = help: end the text with `"`
      ...
      """#
    ),
    (
      "send ${1:-a\nsend",
      #"""
      error: '${' is not closed before the end of the line
        --> t.zs:1:6
         |
       1 | send ${1:-a
         |      ^^
         = help: end it with `}`; in quotes `\$` is a plain `$`
      """#
    ),
    (
      "send \"${x",
      #"""
      error: '${' is never closed
        --> t.zs:1:7
         |
       1 | send "${x
         |       ^^
         = help: end it with `}`
      ...
      """#
    ),
    (
      "send a \\",
      #"""
      error: the text ends where '\' continues the line
        --> t.zs:1:8
         |
       1 | send a \
         |        ^
      ...
      """#
    ),
    (
      "send a \\\n",
      #"""
      error: the text ends where '\' continues the line
        --> t.zs:1:8
         |
       1 | send a \
         |        ^
      ...
      """#
    ),
    (
      "let 5 = x\nsend \"\\q\"\nrepeat {\n  let y\n}\nsend ok\nif {\n  }}\n",
      #"""
      error: '5' is no name for a variable
        --> t.zs:1:5
         |
       1 | let 5 = x
         |     ^
         = help: a name is letters, digits and `_`, and starts with no digit: `let x = 5`
      error: '\q' is no escape
        --> t.zs:2:7
         |
       2 | send "\q"
         |       ^^
         = help: these are: \n \r \t \0 \e \\ \" \$ \x41 \u{1F600}; a backslash itself is `\\`; in 'single quotes' each is plain
      error: 'repeat' needs a count
        --> t.zs:3:1
         |
       3 | repeat {
         | ^^^^^^
         = help: for example `repeat 3 send Hello`; for ever: `loop { … }`
      error: 'y' is given no value
        --> t.zs:4:7
         |
       4 |   let y
         |       ^
         = help: for example `let y = 5`
      error: 'if' has no condition
        --> t.zs:7:1
         |
       7 | if {
         | ^^
         = help: for example `if $x == 1 { … }`
      error: '}' closes no block: none is open here
        --> t.zs:8:4
         |
       8 |   }}
         |    ^
         = help: remove it, or quote it to send it as text: '}'
      """#
    ),
  ]
}
