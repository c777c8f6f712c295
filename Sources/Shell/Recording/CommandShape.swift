import Script

/// A command as a recording sees it: its socket, its name, and the words after it.
struct CommandShape {
  /// The word of the socket before the command, if one stands there.
  let socket: Word?
  let name: String
  /// The command's own word.
  let head: Word
  let arguments: ArraySlice<Word>

  /// Commands that only show something, and those that are about the session and not about messages.
  private static let unrecorded: Set<String> = [
    "exit", "get", "help", "history", "peers", "probe", "record", "sleep", "sockets", "status", "tasks",
    "version",
    "view",
  ]

  /// Whether a recording has it.
  var isRecorded: Bool { !Self.unrecorded.contains(name) }

  /// Whether it takes a message.
  var receives: Bool { name == "recv" || name == "expect" }

  /// - Parameter isCommand: Whether a word is a command's name.
  init?(_ words: [Word], isCommand: (String) -> Bool) {
    guard let first = words.first else { return nil }
    if let name = first.bareText, isCommand(name) {
      socket = nil
      self.name = name
      head = first
      arguments = words.dropFirst()
    } else if words.count > 1, let name = words[1].bareText, isCommand(name) {
      socket = first
      self.name = name
      head = words[1]
      arguments = words.dropFirst(2)
    } else {
      return nil
    }
  }

  /// The names after `as`, empty without one.
  var keptNames: [String] {
    guard let index = arguments.firstIndex(where: { $0.bareText == "as" }) else { return [] }
    return arguments[(index + 1)...].compactMap(\.bareText)
  }

  /// The endpoints of a `bind` or `connect`.
  var endpointWords: [Word] {
    var words: [Word] = []
    var rest = socket == nil ? arguments.dropFirst() : arguments
    while let word = rest.popFirst() {
      if word.bareText == "as" {
        _ = rest.popFirst()
      } else if let text = word.bareText, ["curve", "plain"].contains(text) {
        // What follows is how the peers know each other.
        rest = rest.drop { $0.bareText != "as" && $0.optionName == nil }
      } else if word.optionName == nil {
        words.append(word)
      }
    }
    return words
  }
}

extension Word {
  /// The name before the `=` of `linger=0`, nil for a word that has not that form.
  var optionName: String? {
    guard case .text(let bytes)? = parts.first,
      let equals = bytes.prefix(bareCount).firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    let name = String(decoding: bytes[..<equals], as: UTF8.self)
    return Names.isName(name) ? name : nil
  }

  /// The value behind the `=` of an option, where it is plain.
  var optionValue: [UInt8]? {
    guard optionName != nil, let literal, let equals = literal.firstIndex(of: UInt8(ascii: "=")) else {
      return nil
    }
    return Array(literal[(equals + 1)...])
  }
}

extension Statement {
  /// The blocks in it, but for those that run by themselves: of tasks and definitions.
  var blocks: [Block] {
    switch kind {
    case .command, .let, .break, .continue, .return, .assert, .task, .define, .serve: []
    case .repeat(_, _, let body), .every(_, let body), .within(_, let body), .fails(_, let body),
      .while(_, let body), .loop(let body), .for(_, in: _, let body), .retry(_, _, let body), .time(let body),
      .unordered(let body):
      [body]
    case .conditional(let branches, let otherwise): branches.map(\.body) + (otherwise.map { [$0] } ?? [])
    case .attempt(let body, let handler): [body, handler]
    case .redirected(let statement, _): [Block([statement], span: statement.span)]
    }
  }

  /// All statements in it and itself.
  var all: [Statement] { [self] + blocks.flatMap { $0.statements.flatMap(\.all) } }

  /// What stands behind its prefixes, where that is one statement.
  var withoutPrefixes: Statement {
    switch kind {
    case .within, .time, .fails, .retry:
      if let body = blocks.first, body.statements.count == 1 { return body.statements[0].withoutPrefixes }
      return self
    case .redirected(let statement, _): return statement.withoutPrefixes
    default: return self
    }
  }
}
