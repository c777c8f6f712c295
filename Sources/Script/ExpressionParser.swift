// Expressions: precedence climbing, with Swift's precedences.

/// What stands between two operands.
private enum Infix {
  case binary(BinaryOperator)
  case range

  /// Binds the tighter, the higher.
  var precedence: Int {
    switch self {
    case .binary(.or): 1
    case .binary(.and): 2
    case .binary(.equal), .binary(.notEqual), .binary(.less), .binary(.lessOrEqual), .binary(.greater),
      .binary(.greaterOrEqual):
      3
    case .range: 4
    case .binary(.plus), .binary(.minus): 5
    case .binary(.times), .binary(.divide), .binary(.remainder): 6
    }
  }

  /// Whether `a op b op c` means something.
  var isChainable: Bool { precedence != 3 && precedence != 4 }
}

extension Parser {
  /// Reads an expression, which ends where no operator and no postfix follows.
  mutating func parseExpression() throws(Unparsable) -> Expression {
    try parseBinary(minimum: 1)
  }

  /// Goes one expression deeper; the caller comes back up.
  mutating func enterExpression(at span: Span) throws(Unparsable) {
    guard expressionDepth < Limit.expressions else { throw tooDeep(at: span) }
    expressionDepth += 1
  }

  mutating func tooDeep(at span: Span) -> Unparsable {
    failure(
      "the expression nests too deeply", at: span,
      help: ["split it: give parts of it names with `let`"])
  }

  // MARK: Operators

  private mutating func parseBinary(minimum: Int) throws(Unparsable) -> Expression {
    try enterExpression(at: Span(position, min(position + 1, bytes.count)))
    defer { expressionDepth -= 1 }
    var left = try parseUnary()
    var depth = builtDepth
    var last: Infix?
    while let (infix, sign) = infixHere(minimum: minimum) {
      if let last, !infix.isChainable, last.precedence == infix.precedence { reportChain(infix, sign) }
      last = infix
      position = sign.end
      skipBlanks()
      noteOperand()
      if isAtOperandEnd {
        throw missingOperand(
          "the right side of '\(text(sign))' is missing", at: sign,
          help: "an operand follows on the same line; in parentheses the line may end")
      }
      let right = try parseBinary(minimum: infix.precedence + 1)
      let span = left.span.union(right.span)
      switch infix {
      case .range: left = Expression(.range(left, right), span: span, operatorSpan: sign)
      case .binary(let sort): left = Expression(.binary(left, sort, right), span: span, operatorSpan: sign)
      }
      depth = max(depth, builtDepth) + 1
      if depth > Limit.tree { throw tooDeep(at: sign) }
    }
    builtDepth = depth
    return left
  }

  private mutating func reportChain(_ infix: Infix, _ sign: Span) {
    if case .range = infix {
      report("a range has two ends", at: sign, help: ["write `1..9`"])
    } else {
      report("comparisons do not chain", at: sign, help: ["join two with `&&`: `1 < $x && $x < 3`"])
    }
  }

  /// The operator that follows, if it binds tightly enough. Blanks before it are skipped either way.
  private mutating func infixHere(minimum: Int) -> (Infix, Span)? {
    skipBlanks()
    guard let first = current else { return nil }
    let second = ahead(1)
    let infix: Infix
    var count = 1
    switch first {
    case Byte.bar:
      if second == Byte.bar { count = 2 }
      infix = .binary(.or)
    case Byte.ampersand:
      if second == Byte.ampersand { count = 2 }
      infix = .binary(.and)
    case Byte.equal:
      if second == Byte.equal { count = 2 }
      infix = .binary(.equal)
    case Byte.exclamation:
      guard second == Byte.equal else { return nil }
      count = 2
      infix = .binary(.notEqual)
    case Byte.less:
      if second == Byte.equal { count = 2 }
      infix = .binary(count == 2 ? .lessOrEqual : .less)
    case Byte.greater:
      if second == Byte.equal { count = 2 }
      infix = .binary(count == 2 ? .greaterOrEqual : .greater)
    case Byte.dot:
      guard second == Byte.dot else { return nil }
      count = 2
      infix = .range
    case Byte.plus: infix = .binary(.plus)
    case Byte.minus: infix = .binary(.minus)
    case Byte.star: infix = .binary(.times)
    case Byte.slash: infix = .binary(.divide)
    case Byte.percent: infix = .binary(.remainder)
    default: return nil
    }
    guard infix.precedence >= minimum else { return nil }
    let sign = Span(position, position + count)
    if count == 1 { reportHalfOperator(first, at: sign) }
    return (infix, sign)
  }

  /// Reports `=`, `&` and `|` where `==`, `&&` and `||` are meant.
  private mutating func reportHalfOperator(_ byte: UInt8, at span: Span) {
    switch byte {
    case Byte.equal: report("'=' sets a variable and compares nothing", at: span, help: ["write `==`"])
    case Byte.ampersand: report("'&' is no operator", at: span, help: ["write `&&`"])
    case Byte.bar: report("'|' is no operator", at: span, help: ["write `||`"])
    default: break
    }
  }

  /// Whether nothing that could be an operand follows.
  private var isAtOperandEnd: Bool {
    isAtStatementEnd || current == Byte.openBrace || current == Byte.closeBrace
      || current == Byte.closeParenthesis || current == Byte.closeBracket || current == Byte.comma
  }

  /// Reports a missing operand; at the end of the text the open bracket is what is wrong, if there is one,
  /// and whoever reads the bracket reports that.
  private mutating func missingOperand(_ message: String, at span: Span, help: String) -> Unparsable {
    if current == nil, bracketDepth > 0 { return Unparsable() }
    return failure(message, at: span, help: [help])
  }

  private mutating func parseUnary() throws(Unparsable) -> Expression {
    let sort: UnaryOperator
    switch current {
    case Byte.minus:
      if let next = ahead(1), next.isDigit {
        let start = position
        position += 1
        let number = parseNumber(from: start, isNegated: true)
        guard let number else { throw Unparsable() }
        keepAtom(number.span)
        builtDepth = 1
        return try parsePostfixes(of: number)
      }
      sort = .minus
    case Byte.exclamation: sort = .not
    default: return try parsePostfixes(of: try parsePrimary())
    }
    let sign = Span(position, position + 1)
    try enterExpression(at: sign)
    defer { expressionDepth -= 1 }
    position += 1
    skipBlanks()
    noteOperand()
    if isAtOperandEnd {
      throw missingOperand(
        "the operand of '\(text(sign))' is missing", at: sign, help: "for example `\(text(sign))$x`")
    }
    let operand = try parseUnary()
    builtDepth += 1
    if builtDepth > Limit.tree { throw tooDeep(at: sign) }
    return Expression(.unary(sort, operand), span: sign.union(operand.span), operatorSpan: sign)
  }

  // MARK: Operands

  /// Reads the `.member` and `[index]` that directly follow an operand.
  mutating func parsePostfixes(of operand: Expression) throws(Unparsable) -> Expression {
    var value = operand
    while true {
      if current == Byte.dot, ahead(1).map(\.startsName) ?? true { noteMember(of: value) }
      if current == Byte.dot, let next = ahead(1), next.startsName {
        let name = Span(position + 1, endOfName(from: position + 1))
        position = name.end
        value = Expression(
          .member(value, Name(text(name), span: name)), span: value.span.union(name))
        builtDepth += 1
      } else if current == Byte.openBracket {
        let open = position
        let depth = builtDepth
        let index = try parseBracketed(open: open, closing: Byte.closeBracket) {
          (parser) throws(Unparsable) in try parser.parseExpression()
        }
        value = Expression(.index(value, index), span: Span(value.span.start, position))
        builtDepth = max(depth, builtDepth) + 1
      } else {
        end = position
        return value
      }
      if builtDepth > Limit.tree { throw tooDeep(at: Span(position - 1, position)) }
    }
  }

  /// Notes that an operand may stand at the position.
  mutating func noteOperand() { note(.operand(isInterpolating: isInterpolating)) }

  private mutating func noteMember(of value: Expression) {
    guard isCompleting else { return }
    position += 1
    note(.member(of: value))
    position -= 1
  }

  private mutating func parsePrimary() throws(Unparsable) -> Expression {
    let start = position
    noteOperand()
    builtDepth = 1
    switch current {
    case Byte.dollar:
      if let value = try parseReference() { return value }
      throw failure(
        "'$' names no variable", at: Span(start, start + 1), help: ["a name follows directly: `$x`"])
    case Byte.quote, Byte.doubleQuote:
      return try parseString()
    case Byte.openParenthesis:
      var value = try parseBracketed(open: start, closing: Byte.closeParenthesis) {
        (parser) throws(Unparsable) in try parser.parseExpression()
      }
      value.span = Span(start, position)
      return value
    case Byte.openBracket:
      let items = try parseItems(open: start, closing: Byte.closeBracket)
      return Expression(.list(items), span: Span(start, position))
    case let byte? where byte.isDigit:
      guard let number = parseNumber(from: start, isNegated: false) else { throw Unparsable() }
      keepAtom(number.span)
      return number
    case let byte? where byte.startsName:
      return try parseName()
    default:
      throw unexpectedOperand()
    }
  }

  private mutating func parseString() throws(Unparsable) -> Expression {
    noteNothing()
    let start = position
    try enterExpression(at: Span(start, start + 1))
    defer { expressionDepth -= 1 }
    let wasInterpolating = isInterpolating
    isInterpolating = false
    defer { isInterpolating = wasInterpolating }
    var builder = WordBuilder()
    try parseQuoted(into: &builder)
    builder.flush()
    // How deep the interpolations are is bounded by the depth they were read at.
    builtDepth = 1
    let span = Span(start, position)
    keepAtom(span)
    return Expression(
      .string(Word(parts: builder.parts, bareCount: 0, isQuoted: true, span: span)), span: span)
  }

  /// Reads `true`, `false`, a call, or inside `${…}` a variable.
  private mutating func parseName() throws(Unparsable) -> Expression {
    let name = Span(position, endOfName(from: position))
    let text = text(name)
    position = name.end
    if current == Byte.openParenthesis {
      let arguments = try parseItems(open: position, closing: Byte.closeParenthesis)
      return Expression(.call(Name(text, span: name), arguments), span: Span(name.start, position))
    }
    switch text {
    case "true": return Expression(.boolean(true), span: name)
    case "false": return Expression(.boolean(false), span: name)
    default: break
    }
    if !isInterpolating { reportBareName(text, at: name) }
    return Expression(.variable(text), span: name)
  }

  private mutating func reportBareName(_ name: String, at span: Span) {
    var help: [String] = []
    if errorCount >= Limit.diagnostics {
      // It will not be shown: the search through all variables would be for nothing.
    } else if variables.contains(name) {
      help = ["write `$\(name)`"]
    } else if name == "recv" {
      help = ["`recv as x` keeps a message in `$x`"]
    } else if let near = nearest(to: name, in: ["true", "false"]) {
      help = ["did you mean `\(near)`?"]
    } else if let near = nearest(to: name, in: variables) {
      help = ["did you mean `$\(near)`?"]
    } else {
      help = ["write `$\(name)` for a variable, `\"\(name)\"` for text"]
    }
    report("'\(name)' is neither a value nor a function: variables are written $x", at: span, help: help)
  }

  /// Reads what stands between two brackets, the first of which is at the position.
  private mutating func parseBracketed<Content>(
    open: Int, closing: UInt8, content: (inout Parser) throws(Unparsable) -> Content
  ) throws(Unparsable) -> Content {
    bracketDepth += 1
    defer { bracketDepth -= 1 }
    position = open + 1
    skipBlanks()
    noteOperand()
    if current == closing {
      position += 1
      throw failure(
        "nothing stands between the brackets", at: Span(open, position),
        help: [closing == Byte.closeBracket ? "for example `$x[0]`" : "for example `(1 + 2)`"])
    }
    if current == nil { throw unclosedBracket(open: open, closing: closing) }
    let value: Content
    do throws(Unparsable) {
      value = try content(&self)
    } catch {
      throw current == nil ? unclosedBracket(open: open, closing: closing) : error
    }
    skipBlanks()
    guard current == closing else { throw unclosedBracket(open: open, closing: closing) }
    position += 1
    return value
  }

  /// Reads expressions with commas between two brackets; a comma may stand after the last.
  private mutating func parseItems(open: Int, closing: UInt8) throws(Unparsable) -> [Expression] {
    bracketDepth += 1
    defer { bracketDepth -= 1 }
    position = open + 1
    var items: [Expression] = []
    var depth = 0
    while true {
      skipBlanks()
      noteOperand()
      if current == closing { break }
      if current == nil { throw unclosedBracket(open: open, closing: closing) }
      do throws(Unparsable) {
        items.append(try parseExpression())
      } catch {
        throw current == nil ? unclosedBracket(open: open, closing: closing) : error
      }
      depth = max(depth, builtDepth)
      skipBlanks()
      if current == Byte.comma {
        position += 1
      } else if current != closing {
        throw unclosedBracket(open: open, closing: closing, orComma: true)
      }
    }
    position += 1
    builtDepth = depth + 1
    if builtDepth > Limit.tree { throw tooDeep(at: Span(open, open + 1)) }
    return items
  }

  private mutating func unclosedBracket(open: Int, closing: UInt8, orComma: Bool = false) -> Unparsable {
    let bracket = Span(open, open + 1)
    let sign = String(decoding: [closing], as: UTF8.self)
    if current == nil {
      reportOpen(
        "the '\(text(bracket))' is never closed", at: bracket, OpenEnd(depth: blockDepth + 1),
        help: ["end it with `\(sign)`"])
      return Unparsable()
    }
    let wanted = orComma ? "',' or '\(sign)'" : "'\(sign)'"
    // Finding the column takes the time of reading the line: not for errors that nobody will see.
    var notes: [String] = []
    if errorCount < Limit.diagnostics {
      let start = source.position(of: open)
      notes = ["the '\(text(bracket))' stands at \(start.line):\(start.column)"]
    }
    return failure("\(wanted) is missing before \(foundText)", at: found, notes: notes)
  }

  private mutating func unexpectedOperand() -> Unparsable {
    guard !isAtOperandEnd || current == Byte.openBrace else {
      let span = current == nil ? Span(position, position) : found
      return failure("an expression is missing before \(foundText)", at: span)
    }
    let help =
      switch current {
      case Byte.openBrace: #"a list is `[1, 2]`, JSON is `json('{"a": 1}')`"#
      case Byte.dot: "a number starts with a digit: `0.5`"
      default: "text stands in quotes"
      }
    return failure("\(foundText) starts no expression", at: found, help: [help])
  }
}
