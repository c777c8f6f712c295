/// MessagePack as JSON text and back: the whole format, byte for byte.
///
/// What JSON has too is written as JSON: `nil`, booleans, integers, floats (`1.0`, with a point or an exponent),
/// strings, arrays, and maps whose keys are strings. For the rest there is a notation, always an object of one
/// member whose name begins with `$`:
///
/// | notation | value |
/// | --- | --- |
/// | `{"$bin": "00ff"}` | bytes, in hexadecimal digits |
/// | `{"$str": "ff"}` | a string that is no UTF-8 |
/// | `{"$ext": [5, "00ff"]}` | an extension: its type from -128 to 127, and its bytes |
/// | `{"$timestamp": "2026-01-31T12:00:00.5Z"}` | the timestamp extension; past the year 9999 `[seconds, nanoseconds]` |
/// | `{"$float": "NaN"}` | `NaN`, `Infinity`, `-Infinity`, or the bits of another NaN in hexadecimal digits |
/// | `{"$map": [[1, "a"], [[], "b"]]}` | a map with a key that is no plain string, as pairs |
/// | `{"$float32": 1.5}` | a float of 32 bits |
/// | `{"$uint16": 5}` | a value in a longer form than it needs: `uint8` … `uint64`, `int8` … `int64`, `str8` … `str32`, `bin16`, `bin32`, `array16`, `array32`, `map16`, `map32`, `ext8` … `ext32` |
/// | `{"$$name": 1}` | a map of one member whose key is `$name`: its first `$` is doubled |
///
/// What is typed without a form is written in the shortest one, an integer that is not negative as unsigned.
///
/// Laws: `encode(decode(m)) == m` for every MessagePack value `m`, and `decode(encode(t)) == t` for every text `t`
/// that `decode` gives.
public enum MessagePack {
  /// How deep arrays and maps may stand in each other.
  public static let depthLimit = 512

  /// The MessagePack of a JSON text.
  ///
  /// - Throws: ``PayloadError`` where the text is no JSON, a number does not fit, or a notation is wrong.
  /// - Complexity: O(n).
  public static func encode(_ text: [UInt8]) throws(PayloadError) -> [UInt8] {
    // No notation of a value is deeper than {"$map16": {"$map": [[key, value]]}}.
    let json = try JSON(text, depthLimit: 4 * depthLimit + 4)
    var encoder = MessagePackEncoder(json)
    return try encoder.encode()
  }

  /// The JSON text of a MessagePack value, on one line, ASCII where it could drive a terminal.
  ///
  /// - Throws: ``PayloadError`` where the bytes are no value, are cut off, announce more than is there, nest
  ///   too deeply, or go on after the value; its range is of the bytes.
  /// - Complexity: O(n) in the bytes that are there, whatever lengths they announce.
  public static func decode(_ bytes: [UInt8]) throws(PayloadError) -> [UInt8] {
    var checker = MessagePackChecker(bytes)
    try checker.check()
    var writer = MessagePackWriter(bytes, plainMaps: checker.plainMaps)
    return writer.write()
  }
}
