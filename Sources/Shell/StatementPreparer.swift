import Script
import ZeroMQ

/// Turns statements into nodes that run: commands are found, and check their words.
final class StatementPreparer {
  private let words: WordPreparer
  private let source: SourceFile
  private let scope: Scope

  /// What the names of the `def`s in the text stood for before.
  private var replaced: [(name: String, before: Definition?)] = []
  /// The aliases before the text.
  private let aliasesBefore: [String: Alias]
  /// How many blocks contain the statement; 1 is the top level of a text.
  private var depth: Int

  /// - Parameter isNested: Whether what is prepared stands inside another statement.
  init(_ words: WordPreparer, isNested: Bool = false) {
    self.words = words
    depth = isNested ? 1 : 0
    aliasesBefore = words.session.aliases
    source = words.source
    scope = words.scope
  }

  /// What is wrong, once everything was prepared. Where anything is, the `def`s of the text are taken back.
  func finish() -> [Diagnostic] {
    let found = words.finish()
    if found.contains(where: { $0.severity == .error }) {
      for (name, before) in replaced.reversed() { words.session.definitions[name] = before }
      words.session.aliases = aliasesBefore
    }
    return found
  }

  func prepare(_ block: Block) -> PreparedBlock {
    // A `def` can be called above the place where it stands.
    for statement in block.statements {
      if case .define(let name, let parameters, let body) = statement.kind { declare(name, parameters, body) }
    }
    depth += 1
    defer { depth -= 1 }
    let nodes = block.statements.compactMap { prepare($0) }
    words.session.tellPrepared(nodes)
    return PreparedBlock(nodes)
  }

  private func prepare(_ statement: Statement) -> Node? {
    let place = Place(source, statement.head)
    switch statement.kind {
    case .command(let words):
      do throws(Diagnostic) {
        return try prepareCommand(words, place: place)
      } catch {
        self.words.report(error)
        return nil
      }
    case .let(let name, let expression):
      let value = words.prepare(expression)
      return LetNode(place, slot: scope.bind(name.text), value)
    case .repeat(let count, let interval, let body):
      let count = words.prepare(count)
      let interval = interval.map { words.prepare($0) }
      return scope.shadowing("i") { slot in
        let body = prepare(body)
        let indexSlot = scope.isRead(slot) ? slot : nil
        return RepeatNode(place, count: count, interval: interval, indexSlot: indexSlot, body)
      }
    case .every(let interval, let body):
      let interval = words.prepare(interval)
      return scope.shadowing("i") { slot in
        let body = prepare(body)
        return EveryNode(place, interval: interval, indexSlot: scope.isRead(slot) ? slot : nil, body)
      }
    case .within(let limit, let body):
      return WithinNode(place, limit: words.prepare(limit), prepare(body))
    case .fails(let name, let body):
      checkFailureName(name)
      return FailsNode(place, name: name.text, prepare(body))
    case .conditional(let branches, let otherwise):
      return ConditionalNode(
        place, branches.map { (words.prepare($0.condition), prepare($0.body)) },
        otherwise: otherwise.map { prepare($0) })
    case .while(let condition, let body):
      let condition = words.prepare(condition)
      return WhileNode(place, condition, prepare(body))
    case .loop(let body):
      return WhileNode(place, nil, prepare(body))
    case .for(let name, in: let sequence, let body):
      let sequence = words.prepare(sequence)
      return ForNode(place, slot: scope.bind(name.text), in: sequence, prepare(body))
    case .break:
      return JumpNode(place, .leaveLoop)
    case .continue:
      return JumpNode(place, .nextTurn)
    case .task(let name, let body):
      return prepareTask(name, body, place)
    case .retry(let tries, let interval, let body):
      let tries = words.prepare(tries)
      let interval = interval.map { words.prepare($0) }
      return RetryNode(place, tries: tries, interval: interval, prepare(body))
    case .time(let body):
      return TimeNode(place, prepare(body))
    case .define(let name, _, _):
      prepareDefinition(name)
      return nil
    case .return(let value):
      return ReturnNode(place, value.map { words.prepare($0) })
    case .attempt(let body, let handler):
      let body = prepare(body)
      let errorSlot = scope.bind("error")
      return AttemptNode(place, body, handler: prepare(handler), errorSlot: errorSlot)
    case .assert(let condition):
      return prepareAssert(condition, place)
    case .serve(let words, let body):
      return prepareServe(words, body, place)
    case .unordered(let body):
      return prepareUnordered(body, place)
    case .redirected(let statement, let redirection):
      guard let node = prepare(statement) else { return nil }
      return RedirectedNode(place, PreparedBlock([node]), prepare(redirection))
    }
  }

  // MARK: Definitions

  private func declare(_ name: Name, _ parameters: [Name], _ body: Block) {
    if let reason = ReservedNames.refusal(of: name.text) {
      words.report(
        Diagnostic(
          .error, "a 'def' cannot be named '\(name.text)'", at: Place(source, name.span), label: reason))
    } else if words.session.aliases[name.text] != nil {
      words.report(
        Diagnostic(
          .error, "a 'def' cannot be named '\(name.text)'", at: Place(source, name.span),
          label: "that is an alias", help: ["`unalias \(name.text)` first"]))
    }
    let definitions = words.session.definitions
    if replaced.contains(where: { $0.name == name.text }) {
      words.report(
        Diagnostic(
          .error, "'\(name.text)' is defined twice", at: Place(source, name.span), label: "the name is taken")
      )
      return
    }
    replaced.append((name.text, definitions[name.text]))
    definitions[name.text] = Definition(
      Definition.Text(name: name.text, parameters: parameters.map(\.text), body: body, source: source))
  }

  private func prepareDefinition(_ name: Name) {
    guard let definition = words.session.definitions[name.text], definition.body == nil else { return }
    let inner = WordPreparer(source: source, session: words.session, scope: definition.scope)
    inner.follow(words)
    definition.body = StatementPreparer(inner, isNested: true).prepare(definition.text.body)
    // Its sockets are the script's, so whether they are known is told when the whole script has been seen.
    words.absorb(inner)
  }

  private func prepareCall(_ definition: Definition, _ arguments: ArraySlice<Word>, _ place: Place)
    throws(Diagnostic)
    -> Node
  {
    let prepared = arguments.map { words.prepare($0) }
    // A word that is one bare value may stand for several.
    if prepared.count != definition.text.parameters.count, !prepared.contains(where: \.expands) {
      throw Diagnostic(
        .error, Definition.countMessage(definition, prepared.count), at: place,
        help: ["usage: `\(definition.synopsis)`"])
    }
    return CallNode(place, .known(definition), prepared)
  }

  // MARK: Tasks and expectations

  private func prepareServe(_ subjectWords: [Word], _ body: Block?, _ place: Place) -> Node? {
    let usage = Usage(
      "serve", ["serve SOCKET { … }", "serve TYPE ENDPOINT... [as NAME] { … }", "serve … echo"], "",
      example: "")
    var arguments = Arguments(
      preparer: words, head: subjectWords[0], usage: usage, socket: .current, rest: subjectWords[...])
    do throws(Diagnostic) {
      let subject: ServeNode.Subject
      if subjectWords.count == 1 {
        subject = .existing(words.socketReference(try arguments.next("a socket")))
      } else {
        subject = .bound(try Attaching(&arguments, role: .bind))
        try arguments.finish()
      }
      words.declareTask(nil)
      let taskScope = scope.copy()
      _ = taskScope.bind(ServeNode.requestName)
      // As it is before the block's own names come: those begin undefined.
      let startScope = taskScope.copy()
      if let body {
        let inner = WordPreparer(source: source, session: words.session, scope: taskScope)
        // The socket that is served is the task's, whatever its name.
        inner.declareUnseenNames()
        inner.follow(words)
        let task = StatementPreparer(inner, isNested: true)
        _ = task.prepare(body)
        for diagnostic in task.finish() { words.report(diagnostic) }
        scope.noteReads(of: taskScope)
      }
      return ServeNode(place, subject, body.map { .block($0) } ?? .echo, source, scope: startScope)
    } catch {
      words.report(error)
      return nil
    }
  }

  private func prepareUnordered(_ body: Block, _ place: Place) -> Node {
    var expectations: [ExpectCommand] = []
    for statement in body.statements {
      let node = prepare(statement)
      if let command = (node as? CommandNode)?.command as? ExpectCommand, !command.expectsNothing {
        expectations.append(command)
      } else if node != nil {
        words.report(
          Diagnostic(
            .error, "'unordered' holds expectations alone", at: Place(source, statement.head),
            help: ["`unordered { expect World; expect Hello }`"]))
      }
    }
    return UnorderedNode(place, expectations)
  }

  private func prepareAssert(_ condition: Expression, _ place: Place) -> Node {
    let prepared = words.prepare(condition)
    guard case .binary(let left, let operation, let right) = condition.kind, operation.isComparison else {
      return AssertNode(place, prepared, at: Place(source, condition.span), sides: nil)
    }
    return AssertNode(
      place, prepared, at: Place(source, condition.span),
      sides: (words.prepare(left), operation, words.prepare(right)))
  }

  private func prepare(_ redirection: Redirection) -> RedirectedNode.Target {
    switch redirection {
    case .pipe(let programs): .programs(programs.map { program in program.map { words.prepare($0) } })
    case .file(let path, let append): .file(words.prepare(path), append: append)
    }
  }

  private func prepareTask(_ name: Word, _ body: Block, _ place: Place) -> Node {
    if let text = name.bareText {
      if let reason = ReservedNames.refusal(of: text) {
        words.report(
          Diagnostic(.error, "a task cannot be named '\(text)'", at: Place(source, name.span), label: reason))
      }
    }
    words.declareTask(name.bareText)
    // Prepared here for its errors alone: the task prepares it again on its own thread, for itself.
    let taskScope = scope.copy()
    let inner = WordPreparer(source: source, session: words.session, scope: taskScope)
    inner.follow(words)
    let task = StatementPreparer(inner, isNested: true)
    _ = task.prepare(body)
    for diagnostic in task.finish() { words.report(diagnostic) }
    scope.noteReads(of: taskScope)
    return TaskNode(place, name: words.prepare(name), body, source, scope: scope.copy())
  }

  private func checkFailureName(_ name: Name) {
    guard !Failure.ownNames.contains(name.text), ZMQError(name: name.text) == nil else { return }
    let known = Failure.ownNames + ZMQError.names
    let near = didYouMean(name.text, among: known)
    words.report(
      Diagnostic(
        .error, "no error is named '\(name.text)'", at: Place(source, name.span), label: near,
        help: [
          "errors have the names of errno (EFSM, EAGAIN, …), or are \(Failure.ownNames.joined(separator: ", "))"
        ]))
  }

  // MARK: Commands

  private func prepareCommand(_ words: [Word], place: Place) throws(Diagnostic) -> Node {
    let first = words[0]
    if let name = first.bareText, let command = CommandTable.standard.named(name) {
      return try make(command, head: first, socket: .current, rest: words.dropFirst())
    }
    if let name = first.bareText, let definition = self.words.session.definitions[name] {
      return try prepareCall(definition, words.dropFirst(), place)
    }
    if let name = first.bareText, let alias = self.words.session.aliases[name],
      !isSocketStatement(words, beside: alias)
    {
      return prepareAlias(alias, words, place)
    }
    guard words.count > 1, let name = words[1].bareText, let command = CommandTable.standard.named(name)
    else {
      return try prepareUnknown(words, place)
    }
    guard command.usage.actsOnSocket else {
      throw Diagnostic(
        .error, "'\(name)' acts on no socket", at: Place(source, first.span),
        label: "so no socket's name stands before it", help: command.usage.synopsis.map { "usage: `\($0)`" })
    }
    return try make(
      command, head: words[1], target: first, socket: self.words.socketReference(first),
      rest: words.dropFirst(2))
  }

  /// What begins with no command: after a `source` of a file that is not known yet, a call of a `def` of it.
  private func prepareUnknown(_ words: [Word], _ place: Place) throws(Diagnostic) -> Node {
    guard self.words.hasUnseenDefinitions, let name = words[0].bareText, Names.isName(name) else {
      throw unknownStatement(words)
    }
    let arguments = words.dropFirst().map { self.words.prepare($0) }
    return CallNode(place, .unseen(name, unknownCommand(words[0])), arguments)
  }

  private func make(
    _ command: any Command.Type, head: Word, target: Word? = nil, socket: SocketReference,
    rest: ArraySlice<Word>
  ) throws(Diagnostic) -> Node {
    var arguments = Arguments(
      preparer: self.words, head: head, usage: command.usage, socket: socket, rest: rest)
    let prepared = try command.init(&arguments)
    try arguments.finish()
    try read(prepared, head)
    return CommandNode(Place(source, head.span), prepared, targetPlace: target.map { Place(source, $0.span) })
  }

  // MARK: Aliases

  /// `alias` and `unalias` count from their line on, for what is read below it.
  private func read(_ command: any Command, _ head: Word) throws(Diagnostic) {
    let alias = (command as? AliasCommand)?.alias
    let names = (command as? UnaliasCommand)?.names ?? []
    guard alias != nil || !names.isEmpty else { return }
    guard depth == 1 else {
      throw Diagnostic(
        .error, "'\(head.bareText ?? "")' stands inside another statement", at: Place(source, head.span),
        help: ["move it out: it stands at the top level of a text, in no block and after no prefix"])
    }
    if let alias { words.session.aliases[alias.name] = alias }
    for name in names { words.session.aliases[name] = nil }
  }

  /// Whether a socket has the name of the alias, or gets it by the alias, and a command of sockets follows.
  private func isSocketStatement(_ words: [Word], beside alias: Alias) -> Bool {
    guard words.count > 1, let command = words[1].bareText,
      CommandTable.standard.named(command)?.usage.actsOnSocket == true
    else { return false }
    return self.words.isKnownSocket(alias.name) || alias.makesNamesake
  }

  /// Reads the text of an alias, and the words after its name, as a text of its own.
  private func prepareAlias(_ alias: Alias, _ statement: [Word], _ place: Place) -> Node {
    let arguments =
      statement.count > 1 ? Span(statement[1].span.start, statement[statement.count - 1].span.end) : nil
    let text = arguments.map { String(decoding: source.bytes[$0.start..<$0.end], as: UTF8.self) } ?? ""
    let expanded = alias.source(with: text)
    let parsed = Parser.parse(expanded)
    let inner = WordPreparer(
      source: expanded, session: words.session, scope: scope, including: words.including,
      included: words.included)
    for diagnostic in parsed.diagnostics { inner.report(diagnostic) }
    let body =
      parsed.diagnostics.isEmpty
      ? StatementPreparer(inner, isNested: true).prepare(parsed.block) : PreparedBlock([])
    words.absorb(inner, through: Caller(.alias, at: place), note: alias.note)
    return AliasNode(place, body, note: alias.note)
  }

  /// What is wrong with a word that begins a statement, nil where it can.
  func unknownHead(_ word: Word) -> Diagnostic? {
    guard let name = word.bareText, CommandTable.standard.named(name) == nil, !Names.keywords.contains(name),
      self.words.session.definitions[name] == nil, self.words.session.aliases[name] == nil,
      !self.words.isKnownSocket(name)
    else { return nil }
    return unknownStatement([word])
  }

  private func unknownStatement(_ words: [Word]) -> Diagnostic {
    let first = words[0]
    guard let name = first.bareText else {
      return Diagnostic(
        .error, "a statement begins with a command or a socket's name", at: Place(source, first.span),
        help: ["`help` lists the commands"])
    }
    // A socket of that name cannot be ruled out, but a command is nearer.
    let isSlip = !self.words.isSocket(name) && unknownCommand(words[0]).label != nil
    if self.words.isKnownSocket(name), !isSlip {
      guard words.count > 1 else {
        return Diagnostic(
          .error, "'\(name)' is a socket; what shall it do?", at: Place(source, first.span),
          help: ["`\(name) send Hello`, `\(name) recv`, `\(name) status`, or `use \(name)`"])
      }
      return unknownCommand(words[1])
    }
    if SocketType(name: name) != nil {
      return Diagnostic(
        .error, "'\(name)' is a socket type, not a command", at: Place(source, first.span),
        help: ["`bind \(name) 5546` or `connect \(name) 5546` makes such a socket"])
    }
    return unknownCommand(first)
  }

  private func unknownCommand(_ word: Word) -> Diagnostic {
    guard let name = word.bareText else {
      return Diagnostic(
        .error, "a command stands here", at: Place(source, word.span), help: ["`help` lists them"])
    }
    let candidates =
      CommandTable.standard.names + Names.keywords + words.socketNames + words.session.definitions.names
      + words.session.aliases.keys
    let near = Names.synonyms[name].map { "did you mean '\($0)'?" } ?? didYouMean(name, among: candidates)
    return Diagnostic(
      .error, "unknown command '\(DisplayText.safe(name))'", at: Place(source, word.span),
      label: near, help: near == nil ? ["`help` lists the commands"] : [])
  }
}

extension BinaryOperator {
  /// Whether it compares, so that both sides are of interest where it does not hold.
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
