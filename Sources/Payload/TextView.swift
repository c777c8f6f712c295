/// How bytes are shown as text: in a form that can be typed back, and that no peer can drive a terminal with.
///
/// Law: what ``word(_:)`` and ``quoted(_:)`` give, read as a word of the zs language, is the same bytes.
public enum TextView {
  /// A frame as a word: bare where that is possible (`Hello`), else in quotes (`"Hello World"`, `""`).
  ///
  /// What would mean something as a bare word is quoted: `"hex:00"`, `"_"`, `"..."`, `"as"`, `"linger=0"`.
  public static func word(_ bytes: [UInt8]) -> String {
    String(decoding: wordBytes(bytes), as: UTF8.self)
  }

  /// Appends ``word(_:)`` to an output. ASCII without escapes goes there as it is, without an allocation.
  public static func append(
    _ bytes: UnsafeRawBufferPointer, asWordTo output: (UnsafeRawBufferPointer) -> Void
  ) {
    var isPlain = true
    // A loop and no `allSatisfy`, which is a call a byte in a debug build.
    for byte in bytes where !PlainCharacters.contains(byte) {
      guard isQuotable(byte) else {
        return wordBytes(Array(bytes)).withUnsafeBytes { output($0) }
      }
      isPlain = false
    }
    if isPlain, !isReserved(bytes) { return output(bytes) }
    withUnsafeBytes(of: UInt8(ascii: "\"")) { quote in
      output(quote)
      output(bytes)
      output(quote)
    }
  }

  /// Some bytes in quotes, the first ones unless told otherwise, and how many there are in all: `"abc…" (10000 bytes)`. It
  /// cannot be typed back.
  public static func shortened(_ bytes: UnsafeRawBufferPointer, from start: Int = 0, to limit: Int) -> String
  {
    let part = bytes.dropFirst(start).prefix(limit)
    let (before, after) = (start > 0 ? "…" : "", part.endIndex < bytes.endIndex ? "…" : "")
    return "\"\(before)\(escaped(Array(part)))\(after)\" (\(bytes.count) bytes)"
  }

  /// The bytes in quotes: `'…'` where that saves escapes, else `"…"`.
  public static func quoted(_ bytes: [UInt8]) -> String {
    String(decoding: quotedBytes(bytes, Traits(of: bytes)), as: UTF8.self)
  }

  /// The bytes with every control character and invalid UTF-8 escaped, as between `"` and `"`.
  public static func escaped(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    appendEscaped(bytes, to: &result)
    return String(decoding: result, as: UTF8.self)
  }
}

extension TextView {
  /// ``word(_:)`` as UTF-8.
  static func wordBytes(_ bytes: [UInt8]) -> [UInt8] {
    let traits = Traits(of: bytes)
    return traits.isPlain && !bytes.withUnsafeBytes(isReserved) ? bytes : quotedBytes(bytes, traits)
  }

  /// What decides how a text is written.
  private struct Traits {
    /// Whether all of it could stand in a bare word.
    var isPlain: Bool
    /// Whether all of it is UTF-8 that can be shown as itself.
    var isPrintable = true
    /// Whether `"…"` would need a backslash for characters that `'…'` takes as they are.
    var needsBackslash = false
    var hasSingleQuote = false

    init(of bytes: [UInt8]) {
      isPlain = !bytes.isEmpty
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if PlainCharacters.contains(byte) {
          index += 1
        } else if byte < 0x80 {
          isPlain = false
          index += 1
          switch byte {
          case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): needsBackslash = true
          case UInt8(ascii: "'"): hasSingleQuote = true
          case 0..<0x20, 0x7F:
            isPrintable = false
            return
          default: break
          }
        } else {
          guard let (scalar, length) = UTF8Text.scalar(in: bytes, at: index), scalar.isPrintable else {
            isPlain = false
            isPrintable = false
            return
          }
          index += length
        }
      }
    }
  }

  private static func quotedBytes(_ bytes: [UInt8], _ traits: Traits) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 2)
    if traits.isPrintable, traits.needsBackslash, !traits.hasSingleQuote {
      result.append(UInt8(ascii: "'"))
      result += bytes
      result.append(UInt8(ascii: "'"))
    } else {
      result.append(UInt8(ascii: "\""))
      appendEscaped(bytes, to: &result)
      result.append(UInt8(ascii: "\""))
    }
    return result
  }

  private static func appendEscaped(_ bytes: [UInt8], to result: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] == UInt8(ascii: " ") || PlainCharacters.contains(bytes[index]) {
        index += 1
      }
      result += bytes[start..<index]
      guard index < bytes.count else { return }
      if let (scalar, length) = UTF8Text.scalar(in: bytes, at: index) {
        appendEscaped(scalar, to: &result)
        index += length
      } else {
        appendHexEscape(bytes[index], to: &result)
        index += 1
      }
    }
  }

  private static func appendEscaped(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    switch scalar {
    case "\n": result += "\\n".utf8
    case "\r": result += "\\r".utf8
    case "\t": result += "\\t".utf8
    case "\0": result += "\\0".utf8
    case "\u{1B}": result += "\\e".utf8
    case "\\": result += "\\\\".utf8
    case "\"": result += "\\\"".utf8
    case "$": result += "\\$".utf8
    case _ where scalar.isPrintable: UTF8Text.append(scalar, to: &result)
    case _ where scalar.isASCII: appendHexEscape(UInt8(scalar.value), to: &result)
    default: result += "\\u{\(String(scalar.value, radix: 16))}".utf8
    }
  }

  private static func appendHexEscape(_ byte: UInt8, to result: inout [UInt8]) {
    result += "\\x".utf8
    Hex.append(byte, to: &result)
  }

  /// Whether a character stands for itself between `"` and `"`, and can be shown.
  @inline(__always)
  private static func isQuotable(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): false
    default: byte >= 0x20 && byte < 0x7F
    }
  }

  /// Words that mean something as a whole, and those that begin as `>FILE` does. An encoding's `:`, an
  /// option's `=`, quotes, brackets, `#`, `|` and `$` are not looked for: no plain word has them.
  private static func isReserved(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch bytes.count {
    case 0: return true
    case 1 where bytes[0] == UInt8(ascii: "_"): return true
    case 2: if isEqual(bytes, "as") { return true }
    case 3: if isEqual(bytes, "...") { return true }
    case 7: if isEqual(bytes, "nothing") { return true }
    default: break
    }
    return bytes[0] == UInt8(ascii: ">")
  }

  private static func isEqual(_ bytes: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where bytes[index] != word.utf8Start[index] { return false }
    return true
  }
}

/// The characters that mean nothing to the language wherever they stand in a bare word: letters, digits and
/// `-_.,/+*@%^!?()<>~&`.
enum PlainCharacters {
  /// A bit for each character from U+0000 to U+003F, and one for each from U+0040 to U+007F. Bits in
  /// registers: nothing is loaded and nothing initialised, which counts where every byte received is asked for.
  private static var low: UInt64 { 0xD3FF_FF62_0000_0000 }
  private static var high: UInt64 { 0x47FF_FFFE_C7FF_FFFF }

  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool {
    let bits = byte < 0x40 ? low : byte < 0x80 ? high : 0
    return bits >> UInt64(byte & 0x3F) & 1 != 0
  }
}
