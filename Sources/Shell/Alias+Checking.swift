import Script

/// What an alias may be called and hold.
extension Alias {
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
    var seen: Set<String> = []
    guard let circle = circle(from: parsed.block, session, path: [name], &seen) else { return nil }
    return error(
      "the alias '\(name)' would use itself", circle.count > 2 ? circle.joined(separator: " → ") : nil)
  }

  /// The aliases by which a text comes back to this one.
  ///
  /// - Parameter seen: The aliases that lead nowhere near it, each looked at once however many use it.
  private func circle(
    from block: Block, _ session: Session, path: [String], _ seen: inout Set<String>
  ) -> [String]? {
    for words in block.commands {
      guard let head = words[0].bareText else { continue }
      if head == name { return path + [name] }
      // The others make no circle among themselves: each was looked at like this.
      guard let next = session.aliases[head], seen.insert(head).inserted else { continue }
      let inner = Parser.parse(next.source(with: "")).block
      if let circle = circle(from: inner, session, path: path + [head], &seen) { return circle }
    }
    return nil
  }
}
