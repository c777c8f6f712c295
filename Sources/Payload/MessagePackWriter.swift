/// Writes MessagePack that has been checked as JSON text.
struct MessagePackWriter {
  private enum Layout {
    case array, object
    /// `{"$map": [[key, value], …]}`
    case pairs
  }

  private struct Container {
    let layout: Layout
    /// How many values have been written, keys counted, and how many there are.
    var done = 0
    let count: Int
    /// Whether the name of its form stands around it.
    let hasForm: Bool
  }

  private let bytes: [UInt8]
  private let plainMaps: [Bool]
  private var position = 0
  private var map = 0
  private var open: [Container] = []
  private var output: [UInt8] = []

  init(_ bytes: [UInt8], plainMaps: [Bool]) {
    self.bytes = bytes
    self.plainMaps = plainMaps
  }

  mutating func write() -> [UInt8] {
    output.reserveCapacity(bytes.count * 2)
    repeat {
      // The checker has read the same heads, so that neither this nor an offset below can fail.
      guard position < bytes.count, let head = try? MessagePackHead.read(bytes, at: position) else {
        return output
      }
      separate()
      writeValue(head)
      while let last = open.last, last.done == last.count { close(last) }
    } while !open.isEmpty
    return output
  }

  /// Writes what stands between a value and the one before it.
  private mutating func separate() {
    guard let last = open.indices.last else { return }
    let done = open[last].done
    open[last].done += 1
    switch open[last].layout {
    case .array: if done > 0 { append(",") }
    case .object: if done > 0 { append(done & 1 == 0 ? "," : ":") }
    case .pairs: append(done == 0 ? "[" : done & 1 == 0 ? "],[" : ",")
    }
  }

  private mutating func close(_ container: Container) {
    switch container.layout {
    case .array: append("]")
    case .object: append("}")
    case .pairs: append("]]}")
    }
    if container.hasForm { append("}") }
    open.removeLast()
  }

  private mutating func writeValue(_ head: MessagePackHead) {
    let start = position
    position += head.length
    if let form = head.form { append("{\"$\(form.name)\":") }
    switch head.kind {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .unsigned(let value): append(value)
    case .signed(let value):
      if value < 0 { append("-") }
      append(value.magnitude)
    case .float32(let value):
      append(value.isFinite ? value.description : special(value, bits: UInt64(value.bitPattern), digits: 8))
    case .float64(let value):
      append(value.isFinite ? value.description : special(value, bits: value.bitPattern, digits: 16))
    case .string(let count): writeString(take(count), start)
    case .binary(let count): writeHex("{\"$bin\":\"", take(count), "\"}")
    case .ext(let type, let count): writeExtension(type, take(count))
    case .array(let count):
      append("[")
      open.append(Container(layout: .array, count: count, hasForm: head.form != nil))
      return
    case .map(let count):
      let isPlain = plainMaps[map]
      map += 1
      append(isPlain ? "{" : "{\"$map\":[")
      open.append(
        Container(layout: isPlain ? .object : .pairs, count: 2 * count, hasForm: head.form != nil))
      return
    }
    if head.form != nil { append("}") }
  }

  /// The bytes that belong to the value.
  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { position += count }
    return bytes[position..<position + count]
  }

  private mutating func writeString(_ text: ArraySlice<UInt8>, _ start: Int) {
    guard UTF8Text.isValid(text) else { return writeHex("{\"$str\":\"", text, "\"}") }
    // The only name of an object, which would be read as a notation.
    if let last = open.last, last.layout == .object, last.count == 2, last.done == 1,
      text.first == UInt8(ascii: "$")
    {
      JSONString.append([UInt8(ascii: "$")] + text, to: &output)
    } else {
      JSONString.append(text, to: &output)
    }
  }

  private mutating func writeExtension(_ type: Int8, _ payload: ArraySlice<UInt8>) {
    if type == MessagePackTimestamp.type, let timestamp = MessagePackTimestamp(payload: payload) {
      append("{\"$timestamp\":\(timestamp.notation)}")
    } else {
      writeHex("{\"$ext\":[\(type),\"", payload, "\"]}")
    }
  }

  private mutating func writeHex(_ before: String, _ payload: ArraySlice<UInt8>, _ after: String) {
    append(before)
    for byte in payload { Hex.append(byte, to: &output) }
    append(after)
  }

  /// The notation of a float that is no JSON number.
  private func special<Value: BinaryFloatingPoint>(_ value: Value, bits: UInt64, digits: Int) -> String {
    if value.isInfinite { return "{\"$float\":\"\(value < 0 ? "-" : "")Infinity\"}" }
    let plain = digits == 8 ? UInt64(Float.nan.bitPattern) : Double.nan.bitPattern
    if bits == plain { return "{\"$float\":\"NaN\"}" }
    let text = String(bits, radix: 16)
    return "{\"$float\":\"\(String(repeating: "0", count: digits - text.count))\(text)\"}"
  }

  private mutating func append(_ text: String) {
    output += text.utf8
  }

  private mutating func append(_ text: StaticString) {
    output += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Appends a number in decimal.
  private mutating func append(_ number: UInt64) {
    if number < 10 { return output.append(UInt8(ascii: "0") + UInt8(number)) }
    let start = output.count
    var rest = number
    while rest > 0 {
      output.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    output[start...].reverse()
  }
}
