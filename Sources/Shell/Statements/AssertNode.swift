import Payload
import Script

/// `assert E`: the values of both sides are shown where a comparison does not hold.
final class AssertNode: Node {
  private let condition: PreparedExpression
  /// The whole condition: a comparison's own place is its operator.
  private let conditionPlace: Place
  /// The sides of a condition that is a comparison.
  private let sides: (left: PreparedExpression, operation: BinaryOperator, right: PreparedExpression)?

  init(
    _ place: Place, _ condition: PreparedExpression, at conditionPlace: Place,
    sides: (left: PreparedExpression, operation: BinaryOperator, right: PreparedExpression)?
  ) {
    self.condition = condition
    self.conditionPlace = conditionPlace
    self.sides = sides
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    guard let sides else {
      if try condition.truth(in: session) { return .next }
      throw failure(label: "this is false", notes: [])
    }
    let left = try sides.left.evaluate(in: session)
    let right = try sides.right.evaluate(in: session)
    let result: Value
    do {
      result = try Arithmetic.apply(sides.operation, left, right)
    } catch {
      throw condition.failure(error.message, label: error.label, help: error.help)
    }
    if case .boolean(true) = result { return .next }
    // A variable of the environment that is called so is nobody's to see in a log.
    let bytes = conditionPlace.source.bytes[conditionPlace.span.start..<conditionPlace.span.end]
    let isSecret = SecretWords.namesSecret(String(decoding: bytes, as: UTF8.self))
    throw failure(
      label: "this is false",
      notes: isSecret ? [] : ["the left side is \(left.shownText)", "the right side is \(right.shownText)"])
  }

  private func failure(label: String, notes: [String]) -> Failure {
    Failure(
      .mismatch,
      Diagnostic(.error, "the assertion does not hold", at: conditionPlace, label: label, notes: notes))
  }
}

extension Value {
  /// The value as an error shows it: text in quotes, shortened.
  var shownText: String {
    let text =
      switch self {
      case .bytes(let bytes): TextView.quoted(bytes)
      case .message(let message): "the message \(message.frames.map(TextView.word).joined(separator: " "))"
      default: self.text
      }
    return text.count > 200 ? "\(text.prefix(199))…" : text
  }
}
