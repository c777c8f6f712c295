/// What stands before a statement: `repeat`, `every`, `within`, `fails` and the like.
extension Parser {
  mutating func parseRepeat(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let count = try parsePrefixValue(
      head, needs: "a count", help: ["for example `repeat 3 send Hello`; for ever: `loop { … }`"])
    let interval = try parseInterval(example: "repeat 3 every 1s send Hello")
    indexDepth += 1
    defer { indexDepth -= 1 }
    let body = try parseBody(
      of: Span(head.start, end), isLoop: true, example: "repeat 3 send Hello")
    return .repeat(count: count, interval: interval, body: body)
  }

  mutating func parseRetry(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let tries = try parsePrefixValue(head, needs: "a count", help: ["for example `retry 3 send Hello`"])
    let interval = try parseInterval(example: "retry 3 every 500ms send Hello")
    let body = try parseBody(of: Span(head.start, end), isLoop: false, example: "retry 3 send Hello")
    return .retry(tries, interval: interval, body: body)
  }

  /// Reads the `every 1s` of `repeat` and `retry`, if it is there.
  mutating func parseInterval(example: String) throws(Unparsable) -> Expression? {
    skipBlanks()
    note(.keyword("every"))
    guard isAt(name: Keyword.every) else { return nil }
    let every = Span(position, position + Keyword.every.count)
    position = every.end
    return try parsePrefixValue(every, needs: "a time", help: ["for example `\(example)`"])
  }

  mutating func parseTime(_ head: Span) throws(Unparsable) -> Statement.Kind {
    .time(try parseBody(of: head, isLoop: false, example: "time recv"))
  }

  mutating func parseEvery(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let interval = try parsePrefixValue(head, needs: "a time", help: ["for example `every 1s send Hello`"])
    indexDepth += 1
    defer { indexDepth -= 1 }
    let body = try parseBody(of: Span(head.start, end), isLoop: true, example: "every 1s send Hello")
    return .every(interval, body: body)
  }

  mutating func parseWithin(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let limit = try parsePrefixValue(head, needs: "a time", help: ["for example `within 500ms recv`"])
    let body = try parseBody(of: Span(head.start, end), isLoop: false, example: "within 500ms recv")
    return .within(limit, body: body)
  }

  mutating func parseFails(_ head: Span) throws(Unparsable) -> Statement.Kind {
    skipBlanks()
    note(.errorName)
    let stop = endOfName(from: position)
    guard stop > position, endsWord(at: stop) || byte(at: stop) == Byte.openBrace || closesBlock(at: stop)
    else {
      throw failure(
        "'fails' needs the name of an error",
        at: isAtStatementEnd || current == Byte.openBrace ? head : found,
        help: ["for example `fails EFSM send Hello`, `fails timeout recv`, `fails any recv`"])
    }
    let name = Name(text(Span(position, stop)), span: Span(position, stop))
    position = stop
    end = stop
    let body = try parseBody(
      of: Span(head.start, end), isLoop: false, example: "fails \(name.text) send Hello")
    return .fails(name, body: body)
  }

  /// Reads the count or the time of a prefix.
  mutating func parsePrefixValue(
    _ head: Span, needs: String, help: [String]
  ) throws(Unparsable) -> Expression {
    skipBlanks()
    note(.amount)
    let keyword = text(head)
    if isAtStatementEnd || current == Byte.openBrace {
      let error = failure("'\(keyword)' needs \(needs)", at: head, help: help)
      if current != Byte.openBrace { throw error }
      return Expression(.integer(0), span: head)
    }
    let stop = endOfName(from: position)
    if stop > position, byte(at: stop) != Byte.openParenthesis {
      let name = text(Span(position, stop))
      if !variables.contains(name) {
        try stopAtCursor()
        report("'\(keyword)' needs \(needs) before '\(name)'", at: found, help: help)
        end = head.end
        return Expression(.integer(0), span: head)
      }
    }
    return try parseExpression()
  }

  /// Reads what a prefix applies to: a block, or one statement on the same line.
  mutating func parseBody(of prefix: Span, isLoop: Bool, example: String) throws(Unparsable) -> Block {
    skipBlanks()
    if isLoop { loopDepth += 1 }
    defer { if isLoop { loopDepth -= 1 } }
    note(.statement(isTopLevel: false))
    if current == Byte.openBrace { return parseBlock() }
    if isAtStatementEnd || redirectionHere != nil {
      let words = text(prefix)
      throw failure(
        "'\(words)' has nothing to act on", at: prefix,
        help: ["a statement or a block follows on the same line: `\(example)`"])
    }
    let statement = try parseStatement(constructHere())
    return Block([statement], span: statement.span)
  }
}
