import Payload
import Script

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A function of the expression language: a row of ``Function/all``.
struct Function: Sendable {
  let name: String
  /// What its arguments are called, for help and for counting them.
  let parameters: [String]
  let summary: String
  /// An expression that uses it, and its value as text; nil where that is another one each time.
  let example: (expression: String, value: String?)
  let body: @Sendable ([Value]) throws(ValueError) -> Value

  /// How it is called.
  var synopsis: String { "\(name)(\(parameters.joined(separator: ", ")))" }

  static func named(_ name: String) -> Function? { all.first { $0.name == name } }

  private init(
    _ name: String, _ parameters: [String], _ summary: String, example: (String, String?),
    _ body: @escaping @Sendable ([Value]) throws(ValueError) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.example = (expression: example.0, value: example.1)
    self.body = body
  }

  /// All functions, sorted by name.
  static let all: [Function] = [
    Function("base64", ["value"], "the bytes in base64", example: (#"base64("Hello")"#, "SGVsbG8=")) {
      .bytes(Base64.encode($0[0].bytes))
    },
    Function(
      "contains", ["value", "part"], "whether a text has a part, or a list an element",
      example: (#"contains("World", "or")"#, "true")
    ) { (values) throws(ValueError) in
      if case .list(let elements) = values[0] {
        for element in elements where (try? Arithmetic.areEqual(element, values[1])) == true {
          return .boolean(true)
        }
        return .boolean(false)
      }
      return .boolean(find(values[1].bytes, in: values[0].bytes, from: 0) != nil)
    },
    Function(
      "endswith", ["value", "end"], "whether a text ends so", example: (#"endswith("World", "ld")"#, "true")
    ) {
      .boolean($0[0].bytes.suffix($0[1].bytes.count).elementsEqual($0[1].bytes))
    },
    Function("env", ["name"], "a variable of the environment", example: (#"len(env("PATH")) > 0"#, "true")) {
      (values) throws(ValueError) in
      if let value = Environment.value(of: values[0].text) { return .text(value) }
      throw ValueError(
        message: "the environment has no '\(values[0].text)'",
        help: ["`${env.\(values[0].text):-VALUE}` gives a default"])
    },
    Function(
      "float", ["value"], "the number that a text or an integer stands for; a duration in seconds",
      example: (#"float("1.5") * 2"#, "3.0")
    ) {
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
    Function("hex", ["value"], "the bytes in hexadecimal digits", example: (#"hex("Hi")"#, "4869")) {
      .bytes(Hex.encode($0[0].bytes))
    },
    Function(
      "int", ["value"],
      "the integer that a text stands for; a float loses its fraction, a duration becomes whole seconds",
      example: (#"int("41") + 1"#, "42")
    ) { (values) throws(ValueError) in
      switch values[0] {
      case .integer: return values[0]
      case .float(let number):
        if let whole = Int64(exactly: number.rounded(.towardZero)) { return .integer(whole) }
        throw ValueError(message: "\(number) does not fit into 64 bits")
      case .duration(let duration):
        return .integer(duration.components.seconds)
      default:
        if let number = Int64(values[0].text) { return .integer(number) }
        throw ValueError(message: "\(TextView.quoted(values[0].bytes)) is no integer")
      }
    },
    Function(
      "join", ["list", "separator"], "the elements as one text", example: (#"join([1, 2, 3], "-")"#, "1-2-3")
    ) { (values) throws(ValueError) in
      guard values[0].hasElements else {
        throw ValueError(message: "'join' takes a list, not \(values[0].kind)")
      }
      guard values[0].elementCount <= Value.mostElements else {
        throw ValueError(message: "the range is too long to be written out")
      }
      return .bytes(Array(values[0].elements.map(\.bytes).joined(separator: values[1].bytes)))
    },
    Function(
      "json", ["text"], "the JSON of a text, whose members are reached by name and index",
      example: (#"json('{"items":[{"name":"a"}]}').items[0].name"#, "a")
    ) { (values) throws(ValueError) in
      do throws(PayloadError) {
        return Value(try JSON(values[0].bytes).root)
      } catch {
        throw ValueError(
          message: error.message, label: "at byte \(error.range.lowerBound + 1)", help: error.help)
      }
    },
    Function(
      "len", ["value"], "how many bytes a text, elements a list or JSON, frames a message has",
      example: (#"len("Hello")"#, "5")
    ) { (values) throws(ValueError) in
      switch values[0] {
      case .bytes(let bytes): return .integer(Int64(bytes.count))
      case .list, .range, .message: return .integer(Int64(values[0].elementCount))
      case .json(let json) where json.kind == .array || json.kind == .object:
        return .integer(Int64(json.count))
      default: throw ValueError(message: "\(values[0].kind) has no length")
      }
    },
    Function("lower", ["text"], "the text in lower case", example: (#"lower("World")"#, "world")) {
      .text($0[0].text.lowercased())
    },
    Function(
      "matches", ["text", "pattern"], "whether a regular expression is found in a text",
      example: (#"matches("World 42", "[0-9]+")"#, "true")
    ) { (values) throws(ValueError) in
      let expression: RegularExpression
      do throws(PayloadError) {
        expression = try RegularExpression(values[1].bytes, matching: .part)
      } catch {
        throw ValueError(message: "'\(values[1].text)': \(error.message)")
      }
      do throws(RegularExpression.MatchError) {
        return .boolean(try expression.match(values[0].bytes) != nil)
      } catch {
        throw ValueError(message: "'\(values[1].text)': \(error)")
      }
    },
    Function("now", [], "the time, in milliseconds since 1970", example: ("now()", nil)) { _ in
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return .integer(Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    },
    Function(
      "random", ["low", "high"], "a random integer between two, both included", example: ("random(1, 6)", nil)
    ) { (values) throws(ValueError) in
      guard case .integer(let low) = values[0], case .integer(let high) = values[1] else {
        throw ValueError(message: "'random' takes two integers, not \(values[0].kind) and \(values[1].kind)")
      }
      guard low <= high else { throw ValueError(message: "there is no integer from \(low) to \(high)") }
      return .integer(.random(in: low...high))
    },
    Function(
      "replace", ["text", "old", "new"], "the text with each occurrence of a part replaced",
      example: (#"replace("a-b-c", "-", "+")"#, "a+b+c")
    ) { (values) throws(ValueError) in
      .bytes(Array(split(values[0].bytes, at: values[1].bytes).joined(separator: values[2].bytes)))
    },
    Function(
      "split", ["text", "separator"], "the parts of a text, as a list",
      example: (#"split("a,b,c", ",")[1]"#, "b")
    ) { (values) throws(ValueError) in
      .list(split(values[0].bytes, at: values[1].bytes).map { .bytes($0) })
    },
    Function(
      "startswith", ["value", "start"], "whether a text starts so",
      example: (#"startswith("World", "Wo")"#, "true")
    ) { .boolean($0[0].bytes.starts(with: $0[1].bytes)) },
    Function("str", ["value"], "the text that interpolation shows for a value", example: ("str(42)", "42")) {
      .bytes($0[0].bytes)
    },
    Function(
      "trim", ["text"], "the text without blanks and line ends around it", example: (#"trim("  a ")"#, "a")
    ) {
      let bytes = $0[0].bytes
      let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
      let start = bytes.firstIndex { !blanks.contains($0) } ?? bytes.endIndex
      let end = bytes.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? start
      return .bytes(Array(bytes[start..<end]))
    },
    Function("upper", ["text"], "the text in upper case", example: (#"upper("World")"#, "WORLD")) {
      .text($0[0].text.uppercased())
    },
    Function("uuid", [], "a random UUID (version 4)", example: ("uuid()", nil)) { _ in
      var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
      // RFC 9562: the version and the variant.
      bytes[6] = bytes[6] & 0x0F | 0x40
      bytes[8] = bytes[8] & 0x3F | 0x80
      let digits = Hex.encode(bytes)
      let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
      return .bytes(Array(groups.joined(separator: [UInt8(ascii: "-")])))
    },
  ]

  // MARK: Bytes

  private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = part.first else { return start }
    var index = start
    while index + part.count <= bytes.count {
      if bytes[index] == first, bytes[index..<index + part.count].elementsEqual(part) { return index }
      index += 1
    }
    return nil
  }

  /// The parts between separators; the whole where the separator is empty.
  private static func split(_ bytes: [UInt8], at separator: [UInt8]) -> [[UInt8]] {
    if separator.isEmpty { return [bytes] }
    var parts: [[UInt8]] = []
    var start = 0
    while let found = find(separator, in: bytes, from: start) {
      parts.append(Array(bytes[start..<found]))
      start = found + separator.count
    }
    parts.append(Array(bytes[start...]))
    return parts
  }
}
