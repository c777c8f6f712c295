import Payload
import Script

/// `$list[0]`, `$order["content-type"]`
final class IndexExpression: PreparedExpression {
  private let base: PreparedExpression
  private let index: PreparedExpression

  init(_ base: PreparedExpression, _ index: PreparedExpression, _ place: Place) {
    self.base = base
    self.index = index
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    let value = try base.evaluate(in: session)
    if case .json(let json) = value, json.kind == .object { return try member(of: json, in: session) }
    guard value.hasElements else {
      throw failure(
        "\(value.kind) has no elements", label: "only lists, ranges, messages and JSON are indexed",
        help: ["to write a bracket and text after a variable: `${\(base.variableName ?? "name")}[…]`"])
    }
    let count = Int64(value.elementCount)
    let wanted = try index.integer(in: session, for: "an index")
    let position = wanted < 0 ? count + wanted : wanted
    guard position >= 0, position < count else {
      let range = count == 0 ? "it is empty" : "it has \(count): 0 to \(count - 1), or -1 for the last"
      throw index.failure("index \(wanted) is out of range", label: range)
    }
    return value.element(Int(position))
  }

  /// `$order["content-type"]`: the name is no word, or only known now.
  private func member(of json: JSON.Value, in session: Session) throws(Failure) -> Value {
    let wanted = try index.evaluate(in: session)
    guard case .bytes(let bytes) = wanted else {
      throw index.failure(
        "a member of a JSON object is named by a text, not \(wanted.kind)", label: "this is '\(wanted.text)'")
    }
    let name = String(decoding: bytes, as: UTF8.self)
    if let found = json[name] { return Value(found) }
    throw index.failure(
      "the JSON object has no member '\(name)'", help: [json.adviceInsteadOf(name)])
  }
}

extension JSON.Value {
  /// What to write where an object has no member of a name.
  fileprivate func adviceInsteadOf(_ name: String) -> String {
    let names = members.map(\.name)
    return didYouMean(name, among: names) ?? "it has \(names.joined(separator: ", "))"
  }
}
