import Script

/// A name that stands for the start of a statement: `alias hw = 'connect req 5546 as hw'`.
///
/// It is text: what follows the name is appended, and the whole is read where the name stands.
struct Alias: Sendable {
  let name: String
  let text: String
  /// Where it was made.
  let place: Place

  /// The statement that makes it.
  var statement: String { "alias \(name) = \(Self.quoted(text))" }

  /// Whether its text makes a socket of its own name: `as hw`.
  var makesNamesake: Bool {
    Parser.parse(source(with: "")).block.commands.contains { words in
      zip(words, words.dropFirst()).contains { $0.bareText == "as" && $1.bareText == name }
    }
  }

  /// The text to be read for the name and the words after it.
  func source(with arguments: String) -> SourceFile {
    SourceFile(
      name: "alias '\(name)'", text: arguments.isEmpty ? text : "\(text) \(arguments)", isAlias: true)
  }

  /// Where it was made, in a line.
  var note: String {
    let position = place.source.position(of: place.span.start)
    let name =
      place.source.isPrompt ? "at the prompt" : "at \(place.source.name):\(position.line):\(position.column)"
    return "the alias '\(self.name)' was made \(name)"
  }

  /// What is wrong with a name, nil where it is good.
  static func refusal(of name: String, in session: Session) -> String? {
    if let reason = ReservedNames.refusal(of: name) { return reason }
    return session.definitions[name] == nil ? nil : "that is a 'def'"
  }

  /// What is wrong with the text, nil where it can be read for the name.
  func textError(in session: Session) -> Diagnostic? {
    let source = source(with: "")
    let parsed = Parser.parse(source)
    if var error = parsed.diagnostics.first(where: { $0.severity == .error }) {
      error.notes.append(note)
      return error
    }
    func error(_ message: String, _ label: String?, help: [String] = []) -> Diagnostic {
      Diagnostic(.error, message, at: place, label: label, help: help)
    }
    if parsed.block.statements.isEmpty {
      return error("the alias '\(name)' holds no statement", nil, help: ["`unalias \(name)` removes one"])
    }
    // What follows the name must not be lost: a quote that opens nothing stands in a comment.
    if !Parser.parse(self.source(with: "'")).isIncomplete {
      return error("the alias '\(name)' ends in a comment", "what follows its name would be a part of that")
    }
    for statement in parsed.block.statements {
      if case .define = statement.kind {
        return error("the alias '\(name)' holds a 'def'", "a 'def' stands at the top level of a text")
      }
    }
    if parsed.block.commands.contains(where: { ["alias", "unalias"].contains($0[0].bareText) }) {
      return error("the alias '\(name)' makes an alias", "an alias is made at the top level of a text")
    }
    guard let circle = circle(from: parsed.block, session, path: [name]) else { return nil }
    return error(
      "the alias '\(name)' would use itself", circle.count > 2 ? circle.joined(separator: " → ") : nil)
  }

  /// The aliases by which a text comes back to this one.
  private func circle(from block: Block, _ session: Session, path: [String]) -> [String]? {
    for words in block.commands {
      guard let head = words[0].bareText else { continue }
      if head == name { return path + [name] }
      // The others make no circle among themselves: each was looked at like this.
      guard let next = session.aliases[head] else { continue }
      let inner = Parser.parse(next.source(with: "")).block
      if let circle = circle(from: inner, session, path: path + [head]) { return circle }
    }
    return nil
  }

  /// A text as a word of the language.
  private static func quoted(_ text: String) -> String {
    if !text.utf8.contains(UInt8(ascii: "'")) { return "'\(text)'" }
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\", "$": quoted += "\\" + String(character)
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
