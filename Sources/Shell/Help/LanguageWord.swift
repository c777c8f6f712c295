/// A construct of the language, for `help`.
public struct LanguageWord: Sendable {
  /// The word.
  public let name: String
  /// Its form.
  public let synopsis: String
  /// What it does, in a line.
  public let summary: String
  /// A statement that uses it.
  public let example: String

  /// All of them, sorted by name.
  public static let all: [LanguageWord] = [
    LanguageWord(
      name: "assert", synopsis: "assert EXPRESSION",
      summary: "fail unless a condition holds, showing both its sides",
      example: "assert 1 + 1 == 2"),
    LanguageWord(
      name: "break", synopsis: "break", summary: "leave the innermost loop", example: "loop { break }"),
    LanguageWord(
      name: "continue", synopsis: "continue", summary: "go on with the next turn of the innermost loop",
      example: "for n in 1..3 { if $n == 2 { continue }; print $n }"),
    LanguageWord(
      name: "def", synopsis: "def NAME PARAMETER... { … }",
      summary: "name a block with parameters: run it as a statement, or as NAME(…) for what it returns",
      example: "def twice n { return $n * 2 }; print ${twice(21)}"),
    LanguageWord(
      name: "every", synopsis: "every DURATION STATEMENT|{ … }",
      summary: "run again and again at a fixed rate, without drift, until stopped; `$i` counts from 1",
      example: "fails timeout within 50ms every 10ms print tick $i"),
    LanguageWord(
      name: "fails", synopsis: "fails ERROR STATEMENT|{ … }",
      summary: "hold only if what follows fails with that error: EFSM, EAGAIN, timeout, any, …",
      example: "fails any send Hello"),
    LanguageWord(
      name: "for", synopsis: "for NAME in EXPRESSION { … }",
      summary: "run for each element of a list, range or message",
      example: "for n in 1..3 { print $n }"),
    LanguageWord(
      name: "if", synopsis: "if EXPRESSION { … } else if EXPRESSION { … } else { … }",
      summary: "run the first block whose condition holds",
      example: "if 1 < 2 { print yes } else { print no }"),
    LanguageWord(
      name: "let", synopsis: "let NAME = EXPRESSION", summary: "make or set a variable; `$NAME` is its value",
      example: "let total = 2 * (3 + 4)"),
    LanguageWord(
      name: "loop", synopsis: "loop { … }", summary: "run until `break`", example: "loop { break }"),
    LanguageWord(
      name: "repeat", synopsis: "repeat COUNT [every DURATION] STATEMENT|{ … }",
      summary: "run so many times; `$i` counts from 1", example: "repeat 3 { print $i }"),
    LanguageWord(
      name: "retry", synopsis: "retry TRIES [every DURATION] STATEMENT|{ … }",
      summary: "run again where it fails, at most so many times", example: "retry 3 every 10ms print tried"),
    LanguageWord(
      name: "return", synopsis: "return [EXPRESSION]", summary: "leave a `def`, with a value or without",
      example: "def one { return 1 }; print ${one()}"),
    LanguageWord(
      name: "serve", synopsis: "serve SOCKET|TYPE ENDPOINT... [as NAME] { … }|echo",
      summary: "hand a socket to a task that runs the block for each message, which is `$request`",
      example: "serve rep :0 as echoer echo; stop echoer"),
    LanguageWord(
      name: "task", synopsis: "task NAME { … }",
      summary: "run a block beside the rest, with sockets of its own; `stop NAME`, `wait NAME`",
      example: "task worker { print working }; wait worker"),
    LanguageWord(
      name: "time", synopsis: "time STATEMENT|{ … }", summary: "say how long it took",
      example: "time sleep 1ms"),
    LanguageWord(
      name: "try", synopsis: "try { … } catch { … }",
      summary: "run the second block where the first fails; `$error.name`, `$error.message`, `$error.line`",
      example: "try { send Hello } catch { print $error.name }"),
    LanguageWord(
      name: "unordered", synopsis: "unordered { expect …; expect … }",
      summary: "receive as many messages as there are expectations, in any order",
      example:
        "bind pair inproc://u as a; connect pair inproc://u as b; a send x; a send y; unordered { b expect y; b expect x }"
    ),
    LanguageWord(
      name: "while", synopsis: "while EXPRESSION { … }", summary: "run as long as a condition holds",
      example: "while false { print never }"),
    LanguageWord(
      name: "within", synopsis: "within DURATION STATEMENT|{ … }",
      summary: "set the time that what follows may take; past it, a timeout error",
      example: "within 1s print fast"
    ),
  ]
  /// Words that stand inside a construct or a command, sorted by name.
  public static let parts: [LanguageWord] = [
    LanguageWord(
      name: "as", synopsis: "… as NAME",
      summary:
        "name what is made or received: a socket, a message, the output of `sh`, the frames of a message",
      example:
        "bind pair inproc://as as here; connect pair inproc://as as there; here send 1 2; there recv as a b"),
    LanguageWord(
      name: "catch", synopsis: "try { … } catch { … }",
      summary: "what to do where the block of `try` fails; what failed is `$error.name`, `$error.message`",
      example: "try { print ${1 / 0} } catch { print $error.message }"),
    LanguageWord(
      name: "echo", synopsis: "serve SOCKET|TYPE ENDPOINT... echo",
      summary: "in the place of the block of `serve`: send back what came",
      example: "serve rep :0 as mirror echo; stop mirror"),
    LanguageWord(
      name: "else", synopsis: "if EXPRESSION { … } else { … }",
      summary: "what to do where the condition of `if` does not hold; `else if` asks again",
      example: "if 2 < 1 { print less } else if 2 == 1 { print equal } else { print more }"),
    LanguageWord(
      name: "in", synopsis: "for NAME in EXPRESSION { … }",
      summary:
        "between the variable of `for` and what it goes over: a list, a range, the frames of a message",
      example: "for word in [\"one\", \"two\"] { print $word }"),
    LanguageWord(
      name: "nothing", synopsis: "expect nothing",
      summary: "hold only if no message comes: `within 1s expect nothing` says how long",
      example: "bind pull inproc://nothing; within 10ms expect nothing"),
  ]
}
