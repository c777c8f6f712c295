import Payload
import Script

/// Why a value cannot be computed; the expression adds the place.
struct ValueError: Error {
  let message: String
  var label: String?
  var help: [String] = []
}

/// What the operators do with values. Nothing wraps and nothing traps.
enum Arithmetic {
  static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch operation {
    case .equal: return .boolean(try areEqual(left, right))
    case .notEqual: return .boolean(try !areEqual(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return try compare(operation, left, right)
    default: break
    }
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return .integer(try integers(operation, a, b))
    case (.integer(let a), .float(let b)): return try floats(operation, Double(a), b)
    case (.float(let a), .integer(let b)): return try floats(operation, a, Double(b))
    case (.float(let a), .float(let b)): return try floats(operation, a, b)
    case (.duration(let a), .duration(let b)): return try durations(operation, a, b)
    case (.duration(let a), .integer(let b)) where operation == .times || operation == .divide:
      return try duration(operation, left, right, a.nanoseconds, b)
    case (.integer(let a), .duration(let b)) where operation == .times:
      return try duration(operation, left, right, a, b.nanoseconds)
    case (.list(let a), .list(let b)) where operation == .plus: return .list(a + b)
    case (.bytes, .bytes), (.bytes, .message), (.message, .bytes), (.message, .message), (.socket, .bytes),
      (.bytes, .socket):
      if operation == .plus { return .bytes(left.bytes + right.bytes) }
    default: break
    }
    throw mismatch(operation, left, right)
  }

  static func negate(_ value: Value) throws(ValueError) -> Value {
    switch value {
    case .integer(let number):
      let (result, overflow) = (0 as Int64).subtractingReportingOverflow(number)
      if overflow { throw overflowError("-(\(number))") }
      return .integer(result)
    case .float(let number): return .float(-number)
    case .duration(let duration): return .duration(.zero - duration)
    default: throw ValueError(message: "'-' cannot be applied to \(value.kind)")
    }
  }

  // MARK: Numbers

  private static func integers(_ operation: BinaryOperator, _ a: Int64, _ b: Int64) throws(ValueError)
    -> Int64
  {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .plus: result = a.addingReportingOverflow(b)
    case .minus: result = a.subtractingReportingOverflow(b)
    case .times: result = a.multipliedReportingOverflow(by: b)
    case .divide:
      if b == 0 { throw ValueError(message: "division by zero", label: "\(a) / 0") }
      result = a.dividedReportingOverflow(by: b)
    default:
      if b == 0 { throw ValueError(message: "division by zero", label: "\(a) % 0") }
      result = a.remainderReportingOverflow(dividingBy: b)
    }
    if result.overflow { throw overflowError("\(a) \(operation.rawValue) \(b)") }
    return result.partialValue
  }

  private static func overflowError(_ text: String) -> ValueError {
    ValueError(
      message: "integer overflow", label: "\(text) does not fit into 64 bits",
      help: ["floats go further: write one of them with a point, `1.0`"])
  }

  private static func floats(_ operation: BinaryOperator, _ a: Double, _ b: Double) throws(ValueError)
    -> Value
  {
    switch operation {
    case .plus: return .float(a + b)
    case .minus: return .float(a - b)
    case .times: return .float(a * b)
    case .divide:
      if b == 0 { throw ValueError(message: "division by zero", label: "\(a) / 0") }
      return .float(a / b)
    default:
      if b == 0 { throw ValueError(message: "division by zero", label: "\(a) % 0") }
      return .float(a.truncatingRemainder(dividingBy: b))
    }
  }

  private static func durations(_ operation: BinaryOperator, _ a: Duration, _ b: Duration) throws(ValueError)
    -> Value
  {
    switch operation {
    case .plus, .minus:
      return try duration(operation, .duration(a), .duration(b), a.nanoseconds, b.nanoseconds)
    case .divide:
      if b == .zero { throw ValueError(message: "division by zero", label: "\(a.scriptText) / 0s") }
      return .float(a / b)
    default: throw mismatch(operation, .duration(a), .duration(b))
    }
  }

  /// A duration made of nanoseconds; errors show the durations as they are written.
  private static func duration(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ a: Int64, _ b: Int64
  ) throws(ValueError) -> Value {
    do {
      return .duration(.nanoseconds(try integers(operation, a, b)))
    } catch {
      let label = "\(shown(left)) \(operation.rawValue) \(shown(right))"
      if b == 0 { throw ValueError(message: error.message, label: label) }
      throw ValueError(message: "the duration is too long", label: "\(label) is more than 292 years")
    }
  }

  // MARK: Comparing

  static func areEqual(_ left: Value, _ right: Value) throws(ValueError) -> Bool {
    if let a = left.texts, let b = right.texts { return a == b }
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return a == b
    case (.integer(let a), .float(let b)), (.float(let b), .integer(let a)): return Double(a) == b
    case (.float(let a), .float(let b)): return a == b
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.json(let a), .json(let b)): return try a.isEqual(to: b)
    case (.json(let json), .list), (.list, .json(let json)), (.json(let json), .range),
      (.range, .json(let json)):
      guard json.kind == .array else { throw mismatch(.equal, left, right) }
      return try elementsAreEqual(left, right)
    case (.list, .list), (.range, .range), (.list, .range), (.range, .list):
      if case .range(let a, let b) = left, case .range(let c, let d) = right {
        return (a == c && b == d) || (a > b && c > d)
      }
      return try elementsAreEqual(left, right)
    default: throw mismatch(.equal, left, right)
    }
  }

  private static func elementsAreEqual(_ left: Value, _ right: Value) throws(ValueError) -> Bool {
    guard left.elementCount == right.elementCount else { return false }
    for index in 0..<left.elementCount where try !areEqual(left.element(index), right.element(index)) {
      return false
    }
    return true
  }

  private static func compare(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError)
    -> Value
  {
    if let a = left.texts, let b = right.texts {
      return .boolean(ordered(operation, a.lexicographicallyPrecedes(b), b.lexicographicallyPrecedes(a)))
    }
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return .boolean(ordered(operation, a < b, b < a))
    case (.integer(let a), .float(let b)): return .boolean(orderedFloats(operation, Double(a), b))
    case (.float(let a), .integer(let b)): return .boolean(orderedFloats(operation, a, Double(b)))
    case (.float(let a), .float(let b)): return .boolean(orderedFloats(operation, a, b))
    case (.duration(let a), .duration(let b)): return .boolean(ordered(operation, a < b, b < a))
    default: throw mismatch(operation, left, right)
    }
  }

  private static func ordered(_ operation: BinaryOperator, _ isLess: Bool, _ isGreater: Bool) -> Bool {
    switch operation {
    case .less: isLess
    case .lessOrEqual: !isGreater
    case .greater: isGreater
    default: !isLess
    }
  }

  private static func orderedFloats(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Bool {
    switch operation {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    default: a >= b
    }
  }

  private static func mismatch(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> ValueError {
    var help: [String] = []
    for (text, other) in [(left, right), (right, left)] {
      guard text.texts != nil else { continue }
      switch other {
      case .integer: help = ["text becomes a number with `int(…)`, a number becomes text in quotes: `\"$n\"`"]
      case .float: help = ["text becomes a number with `float(…)`"]
      default: break
      }
    }
    return ValueError(
      message: "'\(operation.rawValue)' cannot be applied to \(left.kind) and \(right.kind)",
      label: "\(shown(left)) \(operation.rawValue) \(shown(right))", help: help)
  }

  private static func shown(_ value: Value) -> String {
    let text = value.texts == nil ? value.text : "\"\(value.text)\""
    return text.count > 30 ? "\(text.prefix(29))…" : text
  }
}

extension JSON.Value {
  /// Whether it is the same JSON: members in any order, numbers by their value.
  fileprivate func isEqual(to other: JSON.Value) throws(ValueError) -> Bool {
    do throws(PayloadError) {
      let (text, otherText) = (text(.compact), other.text(.compact))
      let (subset, otherSubset) = (try JSONSubset(text), try JSONSubset(otherText))
      return subset.matches(otherText) && otherSubset.matches(text)
    } catch {
      // What was JSON is written as JSON.
      throw ValueError(message: error.message)
    }
  }
}

extension Value {
  /// The bytes of a value that operators treat as text: text itself, a message, a socket's name.
  fileprivate var texts: [UInt8]? {
    switch self {
    case .bytes, .message, .socket: bytes
    default: nil
    }
  }
}
