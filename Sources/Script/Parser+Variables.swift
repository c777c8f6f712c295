/// `let`, and the names that a statement sets.
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
  func hintForAssignment(to name: String) -> (message: String, help: String)? {
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
