// Where output goes: `statement | program word …`, `statement > FILE`, `statement >> FILE`.
//
// What a repetition prints is one output: in `repeat 3 recv > log` the file holds three messages, just as in
// `repeat 3 { recv } > log`, and `every 1s recv | jq .` starts one `jq`. The other prefixes hold for the
// statement together with its redirection: `within 1s recv | jq .` limits both, `retry 3 …` tries both again.
// After the `}` of a block the redirection is that of the construct with the block.
//
// Blanks stand around the signs: `a|b` and `>x` are text.

/// What a sign asks for.
enum RedirectionSign {
  case pipe, write, append

  /// How it is written.
  var text: String {
    switch self {
    case .pipe: "|"
    case .write: ">"
    case .append: ">>"
    }
  }
}

extension Parser {
  /// The sign that stands at the position as a word of its own, if one does.
  var redirectionHere: RedirectionSign? {
    switch current {
    case Byte.bar: endsWord(at: position + 1) ? .pipe : nil
    case Byte.greater:
      if endsWord(at: position + 1) {
        .write
      } else {
        ahead(1) == Byte.greater && endsWord(at: position + 2) ? .append : nil
      }
    default: nil
    }
  }

  /// Reads the redirections that follow a statement: none, a pipe, a file, or a pipe and then a file.
  mutating func parseRedirections(of statement: Statement) throws(Unparsable) -> Statement {
    var statement = statement
    skipBlanks()
    if redirectionHere == .pipe {
      var programs: [[Word]] = []
      while let sign = redirectionHere, sign == .pipe { programs.append(try parseProgram(after: sign)) }
      statement = redirected(statement, .pipe(programs))
    }
    guard let sign = redirectionHere else { return statement }
    let signSpan = skip(sign)
    note(.file)
    guard !isAtStatementEnd, redirectionHere == nil else {
      throw failure(
        "the file after '\(sign.text)' is missing", at: signSpan,
        help: ["for example `recv \(sign.text) log.txt`; quote it to send it as text: '\(sign.text)'"])
    }
    let file = try parseWord(.first)
    statement = redirected(statement, .file(file, append: sign == .append))
    skipBlanks()
    if let next = redirectionHere {
      let span = Span(position, position + next.text.utf8.count)
      throw failure(
        "'\(next.text)' follows a file", at: span,
        help: ["output goes to one file, after the programs if there are any: `recv | jq . > log.txt`"])
    }
    guard isAtStatementEnd else {
      throw failure(
        "\(foundText) follows the file of '\(sign.text)'", at: found,
        help: ["a file is one word: quote it if it has blanks; '\(sign.text)' as text is quoted too"])
    }
    return statement
  }

  /// Reads a program and its words, which follow the sign at the position.
  private mutating func parseProgram(after sign: RedirectionSign) throws(Unparsable) -> [Word] {
    let signSpan = skip(sign)
    note(.program)
    guard !isAtStatementEnd, redirectionHere == nil else {
      throw failure(
        "the program after '|' is missing", at: signSpan,
        help: ["for example `recv | jq .`; quote it to send it as text: '|'"])
    }
    var words = [try parseWord(.first)]
    skipBlanks()
    note(.programWord)
    while !isAtStatementEnd, redirectionHere == nil {
      words.append(try parseWord(.argument))
      skipBlanks()
      note(.programWord)
    }
    return words
  }

  private mutating func skip(_ sign: RedirectionSign) -> Span {
    let span = Span(position, position + sign.text.utf8.count)
    position = span.end
    end = span.end
    skipBlanks()
    return span
  }

  private func redirected(_ statement: Statement, _ redirection: Redirection) -> Statement {
    Statement(
      .redirected(statement, redirection), span: Span(statement.span.start, end), head: statement.head)
  }

  /// Reports a sign after a construct whose output goes nowhere.
  mutating func refuseRedirection(of statement: Statement) throws(Unparsable) {
    skipBlanks()
    guard let sign = redirectionHere else { return }
    throw failure(
      "'\(text(statement.head))' takes no '\(sign.text)'",
      at: Span(position, position + sign.text.utf8.count),
      help: ["put it after the statement in it that prints"])
  }

  /// Reports a sign that begins a statement.
  mutating func strayRedirection(_ sign: RedirectionSign) -> Unparsable {
    failure(
      "nothing stands before '\(sign.text)'", at: Span(position, position + sign.text.utf8.count),
      help: ["it follows a statement on its line: `recv \(sign.text) \(sign == .pipe ? "jq ." : "log.txt")`"])
  }
}
