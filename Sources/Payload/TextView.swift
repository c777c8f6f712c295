/// How bytes are shown as text: in a form that can be typed back, and that no peer can drive a terminal with.
///
/// Law: what ``word(_:)`` and ``quoted(_:)`` give, read as a word of the zs language, is the same bytes.
public enum TextView {
  /// A frame as a word: bare where that is possible (`Hello`), else in quotes (`"Hello World"`, `""`).
  public static func word(_ bytes: [UInt8]) -> String {
    isBare(bytes) ? String(decoding: bytes, as: UTF8.self) : quoted(bytes)
  }

  /// Appends ``word(_:)`` to an output, fast where the frame is plain ASCII.
  public static func append(
    _ bytes: UnsafeRawBufferPointer, asWordTo output: (UnsafeRawBufferPointer) -> Void
  ) {
    if isPlainASCII(bytes), !isReserved(bytes) {
      output(bytes)
    } else {
      var text = word(Array(bytes))
      text.withUTF8 { output(UnsafeRawBufferPointer($0)) }
    }
  }

  /// The first bytes in quotes, and how many there are in all: `"abc…" (10000 bytes)`. It cannot be typed back.
  public static func shortened(_ bytes: UnsafeRawBufferPointer, to limit: Int) -> String {
    "\"\(escaped(Array(bytes.prefix(limit))))…\" (\(bytes.count) bytes)"
  }

  /// The bytes in quotes: `'…'` where that saves escapes, else `"…"`.
  public static func quoted(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let isExact = text.utf8.elementsEqual(bytes)
    let needsEscape = text.contains { $0 == "\"" || $0 == "\\" || $0 == "$" }
    if isExact, needsEscape, !text.contains("'"), text.unicodeScalars.allSatisfy(isPrintable) {
      return "'\(text)'"
    }
    return "\"\(escaped(bytes))\""
  }

  /// The bytes with every control character and invalid UTF-8 escaped, as between `"` and `"`.
  public static func escaped(_ bytes: [UInt8]) -> String {
    var result = ""
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let (scalar, length) = decodeScalar(bytes, at: index) {
        appendEscaped(scalar, to: &result)
        index += length
      } else {
        result += hexEscape(bytes[index])
        index += 1
      }
    }
    return result
  }

  // MARK: Pieces

  private static func appendEscaped(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\0": result += "\\0"
    case "\u{1B}": result += "\\e"
    case "\\": result += "\\\\"
    case "\"": result += "\\\""
    case "$": result += "\\$"
    default:
      if isPrintable(scalar) {
        result.unicodeScalars.append(scalar)
      } else if scalar.isASCII {
        result += hexEscape(UInt8(scalar.value))
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
  }

  private static func hexEscape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }

  /// Whether a scalar stands for itself on a terminal: no control, no invisible direction mark, no line end.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
      return false
    case .spaceSeparator: return false
    default: return true
    }
  }

  private static func isBare(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      if isPlainASCII(bytes) { return !isReserved(bytes) }
      guard !bytes.isEmpty, !isReserved(bytes), bytes.allSatisfy({ $0 >= 0x80 || isPlain($0) }) else {
        return false
      }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.utf8.elementsEqual(bytes) && text.unicodeScalars.allSatisfy(isPrintable)
    }
  }

  private static func isPlainASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(isPlain)
  }

  /// The characters that mean nothing to the language wherever they stand in a bare word.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: plainPunctuation.contains(byte)
    }
  }

  private static let plainPunctuation = Set("-_.,/+*@%^!?()<>~&".utf8)

  /// Words that mean something as a whole: patterns, pipes, and the words that end a message's frames.
  private static func isReserved(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= longestReserved else { return false }
    return reserved.contains { bytes.elementsEqual($0) }
  }

  private static let reserved = ["_", "...", "as", "nothing", ">", ">>"].map { Array($0.utf8) }
  private static let longestReserved = 7

  /// The scalar at an index and its length, or nil where the bytes there are no UTF-8.
  private static func decodeScalar(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    var decoder = UTF8()
    var rest = bytes[index..<min(index + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}
