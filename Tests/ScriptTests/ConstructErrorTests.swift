import Script
import Testing

/// Every error of the constructs that hand blocks on, try them again, or send their output elsewhere.
@Suite struct ConstructErrorTests {
  @Test(arguments: cases)
  func `an error says what, where and what next`(text: String, expected: String) {
    #expect(rendered(text) == expected)
  }

  private static let cases: [(String, String)] = [
    (
      "retry",
      #"""
      error: 'retry' needs a count
        --> t.zs:1:1
         |
       1 | retry
         | ^^^^^
         = help: for example `retry 3 send Hello`
      """#
    ),
    (
      "retry send x",
      #"""
      error: 'retry' needs a count before 'send'
        --> t.zs:1:7
         |
       1 | retry send x
         |       ^^^^
         = help: for example `retry 3 send Hello`
      """#
    ),
    (
      "retry 3",
      #"""
      error: 'retry 3' has nothing to act on
        --> t.zs:1:1
         |
       1 | retry 3
         | ^^^^^^^
         = help: a statement or a block follows on the same line: `retry 3 send Hello`
      """#
    ),
    (
      "retry 3 every send x",
      #"""
      error: 'every' needs a time before 'send'
        --> t.zs:1:15
         |
       1 | retry 3 every send x
         |               ^^^^
         = help: for example `retry 3 every 500ms send Hello`
      """#
    ),
    (
      "time",
      #"""
      error: 'time' has nothing to act on
        --> t.zs:1:1
         |
       1 | time
         | ^^^^
         = help: a statement or a block follows on the same line: `time recv`
      """#
    ),
    (
      "time | jq",
      #"""
      error: 'time' has nothing to act on
        --> t.zs:1:1
         |
       1 | time | jq
         | ^^^^
         = help: a statement or a block follows on the same line: `time recv`
      """#
    ),
    (
      "def",
      #"""
      error: 'def' has no name
        --> t.zs:1:1
         |
       1 | def
         | ^^^
         = help: for example `def greet name { send "Hello $name" }`
      """#
    ),
    (
      "def { recv }",
      #"""
      error: 'def' has no name
        --> t.zs:1:1
         |
       1 | def { recv }
         | ^^^
         = help: for example `def greet name { send "Hello $name" }`
      """#
    ),
    (
      "def repeat { recv }",
      #"""
      error: 'repeat' is a word of the language
        --> t.zs:1:5
         |
       1 | def repeat { recv }
         |     ^^^^^^
         = help: give the 'def' another name
      """#
    ),
    (
      "def 1a { recv }",
      #"""
      error: '1a' is no name for a 'def'
        --> t.zs:1:5
         |
       1 | def 1a { recv }
         |     ^^
         = help: a name is letters, digits and `_`, and starts with no digit: `def greet name { send "Hello $name" }`
      """#
    ),
    (
      "def f",
      #"""
      error: 'def' has no block
        --> t.zs:1:1
         |
       1 | def f
         | ^^^
         = help: for example `def f { … }`
      """#
    ),
    (
      "def f recv",
      #"""
      error: 'def' has no block
        --> t.zs:1:1
         |
       1 | def f recv
         | ^^^
         = help: for example `def f recv { … }`
      """#
    ),
    (
      "def f(a, b) { recv }",
      #"""
      error: '(' is no parameter
        --> t.zs:1:6
         |
       1 | def f(a, b) { recv }
         |      ^
         = help: parameters stand without brackets and commas: `def f a b { … }`
      """#
    ),
    (
      "def f a, b { recv }",
      #"""
      error: ',' is no parameter
        --> t.zs:1:8
         |
       1 | def f a, b { recv }
         |        ^
         = help: parameters stand without brackets and commas: `def f a b { … }`
      """#
    ),
    (
      "def f $a { recv }",
      #"""
      error: 'def' takes the name of a parameter without '$'
        --> t.zs:1:7
         |
       1 | def f $a { recv }
         |       ^^
         = help: write `a`
      """#
    ),
    (
      "def f a b a { recv }",
      #"""
      error: 'f' has two parameters 'a'
        --> t.zs:1:11
         |
       1 | def f a b a { recv }
         |           ^
         = note: the first stands at 1:7
         = help: give one another name
      """#
    ),
    (
      "def f { recv }\nloop {\n  recv\n}\ndef f a { recv }",
      #"""
      error: 'f' is defined twice
        --> t.zs:5:5
         |
       5 | def f a { recv }
         |     ^
         = note: the first stands at 1:5
         = help: give one another name
      """#
    ),
    (
      "if $x { def f { recv } }",
      #"""
      error: 'def' stands inside another statement
        --> t.zs:1:9
         |
       1 | if $x { def f { recv } }
         |         ^^^
         = help: move it out: it stands at the top level of a text, in no block and after no prefix
      """#
    ),
    (
      "repeat 3 def f { recv }",
      #"""
      error: 'def' stands inside another statement
        --> t.zs:1:10
         |
       1 | repeat 3 def f { recv }
         |          ^^^
         = help: move it out: it stands at the top level of a text, in no block and after no prefix
      """#
    ),
    (
      "loop { def f { break } }",
      #"""
      error: 'def' stands inside another statement
        --> t.zs:1:8
         |
       1 | loop { def f { break } }
         |        ^^^
         = help: move it out: it stands at the top level of a text, in no block and after no prefix
      error: 'break' stands in no loop
        --> t.zs:1:16
         |
       1 | loop { def f { break } }
         |                ^^^^^
         = help: it is for the 'repeat', 'every', 'while', 'loop' or 'for' around it
      """#
    ),
    (
      "def f { recv } > log",
      #"""
      error: 'def' takes no '>'
        --> t.zs:1:16
         |
       1 | def f { recv } > log
         |                ^
         = help: put it after the statement in it that prints
      """#
    ),
    (
      "return",
      #"""
      error: 'return' stands in no 'def'
        --> t.zs:1:1
         |
       1 | return
         | ^^^^^^
         = help: it is for the 'def' around it; `exit` ends a script
      """#
    ),
    (
      "return 5 6",
      #"""
      error: '6' does not belong to the expression before it
        --> t.zs:1:10
         |
       1 | return 5 6
         |          ^
         = help: an operator is missing between them, or quotes around the whole
      """#
    ),
    (
      "task a { return 1 }",
      #"""
      error: 'return' stands in no 'def'
        --> t.zs:1:10
         |
       1 | task a { return 1 }
         |          ^^^^^^
         = help: it is for the 'def' around it; `exit` ends a script
      """#
    ),
    (
      "def f { task a { return } }",
      #"""
      error: 'return' stands in no 'def'
        --> t.zs:1:18
         |
       1 | def f { task a { return } }
         |                  ^^^^^^
         = help: it is for the 'def' around it; `exit` ends a script
      """#
    ),
    (
      "try",
      #"""
      error: 'try' has no block
        --> t.zs:1:1
         |
       1 | try
         | ^^^
         = help: for example `try { … } catch { … }`
      """#
    ),
    (
      "try recv",
      #"""
      error: the '{' of 'try' is missing before 'recv'
        --> t.zs:1:5
         |
       1 | try recv
         |     ^^^^
         = help: for example `try { … } catch { … }`
      """#
    ),
    (
      "try { recv }",
      #"""
      error: 'try' has no 'catch'
        --> t.zs:1:1
         |
       1 | try { recv }
         | ^^^
         = help: for example `try { … } catch { … }`
      ...
      """#
    ),
    (
      "try { recv }\nrecv",
      #"""
      error: 'try' has no 'catch'
        --> t.zs:1:1
         |
       1 | try { recv }
         | ^^^
         = help: for example `try { … } catch { … }`
      """#
    ),
    (
      "try { recv } finally { recv }",
      #"""
      error: 'try' has no 'catch'
        --> t.zs:1:1
         |
       1 | try { recv } finally { recv }
         | ^^^
         = help: for example `try { … } catch { … }`
      """#
    ),
    (
      "try { recv } catch e { recv }",
      #"""
      error: 'catch' takes no name
        --> t.zs:1:20
         |
       1 | try { recv } catch e { recv }
         |                    ^
         = help: what failed is `$error` in its block: `$error.name`, `$error.message`
      """#
    ),
    (
      "try { recv } catch",
      #"""
      error: 'catch' has no block
        --> t.zs:1:14
         |
       1 | try { recv } catch
         |              ^^^^^
         = help: for example `try { … } catch { … }`
      """#
    ),
    (
      "catch { recv }",
      #"""
      error: 'catch' follows no 'try'
        --> t.zs:1:1
         |
       1 | catch { recv }
         | ^^^^^
         = help: it stands after the `}` of a `try`: `try { … } catch { … }`
      """#
    ),
    (
      "assert",
      #"""
      error: 'assert' has no condition
        --> t.zs:1:1
         |
       1 | assert
         | ^^^^^^
         = help: for example `assert $x == 1`
      """#
    ),
    (
      "assert $x = 1",
      #"""
      error: '=' sets a variable and compares nothing
        --> t.zs:1:11
         |
       1 | assert $x = 1
         |           ^
         = help: write `==`
      """#
    ),
    (
      "assert $x 5",
      #"""
      error: '5' does not belong to the expression before it
        --> t.zs:1:11
         |
       1 | assert $x 5
         |           ^
         = help: an operator is missing between them, or quotes around the whole
      """#
    ),
    (
      "assert recv",
      #"""
      error: 'recv' is neither a value nor a function: variables are written $x
        --> t.zs:1:8
         |
       1 | assert recv
         |        ^^^^
         = help: `recv as x` keeps a message in `$x`
      """#
    ),
    (
      "serve",
      #"""
      error: 'serve' has no socket
        --> t.zs:1:1
         |
       1 | serve
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "serve { recv }",
      #"""
      error: 'serve' has no socket
        --> t.zs:1:1
         |
       1 | serve { recv }
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "serve echo",
      #"""
      error: 'serve' has no socket
        --> t.zs:1:1
         |
       1 | serve echo
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "serve rep 5546",
      #"""
      error: 'serve' has neither a block nor 'echo'
        --> t.zs:1:1
         |
       1 | serve rep 5546
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "serve rep 5546 as echo",
      #"""
      error: 'serve' has neither a block nor 'echo'
        --> t.zs:1:1
         |
       1 | serve rep 5546 as echo
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "serve rep 5546 echo { recv }",
      #"""
      error: 'serve' has both 'echo' and a block
        --> t.zs:1:16
         |
       1 | serve rep 5546 echo { recv }
         |                ^^^^
         = help: `echo` stands for a block that sends back what came: leave out one of them
      """#
    ),
    (
      "serve rep 5546 send x",
      #"""
      error: 'serve' has neither a block nor 'echo'
        --> t.zs:1:1
         |
       1 | serve rep 5546 send x
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "loop { serve rep 5546 { break } }",
      #"""
      error: 'break' stands in no loop
        --> t.zs:1:25
         |
       1 | loop { serve rep 5546 { break } }
         |                         ^^^^^
         = help: it is for the 'repeat', 'every', 'while', 'loop' or 'for' around it
      """#
    ),
    (
      "serve rep 5546 echo | jq .",
      #"""
      error: 'serve' takes no '|'
        --> t.zs:1:21
         |
       1 | serve rep 5546 echo | jq .
         |                     ^
         = help: put it after the statement in it that prints
      """#
    ),
    (
      "serve rep 5546 | jq .",
      #"""
      error: 'serve' has neither a block nor 'echo'
        --> t.zs:1:1
         |
       1 | serve rep 5546 | jq .
         | ^^^^^
         = help: for example `serve server { send World }` or `serve rep 5546 echo`
      """#
    ),
    (
      "unordered",
      #"""
      error: 'unordered' has no block
        --> t.zs:1:1
         |
       1 | unordered
         | ^^^^^^^^^
         = help: for example `unordered { expect a; expect b }`
      """#
    ),
    (
      "unordered expect x",
      #"""
      error: the '{' of 'unordered' is missing before 'expect'
        --> t.zs:1:11
         |
       1 | unordered expect x
         |           ^^^^^^
         = help: for example `unordered { expect a; expect b }`
      """#
    ),
    (
      "recv |",
      #"""
      error: the program after '|' is missing
        --> t.zs:1:6
         |
       1 | recv |
         |      ^
         = help: for example `recv | jq .`; quote it to send it as text: '|'
      """#
    ),
    (
      "recv | | jq .",
      #"""
      error: the program after '|' is missing
        --> t.zs:1:6
         |
       1 | recv | | jq .
         |      ^
         = help: for example `recv | jq .`; quote it to send it as text: '|'
      """#
    ),
    (
      "recv | jq . |",
      #"""
      error: the program after '|' is missing
        --> t.zs:1:13
         |
       1 | recv | jq . |
         |             ^
         = help: for example `recv | jq .`; quote it to send it as text: '|'
      """#
    ),
    (
      "recv | jq . | > f",
      #"""
      error: the program after '|' is missing
        --> t.zs:1:13
         |
       1 | recv | jq . | > f
         |             ^
         = help: for example `recv | jq .`; quote it to send it as text: '|'
      """#
    ),
    (
      "recv >",
      #"""
      error: the file after '>' is missing
        --> t.zs:1:6
         |
       1 | recv >
         |      ^
         = help: for example `recv > log.txt`; quote it to send it as text: '>'
      """#
    ),
    (
      "recv > > f",
      #"""
      error: the file after '>' is missing
        --> t.zs:1:6
         |
       1 | recv > > f
         |      ^
         = help: for example `recv > log.txt`; quote it to send it as text: '>'
      """#
    ),
    (
      "recv >> f >> g",
      #"""
      error: '>>' follows a file
        --> t.zs:1:11
         |
       1 | recv >> f >> g
         |           ^^
         = help: output goes to one file, after the programs if there are any: `recv | jq . > log.txt`
      """#
    ),
    (
      "recv > f | jq .",
      #"""
      error: '|' follows a file
        --> t.zs:1:10
         |
       1 | recv > f | jq .
         |          ^
         = help: output goes to one file, after the programs if there are any: `recv | jq . > log.txt`
      """#
    ),
    (
      "recv > f g",
      #"""
      error: 'g' follows the file of '>'
        --> t.zs:1:10
         |
       1 | recv > f g
         |          ^
         = help: a file is one word: quote it if it has blanks; '>' as text is quoted too
      """#
    ),
    (
      "| jq .",
      #"""
      error: nothing stands before '|'
        --> t.zs:1:1
         |
       1 | | jq .
         | ^
         = help: it follows a statement on its line: `recv | jq .`
      """#
    ),
    (
      "> f",
      #"""
      error: nothing stands before '>'
        --> t.zs:1:1
         |
       1 | > f
         | ^
         = help: it follows a statement on its line: `recv > log.txt`
      """#
    ),
    (
      "loop {\n  recv\n}\n| jq .",
      #"""
      error: nothing stands before '|'
        --> t.zs:4:1
         |
       4 | | jq .
         | ^
         = help: it follows a statement on its line: `recv | jq .`
      """#
    ),
    (
      "task a { recv } | jq .",
      #"""
      error: 'task' takes no '|'
        --> t.zs:1:17
         |
       1 | task a { recv } | jq .
         |                 ^
         = help: put it after the statement in it that prints
      """#
    ),
    (
      "repeat 3 task a { recv } > f",
      #"""
      error: 'task' takes no '>'
        --> t.zs:1:26
         |
       1 | repeat 3 task a { recv } > f
         |                          ^
         = help: put it after the statement in it that prints
      """#
    ),
    (
      "repeat 3 | jq .",
      #"""
      error: '|' is no operator
        --> t.zs:1:10
         |
       1 | repeat 3 | jq .
         |          ^
         = help: write `||`
      error: 'jq' is neither a value nor a function: variables are written $x
        --> t.zs:1:12
         |
       1 | repeat 3 | jq .
         |            ^^
         = help: write `$jq` for a variable, `"jq"` for text
      """#
    ),
    (
      "break > f",
      #"""
      error: 'break' takes no words
        --> t.zs:1:7
         |
       1 | break > f
         |       ^
         = help: put the next statement on a line of its own
      """#
    ),
    (
      "let x = $y | jq",
      #"""
      error: '|' is no operator
        --> t.zs:1:12
         |
       1 | let x = $y | jq
         |            ^
         = help: write `||`
      error: 'jq' is neither a value nor a function: variables are written $x
        --> t.zs:1:14
         |
       1 | let x = $y | jq
         |              ^^
         = help: write `$jq` for a variable, `"jq"` for text
      """#
    ),
  ]
}
