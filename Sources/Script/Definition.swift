// Bodies that are scripts of their own: `def`, `task` and `serve`. A loop or a `def` around one is not its
// to leave.
extension Parser {
  /// Reads `NAME parameter … { }`.
  ///
  /// A `def` stands at the top level of a text, and its name once: what a name does then depends on nothing
  /// that runs or does not, and can be checked before.
  mutating func parseDefinition(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let example = "def greet name { send \"Hello $name\" }"
    if statementDepth > 1 {
      report(
        "'def' stands inside another statement", at: head,
        help: ["move it out: it stands at the top level of a text, in no block and after no prefix"])
    }
    skipBlanks()
    let name = try parseVariableName(
      after: "def", missing: "'def' has no name", head: head, example: example, sort: "a 'def'")
    checkDefinition(name)
    var parameters: [Name] = []
    while true {
      skipBlanks()
      if current == Byte.openBrace || isAtStatementEnd { break }
      if let sign = current,
        sign == Byte.comma || sign == Byte.openParenthesis || sign == Byte.closeParenthesis
      {
        throw failure(
          "'\(String(decoding: [sign], as: UTF8.self))' is no parameter", at: Span(position, position + 1),
          help: ["parameters stand without brackets and commas: `def \(name.text) a b { … }`"])
      }
      let parameter = try parseVariableName(
        after: "def", missing: "", head: head, example: "def \(name.text) a b { … }",
        sort: "a parameter")
      if let first = parameters.first(where: { $0.text == parameter.text }) {
        report(
          "'\(name.text)' has two parameters '\(parameter.text)'", at: parameter.span,
          notes: [noteOfPlace(of: first.span, "the first")], help: ["give one another name"])
      }
      parameters.append(parameter)
      variables.insert(parameter.text)
    }
    let words = ([name] + parameters).map(\.text).joined(separator: " ")
    let body = try parseOwnBody(of: head, example: "def \(words) { … }", isDefinition: true)
    return .define(name, parameters: parameters, body: body)
  }

  private mutating func checkDefinition(_ name: Name) {
    if Self.keywords.contains(name.text) {
      report(
        "'\(name.text)' is a word of the language", at: name.span, help: ["give the 'def' another name"])
    } else if let first = definitions[name.text] {
      report(
        "'\(name.text)' is defined twice", at: name.span, notes: [noteOfPlace(of: first, "the first")],
        help: ["give one another name"])
    } else {
      definitions[name.text] = name.span
    }
  }

  private func noteOfPlace(of span: Span, _ what: String) -> String {
    // Finding the column takes the time of reading the line: not for errors that nobody will see.
    guard errorCount < Limit.diagnostics else { return "" }
    let place = source.position(of: span.start)
    return "\(what) stands at \(place.line):\(place.column)"
  }

  /// Reads what `return` gives back, if anything.
  mutating func parseReturn(_ head: Span) throws(Unparsable) -> Statement.Kind {
    skipBlanks()
    noteOperand()
    let before = errorCount
    var value: Expression?
    if !isAtStatementEnd {
      let expression = try parseExpression()
      try expectEnd(afterExpression: expression, isReported: errorCount > before)
      value = expression
    }
    if !isInDefinition {
      report(
        "'return' stands in no 'def'", at: head,
        help: ["it is for the 'def' around it; `exit` ends a script"])
    }
    return .return(value)
  }

  mutating func parseTask(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let example = "task worker { … }"
    skipBlanks()
    if isAtStatementEnd || current == Byte.openBrace || redirectionHere != nil {
      throw failure("'task' has no name", at: head, help: ["for example `\(example)`"])
    }
    let name = try parseWord(.beforeBlock)
    return .task(name, body: try parseOwnBody(of: head, example: example))
  }

  /// Reads `SOCKET { }`, `TYPE ENDPOINT … { }` and either with `echo` in the block's place.
  mutating func parseServe(_ head: Span) throws(Unparsable) -> Statement.Kind {
    let examples = "for example `serve server { send World }` or `serve rep 5546 echo`"
    var words: [Word] = []
    skipBlanks()
    note(.serveWord(after: words))
    while !isAtStatementEnd, current != Byte.openBrace, redirectionHere == nil {
      words.append(try parseWord(.beforeBlock))
      skipBlanks()
      note(.serveWord(after: words))
    }
    let bare = words.suffix(2).map { $0.isQuoted ? nil : $0.literal }
    let isEcho = bare.last == Keyword.echo && (bare.count < 2 || bare[0] != Keyword.as)
    if current == Byte.openBrace, !words.isEmpty {
      if isEcho, words.count > 1 {
        report(
          "'serve' has both 'echo' and a block", at: words[words.count - 1].span,
          help: ["`echo` stands for a block that sends back what came: leave out one of them"])
      }
      variables.insert("request")
      return .serve(words, body: try parseOwnBody(of: head, example: ""))
    }
    if isEcho { words.removeLast() }
    if words.isEmpty { throw failure("'serve' has no socket", at: head, help: [examples]) }
    if isEcho { return .serve(words, body: nil) }
    throw failure("'serve' has neither a block nor 'echo'", at: head, help: [examples])
  }

  /// Reads the block of a `def`, a `task` or a `serve`.
  private mutating func parseOwnBody(
    of head: Span, example: String, isDefinition: Bool = false
  ) throws(Unparsable) -> Block {
    let loops = loopDepth
    let wasInDefinition = isInDefinition
    let wasInTask = isInTask
    let indexes = indexDepth
    loopDepth = 0
    indexDepth = 0
    isInDefinition = isDefinition
    isInTask = !isDefinition
    defer {
      loopDepth = loops
      indexDepth = indexes
      isInDefinition = wasInDefinition
      isInTask = wasInTask
    }
    return try parseRequiredBlock(of: head, example: example)
  }
}
