import Script

// The tree as an S-expression, so that a test can say in a line what it expects.

extension Block {
  /// The statements, in braces.
  var dump: String { "{" + statements.map(\.dump).joined(separator: " ") + "}" }
}

extension Statement {
  /// The statement, in parentheses.
  var dump: String {
    switch kind {
    case .command(let words): "(" + words.map(\.dump).joined(separator: " ") + ")"
    case .let(let name, let value): "(let \(name.text) \(value.dump))"
    case .repeat(let count, nil, let body): "(repeat \(count.dump) \(body.dump))"
    case .repeat(let count, let interval?, let body):
      "(repeat \(count.dump) every \(interval.dump) \(body.dump))"
    case .every(let interval, let body): "(every \(interval.dump) \(body.dump))"
    case .within(let limit, let body): "(within \(limit.dump) \(body.dump))"
    case .fails(let name, let body): "(fails \(name.text) \(body.dump))"
    case .conditional(let branches, let otherwise):
      "(if " + branches.map { "\($0.condition.dump) \($0.body.dump)" }.joined(separator: " elif ")
        + (otherwise.map { " else \($0.dump)" } ?? "") + ")"
    case .while(let condition, let body): "(while \(condition.dump) \(body.dump))"
    case .loop(let body): "(loop \(body.dump))"
    case .for(let name, let sequence, let body): "(for \(name.text) \(sequence.dump) \(body.dump))"
    case .break: "(break)"
    case .continue: "(continue)"
    case .task(let name, let body): "(task \(name.dump) \(body.dump))"
    case .retry(let tries, nil, let body): "(retry \(tries.dump) \(body.dump))"
    case .retry(let tries, let interval?, let body):
      "(retry \(tries.dump) every \(interval.dump) \(body.dump))"
    case .time(let body): "(time \(body.dump))"
    case .define(let name, let parameters, let body):
      "(def " + ([name] + parameters).map(\.text).joined(separator: " ") + " \(body.dump))"
    case .return(let value): "(return" + (value.map { " \($0.dump)" } ?? "") + ")"
    case .attempt(let body, let handler): "(try \(body.dump) catch \(handler.dump))"
    case .assert(let condition): "(assert \(condition.dump))"
    case .serve(let words, let body):
      "(serve " + words.map(\.dump).joined(separator: " ") + " \(body?.dump ?? "echo"))"
    case .unordered(let body): "(unordered \(body.dump))"
    case .redirected(let statement, let redirection): "\(statement.dump)\(redirection.dump)"
    }
  }
}

extension Redirection {
  /// What follows the statement.
  var dump: String {
    switch self {
    case .pipe(let programs):
      programs.map { " | <" + $0.map(\.dump).joined(separator: " ") + ">" }.joined()
    case .file(let file, let append): " \(append ? ">>" : ">") <\(file.dump)>"
    }
  }
}

extension Word {
  /// The text in `<…>`, values in `$…`; `q` marks quoted, `j` JSON words, `|` the end of what was bare.
  var dump: String {
    var text = ""
    var bare = isQuoted ? bareCount : 0
    for part in parts {
      switch part {
      case .text(let bytes):
        if bare > 0 {
          text += decode(bytes[..<bare]) + "|" + decode(bytes[bare...])
          bare = 0
        } else {
          text += decode(bytes[...])
        }
      case .value(let expression): text += "$" + expression.dump
      }
    }
    if isQuoted { return "q<\(text)>" }
    return isJSON ? "j<\(text)>" : parts.count == 1 && literal != nil ? text : "<\(text)>"
  }

  private func decode(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Expression {
  /// The expression with its operators first.
  var dump: String {
    switch kind {
    case .integer(let value): "\(value)"
    case .float(let value): "\(value)"
    case .duration(let value): "\(value)".replacing(" seconds", with: "s")
    case .boolean(let value): "\(value)"
    case .string(let word): word.dump
    case .list(let items): "[" + items.map(\.dump).joined(separator: " ") + "]"
    case .range(let low, let high): "(.. \(low.dump) \(high.dump))"
    case .variable(let name): name
    case .defaulted(let value, let other): "(or \(value.dump) \(other.dump))"
    case .index(let value, let index): "(at \(value.dump) \(index.dump))"
    case .member(let value, let name): "(. \(value.dump) \(name.text))"
    case .unary(let sort, let value): "(\(sort.rawValue) \(value.dump))"
    case .binary(let left, let sort, let right): "(\(sort.rawValue) \(left.dump) \(right.dump))"
    case .call(let name, let arguments):
      "(" + ([name.text] + arguments.map(\.dump)).joined(separator: " ") + ")"
    }
  }
}

/// Parses a text, expecting no error, and gives the dump of its statements.
func dump(_ text: String) -> String {
  let result = Parser.parse(SourceFile(name: "t.zs", text: text))
  if result.diagnostics.isEmpty { return result.block.statements.map(\.dump).joined(separator: " ") }
  return rendered(text)
}

/// Parses a text and gives everything there is to say about it.
func rendered(_ text: String, isPrompt: Bool = false) -> String {
  let result = Parser.parse(SourceFile(name: "t.zs", text: text, isPrompt: isPrompt))
  return result.diagnostics.map { DiagnosticRenderer().render($0) }.joined(separator: "\n")
    + (result.isIncomplete ? "\n..." : "")
}
