import Payload
import Script

/// `$list[0]`, `$list[1..-1]`, `$order["content-type"]`
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
    let wanted = try index.evaluate(in: session)
    let count = Int64(value.elementCount)
    if case .range(let first, let last) = wanted {
      // It may begin behind the last one: the rest of a list that has no more.
      let start = try position(of: first, in: 0..<(count + 1), of: count)
      let end = try position(of: last, in: -1..<count, of: count)
      // Not made into a list: it may be long.
      if case .range(let base, _) = value, start <= end { return .range(base + start, base + end) }
      return .list(start > end ? [] : (start...end).map { value.element(Int($0)) })
    }
    let number = try index.integer(wanted, for: "an index")
    return value.element(Int(try position(of: number, in: 0..<count, of: count)))
  }

  /// A place in a list of so many elements; a number below 0 counts from the end.
  private func position(of number: Int64, in range: Range<Int64>, of count: Int64) throws(Failure) -> Int64 {
    let position = number < 0 ? count + number : number
    if range.contains(position) { return position }
    let label = count == 0 ? "it is empty" : "it has \(count): 0 to \(count - 1), or -1 for the last"
    throw index.failure("index \(number) is out of range", label: label)
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
