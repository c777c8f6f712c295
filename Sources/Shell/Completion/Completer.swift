import Script
import ZeroMQ

/// Finds what could go on at the cursor.
///
/// It touches nothing: the parser says what it would read next, the tables of the commands what their words are,
/// the session's facts which names there are. Where several readings are possible, or none, it offers nothing
/// rather than something wrong.
struct Completer {
  let facts: CompletionFacts

  /// - Parameters:
  ///   - text: The text that is typed.
  ///   - offset: Where the cursor stands, in bytes of UTF-8.
  /// - Returns: What may stand there; nil where nothing is known.
  func complete(_ text: String, at offset: Int) -> Completion? {
    let bytes = Array(text.utf8)
    let (spot, block) = Parser.completionSpot(
      in: SourceFile(name: "", bytes: Array(bytes[..<offset]), isPrompt: true))
    guard let spot else { return nil }
    let names = DeclaredNames(facts, block, spot, isSecret: Self.secrets(in: text, at: offset))
    var found: [Completion.Candidate] = []
    for expectation in spot.expectations { found += candidates(for: expectation, spot, names) }
    let tail = Tail(of: bytes, from: offset, after: spot.typed)
    let typed = String(decoding: bytes[spot.start..<offset], as: UTF8.self)
    var seen: Set<String> = []
    let fitting = found.filter { tail.fits($0, after: typed) && seen.insert($0.text).inserted }
    guard !fitting.isEmpty else { return nil }
    return Completion(range: spot.start..<(offset + tail.count), candidates: fitting)
  }

  /// Which variables hold a secret, as far as their names and the statement tell: at the place of a password, all do.
  private static func secrets(in text: String, at offset: Int) -> (String) -> Bool {
    let known = SecretWords.variables(in: text)
    // The name that is typed there is one more then, whatever it will be.
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    let isSecretPlace = !SecretWords.variables(in: before + "_").isSubset(
      of: SecretWords.variables(in: before))
    return { isSecretPlace || known.contains($0) || SecretWords.isSecret(name: $0) }
  }

  private func candidates(
    for expectation: CompletionSpot.Expectation, _ spot: CompletionSpot, _ names: DeclaredNames
  ) -> [Completion.Candidate] {
    switch expectation {
    case .statement(let isTopLevel): return statements(spot, names, isTopLevel: isTopLevel)
    case .word(let words):
      guard let typed = spot.typed else { return [] }
      return wordsOfCommand(after: words, typed, names, spot)
    case .serveWord(let words):
      guard let typed = spot.typed else { return [] }
      return wordsOfServe(after: words, typed, names)
    case .keyword(let word): return matching([Self.keywords[word] ?? .init(word, "", .keyword)], spot)
    case .errorName: return matching(Self.errorNames, spot)
    case .variableName:
      return matching(names.variables.map { .init($0.name, Self.summary(of: $0.content), .variable) }, spot)
    case .reference, .operand, .amount, .member: return expressions(expectation, spot, names)
    case .program: return spot.typed.map { programs($0) } ?? []
    case .programWord, .file: return spot.typed.map { files($0, after: "") } ?? []
    }
  }

  // MARK: Statements

  private func statements(_ spot: CompletionSpot, _ names: DeclaredNames, isTopLevel: Bool) -> [Completion
    .Candidate]
  {
    let sockets = names.sockets.map { socket in
      Completion.Candidate(socket.name, Self.summary(of: socket), .socket)
    }
    if spot.isInUnordered {
      return matching(sockets + [Self.command(ExpectCommand.usage)], spot)
    }
    let words = LanguageWord.all.filter { word in
      switch word.name {
      case "break", "continue": spot.isInLoop
      case "return": spot.isInDefinition
      case "def": isTopLevel
      default: true
      }
    }
    let own =
      sockets + names.definitions.map { .init($0.name, "def: \($0.synopsis)", .definition) }
      + facts.aliases.map { .init($0.name, "alias: \(DisplayText.safe($0.meaning))", .alias) }
    let language =
      CommandTable.standard.all.map { $0.usage }.filter { isTopLevel || !$0.isTopLevel }.map(Self.command)
      + words.map { .init($0.name, $0.summary, .keyword) }
    return matching(own.sorted { $0.text < $1.text } + language.sorted { $0.text < $1.text }, spot)
  }

  static func command(_ usage: Usage) -> Completion.Candidate { .init(usage.name, usage.summary, .command) }

  static func summary(of socket: CompletionFacts.SocketFact) -> String {
    "\(socket.type.name) socket, \(DisplayText.safe(socket.state))"
  }

  // MARK: Words of commands

  private func wordsOfCommand(
    after words: [Word], _ typed: CompletionSpot.TypedWord, _ names: DeclaredNames, _ spot: CompletionSpot
  ) -> [Completion.Candidate] {
    if let expanded = unaliased(words) {
      // A command of sockets behind the name makes it the name of a socket.
      return wordsOfCommand(after: expanded, typed, names, spot).filter { candidate in
        words.count > 1 || CommandTable.standard.named(candidate.text)?.usage.actsOnSocket != true
      }
    }
    guard let (usage, arguments, socketName) = DeclaredNames.command(in: words) else {
      // A socket, and what it shall do.
      guard words.count == 1, typed.quote == .none, let name = words[0].bareText,
        let socket = names.socket(name)
      else { return [] }
      let usages = CommandTable.standard.all.map { $0.usage }.filter { usage in
        usage.actsOnSocket && usage.needs.fits(socket.type) && (!spot.isInUnordered || usage.name == "expect")
      }
      return matching(usages.map(Self.command), typed)
    }
    let place = ArgumentPlace(
      after: arguments, of: usage.takes, keeps: usage.keeps, hasSocket: socketName != nil)
    let context = ArgumentContext(
      names: names, arguments: arguments, socket: socketOfCommand(usage, arguments, socketName, names),
      isOnSocket: socketName != nil)
    return wordsAt(place, typed, context, keeps: usage.keeps)
  }

  /// The words with those of an alias in the place of its name; nil where they begin with none.
  private func unaliased(_ words: [Word]) -> [Word]? {
    var words = words
    // An alias may begin with another one, and two with each other.
    for turn in 0...facts.aliases.count {
      guard let name = words.first?.bareText, let alias = facts.aliases.first(where: { $0.name == name })
      else {
        return turn == 0 ? nil : words
      }
      let meaning = SourceFile(name: "", text: alias.meaning, isAlias: true)
      words = (Parser.parse(meaning).block.commands.last ?? []) + words.dropFirst()
    }
    return nil
  }

  private func wordsOfServe(
    after words: [Word], _ typed: CompletionSpot.TypedWord, _ names: DeclaredNames
  ) -> [Completion.Candidate] {
    let type = words.first?.bareText.flatMap(SocketType.init(name:))
    let echo = matching([.init("echo", "send back what comes", .keyword)], typed)
    // A socket that is there is handed over as it is.
    if !words.isEmpty, type == nil { return words.count == 1 ? echo : [] }
    let place = ArgumentPlace(after: words, of: ArgumentPosition.serve, keeps: .socket, hasSocket: false)
    let context = ArgumentContext(names: names, arguments: words[...], socket: type.map { .type($0) })
    let isNaming = words.last?.bareText == "as"
    return wordsAt(place, typed, context, keeps: words.count > 1 ? .socket : nil)
      + (words.count > 1 && !isNaming ? echo : [])
  }

  private func wordsAt(
    _ place: ArgumentPlace, _ typed: CompletionSpot.TypedWord, _ context: ArgumentContext, keeps: KeptName?
  ) -> [Completion.Candidate] {
    let words = context.arguments.compactMap(\.bareText)
    if place.kinds.contains(where: \.isSecurityClause),
      words.contains(where: SecurityClause.keywords.contains)
    {
      // What follows is the clause's own: keys and certificates are no endpoints.
      return place.kinds.filter(\.isSecurityClause).flatMap { candidates(for: $0, typed, context) }
    }
    var found = place.kinds.flatMap { candidates(for: $0, typed, context) }
    // `get context` is not complete.
    if place.takesAs, let keeps, words != ["context"] {
      let summary =
        switch keeps {
        case .socket: "name the socket"
        case .task: "name the task"
        case .variable, .variables: "keep it in a variable"
        }
      found += matching([.init("as", summary, .keyword)], typed)
    }
    return found
  }

  /// The socket that a command acts on.
  private func socketOfCommand(
    _ usage: Usage, _ arguments: ArraySlice<Word>, _ name: String?, _ names: DeclaredNames
  ) -> ArgumentContext.Socket? {
    if let name { return names.socket(name).map { .live($0) } }
    if let first = usage.takes.first, first.isSubject || usage.keeps == .socket,
      let word = arguments.first?.bareText
    {
      if let type = SocketType(name: word), usage.keeps == .socket { return .type(type) }
      if let socket = names.socket(word) { return .live(socket) }
      if usage.keeps == .socket { return nil }
    }
    return names.current.flatMap { names.socket($0) }.map { .live($0) }
  }

  // MARK: What fits

  /// The candidates that go on with the name that is typed.
  func matching(_ candidates: [Completion.Candidate], _ spot: CompletionSpot) -> [Completion.Candidate] {
    guard let name = spot.name else { return [] }
    return Self.matching(candidates, name)
  }

  /// The candidates that go on with the word that is typed, unless it is in quotes, where it means itself.
  func matching(_ candidates: [Completion.Candidate], _ typed: CompletionSpot.TypedWord) -> [Completion
    .Candidate]
  {
    guard typed.quote == .none else { return [] }
    return Self.matching(candidates, String(decoding: typed.bytes, as: UTF8.self))
  }

  /// Those that begin so; else those that do but for capitals.
  static func matching(_ candidates: [Completion.Candidate], _ typed: String) -> [Completion.Candidate] {
    let exact = candidates.filter { $0.text.utf8.starts(with: typed.utf8) }
    guard exact.isEmpty else { return exact }
    let lower = typed.lowercased()
    return candidates.filter { $0.text.lowercased().utf8.starts(with: lower.utf8) }
  }
}

/// The rest of the word behind the cursor.
private struct Tail {
  /// How many bytes of it a candidate takes the place of.
  let count: Int
  private let text: String
  private let isQuote: Bool

  init(of bytes: [UInt8], from offset: Int, after typed: CompletionSpot.TypedWord?) {
    let ends = Array(" \t\r\n;{}()[],|'\"$".utf8)
    let rest = bytes[offset...]
    let quote = typed?.quote == .raw ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    isQuote = typed.map { $0.quote != .none && !$0.isClosed } ?? false
    if isQuote {
      // The quote may be closed already; what else stands in it is left alone.
      let isClosed = rest.first == quote && rest.dropFirst().first.map { ends.contains($0) } ?? true
      count = isClosed ? 1 : 0
      text = rest.isEmpty || isClosed ? "" : String(decoding: rest, as: UTF8.self)
    } else {
      let word = rest.prefix { !ends.contains($0) }
      count = word.count
      text = String(decoding: word, as: UTF8.self)
    }
  }

  /// Whether a candidate can stand in place of what is before and behind the cursor.
  func fits(_ candidate: Completion.Candidate, after typed: String) -> Bool {
    if text.isEmpty { return true }
    return !isQuote && candidate.text.utf8.count >= typed.utf8.count + text.utf8.count
      && candidate.text.utf8.reversed().starts(with: text.utf8.reversed())
  }
}
