import Payload
import Script

/// Words that are written otherwise than they were typed.
extension StatementWriter {
  /// `time` tells a person something, and is left out.
  mutating func removeTime(_ statement: Statement) {
    guard case .time(let body) = statement.kind, let inner = body.statements.first,
      body.statements.count == 1,
      text.bytes[body.span.start] != UInt8(ascii: "{")
    else { return }
    edits.replace(Span(statement.span.start, inner.span.start), by: [])
    removeTime(inner)
  }

  /// A random routing id that was typed is the variable that has it.
  mutating func nameKnownPeers(_ shape: CommandShape, reads: inout Set<String>) {
    guard !peers.isEmpty else { return }
    for word in shape.arguments {
      guard let literal = word.literal, let bytes = frame(of: word, literal),
        let piece = known(bytes, reads: &reads)
      else { continue }
      edits.replace(word.span, by: [piece])
    }
  }

  /// The bytes that a plain word of a message stands for.
  func frame(of word: Word, _ literal: [UInt8]) -> [UInt8]? {
    guard let (encoding, start) = Encoding.prefix(of: literal, bareCount: word.bareCount) else {
      return literal
    }
    return encoding.isConstant ? try? encoding.frame(Array(literal[start...])) : nil
  }

  mutating func editEndpoints(_ command: String, _ words: [Word]) {
    switch command {
    case "bind" where words.count == facts.bound.count:
      for (word, bound) in zip(words, facts.bound) {
        if let port = OwnPorts.word(word, bound: bound.endpoint) {
          edits.replace(word.span, by: [.port(port)])
        }
      }
    case "connect" where words.count == facts.connected.count:
      for word in words { if let port = ports.word(word) { edits.replace(word.span, by: [.port(port)]) } }
    default: break
    }
  }

  /// Paths typed at the prompt are relative to the working folder, those of a script to its own.
  mutating func editPath(_ shape: CommandShape) {
    guard let folder else { return }
    for word in shape.arguments {
      guard let literal = word.literal else { continue }
      var path = String(decoding: literal, as: UTF8.self)
      let isFile = path.hasPrefix("file:") && word.bareCount >= 5
      guard isFile || shape.name == "source" else { continue }
      if isFile { path.removeFirst(5) }
      guard !path.isEmpty, !path.hasPrefix("/") else { continue }
      let quoted = TextView.quoted(Array("\(folder)/\(path)".utf8))
      edits.replace(word.span, by: [.text((isFile ? "file:" : "") + quoted)])
    }
  }

  /// A password that was asked for is read from the environment, and the key of a server of the session from it.
  mutating func editSecurity(_ statement: Statement) {
    guard case .command(let words) = statement.kind else { return }
    for (index, word) in words.enumerated() {
      if let literal = word.literal, let server = serverKeys[literal] {
        edits.replace(word.span, by: [.text("$\(server).publickey")])
      }
      if let name = word.optionName, let value = word.optionValue, let server = serverKeys[value] {
        let start = word.span.start + name.utf8.count + 1
        edits.replace(Span(start, word.span.end), by: [.text("$\(server).publickey")])
      }
      guard word.bareText == "plain" else { continue }
      let isClient = index + 2 < words.count && words[index + 1].bareText == "client"
      let isUser = index > 0 && words[index - 1].bareText == "auth" && index + 1 < words.count
      guard isClient || isUser else { continue }
      let userIndex = isClient ? index + 2 : index + 1
      let next = userIndex + 1 < words.count ? words[userIndex + 1] : nil
      guard let user = words[userIndex].literal,
        next == nil || next?.bareText == "as" || next?.optionName != nil
      else { continue }
      let end = words[userIndex].span.end
      edits.replace(Span(end, end), by: [.text(" $env.\(passwordVariable(user))")])
    }
  }

  func servedName(_ words: [Word]) -> String? {
    if words.count == 1 { return words[0].bareText }
    if let index = words.firstIndex(where: { $0.bareText == "as" }), index + 1 < words.count {
      return words[index + 1].bareText
    }
    return facts.bound.first?.socket
  }
}

extension CommandShape {
  /// The endpoints of `serve TYPE ENDPOINT…`, whose words begin with the type.
  var serveEndpoints: [Word] {
    var words: [Word] = []
    var rest = arguments
    while let word = rest.popFirst() {
      if word.bareText == "as" { _ = rest.popFirst() } else if word.optionName == nil { words.append(word) }
    }
    return words
  }
}
