/// Writes JSON as MessagePack: one pass over the nodes, with no recursion but from a form to its value.
struct MessagePackEncoder {
  /// What the nodes that come belong to, up to a node.
  private struct Scope {
    let end: Int
    let kind: Kind

    enum Kind {
      case container
      /// The map that a `$map` stands for: what is directly in it are pairs.
      case pairs
      /// A key and a value of a `$map`.
      case pair
    }
  }

  private let json: JSON
  private var scopes: [Scope] = []
  private var depth = 0
  private var output: [UInt8] = []

  init(_ json: JSON) {
    self.json = json
  }

  mutating func encode() throws(PayloadError) -> [UInt8] {
    output.reserveCapacity(json.source.count)
    var index = 0
    while index < json.nodes.count {
      while let last = scopes.last, last.end == index {
        if last.kind != .pair { depth -= 1 }
        scopes.removeLast()
      }
      if let last = scopes.last, last.kind == .pairs {
        scopes.append(Scope(end: json.next(after: index), kind: .pair))
        index += 1
      } else {
        index = try write(index, nil)
      }
    }
    return output
  }

  /// Writes a node, of a container its head. Gives the number of the node to go on with.
  private mutating func write(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) -> Int {
    let kind = json.nodes[index].kind
    switch kind {
    case .null, .true, .false:
      if let form { throw misfit(form, index) }
      output.append(kind == .null ? 0xC0 : kind == .false ? 0xC2 : 0xC3)
    case .number: try writeNumber(index, form)
    case .string, .escapedString:
      try check(form, [.str], index)
      try writeString(json.unescaped(index), form, index)
    case .array:
      try check(form, [.array], index)
      try writeHead(.array, count(index), form, index)
      try enter(index, .container)
      return index + 1
    case .object: return try writeObject(index, form)
    }
    return index + 1
  }

  private mutating func writeObject(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) -> Int {
    let members = count(index) / 2
    if members == 1, let name = notation(index) {
      if name.starts(with: "$".utf8) {
        try check(form, [.map], index)
        try writeHead(.map, 1, form, index)
        try enter(index, .container)
        try writeString(name, nil, index)
        return index + 2
      }
      return try writeNotation(name, of: index, form)
    }
    try check(form, [.map], index)
    try writeHead(.map, members, form, index)
    try enter(index, .container)
    return index + 1
  }

  /// The name of the only member of an object without the `$` that it begins with; nil where it begins with none.
  private func notation(_ index: Int) -> [UInt8]? {
    let name = json.unescaped(index + 1)
    return name.first == UInt8(ascii: "$") ? Array(name.dropFirst()) : nil
  }

  private mutating func enter(_ index: Int, _ kind: Scope.Kind) throws(PayloadError) {
    guard depth < MessagePack.depthLimit else {
      throw error(
        "the arrays and maps stand more than \(MessagePack.depthLimit) deep in each other", index)
    }
    depth += 1
    scopes.append(Scope(end: json.next(after: index), kind: kind))
  }

  // MARK: Notations

  private mutating func writeNotation(
    _ name: [UInt8], of object: Int, _ form: MessagePackForm?
  ) throws(PayloadError) -> Int {
    let value = object + 2
    switch String(decoding: name, as: UTF8.self) {
    case "bin":
      try check(form, [.bin], object)
      let bytes = try hex(value, "'$bin' takes a string of hexadecimal digits")
      try writeHead(.bin, bytes.count, form, object)
      output += bytes
    case "str":
      try check(form, [.str], object)
      try writeString(try hex(value, "'$str' takes a string of hexadecimal digits"), form, object)
    case "float":
      try check(form, [.float], object)
      try writeSpecialFloat(value, bits: form?.bits ?? 64)
    case "ext":
      try check(form, [.ext], object)
      try writeExtension(value, form)
    case "timestamp":
      try check(form, [.ext], object)
      let payload = try timestamp(value).payload
      try writeExtension(MessagePackTimestamp.type, payload, form, value)
    case "map":
      try check(form, [.map], object)
      return try writePairs(value, form)
    default:
      guard let wanted = MessagePackForm.named(name) else { throw unknownNotation(name, object) }
      guard form == nil else {
        throw error("'$\(wanted.name)' stands in another form", object)
      }
      return try write(value, wanted)
    }
    return json.next(after: object)
  }

  private mutating func writePairs(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) -> Int {
    let help = "for example {\"$map\": [[1, \"a\"], [2, \"b\"]]}"
    guard json.nodes[index].kind == .array else {
      throw error("'$map' takes an array of pairs", index, help: help)
    }
    var pairs = 0
    var child = index + 1
    while child < json.next(after: index) {
      guard json.nodes[child].kind == .array, count(child) == 2 else {
        throw error("a pair of '$map' is an array of a key and a value", child, help: help)
      }
      pairs += 1
      child = json.next(after: child)
    }
    try writeHead(.map, pairs, form, index)
    try enter(index, .pairs)
    return index + 1
  }

  private mutating func writeSpecialFloat(_ index: Int, bits: Int) throws(PayloadError) {
    let digits = bits / 4
    let wrong = error(
      "'$float' takes \"NaN\", \"Infinity\", \"-Infinity\" or the \(digits) hexadecimal digits of its bits",
      index)
    guard isString(index) else { throw wrong }
    let text = json.unescaped(index)
    switch String(decoding: text, as: UTF8.self) {
    case "NaN": bits == 32 ? writeFloat(Float.nan) : writeDouble(.nan)
    case "Infinity": bits == 32 ? writeFloat(.infinity) : writeDouble(.infinity)
    case "-Infinity": bits == 32 ? writeFloat(-.infinity) : writeDouble(-.infinity)
    default:
      guard text.count == digits, let bytes = try? Hex.decode(text), bytes.count == bits / 8 else {
        throw wrong
      }
      output.append(MessagePackForm.code(.float, bits: bits))
      output += bytes
    }
  }

  private mutating func writeExtension(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) {
    let wrong = "'$ext' takes a type from -128 to 127 and a string of hexadecimal digits"
    let help = "for example {\"$ext\": [5, \"00ff\"]}"
    guard json.nodes[index].kind == .array, count(index) == 2, json.nodes[index + 1].kind == .number,
      let type = Int8(String(decoding: json.token(index + 1), as: UTF8.self))
    else { throw error(wrong, index, help: help) }
    try writeExtension(type, try hex(index + 2, wrong), form, index)
  }

  private mutating func writeExtension(
    _ type: Int8, _ payload: [UInt8], _ form: MessagePackForm?, _ index: Int
  ) throws(PayloadError) {
    try writeHead(.ext, payload.count, form, index)
    output.append(UInt8(bitPattern: type))
    output += payload
  }

  private func timestamp(_ index: Int) throws(PayloadError) -> MessagePackTimestamp {
    if isString(index), let timestamp = MessagePackTimestamp(text: json.unescaped(index)) { return timestamp }
    let number = { (node: Int) in
      json.nodes[node].kind == .number ? Int64(String(decoding: json.token(node), as: UTF8.self)) : nil
    }
    if let seconds = number(index), let timestamp = MessagePackTimestamp(seconds: seconds, nanoseconds: 0) {
      return timestamp
    }
    if json.nodes[index].kind == .array, count(index) == 2, let seconds = number(index + 1),
      let nanoseconds = number(index + 2).flatMap({ UInt32(exactly: $0) }),
      let timestamp = MessagePackTimestamp(seconds: seconds, nanoseconds: nanoseconds)
    {
      return timestamp
    }
    throw error(
      "'$timestamp' takes a time, a number of seconds, or [seconds, nanoseconds]", index,
      help: "for example {\"$timestamp\": \"2026-01-31T12:00:00.5Z\"}")
  }

  /// The bytes of a string of hexadecimal digits.
  private func hex(_ index: Int, _ message: String) throws(PayloadError) -> [UInt8] {
    guard isString(index) else { throw error(message, index) }
    do {
      return try Hex.decode(json.unescaped(index))
    } catch let wrong {
      // With escapes in the string its characters are not where the digits are.
      guard json.nodes[index].kind == .string else { throw error(wrong.message, index) }
      throw wrong.moved(by: Int(json.nodes[index].start) + 1)
    }
  }

  // MARK: Numbers

  private mutating func writeNumber(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) {
    let token = json.token(index)
    let isInteger = token.allSatisfy { $0 == UInt8(ascii: "-") || Hex.value($0).map { $0 < 10 } ?? false }
    if isInteger, form?.family != .float { return try writeInteger(index, form) }
    try check(form, [.float], index)
    let text = String(decoding: token, as: UTF8.self)
    if form?.bits == 32 {
      guard let value = Float(text), value.isFinite else { throw tooGreat(index, "a float of 32 bits") }
      writeFloat(value)
    } else {
      guard let value = Double(text), value.isFinite else { throw tooGreat(index, "a float of 64 bits") }
      writeDouble(value)
    }
  }

  private func tooGreat(_ index: Int, _ what: String) -> PayloadError {
    let text = String(decoding: json.token(index).prefix(24), as: UTF8.self)
    return error("'\(text)\(json.token(index).count > 24 ? "…" : "")' is greater than \(what) holds", index)
  }

  private mutating func writeInteger(_ index: Int, _ form: MessagePackForm?) throws(PayloadError) {
    try check(form, [.uint, .int], index)
    let token = json.token(index)
    let isNegative = token.first == UInt8(ascii: "-")
    var magnitude: UInt64 = 0
    for digit in token.dropFirst(isNegative ? 1 : 0) {
      let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !overflows, !overflowsToo else { throw tooManyBits(index) }
      magnitude = sum
    }
    guard !isNegative || magnitude <= Int64.min.magnitude else { throw tooManyBits(index) }
    let number = isNegative ? 0 &- magnitude : magnitude
    let family = form?.family ?? (isNegative && number != 0 ? .int : .uint)
    let bits = form?.bits ?? MessagePackForm.leastBits(family, number)
    guard bits > 0 else { return output.append(UInt8(truncatingIfNeeded: number)) }
    if let form, !fits(number, isNegative: isNegative && number != 0, form) {
      throw error("'\(String(decoding: token, as: UTF8.self))' does not fit \(form.name)", index)
    }
    output.append(MessagePackForm.code(family, bits: bits))
    append(number, bytes: bits / 8)
  }

  private func fits(_ number: UInt64, isNegative: Bool, _ form: MessagePackForm) -> Bool {
    if form.family == .uint { return !isNegative && (form.bits == 64 || number >> UInt64(form.bits) == 0) }
    let value = Int64(bitPattern: number)
    guard isNegative == (value < 0) else { return false }
    let shift = Int64(64 - form.bits)
    return (value << shift) >> shift == value
  }

  private func tooManyBits(_ index: Int) -> PayloadError {
    let text = String(decoding: json.token(index).prefix(24), as: UTF8.self)
    return error(
      "'\(text)\(json.token(index).count > 24 ? "…" : "")' takes more than the 64 bits of MessagePack's integers",
      index, help: "with an exponent it is a float: 1e20")
  }

  private mutating func writeFloat(_ value: Float) {
    output.append(MessagePackForm.code(.float, bits: 32))
    append(UInt64(value.bitPattern), bytes: 4)
  }

  private mutating func writeDouble(_ value: Double) {
    output.append(MessagePackForm.code(.float, bits: 64))
    append(value.bitPattern, bytes: 8)
  }

  // MARK: Bytes

  private mutating func writeString(
    _ bytes: [UInt8], _ form: MessagePackForm?, _ index: Int
  ) throws(PayloadError) {
    try writeHead(.str, bytes.count, form, index)
    output += bytes
  }

  private mutating func writeHead(
    _ family: MessagePackForm.Family, _ count: Int, _ form: MessagePackForm?, _ index: Int
  ) throws(PayloadError) {
    let bits = form?.bits ?? MessagePackForm.leastBits(family, UInt64(count))
    guard bits > 0 else {
      switch family {
      case .str: output.append(0xA0 | UInt8(count))
      case .array: output.append(0x90 | UInt8(count))
      case .map: output.append(0x80 | UInt8(count))
      default: output.append(0xD4 + UInt8(count.trailingZeroBitCount))
      }
      return
    }
    guard bits <= 32, UInt64(count) >> UInt64(bits) == 0 else {
      throw error("a length of \(count) does not fit \(form?.name ?? "MessagePack")", index)
    }
    output.append(MessagePackForm.code(family, bits: bits))
    append(UInt64(count), bytes: bits / 8)
  }

  private mutating func append(_ number: UInt64, bytes: Int) {
    for shift in (0..<UInt64(bytes)).reversed() {
      output.append(UInt8(truncatingIfNeeded: number >> (8 * shift)))
    }
  }

  // MARK: Nodes and errors

  private func isString(_ index: Int) -> Bool {
    json.nodes[index].kind == .string || json.nodes[index].kind == .escapedString
  }

  /// How many nodes are directly in a container: of an object names and values.
  private func count(_ index: Int) -> Int {
    var count = 0
    var child = index + 1
    let end = json.next(after: index)
    while child < end {
      count += 1
      child = json.next(after: child)
    }
    return count
  }

  private func error(_ message: String, _ index: Int, help: String...) -> PayloadError {
    let node = json.nodes[index]
    let start = Int(node.start)
    let isContainer = node.kind == .array || node.kind == .object
    return PayloadError(message, at: start..<(isContainer ? start + 1 : Int(node.link)), help: help)
  }

  private func check(
    _ form: MessagePackForm?, _ families: [MessagePackForm.Family], _ index: Int
  ) throws(PayloadError) {
    guard let form, !families.contains(form.family) else { return }
    throw misfit(form, index)
  }

  private func misfit(_ form: MessagePackForm, _ index: Int) -> PayloadError {
    let what =
      switch form.family {
      case .uint, .int: "an integer"
      case .float: "a number"
      case .str: "a string"
      case .bin: "bytes: {\"$bin\": \"00ff\"}"
      case .array: "an array"
      case .map: "an object"
      case .ext: "an extension: {\"$ext\": [5, \"00ff\"]}"
      }
    return error("'$\(form.name)' takes \(what)", index)
  }

  private func unknownNotation(_ name: [UInt8], _ object: Int) -> PayloadError {
    let text = TextView.escaped(name)
    return error(
      "'$\(text)' is no notation of MessagePack", object + 1,
      help: "for a map with the key '$\(text)' write \"$$\(text)\"",
      "the notations are $bin $str $ext $timestamp $float $map, and forms such as $float32")
  }
}
