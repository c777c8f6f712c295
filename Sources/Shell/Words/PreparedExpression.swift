import Script

/// An expression whose names are slots, ready to be evaluated many times.
class PreparedExpression {
  let place: Place

  init(_ place: Place) { self.place = place }

  /// The value now.
  func evaluate(in session: Session) throws(Failure) -> Value {
    fatalError("each kind of expression evaluates itself")  // not reached: the class is never made itself
  }

  /// Appends the value as interpolation shows it.
  func append(to buffer: ByteBuffer, in session: Session) throws(Failure) {
    try checkLength(evaluate(in: session)).append(to: buffer)
  }

  /// Refuses a range that would fill the memory.
  final func checkLength(_ value: Value) throws(Failure) -> Value {
    guard value.elementCount > Value.mostElements else { return value }
    throw failure(
      "the range is too long to be written out", label: "\(value.elementCount) numbers",
      help: ["`for n in …` goes through it one by one"])
  }

  /// The value as a truth value.
  final func truth(in session: Session) throws(Failure) -> Bool {
    let value = try evaluate(in: session)
    guard case .boolean(let truth) = value else {
      throw failure(
        "a condition is needed, not \(value.kind)", label: "this is \(value.kind)",
        help: ["compare it: `$x == 1`, `$text != \"\"`"])
    }
    return truth
  }

  /// The name of the variable that it is, for a help line.
  var variableName: String? { nil }

  /// The value as a length of time that is not negative.
  final func duration(in session: Session) throws(Failure) -> Duration {
    let value = try evaluate(in: session)
    if case .duration(let duration) = value, duration >= .zero { return duration }
    if case .bytes(let bytes) = value, let duration = Duration(scriptBytes: bytes) { return duration }
    throw failure(
      "a duration is needed, not \(value.isNegativeDuration ? "a negative one" : value.kind)",
      label: "this is '\(value.text)'",
      help: ["durations have units: `250ms`, `2s`, `1m`"])
  }

  /// The value as an integer.
  final func integer(in session: Session, for purpose: String) throws(Failure) -> Int64 {
    try integer(evaluate(in: session), for: purpose)
  }

  /// The integer that a value of this expression is, or stands for.
  final func integer(_ value: Value, for purpose: String) throws(Failure) -> Int64 {
    switch value {
    case .integer(let number): return number
    case .bytes(let bytes):
      if let number = Int64(String(decoding: bytes, as: UTF8.self)) { return number }
    default: break
    }
    throw failure("\(purpose) is an integer, not \(value.kind)", label: "this is '\(value.text)'")
  }

  final func failure(_ message: String, label: String? = nil, help: [String] = []) -> Failure {
    Failure(.value, Diagnostic(.error, message, at: place, label: label, help: help))
  }
}

final class ConstantExpression: PreparedExpression {
  private let value: Value

  init(_ value: Value, _ place: Place) {
    self.value = value
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value { value }
}

final class ListExpression: PreparedExpression {
  private let elements: [PreparedExpression]

  init(_ elements: [PreparedExpression], _ place: Place) {
    self.elements = elements
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    var values: [Value] = []
    for element in elements { values.append(try element.evaluate(in: session)) }
    if values.contains(where: { $0.isList }), Value.depth(of: values, atMost: Value.mostNested) == nil {
      throw failure("there are more than \(Value.mostNested) lists, one inside the other")
    }
    return .list(values)
  }
}

final class RangeExpression: PreparedExpression {
  private let first: PreparedExpression
  private let last: PreparedExpression

  init(_ first: PreparedExpression, _ last: PreparedExpression, _ place: Place) {
    self.first = first
    self.last = last
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    .range(
      try first.integer(in: session, for: "the start of a range"),
      try last.integer(in: session, for: "the end of a range"))
  }
}

/// `$name`: a variable, or where no variable has the name, the socket that has it.
final class NameExpression: PreparedExpression {
  private let name: String
  private let slot: Int

  init(_ name: String, slot: Int, _ place: Place) {
    self.name = name
    self.slot = slot
    super.init(place)
  }

  override var variableName: String? { name }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let value = session.frame.values[slot]
    if case .undefined = value { return try other(in: session) }
    return value
  }

  override func append(to buffer: ByteBuffer, in session: Session) throws(Failure) {
    switch session.frame.values[slot] {
    case .integer(let number): buffer.append(number)
    case .bytes(let bytes): buffer.append(bytes)
    case .undefined: try other(in: session).append(to: buffer)
    case let value: try checkLength(value).append(to: buffer)
    }
  }

  private func other(in session: Session) throws(Failure) -> Value {
    if session.sockets[name] != nil || session.served[name] != nil { return .socket(name) }
    throw failure("'$\(name)' is not set", label: "no `let`, `recv as` or loop has set it yet")
  }
}

/// `$1`, `$@`, `$#`, `$0`.
final class ArgumentExpression: PreparedExpression {
  /// Which argument.
  enum Selector {
    case number(Int)
    case all
    case count
    case scriptName
  }

  private let selector: Selector

  init(_ selector: Selector, _ place: Place) {
    self.selector = selector
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let arguments = session.frame.arguments
    switch selector {
    case .all: return .list(arguments.map { .bytes($0) })
    case .count: return .integer(Int64(arguments.count))
    case .scriptName: return .text(session.frame.scriptName)
    case .number(let number):
      if number <= arguments.count { return .bytes(arguments[number - 1]) }
      let given = arguments.isEmpty ? "no argument was given" : "\(arguments.count) given"
      throw failure(
        "argument $\(number) is missing", label: given, help: ["give a default: `${\(number):-VALUE}`"])
    }
  }
}

/// `$reply.size`, `$server.port`
final class MemberExpression: PreparedExpression {
  private let base: PreparedExpression
  private let member: Name

  init(_ base: PreparedExpression, _ member: Name, _ place: Place) {
    self.base = base
    self.member = member
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let value = try base.evaluate(in: session)
    switch value {
    case .message(let message):
      if let property = MessageProperty.named(member.text) { return property.value(message) }
      throw unknown(of: "a message", among: MessageProperty.all.map(\.name))
    case .socket(let name):
      guard let socket = session.sockets[name] else {
        if let served = session.served[name] { return try property(of: served, name) }
        throw failure("the socket '\(name)' is closed")
      }
      if let property = SocketProperty.named(member.text) {
        if property.isOfPeers { session.loop.serve() }
        return try property.value(socket, place)
      }
      throw unknown(of: "a socket", among: SocketProperty.all.map(\.name))
    case .json(let json):
      if let found = json[member.text] { return Value(found) }
      if json.kind == .object {
        throw unknown(of: "the JSON object", among: json.members.map(\.name), "member")
      }
      if member.text == "count", json.kind == .array { return .integer(Int64(json.count)) }
      throw failure("\(value.kind) has no members", label: "only objects have")
    case .error(let error):
      switch member.text {
      case "name": return .text(error.name)
      case "message": return .text(error.message)
      case "line": return .integer(Int64(error.line))
      default: throw unknown(of: "an error", among: ["line", "message", "name"])
      }
    case .list, .range:
      if member.text == "count" { return .integer(Int64(value.elementCount)) }
      throw unknown(of: "a list", among: ["count"])
    default:
      throw failure(
        "\(value.kind) has no property '\(member.text)'",
        help: ["to write a dot and text after a variable: `${\(base.variableName ?? "name")}.\(member.text)`"]
      )
    }
  }

  /// A socket that a task serves tells what cannot change meanwhile.
  private func property(of served: SocketTransfer, _ name: String) throws(Failure) -> Value {
    if let value = served.properties[member.text] { return value }
    throw failure(
      "'\(name)' is with the task that serves it", label: "its '\(member.text)' is not known here",
      help: ["`stop \(name)` ends the task and gives the socket back"])
  }

  private func unknown(of owner: String, among names: [String], _ part: String = "property") -> Failure {
    let near = didYouMean(member.text, among: names)
    return failure(
      "\(owner) has no \(part) '\(member.text)'",
      help: [near ?? "it has \(names.joined(separator: ", "))"])
  }
}

final class EnvironmentExpression: PreparedExpression {
  private let name: String

  init(_ name: String, _ place: Place) {
    self.name = name
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    if let value = Environment.value(of: name) { return .text(value) }
    throw failure(
      "the environment has no '\(name)'", help: ["give a default: `${env.\(name):-VALUE}`"])
  }
}

final class NegationExpression: PreparedExpression {
  private let operand: PreparedExpression

  init(_ operand: PreparedExpression, _ place: Place) {
    self.operand = operand
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let value = try operand.evaluate(in: session)
    do {
      return try Arithmetic.negate(value)
    } catch {
      throw failure(error.message, label: error.label, help: error.help)
    }
  }
}

final class NotExpression: PreparedExpression {
  private let operand: PreparedExpression

  init(_ operand: PreparedExpression, _ place: Place) {
    self.operand = operand
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    .boolean(try !operand.truth(in: session))
  }
}

/// `&&` and `||`: the right side is evaluated only where it counts.
final class LogicalExpression: PreparedExpression {
  private let left: PreparedExpression
  private let right: PreparedExpression
  private let isAnd: Bool

  init(_ left: PreparedExpression, and isAnd: Bool, _ right: PreparedExpression, _ place: Place) {
    self.left = left
    self.isAnd = isAnd
    self.right = right
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    if try left.truth(in: session) != isAnd { return .boolean(!isAnd) }
    return .boolean(try right.truth(in: session))
  }
}

final class BinaryExpression: PreparedExpression {
  private let left: PreparedExpression
  private let operation: BinaryOperator
  private let right: PreparedExpression

  /// - Parameter place: The operator's, at which an error points.
  init(_ left: PreparedExpression, _ operation: BinaryOperator, _ right: PreparedExpression, _ place: Place) {
    self.left = left
    self.operation = operation
    self.right = right
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let first = try left.evaluate(in: session)
    let second = try right.evaluate(in: session)
    do {
      return try Arithmetic.apply(operation, first, second)
    } catch {
      throw failure(error.message, label: error.label, help: error.help)
    }
  }
}

final class CallExpression: PreparedExpression {
  private let function: Function
  private let arguments: [PreparedExpression]

  init(_ function: Function, _ arguments: [PreparedExpression], _ place: Place) {
    self.function = function
    self.arguments = arguments
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    var values: [Value] = []
    for argument in arguments { values.append(try argument.evaluate(in: session)) }
    do {
      return try function.body(values)
    } catch {
      throw failure(error.message, label: error.label, help: error.help)
    }
  }
}
