import Script
import ZeroMQ

/// The names that are known where the cursor stands: those of the session, and those that the text before the
/// cursor makes.
///
/// It goes by the same rules as the check: a `def` sees its own variables alone, a task its own sockets.
struct DeclaredNames {
  /// A variable, with its value or what is known of it.
  enum Content {
    case value(Value)
    case message
    case error
    case unknown
  }

  private(set) var sockets: [CompletionFacts.SocketFact]
  /// The socket that statements act on; nil where only running tells.
  private(set) var current: String?
  private(set) var variables: [(name: String, content: Content)]
  private(set) var tasks: [(name: String, state: String)]
  private(set) var definitions: [(name: String, synopsis: String, parameters: Int)]
  private let end: Int

  init(_ facts: CompletionFacts, _ block: Block, _ spot: CompletionSpot, isSecret: (String) -> Bool) {
    sockets = facts.sockets
    current = facts.current
    variables = facts.variables.map { ($0.name, isSecret($0.name) ? .unknown : .value($0.value)) }
    tasks = facts.tasks
    definitions = facts.definitions
    end = block.span.end
    // A `def` is known above the place where it stands, too.
    for case .define(let name, let parameters, _) in block.statements.map(\.kind) {
      let synopsis = ([name.text] + parameters.map { $0.text.uppercased() }).joined(separator: " ")
      definitions.removeAll { $0.name == name.text }
      definitions.append((name.text, synopsis, parameters.count))
    }
    add(block)
    if spot.seesIndex { set("i", .unknown) }
  }

  func socket(_ name: String) -> CompletionFacts.SocketFact? { sockets.last { $0.name == name } }

  func content(of name: String) -> Content? { variables.last { $0.name == name }?.content }

  // MARK: From the text

  private mutating func add(_ block: Block) {
    for statement in block.statements { add(statement) }
  }

  private mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .command(let words): add(words)
    case .let(let name, _): set(name.text, .unknown)
    case .repeat(_, _, let body), .every(_, let body), .within(_, let body), .fails(_, let body),
      .while(_, let body), .loop(let body), .retry(_, _, let body), .time(let body), .unordered(let body):
      add(body)
    case .for(let name, _, let body):
      set(name.text, .unknown)
      add(body)
    case .conditional(let branches, let otherwise):
      for branch in branches { add(branch.body) }
      if let otherwise { add(otherwise) }
    case .attempt(let body, let handler):
      add(body)
      set("error", .error)
      add(handler)
    case .define(_, let parameters, let body):
      // What is in it is its own business, unless the cursor is in it.
      guard holdsCursor(body) else { return }
      variables = parameters.map { ($0.text, .unknown) }
      add(body)
    case .task(let name, let body):
      if let name = name.bareText { addTask(name) }
      guard holdsCursor(body) else { return }
      sockets = []
      current = nil
      add(body)
    case .serve(let words, let body):
      addServed(words)
      guard let body, holdsCursor(body) else { return }
      sockets = []
      current = nil
      set("request", .message)
      add(body)
    case .redirected(let statement, _): add(statement)
    case .break, .continue, .return, .assert: break
    }
  }

  /// A block that is open at the end of the text.
  private func holdsCursor(_ body: Block) -> Bool { body.span.end == end }

  private mutating func add(_ words: [Word]) {
    guard let (usage, arguments, socket) = Self.command(in: words) else { return }
    switch usage.keeps {
    case .socket?:
      guard let type = arguments.first?.bareText.flatMap(SocketType.init(name:)) else {
        if let name = socket ?? arguments.first?.bareText, self.socket(name) != nil { current = name }
        return
      }
      guard let name = Self.nameAfterAs(arguments) else {
        // Its name is its type and a number, and it is there when the line has run.
        current = nil
        return
      }
      sockets.removeAll { $0.name == name }
      sockets.append(CompletionFacts.SocketFact(name: name, type: type, state: "made in this line"))
      current = name
    case .variable?, .variables?:
      guard let index = arguments.lastIndex(where: { $0.bareText == "as" }) else { break }
      let names = arguments[(index + 1)...].compactMap(\.bareText).filter { $0 != "_" }
      for name in names { set(name, names.count == 1 && usage.keeps == .variables ? .message : .unknown) }
    case .task?:
      if let name = Self.nameAfterAs(arguments) { addTask(name) }
    case nil: break
    }
    if usage.name == "use", let name = arguments.first?.bareText, self.socket(name) != nil { current = name }
    // The groups of regular expressions become variables.
    for word in arguments where word.prefix == "re:" {
      for name in Self.groupNames(in: word.literal ?? []) { set(name, .unknown) }
    }
  }

  /// The command of a statement, its words, and the socket before it.
  static func command(in words: [Word]) -> (usage: Usage, arguments: ArraySlice<Word>, socket: String?)? {
    guard let first = words.first?.bareText else { return nil }
    if let command = CommandTable.standard.named(first) { return (command.usage, words.dropFirst(), nil) }
    guard words.count > 1, let second = words[1].bareText, let command = CommandTable.standard.named(second),
      command.usage.actsOnSocket
    else { return nil }
    return (command.usage, words.dropFirst(2), first)
  }

  /// The names of the groups `(?<name>…)` of a regular expression, which may be half typed.
  private static func groupNames(in pattern: [UInt8]) -> [String] {
    pattern.split(separator: UInt8(ascii: "(")).compactMap { group in
      guard group.first == UInt8(ascii: "?"), let open = group.firstIndex(of: UInt8(ascii: "<")),
        group.distance(from: group.startIndex, to: open) <= 2,
        let close = group.firstIndex(of: UInt8(ascii: ">"))
      else { return nil }
      let name = String(decoding: group[(open + 1)..<close], as: UTF8.self)
      return Names.isName(name) ? name : nil
    }
  }

  private static func nameAfterAs(_ words: ArraySlice<Word>) -> String? {
    guard let index = words.firstIndex(where: { $0.bareText == "as" }), index + 1 < words.endIndex else {
      return nil
    }
    return words[index + 1].bareText
  }

  private mutating func addServed(_ words: [Word]) {
    if let name = words.count == 1 ? words[0].bareText : Self.nameAfterAs(words[...]) {
      addTask(name)
      sockets.removeAll { $0.name == name }
    }
    current = nil
  }

  private mutating func addTask(_ name: String) {
    tasks.removeAll { $0.name == name }
    tasks.append((name, "started in this line"))
  }

  private mutating func set(_ name: String, _ content: Content) {
    variables.removeAll { $0.name == name }
    variables.append((name, content))
  }
}
