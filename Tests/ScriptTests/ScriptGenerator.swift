import TestSupport
/// Makes scripts that parse, with every construct and a layout that nobody would choose.
struct ScriptGenerator {
  private var random: SplitMix
  private var depth = 0
  private var isInDefinition = false
  private var loops = 0
  private var definitions = 0
  private var comments = 0

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// A script.
  mutating func script() -> String {
    depth = 0
    definitions = 0
    comments = 0
    return lines() + statements(count: 1...8, isTop: true) + lines()
  }

  // MARK: Layout

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

  /// Blanks, at least one.
  private mutating func gap() -> String {
    chance(8) ? pick([" \\\n", "\\\n  ", " \\\r\n\t", " \\\n\\\n "]) : pick([" ", " ", " ", "  ", "\t"])
  }

  /// Blanks, or none.
  private mutating func blank() -> String { chance(50) ? "" : gap() }

  private mutating func comment() -> String {
    comments += 1
    return "#\(comments)\(pick(["", " what", " { ' \"", " \\", "  "]))"
  }

  /// Line ends, comments, semicolons: what may stand where a statement may.
  private mutating func lines() -> String {
    var text = ""
    while chance(40) {
      text += pick(["\n", "\n\n", "\r\n", ";", "  ", "\t\n"]) + (chance(30) ? comment() + "\n" : "")
    }
    return text
  }

  /// What ends a statement.
  private mutating func end() -> String {
    let end = pick(["\n", "\n", ";", " ;", " \n"])
    return (end == "\n" && chance(20) ? gap() + comment() : "") + end
  }

  // MARK: Statements

  private mutating func statements(count: ClosedRange<Int>, isTop: Bool = false) -> String {
    (0..<Int.random(in: count, using: &random)).map { _ in
      lines() + statement(isTop: isTop) + end()
    }.joined()
  }

  private mutating func block(isLoop: Bool = false, isOwn: Bool = false) -> String {
    let before = loops
    if isOwn { loops = 0 }
    if isLoop { loops += 1 }
    defer { loops = before }
    if chance(40) {
      // On one line.
      let inner = (0..<Int.random(in: 0...3, using: &random)).map { _ in statement() }.joined(separator: "; ")
      return "{" + (inner.isEmpty ? "" : " ") + inner + " }"
    }
    return "{" + pick(["", " ", "\n"]) + statements(count: 0...3) + lines() + "}"
  }

  private mutating func statement(isTop: Bool = false) -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 6 else { return command() }
    switch Int.random(in: 0..<22, using: &random) {
    case 0: return "let" + gap() + "v" + blank() + "=" + blank() + expression()
    case 1: return "repeat" + gap() + number() + gap() + interval() + body(isLoop: true)
    case 2: return "every" + gap() + duration() + gap() + body(isLoop: true)
    case 3: return "within" + gap() + duration() + gap() + body()
    case 4: return "fails" + gap() + pick(["EFSM", "any", "timeout"]) + gap() + body()
    case 5: return conditional()
    case 6: return "while" + gap() + expression() + blank() + block(isLoop: true) + redirection()
    case 7: return "loop" + blank() + block(isLoop: true) + redirection()
    case 8: return "for" + gap() + "v" + gap() + "in" + gap() + expression() + blank() + block(isLoop: true)
    case 9: return loops > 0 ? pick(["break", "continue"]) : command()
    case 10: return "task" + gap() + pick(["a", "'b c'", "w$x"]) + blank() + ownBlock()
    case 11: return "retry" + gap() + number() + gap() + interval() + body()
    case 12: return "time" + gap() + body()
    case 13 where isTop: return definition()
    case 14 where isInDefinition: return "return" + (chance(50) ? gap() + expression() : "")
    case 15:
      return "try" + blank() + block() + lines().replacing(";", with: "\n") + "catch" + blank() + block()
        + redirection()
    case 16: return "assert" + gap() + expression()
    case 17:
      return "serve" + gap() + "rep" + gap() + pick(["5546", "'a b'", "x='y'", "[::1]:$x"]) + gap()
        + pick(["echo", ownBlock()])
    case 18: return "unordered" + blank() + block()
    default: return command() + redirection()
    }
  }

  /// What follows a prefix. What a repetition prints is redirected as a whole, so no redirection is inside.
  private mutating func body(isLoop: Bool = false) -> String {
    let before = loops
    if isLoop { loops += 1 }
    defer { loops = before }
    return chance(40) ? block() : chance(50) ? command() : statement()
  }

  private mutating func ownBlock() -> String {
    let before = isInDefinition
    isInDefinition = false
    defer { isInDefinition = before }
    return block(isOwn: true)
  }

  private mutating func definition() -> String {
    definitions += 1
    isInDefinition = true
    defer { isInDefinition = false }
    return "def" + gap() + "f\(definitions)" + gap() + pick(["", "a ", "a b\t", "a_1 b"]) + block(isOwn: true)
  }

  private mutating func conditional() -> String {
    var text = "if" + gap() + expression() + blank() + block()
    while chance(30) { text += between() + "else" + gap() + "if" + gap() + expression() + blank() + block() }
    if chance(50) { text += between() + "else" + blank() + block() }
    return text + redirection()
  }

  /// What may stand before `else`.
  private mutating func between() -> String {
    chance(60) ? gap() : "\n" + (chance(50) ? comment() + "\n\n" : "")
  }

  private mutating func interval() -> String { chance(40) ? "every" + gap() + duration() + gap() : "" }

  private mutating func redirection() -> String {
    var text = ""
    // A word may end in a `\\`, which a line end would take for its own: hence the blank.
    while chance(12) { text += " " + blank() + "|" + gap() + pick(["jq", "'a b'"]) + words() }
    if chance(12) { text += " " + blank() + pick([">", ">>"]) + gap() + pick(["f", "'a b'", "\"$x.log\""]) }
    return text
  }

  private mutating func command() -> String {
    pick(["send", "recv", "print", "client send", "$x", "'loop'", "expect"]) + words()
  }

  private mutating func words() -> String {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in gap() + word() }.joined()
  }

  private mutating func word() -> String {
    pick([
      "a", "b", "it's", "'a  b'", "\"c $x ${x + 1}  d\"", "hex:00", "json:'[1]'", "[1,\n 2]",
      "{\"a\":  [1, \"}\"]}",
      "*:$x", "$x", "$x[0].size", "${ x+1 }", "${1:-a}", "tcp://[::1]:5", "\"a\\\n b\"", "'x\ny'", "a#b",
      "C:\\x",
      "\"\\x41\"", "''", "a|b", ">x", "...", "_", "é",
    ]).replacing("[1,\n", with: depth > 0 && chance(90) ? "[1," : "[1,\n")
  }

  // MARK: Expressions

  private mutating func number() -> String { pick(["3", "$n", "(1 + 2)", "len($x)", "0x1F"]) }

  private mutating func duration() -> String { pick(["1s", "250ms", "$d", "(1s+2s)", "1.5s"]) }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 7 else { return operand() }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return operand() + blank() + pick(["+", "-", "*", "/", "%", "&&", "||"]) + blank() + operand()
    case 1: return "(" + inner() + expression() + inner() + ")" + pick(["", "[0]", " * 2"])
    case 2: return pick(["!", "! ", "-", "- "]) + "(" + expression() + ")"
    case 3:
      return "[" + (0..<3).map { _ in inner() + expression() + inner() + "," }.joined() + inner() + "]"
    case 4: return "len(" + inner() + expression() + inner() + ")"
    case 5:
      return "(" + operand() + ")" + blank() + pick(["==", "!=", "<", "<=", ">", ">=", ".."]) + blank()
        + operand()
    case 6: return pick(["- 5", "- -5", "--$x", "- - 5", "!!true", "-\\\n5"])
    default: return operand()
    }
  }

  /// What may stand within brackets.
  private mutating func inner() -> String {
    chance(25) ? pick(["\n", "\n\n\n", " \\\n "]) + (chance(40) ? comment() + "\n" : "") : blank()
  }

  private mutating func operand() -> String {
    pick([
      "1", "-1", "1.5e-3", "64KiB", "250ms", "$x", "$x[0]", "$x[ $i+1 ].a", "$reply.size", "$@", "$#",
      "'a  b'",
      "\"a  ${ x+1 }\"", "true", "len( $x )", "json($x).a[0].b", "${ x  +1 }", "${1:-a b}", "(${ x })", "[]",
      "0b1010",
    ])
  }
}
