import Script

/// A function of the expression language: a row of ``Function/all``.
struct Function: Sendable {
  let name: String
  /// What its arguments are called, for help and for counting them.
  let parameters: [String]
  let summary: String
  let body: @Sendable ([Value]) throws(ValueError) -> Value

  static func named(_ name: String) -> Function? { all.first { $0.name == name } }

  /// All functions, sorted by name.
  static let all: [Function] = [
    Function(name: "float", parameters: ["value"], summary: "the number that a text or an integer stands for")
    {
      (values) throws(ValueError) in
      switch values[0] {
      case .float: return values[0]
      case .integer(let number): return .float(Double(number))
      case .duration(let duration): return .float(duration / .seconds(1))
      default:
        if let number = Double(values[0].text) { return .float(number) }
        throw ValueError(message: "'\(values[0].text)' is no number")
      }
    },
    Function(
      name: "int", parameters: ["value"],
      summary: "the integer that a text stands for; floats lose their fraction"
    ) {
      (values) throws(ValueError) in
      switch values[0] {
      case .integer: return values[0]
      case .float(let number):
        if let whole = Int64(exactly: number.rounded(.towardZero)) { return .integer(whole) }
        throw ValueError(message: "\(number) does not fit into 64 bits")
      default:
        if let number = Int64(values[0].text) { return .integer(number) }
        throw ValueError(message: "'\(values[0].text)' is no integer")
      }
    },
    Function(
      name: "len", parameters: ["value"],
      summary: "how many bytes a text, elements a list, frames a message has"
    ) {
      (values) throws(ValueError) in
      switch values[0] {
      case .bytes(let bytes): return .integer(Int64(bytes.count))
      case .list, .range, .message: return .integer(Int64(values[0].elementCount))
      default: throw ValueError(message: "\(values[0].kind) has no length")
      }
    },
    Function(name: "str", parameters: ["value"], summary: "the text that interpolation shows for a value") {
      .bytes($0[0].bytes)
    },
  ]
}
