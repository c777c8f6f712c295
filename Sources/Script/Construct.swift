/// A construct of the language: a keyword, and how what follows it is read.
///
/// A new construct is one row of ``Parser/constructs`` and one function.
struct Construct: Sendable {
  /// What it starts with.
  let keyword: [UInt8]
  /// Whether a `{` in it opens a block.
  let takesBlock: Bool
  /// Whether what it prints may be handed to a program or a file, as in `loop { … } | grep x`.
  let takesRedirection: Bool
  /// Whether it runs one statement again and again, which makes one output of all that it prints.
  let isRepetition: Bool
  /// Reads what follows the keyword, whose place is given.
  let parse: @Sendable (inout Parser, Span) throws(Unparsable) -> Statement.Kind

  init(
    _ keyword: StaticString, takesBlock: Bool = true, takesRedirection: Bool = false,
    isRepetition: Bool = false,
    parse: @escaping @Sendable (inout Parser, Span) throws(Unparsable) -> Statement.Kind
  ) {
    self.keyword = Array("\(keyword)".utf8)
    self.takesBlock = takesBlock
    self.takesRedirection = takesRedirection
    self.isRepetition = isRepetition
    self.parse = parse
  }
}

/// Words that mean something inside a construct.
enum Keyword {
  static let `as` = Array("as".utf8)
  static let `catch` = Array("catch".utf8)
  static let echo = Array("echo".utf8)
  static let `else` = Array("else".utf8)
  static let `if` = Array("if".utf8)
  static let `in` = Array("in".utf8)
  static let every = Array("every".utf8)
  static let elseIfs = ["elif", "elsif", "elseif"].map { Array($0.utf8) }
}

extension Parser {
  /// The words that begin a construct, or go on with one, in the order of the alphabet.
  ///
  /// Nothing that a user names may be called so: no socket, no task, no `def`.
  public static var keywords: [String] {
    constructs.map { String(decoding: $0.keyword, as: UTF8.self) }
  }

  /// The constructs. `catch` and `else` go on with one, and begin none.
  static let constructs: [Construct] = [
    Construct("assert", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseAssert(head)
    },
    Construct("break", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseJump("break", head)
      return .break
    },
    Construct("catch") { (parser, head) throws(Unparsable) in try parser.parseStrayCatch(head) },
    Construct("continue", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseJump("continue", head)
      return .continue
    },
    Construct("def") { (parser, head) throws(Unparsable) in try parser.parseDefinition(head) },
    Construct("else") { (parser, head) throws(Unparsable) in try parser.parseStrayElse(head) },
    Construct("every", takesRedirection: true, isRepetition: true) { (parser, head) throws(Unparsable) in
      try parser.parseEvery(head)
    },
    Construct("fails", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseFails(head)
    },
    Construct("for", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseFor(head)
    },
    Construct("if", takesRedirection: true) { (parser, head) throws(Unparsable) in try parser.parseIf(head) },
    Construct("let", takesBlock: false) { (parser, head) throws(Unparsable) in try parser.parseLet(head) },
    Construct("loop", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseLoop(head)
    },
    Construct("repeat", takesRedirection: true, isRepetition: true) { (parser, head) throws(Unparsable) in
      try parser.parseRepeat(head)
    },
    Construct("retry", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseRetry(head)
    },
    Construct("return", takesBlock: false) { (parser, head) throws(Unparsable) in
      try parser.parseReturn(head)
    },
    Construct("serve") { (parser, head) throws(Unparsable) in try parser.parseServe(head) },
    Construct("task") { (parser, head) throws(Unparsable) in try parser.parseTask(head) },
    Construct("time", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseTime(head)
    },
    Construct("try", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseTry(head)
    },
    Construct("unordered", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseUnordered(head)
    },
    Construct("while", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseWhile(head)
    },
    Construct("within", takesRedirection: true) { (parser, head) throws(Unparsable) in
      try parser.parseWithin(head)
    },
  ]

  /// The construct whose keyword stands at the position, or nil where a command does.
  func constructHere() -> Construct? {
    guard let first = current else { return nil }
    for construct in Self.constructs where construct.keyword[0] == first && isAt(name: construct.keyword) {
      let after = position + construct.keyword.count
      let isWhole =
        switch byte(at: after) {
        case Byte.openBrace, Byte.openParenthesis: true
        case Byte.closeBrace: closesBlock(at: after)
        default: endsWord(at: after)
        }
      return isWhole ? construct : nil
    }
    return nil
  }
}

// MARK: - Variables

extension Parser {
  mutating func parseLet(_ head: Span) throws(Unparsable) -> Statement.Kind {
    skipBlanks()
    note(.variableName)
    let name = try parseVariableName(
      after: "let", missing: "'let' needs a name and a value", head: head, example: "let x = 5")
    skipBlanks()
    guard current == Byte.equal, ahead(1) != Byte.equal else {
      if isAtStatementEnd {
        throw failure(
          "'\(name.text)' is given no value", at: name.span, help: ["for example `let \(name.text) = 5`"])
      }
      if let (message, help) = hintForAssignment(to: name.text) {
        throw failure(message, at: found, help: [help])
      }
      throw failure(
        "'=' is missing before \(foundText)", at: found,
        help: ["write `let \(name.text) = \(text(found))`"])
    }
    position += 1
    let afterSign = position
    skipBlanks()
    noteOperand()
    if isAtStatementEnd {
      throw failure(
        "the value is missing after '='", at: Span(afterSign - 1, afterSign),
        help: ["for example `let \(name.text) = 5`; an empty text is `\"\"`"])
    }
    let before = errorCount
    let value = try parseExpression()
    variables.insert(name.text)
    try expectEnd(afterExpression: value, isReported: errorCount > before)
    return .let(name, value)
  }

  /// What to say about `==`, `:=`, `+=` and the like after the name of a `let`.
  private func hintForAssignment(to name: String) -> (message: String, help: String)? {
    guard let first = current else { return nil }
    if first == Byte.equal {
      return ("'==' compares; 'let' needs '='", "write `let \(name) = …`")
    }
    guard ahead(1) == Byte.equal else { return nil }
    let sign = String(decoding: [first], as: UTF8.self)
    switch first {
    case Byte.colon: return ("':=' is no sign of the language", "write `let \(name) = …`")
    case Byte.plus, Byte.minus, Byte.star, Byte.slash, Byte.percent:
      return ("'\(sign)=' is no sign of the language", "write `let \(name) = $\(name) \(sign) …`")
    default: return nil
    }
  }

  /// Reads the name of a variable, or of something else, that is made here.
  mutating func parseVariableName(
    after keyword: String, missing: String, head: Span, example: String, sort: String = "a variable"
  ) throws(Unparsable) -> Name {
    if isAtStatementEnd || current == Byte.openBrace {
      throw failure(missing, at: head, help: ["for example `\(example)`"])
    }
    let stop = endOfName(from: position)
    guard stop > position else {
      if current == Byte.dollar, endOfName(from: position + 1) > position + 1 {
        let bare = Span(position + 1, endOfName(from: position + 1))
        let name = Name(text(bare), span: Span(position, bare.end))
        report(
          "'\(keyword)' takes the name of \(sort == "a variable" ? "the variable" : sort) without '$'",
          at: name.span,
          help: ["write `\(name.text)`"])
        position = bare.end
        end = position
        return name
      }
      throw failure(
        "\(foundText) is no name for \(sort)", at: found,
        help: ["a name is letters, digits and `_`, and starts with no digit: `\(example)`"])
    }
    if let next = byte(at: stop),
      next >= 0x80 || next == Byte.dot || next == Byte.openBracket
        || (next == Byte.minus && byte(at: stop + 1) != Byte.equal)
    {
      var whole = stop
      while !endsWord(at: whole), bytes[whole] != Byte.equal { whole += 1 }
      let span = Span(position, whole)
      throw failure(
        "'\(text(span))' is no name for \(sort)", at: span,
        help: ["a name is letters, digits and `_`, and starts with no digit: `\(example)`"])
    }
    let name = Name(text(Span(position, stop)), span: Span(position, stop))
    position = stop
    end = stop
    return name
  }

  /// Checks that the statement ends after its expression.
  mutating func expectEnd(afterExpression value: Expression, isReported: Bool) throws(Unparsable) {
    skipBlanks()
    guard !isAtStatementEnd else { return }
    if isReported { throw Unparsable() }
    throw failure(
      "\(foundText) does not belong to the expression before it", at: found,
      help: ["an operator is missing between them, or quotes around the whole"])
  }
}

// MARK: - Prefixes

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
  private mutating func parseInterval(example: String) throws(Unparsable) -> Expression? {
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
  private mutating func parsePrefixValue(
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

// MARK: - Control

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
  private mutating func skipToElse() -> Span? {
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

  private mutating func parseBranch(_ head: Span) throws(Unparsable) -> Branch {
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

  private mutating func parseLoopBlock(of head: Span, example: String) throws(Unparsable) -> Block {
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
