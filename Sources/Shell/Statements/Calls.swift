import Script

extension Definition {
  /// Runs it with a value for each parameter.
  ///
  /// - Returns: What `return` gave, undefined where it gave nothing.
  func call(with values: [Value], in session: Session, at place: Place) throws(Failure) -> Value {
    guard let body = body as? PreparedBlock else { return .undefined }
    guard session.callDepth < Self.mostCalls, session.stack.isEnough else {
      throw Failure(
        .value,
        Diagnostic(
          .error, "'\(text.name)' is called too deep", at: place,
          label: "\(session.callDepth) calls are under way",
          help: ["a `def` that calls itself needs a way out"]))
    }
    let outer = session.frame
    let outerScope = session.scope
    session.scope = scope
    session.frame = Frame(arguments: outer.arguments, scriptName: outer.scriptName, values: values)
    session.frame.reserve(scope.count)
    session.callDepth += 1
    session.returned = .undefined
    defer {
      session.frame = outer
      session.scope = outerScope
      session.callDepth -= 1
    }
    do {
      _ = try body.execute(in: session)
    } catch {
      throw error.reached(through: Caller(.definition(text.name), at: place))
    }
    defer { session.returned = .undefined }
    return session.returned
  }
}

/// The `def` that a call is of.
enum Callee {
  case known(Definition)
  /// One of a file that is read when the text runs, with what to tell where nothing has the name then.
  case unseen(String, Diagnostic)

  /// At the prompt it may have been defined anew since the call was prepared.
  func definition(in session: Session) throws(Failure) -> Definition {
    switch self {
    case .known(let definition): return session.definitions[definition.text.name] ?? definition
    case .unseen(let name, let unknown):
      if let definition = session.definitions[name] { return definition }
      throw Failure(.value, unknown)
    }
  }
}

/// `NAME word …` where NAME is a `def`.
final class CallNode: Node {
  private let callee: Callee
  private let words: [PreparedWord]

  init(_ place: Place, _ callee: Callee, _ words: [PreparedWord]) {
    self.callee = callee
    self.words = words
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let definition = try callee.definition(in: session)
    var values: [Value] = []
    for word in words {
      let value = try word.value(in: session)
      if word.expands, let elements = value.expansion, words.count < definition.text.parameters.count {
        values += elements
      } else {
        values.append(value)
      }
    }
    guard values.count == definition.text.parameters.count else {
      throw Failure(
        .value, Definition.countMessage(definition, values.count), help: ["usage: `\(definition.synopsis)`"])
    }
    _ = try definition.call(with: values, in: session, at: place)
    return .next
  }
}

/// `NAME(expression, …)` where NAME is a `def`: the value that it returns.
final class DefinitionCallExpression: PreparedExpression {
  private let callee: Callee
  private let arguments: [PreparedExpression]

  init(_ callee: Callee, _ arguments: [PreparedExpression], _ place: Place) {
    self.callee = callee
    self.arguments = arguments
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let definition = try callee.definition(in: session)
    guard arguments.count == definition.text.parameters.count else {
      throw failure(Definition.countMessage(definition, arguments.count))
    }
    var values: [Value] = []
    for argument in arguments { values.append(try argument.evaluate(in: session)) }
    let value = try definition.call(with: values, in: session, at: place)
    if case .undefined = value {
      throw failure("'\(definition.text.name)' returned no value", help: ["`return VALUE` gives one"])
    }
    return value
  }
}

final class ReturnNode: Node {
  private let value: PreparedExpression?

  init(_ place: Place, _ value: PreparedExpression?) {
    self.value = value
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    session.returned = try value?.evaluate(in: session) ?? .undefined
    return .leaveDefinition
  }
}
