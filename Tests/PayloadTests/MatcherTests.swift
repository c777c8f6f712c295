import TestSupport
import Testing

@testable import Payload

@Suite struct MatcherTests {
  // MARK: Subset

  @Test func `a subset is what Python finds to be one`() throws {
    for line in Vectors.subset {
      let subset = try JSONSubset(bytes(line[1]))
      #expect(subset.matches(bytes(line[2])) == (line[0] == "1"), "\(line[1]) in \(line[2])")
    }
  }

  @Test(arguments: [
    ("{}", #"{"a":1}"#), (#"{"a":1}"#, #"{"b":2,"a":1.0}"#), (#"{"a":{"b":1}}"#, #"{"a":{"c":2,"b":1}}"#),
    (#"[{"a":1},2]"#, #"[{"a":1,"b":2},2]"#), (#""a\u0062""#, #""\u0061b""#), (#"{"\u0061":1}"#, #"{"a":1}"#),
    ("1e2", "100"), (#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#), ("null", "null"), ("[]", "[]"),
  ])
  func `what is expected is held`(expected: String, received: String) throws {
    #expect(try JSONSubset(bytes(expected)).firstDifference(in: bytes(received)) == nil)
  }

  @Test(arguments: [
    (
      #"{"items":[1,2,{"name":"a"}]}"#, #"{"items":[1,2,{"name":"b"}]}"#,
      #"$.items[2].name: expected "a", received "b""#
    ),
    (#"{"a":1}"#, "{}", "$.a: expected 1, received nothing"),
    (#"{"a":{"b":[]}}"#, #"{"a":{}}"#, "$.a.b: expected [], received nothing"),
    ("[1,2]", "[1]", "$: expected 2 elements, received 1 element"),
    ("[]", "{}", "$: expected [], received {}"),
    (#"{"a b":{"":1}}"#, #"{"a b":{"":2}}"#, #"$["a b"][""]: expected 1, received 2"#),
    ("1", "1.5", "$: expected 1, received 1.5"), ("true", "false", "$: expected true, received false"),
    ("null", #"{"a":[1, 2]}"#, #"$: expected null, received {"a":[1,2]}"#),
    (#""1""#, "1", #"$: expected "1", received 1"#),
    (#"{"a":1,"b":2,"c":3}"#, #"{"c":0,"b":0,"a":1}"#, "$.b: expected 2, received 0"),
    ("{}", "Hello", "$: the frame is no JSON: 'Hello' is no JSON value, at byte 0"),
    (#""a""#, "\"\u{202E}\"", #"$: expected "a", received "\u202e""#),
    (
      "1", #""\#(String(repeating: "x", count: 200))""#,
      "$: expected 1, received \"\(String(repeating: "x", count: 78))…"
    ),
    ("1", "[\(String(repeating: "1,", count: 200))1]", "$: expected 1, received an array"),
  ])
  func `the first difference is told with its path`(expected: String, received: String, difference: String)
    throws
  {
    #expect(try JSONSubset(bytes(expected)).firstDifference(in: bytes(received))?.description == difference)
  }

  @Test func `all differences are found, in the order of what is expected`() throws {
    let subset = try JSONSubset(bytes(#"{"a": 1, "b": [1, {"c": 2, "d": 3}], "e": {"f": 4}, "g": 5}"#))
    let received = bytes(#"{"g": 6, "e": [], "b": [2, {"d": 3, "c": 3}], "a": 1}"#)
    let all = ["$.b[0]", "$.b[1].c", "$.e", "$.g"]
    #expect(subset.differences(in: received, atMost: 100).map(\.path) == all)
    for most in 0...4 {
      #expect(subset.differences(in: received, atMost: most).map(\.path) == Array(all.prefix(most)))
    }
  }

  @Test(arguments: 0..<10)
  func `every text holds itself, and holding carries over`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let whole = random.json()
      let part = random.part(of: try JSON(whole).root)
      let less = random.part(of: try JSON(part).root)
      #expect(try JSONSubset(whole).matches(whole))
      #expect(try JSONSubset(part).matches(whole), "\(text(part)) in \(text(whole))")
      #expect(try JSONSubset(less).matches(part))
      #expect(try JSONSubset(less).matches(whole))
    }
  }

  @Test func `an object of many members is compared in linear time`() throws {
    let members = (0..<200_000).map { "\"key\($0)\":\($0)" }
    let received = bytes("{\(members.joined(separator: ","))}")
    let expected = bytes("{\(members.reversed().joined(separator: ","))}")
    #expect(try JSONSubset(expected).matches(received))
    let wrong = bytes("{\(members.reversed().joined(separator: ",")),\"more\":1}")
    #expect(
      try JSONSubset(wrong).firstDifference(in: received)?.description
        == "$.more: expected 1, received nothing")
  }

  // MARK: Glob

  @Test func `a pattern matches what Python's fnmatch matches`() throws {
    for line in Vectors.glob {
      #expect(
        try Glob(bytes(line[1])).matches(bytes(line[2])) == (line[0] == "1"), "\(line[1]) on \(line[2])")
    }
  }

  @Test(arguments: [
    ("World*", "World from 5556", true), ("*", "", true), ("", "", true), ("", "a", false), ("?", "é", true),
    ("?", "", false),
    ("[^a]", "b", true), ("[^a]", "a", false), (#"\*"#, "*", true), (#"\*"#, "a", false),
    (#"[\]]"#, "]", true),
    ("[а-я]", "ж", true), ("a*b*c", "aXbXbXc", true), ("a*b*c", "aXbXbX", false),
    ("*.log", "a.log.log", true),
    ("[a-c-]", "-", true), ("**a**", "bab", true), ("a", "A", false), ("*\n*", "a\nb", true),
  ])
  func `a pattern matches the whole of a frame`(pattern: String, frame: String, isMatch: Bool) throws {
    #expect(try Glob(bytes(pattern)).matches(bytes(frame)) == isMatch)
  }

  @Test func `a byte that is no UTF-8 is one character`() throws {
    #expect(try Glob(bytes("?")).matches([0xFF]))
    #expect(try Glob(bytes("a?b")).matches([0x61, 0x80, 0x62]))
    #expect(try Glob([0xFF, UInt8(ascii: "*")]).matches([0xFF, 0x00]))
    #expect(try !Glob([0xFF]).matches([0xFE]))
  }

  @Test(arguments: [
    ("a[bc", "this '[' is never closed", 1..<2), ("[", "this '[' is never closed", 0..<1),
    ("[]", "this '[' is never closed", 0..<1),
    ("x[z-a]", "the range 'z-a' goes backwards", 2..<5), (#"a\"#, "no character follows this '\\'", 1..<2),
  ])
  func `a pattern that is none is told where it is wrong`(pattern: String, message: String, range: Range<Int>)
  {
    let found = error { () throws(PayloadError) in try Glob(bytes(pattern)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  @Test func `many stars take no exponential time`() throws {
    let pattern = try Glob(bytes(String(repeating: "a*", count: 50) + "b"))
    #expect(!pattern.matches([UInt8](repeating: UInt8(ascii: "a"), count: 20_000)))
  }

  @Test(arguments: 0..<10)
  func `no pattern breaks the matcher, and an escaped text matches itself alone`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<300 {
      let pieces = ["*", "?", "[", "]", "-", "!", "\\", "a", "é", "😀"]
      let pattern = Bool.random(using: &random) ? random.bytes(upTo: 8) : random.bytes(of: pieces, upTo: 8)
      let frame = random.bytes(of: pieces, upTo: 8)
      _ = (try? Glob(pattern))?.matches(frame)
      let escaped = frame.flatMap { $0 < 0x80 ? [UInt8(ascii: "\\"), $0] : [$0] }
      #expect(try Glob(escaped).matches(frame))
      #expect(try !Glob(escaped).matches(frame + [0x61]))
    }
  }
}

extension SplitMix {
  /// A text that a value holds: some members left out.
  mutating func part(of value: JSON.Value) -> [UInt8] {
    switch value.kind {
    case .array:
      return [0x5B] + Array(value.elements.map { part(of: $0) }.joined(separator: [0x2C])) + [0x5D]
    case .object:
      var members: [[UInt8]] = []
      var seen: Set<String> = []
      for (name, _) in value.members where Bool.random(using: &self) && seen.insert(name).inserted {
        guard let member = value[name] else { continue }
        var text: [UInt8] = []
        JSONString.append(Array(name.utf8), to: &text)
        members.append(text + [0x3A] + part(of: member))
      }
      return [0x7B] + Array(members.joined(separator: [0x2C])) + [0x7D]
    default: return value.text(.compact)
    }
  }
}
