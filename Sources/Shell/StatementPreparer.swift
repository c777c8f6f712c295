import Script
import ZeroMQ

/// Turns statements into nodes that run: commands are found, and check their words.
final class StatementPreparer {
  private let words: WordPreparer
  private let source: SourceFile
  private let scope: Scope

  init(_ words: WordPreparer) {
    self.words = words
    source = words.source
    scope = words.scope
  }

  /// What is wrong, once everything was prepared.
  func finish() -> [Diagnostic] { words.finish() }

  func prepare(_ block: Block) -> PreparedBlock {
    PreparedBlock(block.statements.compactMap { prepare($0) })
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
      return EveryNode(place, interval: interval, prepare(body))
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
    let task = StatementPreparer(WordPreparer(source: source, session: words.session, scope: taskScope))
    _ = task.prepare(body)
    for diagnostic in task.finish() { words.report(diagnostic) }
    scope.noteReads(of: taskScope)
    return TaskNode(place, name: words.prepare(name), body, source, scope: scope.copy())
  }

  private func checkFailureName(_ name: Name) {
    guard !Failure.ownNames.contains(name.text), ZMQError(name: name.text) == nil else { return }
    let known = Failure.ownNames + ZMQError.names
    let near = nearest(to: name.text, in: known).map { "did you mean '\($0)'?" }
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
    guard words.count > 1, let name = words[1].bareText, let command = CommandTable.standard.named(name)
    else {
      throw unknownStatement(words)
    }
    guard command.usage.actsOnSocket else {
      throw Diagnostic(
        .error, "'\(name)' acts on no socket", at: Place(source, first.span),
        label: "so no socket's name stands before it", help: command.usage.synopsis.map { "usage: `\($0)`" })
    }
    return try make(
      command, head: words[1], socket: self.words.socketReference(first), rest: words.dropFirst(2))
  }

  private func make(
    _ command: any Command.Type, head: Word, socket: SocketReference, rest: ArraySlice<Word>
  ) throws(Diagnostic) -> Node {
    var arguments = Arguments(
      preparer: self.words, head: head, usage: command.usage, socket: socket, rest: rest)
    let prepared = try command.init(&arguments)
    try arguments.finish()
    return CommandNode(Place(source, head.span), prepared)
  }

  private func unknownStatement(_ words: [Word]) -> Diagnostic {
    let first = words[0]
    guard let name = first.bareText else {
      return Diagnostic(
        .error, "a statement begins with a command or a socket's name", at: Place(source, first.span),
        help: ["`help` lists the commands"])
    }
    if self.words.isKnownSocket(name) {
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
      CommandTable.standard.names + Names.keywords + words.socketNames
    let near = nearest(to: name, in: candidates)
    return Diagnostic(
      .error, "unknown command '\(DisplayText.safe(name))'", at: Place(source, word.span),
      label: near.map { "did you mean '\($0)'?" }, help: near == nil ? ["`help` lists the commands"] : [])
  }
}
