// What `$` stands for, in words and in expressions.
extension Parser {
  /// Reads `$name`, `$1`, `$@`, `$#`, `$env.NAME` with the postfixes that directly follow, or `${…}`.
  /// Gives nil, and stays where it is, where the `$` is followed by nothing nameable.
  mutating func parseReference() throws(Unparsable) -> Expression? {
    if ahead(1) == Byte.openBrace { return try parseBraced() }
    note(.reference)
    guard let name = referenceEnd(from: position + 1) else { return nil }
    let start = position
    position = name
    end = name
    builtDepth = 1
    keepAtom(Span(start, name))
    return try parsePostfixes(
      of: Expression(.variable(text(Span(start + 1, name))), span: Span(start, name)))
  }

  /// The end of the variable's name at an offset, without its `$`; nil if there is none.
  private func referenceEnd(from offset: Int) -> Int? {
    guard let first = byte(at: offset) else { return nil }
    if first.startsName { return endOfName(from: offset) }
    return first.isDigit || first == Byte.at || first == Byte.hash ? offset + 1 : nil
  }

  /// Reads `${expression}` or `${expression:-default}`, which stands at the position.
  mutating func parseBraced() throws(Unparsable) -> Expression {
    let start = position
    try enterExpression(at: Span(start, start + 2))
    let brackets = bracketDepth
    let wasInterpolating = isInterpolating
    bracketDepth = 1
    isInterpolating = true
    defer {
      bracketDepth = brackets
      isInterpolating = wasInterpolating
      expressionDepth -= 1
    }
    position += 2
    skipBlanks()
    note(.operand(isInterpolating: true))
    if current == Byte.closeBrace {
      position += 1
      throw failure(
        "'${}' holds no expression", at: Span(start, position), help: ["for example `${x}` or `${x + 1}`"])
    }
    var value = try parseBracedValue(open: start)
    skipBlanks()
    if current == Byte.colon, ahead(1) == Byte.minus {
      let depth = builtDepth
      position += 2
      let standIn = try parseDefault(open: start)
      value = Expression(.defaulted(value, standIn), span: Span(start, position))
      builtDepth = max(depth, builtDepth) + 1
    }
    guard current == Byte.closeBrace else { throw unclosedBrace(open: start) }
    position += 1
    end = position
    value.span = Span(start, position)
    keepAtom(value.span)
    if builtDepth > Limit.tree { throw tooDeep(at: value.span) }
    return value
  }

  private mutating func parseBracedValue(open: Int) throws(Unparsable) -> Expression {
    if current == nil { throw unclosedBrace(open: open) }
    // `${1}` is the first argument, `${1 + 1}` is two.
    if let name = referenceEnd(from: position), !bytes[position].startsName {
      let isWhole =
        byte(at: name) == Byte.closeBrace
        || (byte(at: name) == Byte.colon && byte(at: name + 1) == Byte.minus)
      if isWhole {
        let span = Span(position, name)
        position = name
        builtDepth = 1
        return Expression(.variable(text(span)), span: span)
      }
    }
    do throws(Unparsable) {
      return try parseExpression()
    } catch {
      throw current == nil ? unclosedBrace(open: open) : error
    }
  }

  /// Reads the text after `:-` up to the `}`: cooked, without quotes, on one line.
  private mutating func parseDefault(open: Int) throws(Unparsable) -> Word {
    noteNothing()
    let start = position
    var depth = 0
    var builder = WordBuilder()
    while let byte = current, byte != Byte.closeBrace {
      switch byte {
      case Byte.lineFeed: throw unclosedBrace(open: open)
      case Byte.backslash: parseEscape(into: &builder, closing: Byte.closeBrace)
      case Byte.dollar:
        if let value = try parseReference() {
          builder.append(value)
          depth = max(depth, builtDepth)
        } else {
          fallthrough
        }
      default:
        builder.append(byte)
        position += 1
      }
    }
    builder.flush()
    builtDepth = depth
    return Word(parts: builder.parts, bareCount: 0, isQuoted: true, span: Span(start, position))
  }

  private mutating func unclosedBrace(open: Int) -> Unparsable {
    let span = Span(open, open + 2)
    if current == nil {
      reportOpen("'${' is never closed", at: span, OpenEnd(depth: blockDepth + 1), help: ["end it with `}`"])
      return Unparsable()
    }
    return failure(
      "'${' is not closed before \(foundText)", at: span,
      help: [#"end it with `}`; in quotes `\$` is a plain `$`"#])
  }
}
