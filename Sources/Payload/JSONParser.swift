/// Reads JSON into nodes: one pass, in linear time, with no recursion.
struct JSONParser {
  private let bytes: [UInt8]
  private let depthLimit: Int
  private var position = 0
  /// The containers that are open, by the numbers of their nodes.
  private var open: [Int] = []
  private(set) var nodes: [JSON.Node] = []

  init(_ bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func parse() throws(PayloadError) {
    guard bytes.count < UInt32.max else {
      throw PayloadError("the text is longer than 4 GiB", at: 0..<bytes.count)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw PayloadError(
        "JSON begins with no byte order mark", at: 0..<3, help: ["leave the first 3 bytes out"])
    }
    skipBlanks()
    if position == bytes.count {
      throw PayloadError("there is no JSON value", at: position..<position)
    }
    values: while true {
      if try parseValue() { continue }
      while let container = open.last {
        if try goesOn(in: container) { continue values }
      }
      break
    }
    skipBlanks()
    guard position == bytes.count else {
      throw .character(in: bytes, at: position) { "\($0) stands after the end of the JSON value" }
    }
  }

  // MARK: Structure

  /// Reads the value at the position. Of a container only its beginning: then another value follows in it,
  /// and the result is true.
  private mutating func parseValue() throws(PayloadError) -> Bool {
    guard position < bytes.count else { throw unfinished() }
    switch bytes[position] {
    case UInt8(ascii: "\""): try parseString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
    case UInt8(ascii: "{"):
      try openContainer(.object)
      if current == UInt8(ascii: "}") {
        closeContainer()
        return false
      }
      try parseName()
      return true
    case UInt8(ascii: "["):
      try openContainer(.array)
      if current == UInt8(ascii: "]") {
        closeContainer()
        return false
      }
      return true
    case UInt8(ascii: "t"): try parseWord("true", .true)
    case UInt8(ascii: "f"): try parseWord("false", .false)
    case UInt8(ascii: "n"): try parseWord("null", .null)
    default: throw noValue()
    }
    return false
  }

  /// Reads what follows a value in a container: a `,` and all that stands before the next value, which gives
  /// true, or the end of the container.
  private mutating func goesOn(in container: Int) throws(PayloadError) -> Bool {
    skipBlanks()
    let isObject = nodes[container].kind == .object
    guard position < bytes.count else { throw unfinished() }
    switch bytes[position] {
    case UInt8(ascii: ","):
      let comma = position
      position += 1
      skipBlanks()
      if current == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        throw PayloadError(
          "no \(isObject ? "member" : "element") follows this ','", at: comma..<comma + 1,
          help: ["JSON has no ',' after the last one"])
      }
      if isObject { try parseName() }
      return true
    case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
      closeContainer()
      return false
    default:
      throw .character(in: bytes, at: position) {
        "\($0) stands where ',' or '\(isObject ? "}" : "]")' is expected"
      }
    }
  }

  /// Reads a member's name, its `:` and the blanks after it.
  private mutating func parseName() throws(PayloadError) {
    guard position < bytes.count else { throw unfinished() }
    guard bytes[position] == UInt8(ascii: "\"") else {
      throw .character(in: bytes, at: position, help: ["for example {\"id\": 1}"]) {
        "\($0) begins no member: its name is a string in double quotes"
      }
    }
    try parseString()
    skipBlanks()
    guard position < bytes.count else { throw unfinished() }
    guard bytes[position] == UInt8(ascii: ":") else {
      throw .character(in: bytes, at: position) { "\($0) stands where ':' is expected after a member's name" }
    }
    position += 1
    skipBlanks()
  }

  private mutating func openContainer(_ kind: JSON.NodeKind) throws(PayloadError) {
    guard open.count < depthLimit else {
      throw PayloadError(
        "the arrays and objects stand more than \(depthLimit) deep in each other", at: position..<position + 1
      )
    }
    open.append(nodes.count)
    nodes.append(JSON.Node(start: UInt32(position), link: 0, kind: kind))
    position += 1
    skipBlanks()
  }

  private mutating func closeContainer() {
    position += 1
    nodes[open.removeLast()].link = UInt32(nodes.count)
  }

  // MARK: Tokens

  private mutating func parseWord(_ word: StaticString, _ kind: JSON.NodeKind) throws(PayloadError) {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count, (position..<end).allSatisfy({ bytes[$0] == word.utf8Start[$0 - position] }),
      end == bytes.count || !bytes[end].isLetterOrDigit
    else { throw noValue() }
    append(kind, from: position, to: end)
  }

  private mutating func parseString() throws(PayloadError) {
    let start = position
    var kind = JSON.NodeKind.string
    var index = start + 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        append(kind, from: start, to: index + 1)
        return
      }
      if byte == UInt8(ascii: "\\") {
        kind = .escapedString
        index += try escapeLength(at: index, from: start)
      } else if byte >= 0x80 {
        guard let (_, length) = UTF8Text.scalar(in: bytes, at: index) else {
          throw .character(in: bytes, at: index, help: ["JSON is UTF-8"]) { "\($0) is no UTF-8" }
        }
        index += length
      } else {
        guard byte >= 0x20 else {
          throw .character(in: bytes, at: index) { "\($0) must be escaped in a JSON string" }
        }
        index += 1
      }
    }
    throw unclosed("string", at: start)
  }

  /// The length of the escape at an index, of both halves where it is a surrogate pair.
  private func escapeLength(at index: Int, from start: Int) throws(PayloadError) -> Int {
    guard index + 1 < bytes.count else { throw unclosed("string", at: start) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      let unit = try codeUnit(at: index)
      guard unit & 0xF800 == 0xD800 else { return 6 }
      if unit & 0x0400 == 0, index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
        bytes[index + 7] == UInt8(ascii: "u"), try codeUnit(at: index + 6) & 0xFC00 == 0xDC00
      {
        return 12
      }
      throw PayloadError(
        "'\(String(decoding: bytes[index..<index + 6], as: UTF8.self))' is half of a surrogate pair",
        at: index..<index + 6, help: [#"both halves make one character: "\ud83d\ude00""#])
    default:
      let length = UTF8Text.scalar(in: bytes, at: index + 1)?.length ?? 1
      let text = TextView.escaped(Array(bytes[index + 1..<index + 1 + length]))
      throw PayloadError(
        "'\\\(text)' is no escape of JSON", at: index..<index + 1 + length,
        help: [#"these are: \" \\ \/ \b \f \n \r \t \u0041"#])
    }
  }

  /// The value of the `\uXXXX` at an index.
  private func codeUnit(at index: Int) throws(PayloadError) -> UInt32 {
    var value: UInt32 = 0
    for digit in index + 2..<index + 6 {
      guard digit < bytes.count, let next = Hex.value(bytes[digit]) else {
        throw PayloadError(
          "'\\u' needs four hexadecimal digits", at: index..<min(digit, bytes.count),
          help: [#"for example "\u0041""#])
      }
      value = value << 4 | UInt32(next)
    }
    return value
  }

  private mutating func parseNumber() throws(PayloadError) {
    let start = position
    var index = start
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    try skipDigits(&index, from: start, after: "'-'")
    if bytes[first] == UInt8(ascii: "0"), index > first + 1 {
      throw PayloadError(
        "'\(String(decoding: bytes[start..<index].prefix(24), as: UTF8.self))' begins with a zero",
        at: start..<index, help: ["a JSON number has no zeros before its first digit"])
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      try skipDigits(&index, from: start, after: "'.'")
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        index += 1
      }
      try skipDigits(&index, from: start, after: "the 'e' of the exponent")
    }
    append(.number, from: start, to: index)
  }

  private func skipDigits(_ index: inout Int, from start: Int, after sign: String) throws(PayloadError) {
    let first = index
    while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
      index += 1
    }
    guard index > first else {
      throw PayloadError("a digit is missing after \(sign)", at: start..<index)
    }
  }

  @inline(__always)
  private mutating func append(_ kind: JSON.NodeKind, from start: Int, to end: Int) {
    nodes.append(
      JSON.Node(
        start: UInt32(truncatingIfNeeded: start), link: UInt32(truncatingIfNeeded: end), kind: kind))
    position = end
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inline(__always)
  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position].isBlank { position += 1 }
  }

  // MARK: Errors

  /// The text ends inside a container, whose beginning is told.
  private func unfinished() -> PayloadError {
    guard let container = open.last else {
      return PayloadError("there is no JSON value", at: position..<position)
    }
    return unclosed(
      nodes[container].kind == .object ? "object" : "array", at: Int(nodes[container].start))
  }

  private func unclosed(_ what: String, at start: Int) -> PayloadError {
    PayloadError("this \(what) is never closed", at: start..<start + 1)
  }

  private func noValue() -> PayloadError {
    var end = position
    while end < bytes.count, end - position < 24, bytes[end].isLetterOrDigit { end += 1 }
    guard end > position else {
      var help: [String] = []
      switch bytes[position] {
      case UInt8(ascii: "'"): help = ["JSON strings have double quotes"]
      case UInt8(ascii: "+"): help = ["a JSON number has no '+'"]
      case UInt8(ascii: "."): help = ["a JSON number has a digit before its '.'"]
      case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ":"):
        return .character(in: bytes, at: position) { "\($0) stands where a value is expected" }
      default: break
      }
      return .character(in: bytes, at: position, help: help) { "\($0) begins no JSON value" }
    }
    let word = String(decoding: bytes[position..<end], as: UTF8.self)
    var help = ["strings have double quotes: \"\(word)\""]
    switch word {
    case "NaN", "Infinity", "nan", "inf": help = ["JSON has no such number"]
    case "True", "False", "TRUE", "FALSE": help = ["write \(word.lowercased())"]
    case "None", "nil", "NULL", "Null", "undefined": help = ["write null"]
    default: break
    }
    return PayloadError("'\(word)' is no JSON value", at: position..<end, help: help)
  }
}
