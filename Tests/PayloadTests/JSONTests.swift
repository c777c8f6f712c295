import TestSupport
import Testing

@testable import Payload

@Suite struct JSONTests {
  @Test func `JSON is laid out as Python lays it out`() throws {
    for line in Vectors.json {
      let json = try JSON(hex(line[0]))
      #expect(json.text(.compact) == hex(line[1]))
      #expect(json.text(.pretty) == hex(line[2]))
      #expect(try JSON.frame(hex(line[0])) == hex(line[0]))
    }
  }

  @Test func `what Python takes is taken, and what it refuses is refused`() {
    for line in Vectors.jsonVerdicts {
      let source = hex(line[1])
      #expect(((try? JSON(source)) != nil) == (line[0] == "1"), "\(text(source))")
    }
  }

  /// The examples of RFC 8259, section 13.
  @Test func `the examples of RFC 8259 are read`() throws {
    let image = try JSON(
      bytes(
        """
        {
          "Image": {
            "Width":  800,
            "Height": 600,
            "Title":  "View from 15th Floor",
            "Thumbnail": {"Url": "http://www.example.com/image/481989943", "Height": 125, "Width": 100},
            "Animated" : false,
            "IDs": [116, 943, 234, 38793]
          }
        }
        """))
    #expect(image.root["Image"]?["Title"]?.string == "View from 15th Floor")
    #expect(image.root["Image"]?["Animated"]?.boolean == false)
    #expect(image.root["Image"]?["IDs"]?[-1]?.number == "38793")
    #expect(image.root["Image"]?["IDs"]?.count == 4)
    #expect(image.root["Image"]?["IDs"]?[0]?.number == "116")
    #expect(image.root["Image"]?["IDs"]?[-4]?.number == "116")
    #expect(image.root["Image"]?["IDs"]?[4] == nil)
    #expect(image.root["Image"]?["IDs"]?[-5] == nil)
    #expect(image.root["Image"]?["IDs"]?.elements.map(\.number) == ["116", "943", "234", "38793"])
    #expect(try JSON(bytes("\"Hello world!\"")).root.string == "Hello world!")
    #expect(try JSON(bytes("42")).root.number == "42")
    #expect(try JSON(bytes("true")).root.boolean == true)
    #expect(try JSON(bytes(#""\uD834\uDD1E""#)).root.string == "\u{1D11E}")
  }

  @Test(arguments: [
    "1.0", "1", "-0", "1e400", "1E+2", "0.10", "123456789012345678901234567890123456789012345678", "1e-9999",
  ])
  func `a number stays as it was written`(number: String) throws {
    let json = try JSON(bytes("[ \(number) ]"))
    #expect(text(json.text(.compact)) == "[\(number)]")
    #expect(json.root[0]?.number == number)
  }

  @Test func `members keep their order, and repeated names stay`() throws {
    let json = try JSON(bytes(#"{"z":1,"a":2,"z":3,"\u0061":4}"#))
    #expect(json.root.members.map(\.name) == ["z", "a", "z", "a"])
    #expect(text(json.text(.compact)) == #"{"z":1,"a":2,"z":3,"\u0061":4}"#)
    #expect(json.root["z"]?.number == "3")
    #expect(json.root["a"]?.number == "4")
    #expect(json.root["b"] == nil)
    #expect(json.root[0] == nil)
    #expect(json.root.kind == .object)
    #expect(json.root.count == 4)
  }

  @Test func `escapes are replaced where the characters are asked for`() throws {
    let json = try JSON(bytes(#"["\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\ude00", "é"]"#))
    #expect(json.root[0]?.string == "\"\\/\u{8}\u{C}\n\r\tAé€😀")
    #expect(json.root[1]?.bytes == bytes("é"))
    #expect(json.root[1]?.number == nil)
    #expect(json.root[1]?.boolean == nil)
    #expect(json.root.string == nil)
    #expect(json.root[1].map { text($0.text(.compact)) } == "\"é\"")
  }

  @Test(arguments: [
    ("", "there is no JSON value", 0..<0), (" \n", "there is no JSON value", 2..<2),
    ("\u{FEFF}1", "JSON begins with no byte order mark", 0..<3),
    ("{\"a\": 1,}", "no member follows this ','", 7..<8), ("[1,]", "no element follows this ','", 2..<3),
    ("[,1]", "',' stands where a value is expected", 1..<2),
    ("{\"a\" 1}", "'1' stands where ':' is expected after a member's name", 5..<6),
    ("{a: 1}", "'a' begins no member: its name is a string in double quotes", 1..<2),
    ("{'a': 1}", "''' begins no member: its name is a string in double quotes", 1..<2),
    ("[1 2]", "'2' stands where ',' or ']' is expected", 3..<4),
    ("{\"a\": 1 \"b\": 2}", "'\\\"' stands where ',' or '}' is expected", 8..<9),
    ("[1}", "'}' stands where ',' or ']' is expected", 2..<3),
    ("{\"a\": [1, 2", "this array is never closed", 6..<7), ("{", "this object is never closed", 0..<1),
    ("{\"a\"", "this object is never closed", 0..<1), ("{\"a\":", "this object is never closed", 0..<1),
    ("{\"a\":1,", "this object is never closed", 0..<1), ("[", "this array is never closed", 0..<1),
    ("[\"abc", "this string is never closed", 1..<2), ("\"\\", "this string is never closed", 0..<1),
    ("1 2", "'2' stands after the end of the JSON value", 2..<3),
    ("01", "'01' begins with a zero", 0..<2), ("-", "a digit is missing after '-'", 0..<1),
    ("1.", "a digit is missing after '.'", 0..<2), ("1.e5", "a digit is missing after '.'", 0..<2),
    ("1e+", "a digit is missing after the 'e' of the exponent", 0..<3),
    ("+1", "'+' begins no JSON value", 0..<1),
    (".5", "'.' begins no JSON value", 0..<1), ("NaN", "'NaN' is no JSON value", 0..<3),
    ("-Infinity", "a digit is missing after '-'", 0..<1), ("True", "'True' is no JSON value", 0..<4),
    ("nulll", "'nulll' is no JSON value", 0..<5), ("tru", "'tru' is no JSON value", 0..<3),
    ("Hello", "'Hello' is no JSON value", 0..<5), ("'a'", "''' begins no JSON value", 0..<1),
    ("\"a\nb\"", "'\\n' must be escaped in a JSON string", 2..<3),
    ("\"\\x41\"", "'\\x' is no escape of JSON", 1..<3), ("\"\\é\"", "'\\é' is no escape of JSON", 1..<4),
    ("\"\\u12\"", "'\\u' needs four hexadecimal digits", 1..<5),
    ("\"\\u", "'\\u' needs four hexadecimal digits", 1..<3),
    ("\"\\ud83d\"", "'\\ud83d' is half of a surrogate pair", 1..<7),
    ("\"\\ud83d\\u0041\"", "'\\ud83d' is half of a surrogate pair", 1..<7),
    ("\"\\ude00\"", "'\\ude00' is half of a surrogate pair", 1..<7),
    ("\u{1B}", "'\\e' begins no JSON value", 0..<1),
  ])
  func `what is no JSON is told where it is wrong`(source: String, message: String, range: Range<Int>) {
    let found = error { () throws(PayloadError) in try JSON(bytes(source)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  @Test func `invalid UTF-8 is told where it is`() {
    for wrong in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]] as [[UInt8]] {
      let found = error { () throws(PayloadError) in try JSON([0x22, 0x61] + wrong + [0x22]) }
      #expect(found?.range == 2..<3)
      #expect(found?.message.hasSuffix("is no UTF-8") == true)
    }
    #expect((try? JSON([0xFF])) == nil)
  }

  @Test func `nesting is limited, and takes no stack`() throws {
    let deep = { (depth: Int) in
      bytes(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    }
    #expect(try text(JSON(deep(512)).text(.compact)) == text(deep(512)))
    #expect(error { () throws(PayloadError) in try JSON(deep(513)) }?.range == 512..<513)
    let abyss = try JSON(deep(200_000), depthLimit: .max)
    #expect(abyss.text(.compact) == deep(200_000))
    #expect(
      error { () throws(PayloadError) in try JSON(bytes(String(repeating: "{\"a\":", count: 1_000_000))) }?
        .range == 2560..<2561)
  }

  @Test func `laying out a deep text does not make it grow without bound`() throws {
    let deep = bytes(
      String(repeating: "[", count: 500) + String(repeating: "1,", count: 10_000) + "1"
        + String(repeating: "]", count: 500))
    #expect(try JSON(deep).text(.pretty).count < 70 * deep.count)
  }

  @Test(arguments: 0..<10)
  func `laying out and reading again changes nothing`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let source = random.json()
      let json = try JSON(source)
      let flat = json.text(.compact)
      #expect(try JSON(flat).text(.compact) == flat)
      #expect(try JSON(json.text(.pretty)).text(.compact) == flat)
      let printable = JSONWriter.write(json, from: 0, .compact, escapesUnprintable: true)
      #expect(text(printable).unicodeScalars.allSatisfy { $0.isPrintable })
      #expect(JSONSubset.isSame(try JSON(printable), json))
    }
  }

  @Test(arguments: 0..<10)
  func `no bytes break the reader, and every error lies within them`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "0", "1", "-", ".", "e", "null", " ", "\"a\"",
      "\u{1}", "é",
    ]
    for _ in 0..<1000 {
      let source = Bool.random(using: &random) ? random.bytes(upTo: 10) : random.bytes(of: pieces, upTo: 12)
      if let found = error({ () throws(PayloadError) in try JSON(source) }) {
        #expect(found.range.lowerBound >= 0 && found.range.upperBound <= source.count, "\(text(source))")
      }
    }
  }

  @Test(arguments: [
    ("1", "1.0", true), ("10", "1e1", true), ("100", "1E+2", true), ("0.01", "1e-2", true),
    ("0", "-0.0e5", true),
    ("1", "-1", false), ("1.5", "15e-1", true), ("10.5", "105E-1", true), ("1e400", "1e401", false),
    ("1e400", "10e399", true), ("123456789012345678901234567890", "123456789012345678901234567891", false),
    ("0.1", "0.10000000000000000000000000000000001", false), ("1e999999999999999999999", "1e5", false),
    ("1.20", "12", false), ("1.2", "1.02", false),
    ("1e99999999999999999999", "-1e99999999999999999999", false),
    ("1000000", "1e6", true), ("0e1", "0", true), ("0", "0.1", false), ("12.0", "1.2e1", true),
  ])
  func `numbers are compared by value, however long`(left: String, right: String, isSame: Bool) {
    #expect((JSONNumber(bytes(left)[...]) == JSONNumber(bytes(right)[...])) == isSame)
    #expect((JSONNumber(bytes(right)[...]) == JSONNumber(bytes(left)[...])) == isSame)
  }
}

extension JSONSubset {
  /// Whether each of two texts holds the other.
  static func isSame(_ left: JSON, _ right: JSON) -> Bool {
    (try? JSONSubset(left.source).matches(right.source)) == true
      && (try? JSONSubset(right.source).matches(left.source)) == true
  }
}

extension SplitMix {
  /// A JSON text of any kind, with blanks.
  mutating func json(depth: Int = 0) -> [UInt8] {
    let blank = bytes(of: [" ", "", "", "", "\n\t", "\r\n"], upTo: 1)
    switch Int.random(in: 0...(depth < 4 ? 7 : 4), using: &self) {
    case 0: return blank + pick(["true", "false", "null"]).utf8
    case 1: return blank + ("\(Int64.random(in: .min ... .max, using: &self))").utf8
    case 2:
      let exponent = Int.random(in: -400...400, using: &self)
      return blank
        + ("\(Int.random(in: -99...99, using: &self)).\(Int.random(in: 0...99, using: &self))e\(exponent)")
        .utf8
    case 3, 4: return blank + jsonString()
    case 5, 6:
      let elements = (0..<Int.random(in: 0...4, using: &self)).map { _ in json(depth: depth + 1) }
      return blank + [0x5B] + Array(elements.joined(separator: [0x2C])) + blank + [0x5D] + blank
    default:
      let members = (0..<Int.random(in: 0...12, using: &self)).map { _ in
        blank + jsonString() + blank + [0x3A] + json(depth: depth + 1)
      }
      return blank + [0x7B] + Array(members.joined(separator: [0x2C])) + blank + [0x7D] + blank
    }
  }

  private mutating func jsonString() -> [UInt8] {
    let pieces = [
      "a", "b", "$", "'", " ", "é", "😀", "\\n", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude00", "\u{7F}",
      "\u{202E}", "\u{85}",
      "\\u001b", "/", "$x", "{", "]", "\u{E0041}",
    ]
    return [0x22] + bytes(of: pieces, upTo: 5) + [0x22]
  }
}
