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

/// `NAME word …` where NAME is a `def`.
final class CallNode: Node {
  private let definition: Definition
  private let words: [PreparedWord]

  init(_ place: Place, _ definition: Definition, _ words: [PreparedWord]) {
    self.definition = definition
    self.words = words
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    // At the prompt it may have been defined anew since.
    let definition = session.definitions[definition.text.name] ?? definition
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
  private let definition: Definition
  private let arguments: [PreparedExpression]

  init(_ definition: Definition, _ arguments: [PreparedExpression], _ place: Place) {
    self.definition = definition
    self.arguments = arguments
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let definition = session.definitions[definition.text.name] ?? definition
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
