import Payload
import Script
import ZeroMQ

extension Completer {
  /// Variables, functions and properties.
  func expressions(
    _ expectation: CompletionSpot.Expectation, _ spot: CompletionSpot, _ names: DeclaredNames
  ) -> [Completion.Candidate] {
    switch expectation {
    case .reference:
      guard let name = spot.name else { return [] }
      return Self.matching(values(names, sign: "$"), "$" + name)
    case .amount: return operands(sign: "$", spot, names)
    case .operand(let isInterpolating):
      return operands(sign: isInterpolating ? "" : "$", spot, names)
        + matching(Self.truths, spot)
    case .member(let base): return matching(members(of: base, names), spot)
    default: return []
    }
  }

  private func operands(sign: String, _ spot: CompletionSpot, _ names: DeclaredNames) -> [Completion
    .Candidate]
  {
    let functions = Function.all.map { function in
      let isWhole = function.parameters.isEmpty
      return Completion.Candidate(
        function.name + (isWhole ? "()" : "("), function.summary, .function, isWhole: false,
        label: function.synopsis)
    }
    let definitions = names.definitions.map { definition in
      Completion.Candidate(
        definition.name + (definition.parameters == 0 ? "()" : "("), "def: \(definition.synopsis)",
        .definition,
        isWhole: false)
    }
    return matching(
      values(names, sign: sign) + (functions + definitions).sorted { $0.text < $1.text }, spot)
  }

  private static let truths: [Completion.Candidate] = [
    .init("false", "", .value, isWhole: false), .init("true", "", .value, isWhole: false),
  ]

  /// What `$name` may stand for.
  private func values(_ names: DeclaredNames, sign: String) -> [Completion.Candidate] {
    let variables = names.variables.map { variable in
      Completion.Candidate(
        sign + variable.name, Self.summary(of: variable.content), .variable, isWhole: false)
    }
    let known = Set(names.variables.map(\.name))
    let sockets = names.sockets.filter { !known.contains($0.name) }.map { socket in
      Completion.Candidate(sign + socket.name, Self.summary(of: socket), .socket, isWhole: false)
    }
    return (variables + sockets).sorted { $0.text < $1.text }
      + [.init(sign + "env.", "a variable of the environment", .variable, isWhole: false)]
  }

  static func summary(of content: DeclaredNames.Content) -> String {
    switch content {
    case .value(let value):
      let text = DisplayText.safe(String(decoding: value.bytes.prefix(mostShown), as: UTF8.self))
      // It may be a secret key: what `keygen as keys` makes has one.
      let hasKey = String(decoding: value.bytes, as: UTF8.self).split(separator: " ").contains { word in
        CurveKey(text: String(word)) != nil && !word.allSatisfy { $0.isLetter || $0.isNumber }
      }
      return text.isEmpty || hasKey ? value.kind : "\(value.kind): \(text)"
    case .message: return "a message"
    case .error: return "an error"
    case .unknown: return ""
    }
  }

  /// How many bytes of a value a list shows: a line's worth.
  private static var mostShown: Int { 60 }

  // MARK: Properties

  private func members(of base: Expression, _ names: DeclaredNames) -> [Completion.Candidate] {
    if case .variable(let name) = base.kind {
      if name == "env" {
        return facts.environment().filter(Names.isName).sorted().map {
          .init($0, "", .variable, isWhole: false)
        }
      }
      switch names.content(of: name) {
      case .message?: return Self.messageProperties
      case .error?: return Self.errorProperties
      case .unknown?: return []
      case .value?: break
      case nil:
        guard names.socket(name) != nil else { return [] }
        return SocketProperty.all.map { .init($0.name, $0.summary, .property, isWhole: false) }
      }
    }
    switch value(of: base, names) {
    case .message?: return Self.messageProperties
    case .error?: return Self.errorProperties
    case .socket?: return SocketProperty.all.map { .init($0.name, $0.summary, .property, isWhole: false) }
    case .json(let json)? where json.kind == .object:
      return json.members.map(\.name).filter(Names.isName).map { .init($0, "", .property, isWhole: false) }
    default: return []
    }
  }

  /// The value of an expression that nothing needs to be run for.
  private func value(of expression: Expression, _ names: DeclaredNames) -> Value? {
    switch expression.kind {
    case .variable(let name):
      guard case .value(let value)? = names.content(of: name) else { return nil }
      return value
    case .member(let base, let name):
      guard case .json(let json)? = value(of: base, names), json.kind == .object else { return nil }
      return json[name.text].map { .json($0) }
    case .index(let base, let index):
      guard case .json(let json)? = value(of: base, names), json.kind == .array,
        case .integer(let number) = index.kind,
        let position = Int(exactly: number)
      else { return nil }
      return json[position].map { .json($0) }
    default: return nil
    }
  }

  private static let messageProperties = MessageProperty.all.map {
    Completion.Candidate($0.name, $0.summary, .property, isWhole: false)
  }

  private static let errorProperties: [Completion.Candidate] = [
    .init("line", "the line that failed", .property, isWhole: false),
    .init("message", "what happened, in words", .property, isWhole: false),
    .init("name", "the name of the error, such as EFSM", .property, isWhole: false),
  ]
}
