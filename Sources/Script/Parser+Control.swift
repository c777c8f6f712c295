/// `if`, loops, `try`, `assert`, and the blocks that they run.
extension Parser {
  mutating func parseIf(_ head: Span) throws(Unparsable) -> Statement.Kind {
    var branches = [try parseBranch(head)]
    while let word = skipToElse() {
      skipBlanks()
      note(.keyword("if"))
      if isAt(name: Keyword.if) {
        let start = position
        position += Keyword.if.count
        branches.append(try parseBranch(Span(start, position)))
      } else if Keyword.elseIfs.contains(Array(bytes[word.start..<word.end])) {
        branches.append(try parseBranch(word))
      } else {
        let otherwise = try parseRequiredBlock(of: word, example: "else { … }")
        return .conditional(branches, otherwise: otherwise)
      }
    }
    return .conditional(branches, otherwise: nil)
  }

  /// Reads the `else` that follows a block, if one does: on the same line or below.
  mutating func skipToElse() -> Span? {
    let back = position
    skipBlanks()
    for wrong in Keyword.elseIfs where isAt(name: wrong) {
      let span = Span(position, position + wrong.count)
      report("'\(text(span))' is no keyword", at: span, help: ["write `else if`"])
      position = span.end
      return span
    }
    skipLines()
    note(.keyword("else"))
    if isAt(name: Keyword.else) {
      position += Keyword.else.count
      return Span(position - Keyword.else.count, position)
    }
    // What was skipped is read once more by the statement that follows, and never a third time.
    position = back
    return nil
  }

  mutating func parseBranch(_ head: Span) throws(Unparsable) -> Branch {
    let condition = try parseCondition(head, example: "if $x == 1 { … }")
    return Branch(condition, try parseRequiredBlock(of: head, example: "if $x == 1 { … }"))
  }

  mutating func parseCondition(_ head: Span, example: String) throws(Unparsable) -> Expression {
    skipBlanks()
    noteOperand()
    if current == Byte.openBrace || isAtStatementEnd {
      let error = failure("'\(text(head))' has no condition", at: head, help: ["for example `\(example)`"])
      if current != Byte.openBrace { throw error }
      return Expression(.boolean(false), span: head)
    }
    return try parseExpression()
  }

  mutating func parseWhile(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let condition = try parseCondition(head, example: "while $x < 10 { … }")
    return .while(condition, body: try parseLoopBlock(of: head, example: "while $x < 10 { … }"))
  }

  mutating func parseLoop(_ head: Span) throws(Unparsable) -> Statement.Kind {
    .loop(try parseLoopBlock(of: head, example: "loop { … }"))
  }

  mutating func parseFor(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let example = "for x in 1..3 { … }"
    skipBlanks()
    if isAt(name: Keyword.in) {
      let word = Span(position, position + Keyword.in.count)
      let back = position
      position = word.end
      skipBlanks()
      let isTwice = isAt(name: Keyword.in)
      position = back
      if !isTwice {
        throw failure("'for' has no variable before 'in'", at: word, help: ["for example `\(example)`"])
      }
    }
    let name = try parseVariableName(
      after: "for", missing: "'for' needs a variable and what it runs through", head: head, example: example)
    variables.insert(name.text)
    skipBlanks()
    note(.keyword("in"))
    if isAt(name: Keyword.in) {
      position += Keyword.in.count
    } else if isAtStatementEnd || current == Byte.openBrace {
      throw failure(
        "'for \(name.text)' runs through nothing", at: Span(head.start, name.span.end),
        help: ["for example `for \(name.text) in 1..3 { … }`"])
    } else {
      try stopAtCursor()
      if current == Byte.equal || current == Byte.colon { position += 1 }
      report(
        "'in' is missing after 'for \(name.text)'", at: found,
        help: ["for example `for \(name.text) in 1..3 { … }`"])
    }
    skipBlanks()
    noteOperand()
    if isAtStatementEnd || current == Byte.openBrace {
      throw failure(
        "'for \(name.text) in' runs through nothing", at: Span(head.start, name.span.end),
        help: ["for example `for \(name.text) in 1..3 { … }`"])
    }
    let sequence = try parseExpression()
    return .for(name, in: sequence, body: try parseLoopBlock(of: head, example: example))
  }

  /// `break` and `continue`, which stand alone and in a loop.
  mutating func parseJump(_ keyword: String, _ head: Span) throws(Unparsable) {
    skipBlanks()
    if !isAtStatementEnd {
      throw failure(
        "'\(keyword)' takes no words", at: found, help: ["put the next statement on a line of its own"])
    }
    if loopDepth == 0 {
      report(
        "'\(keyword)' stands in no loop", at: head,
        help: ["it is for the 'repeat', 'every', 'while', 'loop' or 'for' around it"])
    }
  }

  mutating func parseStrayElse(_ head: Span) throws(Unparsable) -> Statement.Kind {
    throw failure(
      "'else' follows no 'if'", at: head,
      help: ["it stands after the `}` of an `if`: `if $x { … } else { … }`"])
  }

  mutating func parseTry(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let example = "try { … } catch { … }"
    let body = try parseRequiredBlock(of: head, example: example)
    skipLines()
    note(.keyword("catch"))
    guard isAt(name: Keyword.catch) else {
      // At the prompt the `catch` may come with the next line.
      if current == nil {
        if !isAbandoned {
          reportOpen(
            "'try' has no 'catch'", at: head, OpenEnd(depth: blockDepth), help: ["for example `\(example)`"])
        }
        throw Unparsable()
      }
      throw failure("'try' has no 'catch'", at: head, help: ["for example `\(example)`"])
    }
    let word = Span(position, position + Keyword.catch.count)
    position = word.end
    variables.insert("error")
    skipBlanks()
    let stop = endOfName(from: position)
    if stop > position {
      throw failure(
        "'catch' takes no name", at: Span(position, stop),
        help: ["what failed is `$error` in its block: `$error.name`, `$error.message`"])
    }
    return .attempt(body, handler: try parseRequiredBlock(of: word, example: example))
  }

  mutating func parseStrayCatch(_ head: Span) throws(Unparsable) -> Statement.Kind {
    throw failure(
      "'catch' follows no 'try'", at: head,
      help: ["it stands after the `}` of a `try`: `try { … } catch { … }`"])
  }

  mutating func parseUnordered(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let wasInUnordered = isInUnordered
    isInUnordered = true
    defer { isInUnordered = wasInUnordered }
    return .unordered(try parseRequiredBlock(of: head, example: "unordered { expect a; expect b }"))
  }

  mutating func parseAssert(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let before = errorCount
    let condition = try parseCondition(head, example: "assert $x == 1")
    try expectEnd(afterExpression: condition, isReported: errorCount > before)
    return .assert(condition)
  }

  mutating func parseLoopBlock(of head: Span, example: String) throws(Unparsable) -> Block {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return try parseRequiredBlock(of: head, example: example)
  }

  /// Reads the block that a construct cannot be without.
  mutating func parseRequiredBlock(of head: Span, example: String) throws(Unparsable) -> Block {
    skipBlanks()
    if current == Byte.openBrace { return parseBlock() }
    let keyword = text(head)
    guard isAtStatementEnd else {
      let span = found
      let help =
        switch text(span) {
        case "and", "&": "both: `&&`"
        case "or", "|": "one of both: `||`"
        case "is": "equal: `==`"
        case "then", "do": "for example `\(example)`; there is no `\(text(span))`"
        default: "for example `\(example)`"
        }
      throw failure("the '{' of '\(keyword)' is missing before \(foundText)", at: span, help: [help])
    }
    let back = position
    skipLines()
    if current == Byte.openBrace {
      report(
        "the '{' of '\(keyword)' stands on a line of its own", at: Span(position, position + 1),
        help: ["move it to the end of the line of '\(keyword)'"])
      return parseBlock()
    }
    position = back
    throw failure("'\(keyword)' has no block", at: head, help: ["for example `\(example)`"])
  }
}
