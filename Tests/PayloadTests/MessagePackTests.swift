import TestSupport
import Testing

@testable import Payload

@Suite struct MessagePackTests {
  @Test func `MessagePack is what msgpack-python makes of it`() throws {
    for line in Vectors.messagePack {
      let (packed, notation) = (hex(line[1]), bytes(line[2]))
      #expect(try MessagePack.encode(notation) == packed, "\(line[2])")
      let decoded = try MessagePack.decode(packed)
      #expect(try MessagePack.encode(decoded) == packed, "\(line[2])")
      // How a float is written is the writer's choice.
      if line[0] == "0" { #expect(text(decoded) == line[2]) }
    }
  }

  @Test func `lengths are written as msgpack-python writes them`() throws {
    for line in Vectors.messagePackLengths {
      let count = try #require(Int(line[1]))
      let repeated = { (text: String, separator: String) in
        Array(repeating: text, count: count).joined(separator: separator)
      }
      let (notation, body): (String, [UInt8]) =
        switch line[0] {
        case "str": ("\"\(repeated("a", ""))\"", [UInt8](repeating: 0x61, count: count))
        case "bin": ("{\"$bin\":\"\(repeated("00", ""))\"}", [UInt8](repeating: 0, count: count))
        case "ext": ("{\"$ext\":[7,\"\(repeated("00", ""))\"]}", [UInt8](repeating: 0, count: count))
        case "array": ("[\(repeated("1", ","))]", [UInt8](repeating: 1, count: count))
        default: ("{\(repeated("\"\":1", ","))}", (0..<count).flatMap { _ in [0xA0, 0x01] as [UInt8] })
        }
      #expect(try MessagePack.encode(bytes(notation)) == hex(line[2]) + body)
      #expect(try text(MessagePack.decode(hex(line[2]) + body)) == notation)
    }
  }

  /// The formats of the specification, in the order of its overview, each as short and as long as it comes.
  @Test(arguments: [
    ("00", "0"), ("7f", "127"), ("80", "{}"), ("81a16101", #"{"a":1}"#), ("90", "[]"), ("9101", "[1]"),
    ("a0", #""""#), ("a161", #""a""#), ("c0", "null"), ("c2", "false"), ("c3", "true"),
    ("c400", #"{"$bin":""}"#), ("c40100", #"{"$bin":"00"}"#), ("c5000100", #"{"$bin16":{"$bin":"00"}}"#),
    ("c60000000100", #"{"$bin32":{"$bin":"00"}}"#),
    ("c70005", #"{"$ext":[5,""]}"#), ("c7010500", #"{"$ext8":{"$ext":[5,"00"]}}"#),
    ("c80001fe00", #"{"$ext16":{"$ext":[-2,"00"]}}"#),
    ("c9000000017f00", #"{"$ext32":{"$ext":[127,"00"]}}"#),
    ("ca3fc00000", #"{"$float32":1.5}"#), ("ca3dcccccd", #"{"$float32":0.1}"#), ("cb3ff8000000000000", "1.5"),
    ("cb0000000000000000", "0.0"), ("cb8000000000000000", "-0.0"),
    ("cc00", #"{"$uint8":0}"#), ("cc80", "128"), ("ccff", "255"), ("cd00ff", #"{"$uint16":255}"#),
    ("cd0100", "256"), ("ce0000ffff", #"{"$uint32":65535}"#), ("ce00010000", "65536"),
    ("cf00000000ffffffff", #"{"$uint64":4294967295}"#), ("cfffffffffffffffff", "18446744073709551615"),
    ("d005", #"{"$int8":5}"#), ("d0e0", #"{"$int8":-32}"#), ("d0df", "-33"), ("d080", "-128"),
    ("d1ff80", #"{"$int16":-128}"#), ("d1ff7f", "-129"), ("d17fff", #"{"$int16":32767}"#),
    ("d2ffff8000", #"{"$int32":-32768}"#), ("d2ffff7fff", "-32769"),
    ("d3ffffffff80000000", #"{"$int64":-2147483648}"#),
    ("d3ffffffff7fffffff", "-2147483649"), ("d38000000000000000", "-9223372036854775808"), ("e0", "-32"),
    ("ff", "-1"),
    ("d40500", #"{"$ext":[5,"00"]}"#), ("d5050001", #"{"$ext":[5,"0001"]}"#),
    ("d68000010203", #"{"$ext":[-128,"00010203"]}"#),
    ("d7050001020304050607", #"{"$ext":[5,"0001020304050607"]}"#),
    ("d805000102030405060708090a0b0c0d0e0f", #"{"$ext":[5,"000102030405060708090a0b0c0d0e0f"]}"#),
    ("d90161", #"{"$str8":"a"}"#), ("da000161", #"{"$str16":"a"}"#), ("db0000000161", #"{"$str32":"a"}"#),
    ("dc000101", #"{"$array16":[1]}"#), ("dd0000000101", #"{"$array32":[1]}"#),
    ("dc0000", #"{"$array16":[]}"#),
    ("de0001a16101", #"{"$map16":{"a":1}}"#), ("df00000001a16101", #"{"$map32":{"a":1}}"#),
    ("df00000000", #"{"$map32":{}}"#),
    // Strings that are no text, keys that are no plain strings, names that look like notations.
    ("a1ff", #"{"$str":"ff"}"#), ("d901ff", #"{"$str8":{"$str":"ff"}}"#), ("a3e282ac", #""€""#),
    ("810102", #"{"$map":[[1,2]]}"#), ("81a1ff01", #"{"$map":[[{"$str":"ff"},1]]}"#),
    ("81d9016101", #"{"$map":[[{"$str8":"a"},1]]}"#), ("82a161010203", #"{"$map":[["a",1],[2,3]]}"#),
    ("8181010203", #"{"$map":[[{"$map":[[1,2]]},3]]}"#), ("de00010102", #"{"$map16":{"$map":[[1,2]]}}"#),
    ("818190918001", #"{"$map":[[{"$map":[[[],[{}]]]},1]]}"#),
    ("81908191a0c0", #"{"$map":[[[],{"$map":[[[""],null]]}]]}"#),
    ("81a42462696ea130", #"{"$$bin":"0"}"#), ("81a5242462696ea130", #"{"$$$bin":"0"}"#),
    ("81a124c0", #"{"$$":null}"#),
    ("82a22461a0a22462a0", #"{"$a":"","$b":""}"#), ("82a16101a16102", #"{"a":1,"a":2}"#),
    ("81a22461c0", #"{"$$a":null}"#),
    ("81a0a22461", #"{"":"$a"}"#), ("de000181a22461c0c0", #"{"$map16":{"$map":[[{"$$a":null},null]]}}"#),
    // Floats that JSON has not.
    ("cb7ff8000000000000", #"{"$float":"NaN"}"#), ("cbfff8000000000000", #"{"$float":"fff8000000000000"}"#),
    ("cb7ff0000000000001", #"{"$float":"7ff0000000000001"}"#),
    ("cb7ff0000000000000", #"{"$float":"Infinity"}"#),
    ("cbfff0000000000000", #"{"$float":"-Infinity"}"#), ("ca7fc00000", #"{"$float32":{"$float":"NaN"}}"#),
    ("ca7f800001", #"{"$float32":{"$float":"7f800001"}}"#),
    ("caff800000", #"{"$float32":{"$float":"-Infinity"}}"#),
    // Timestamps, and what is none.
    ("d6ff00000000", #"{"$timestamp":"1970-01-01T00:00:00Z"}"#),
    ("d6ffffffffff", #"{"$timestamp":"2106-02-07T06:28:15Z"}"#),
    ("d7ff0000000100000000", #"{"$timestamp":"2106-02-07T06:28:16Z"}"#),
    ("d7ffee6b27fc00000000", #"{"$timestamp":"1970-01-01T00:00:00.999999999Z"}"#),
    ("c70cff00000000ffffffffffffffff", #"{"$timestamp":"1969-12-31T23:59:59Z"}"#),
    ("c70cff00000000fffffff1868b8400", #"{"$timestamp":"0000-01-01T00:00:00Z"}"#),
    ("c70cff00000000fffffff1868b83ff", #"{"$timestamp":[-62167219201,0]}"#),
    ("c70cff3b9ac9ff0000003afff4417f", #"{"$timestamp":"9999-12-31T23:59:59.999999999Z"}"#),
    ("c70cff000000010000003afff44180", #"{"$timestamp":[253402300800,1]}"#),
    ("c70cff000000007fffffffffffffff", #"{"$timestamp":[9223372036854775807,0]}"#),
    ("c70cff000000000000000000000000", #"{"$ext":[-1,"000000000000000000000000"]}"#),
    ("d7ff0000000000000000", #"{"$ext":[-1,"0000000000000000"]}"#),
    ("d7ffffffffff00000000", #"{"$ext":[-1,"ffffffff00000000"]}"#), ("d4ff00", #"{"$ext":[-1,"00"]}"#),
    ("c704ff00000000", #"{"$ext8":{"$timestamp":"1970-01-01T00:00:00Z"}}"#),
    // Text that a terminal must not see.
    ("a21b5b", #""\u001b[""#), ("a3e280ae", #""\u202e""#), ("a17f", #""\u007f""#),
    ("a4f3a08181", #""\udb40\udc41""#),
  ])
  func `every form of the specification is shown and typed`(packed: String, notation: String) throws {
    #expect(try text(MessagePack.decode(hex(packed))) == notation)
    #expect(try MessagePack.encode(bytes(notation)) == hex(packed))
  }

  @Test(arguments: [
    (#"{"$timestamp":"2001-09-09t01:46:40z"}"#, "d6ff3b9aca00"),
    (#"{"$timestamp":1000000000}"#, "d6ff3b9aca00"),
    (#"{"$timestamp":[1000000000,0]}"#, "d6ff3b9aca00"),
    (#"{"$timestamp":"2001-09-09 03:46:40.000+02:00"}"#, "d6ff3b9aca00"),
    (#"{"$timestamp":"2001-09-08T22:16:40-03:30"}"#, "d6ff3b9aca00"), (#"{"$float32":1}"#, "ca3f800000"),
    (#"{"$float64":1}"#, "cb3ff0000000000000"), ("-0", "00"), ("1E2", "cb4059000000000000"),
    (#"{"$bin":"DE ad"}"#, "c402dead"), (#"{"$bin":"\u0030\u0030"}"#, "c40100"), (#"{"$map":[]}"#, "80"),
    (#"{"$map":[["a",1]]}"#, "81a16101"), (#"{"\u0024bin":"00"}"#, "c40100"),
    (#"{ "a" : [ {"$uint8":1} , 2 ] }"#, "81a16192cc0102"),
    (#"{"$array16":[{"$array16":[]}]}"#, "dc0001dc0000"),
    (#"{"$map":[[[1],{"a":[2]}],[{},3]]}"#, "82910181a161910280 03"),
  ])
  func `other ways to type a value are taken`(notation: String, packed: String) throws {
    #expect(try MessagePack.encode(bytes(notation)) == hex(packed))
  }

  @Test(arguments: [
    (
      "18446744073709551616", "'18446744073709551616' takes more than the 64 bits of MessagePack's integers",
      0..<20
    ),
    (
      "-9223372036854775809", "'-9223372036854775809' takes more than the 64 bits of MessagePack's integers",
      0..<20
    ),
    ("[1e400]", "'1e400' is greater than a float of 64 bits holds", 1..<6),
    (#"{"$float32":1e39}"#, "'1e39' is greater than a float of 32 bits holds", 12..<16),
    (#"{"$bin":"0g"}"#, "'g' is no hexadecimal digit", 10..<11),
    (#"{"$bin":5}"#, "'$bin' takes a string of hexadecimal digits", 8..<9),
    (#"{"$nope":5}"#, "'$nope' is no notation of MessagePack", 1..<8),
    (#"{"$uint8":256}"#, "'256' does not fit uint8", 10..<13),
    (#"{"$uint8":-1}"#, "'-1' does not fit uint8", 10..<12),
    (#"{"$int8":128}"#, "'128' does not fit int8", 9..<12),
    (#"{"$int64":9223372036854775808}"#, "'9223372036854775808' does not fit int64", 10..<29),
    (#"{"$uint8":"a"}"#, "'$uint8' takes an integer", 10..<13),
    (#"{"$uint8":null}"#, "'$uint8' takes an integer", 10..<14),
    (#"{"$str8":1}"#, "'$str8' takes a string", 9..<10),
    (#"{"$array16":{}}"#, "'$array16' takes an array", 12..<13),
    (#"{"$map16":[]}"#, "'$map16' takes an object", 10..<11),
    (#"{"$str8":{"$str16":"a"}}"#, "'$str16' stands in another form", 9..<10),
    (#"{"$bin16":"00"}"#, "'$bin16' takes bytes: {\"$bin\": \"00ff\"}", 10..<14),
    (#"{"$ext8":{"$bin":"00"}}"#, "'$ext8' takes an extension: {\"$ext\": [5, \"00ff\"]}", 9..<10),
    (#"{"$float32":"a"}"#, "'$float32' takes a number", 12..<15),
    (
      #"{"$ext":[128,"00"]}"#, "'$ext' takes a type from -128 to 127 and a string of hexadecimal digits",
      8..<9
    ),
    (#"{"$ext":[1]}"#, "'$ext' takes a type from -128 to 127 and a string of hexadecimal digits", 8..<9),
    (#"{"$map":[1]}"#, "a pair of '$map' is an array of a key and a value", 9..<10),
    (#"{"$map":{}}"#, "'$map' takes an array of pairs", 8..<9),
    (
      #"{"$float":"nan"}"#,
      "'$float' takes \"NaN\", \"Infinity\", \"-Infinity\" or the 16 hexadecimal digits of its bits", 10..<15
    ),
    (
      #"{"$timestamp":"2001-02-29T00:00:00Z"}"#,
      "'$timestamp' takes a time, a number of seconds, or [seconds, nanoseconds]", 14..<36
    ),
    (
      #"{"$timestamp":[0,1000000000]}"#,
      "'$timestamp' takes a time, a number of seconds, or [seconds, nanoseconds]", 14..<15
    ),
    ("[1,]", "no element follows this ','", 2..<3),
    (#"{"$str8":"\#(String(repeating: "a", count: 256))"}"#, "a length of 256 does not fit str8", 9..<267),
  ])
  func `a notation that is wrong is told where it is`(notation: String, message: String, range: Range<Int>) {
    let found = error { () throws(PayloadError) in try MessagePack.encode(bytes(notation)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  // MARK: Hostile bytes

  @Test(arguments: [
    ("", "there is no MessagePack value", 0..<0), ("c1", "the byte c1 begins no MessagePack value", 0..<1),
    ("9301", "an array of 3 elements is announced, and 1 byte follows", 0..<1),
    ("92920102", "the bytes end before 1 value of the array at byte 0", 4..<4),
    ("0102", "1 byte stands after the end of the MessagePack value", 1..<2),
    ("01020304", "3 bytes stand after the end of the MessagePack value", 1..<4),
    ("a561", "a string of 5 bytes is announced, and 1 follows", 0..<1),
    ("dbffffffff6162", "a string of 4294967295 bytes is announced, and 2 follow", 0..<5),
    ("c6ffffffff", "a bin of 4294967295 bytes is announced, and 0 follow", 0..<5),
    ("c9ffffffff01", "an extension of 4294967295 bytes is announced, and 0 follow", 0..<6),
    ("ddffffffff01", "an array of 4294967295 elements is announced, and 1 byte follows", 0..<5),
    ("dfffffffff01", "a map of 4294967295 pairs is announced, and 1 byte follows", 0..<5),
    ("8101", "a map of 1 pair is announced, and 1 byte follows", 0..<1),
    ("9391ddffffffff", "an array of 4294967295 elements is announced, and 0 bytes follow", 2..<7),
    ("cd00", "the bytes end inside a number or a length", 0..<2),
    ("d4", "the bytes end inside a number or a length", 0..<1),
    ("c705", "the bytes end inside a number or a length", 1..<2),
    ("cb00", "the bytes end inside a number or a length", 0..<2),
    ("d9", "the bytes end inside a number or a length", 0..<1),
    ("92c101", "the byte c1 begins no MessagePack value", 1..<2),
  ])
  func `bytes that are no MessagePack are told where they are wrong`(
    packed: String, message: String, range: Range<Int>
  ) {
    let found = error { () throws(PayloadError) in try MessagePack.decode(hex(packed)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  @Test func `every shorter piece of a value is refused`() throws {
    for line in Vectors.messagePack {
      let packed = hex(line[1])
      for count in 0..<packed.count {
        #expect((try? MessagePack.decode(Array(packed[..<count]))) == nil)
      }
      #expect((try? MessagePack.decode(packed + [0xC0])) == nil)
    }
  }

  @Test func `nesting is limited, and what is announced costs no memory`() throws {
    let deep = { (count: Int) in [UInt8](repeating: 0x91, count: count) + [0xC0] }
    #expect(try MessagePack.encode(MessagePack.decode(deep(512))) == deep(512))
    #expect(error { () throws(PayloadError) in try MessagePack.decode(deep(513)) }?.range == 512..<513)
    #expect((try? MessagePack.decode([UInt8](repeating: 0x91, count: 1_000_000))) == nil)
    // Each level takes four brackets in the notation.
    let level: [UInt8] = [0xDE, 0x00, 0x01, 0x01]
    let maps = Array(repeatElement(level, count: 512).joined()) + [0xC0]
    #expect(try MessagePack.encode(MessagePack.decode(maps)) == maps)
    let keys = [UInt8](repeating: 0x81, count: 512) + [UInt8](repeating: 0xC0, count: 513)
    #expect(try MessagePack.encode(MessagePack.decode(keys)) == keys)
    let text = bytes(String(repeating: "[", count: 513) + String(repeating: "]", count: 513))
    #expect(error { () throws(PayloadError) in try MessagePack.encode(text) }?.range == 512..<513)
    // 100 arrays, each of which announces all that follows.
    let head: [UInt8] = [0xDD, 0x00, 0x00, 0x01, 0x00]
    let greedy = Array(repeatElement(head, count: 100).joined()) + [UInt8](repeating: 0, count: 65536)
    #expect((try? MessagePack.decode(greedy)) == nil)
  }

  // MARK: Laws

  @Test(arguments: 0..<20)
  func `bytes that are shown are typed back as they were`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<500 {
      let packed = Bool.random(using: &random) ? random.bytes(upTo: 12) : random.messagePack()
      if let found = error({ () throws(PayloadError) in try MessagePack.decode(packed) }) {
        #expect(found.range.lowerBound >= 0 && found.range.upperBound <= packed.count)
        continue
      }
      let notation = try MessagePack.decode(packed)
      #expect(try MessagePack.encode(notation) == packed, "\(text(notation))")
      #expect(text(notation).unicodeScalars.allSatisfy { $0.isPrintable })
    }
  }

  @Test(arguments: 0..<10)
  func `JSON that is typed is shown with the same values`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let source = random.json()
      guard let packed = try? MessagePack.encode(source) else { continue }
      let notation = try MessagePack.decode(packed)
      #expect(try MessagePack.encode(notation) == packed)
      #expect(try MessagePack.decode(MessagePack.encode(notation)) == notation)
    }
  }

  @Test func `every day of the calendar comes back`() throws {
    // Every 97 days from 0000-01-01 to 9999-12-31, and the days around each turn of a century.
    var seconds = Array(
      stride(from: Int64(-62_167_219_200), through: 253_402_300_799, by: 97 * 86_400 + 12_345))
    for century in Int64(0)...99 {
      let turn = Int64(-62_167_219_200) + century * 36_524 * 86_400
      seconds += (0..<120).map { turn + $0 * 86_400 }
    }
    var last = ""
    for second in seconds.sorted() where second <= 253_402_300_799 {
      let timestamp = try #require(MessagePackTimestamp(seconds: second, nanoseconds: 0))
      let notation = timestamp.notation
      #expect(MessagePackTimestamp(text: Array(notation.dropFirst().dropLast().utf8)) == timestamp)
      #expect(notation >= last)
      last = notation
    }
  }
}

extension SplitMix {
  /// MessagePack with forms of every length, shortest or not.
  mutating func messagePack(depth: Int = 0) -> [UInt8] {
    let big = { (number: Int, bytes: Int) in
      (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let kind = Int.random(in: 0...(depth < 4 ? 10 : 6), using: &self)
    let count = Int.random(in: 0...(kind > 6 ? 3 : 20), using: &self)
    let width = pick([1, 2, 4])
    let shift = UInt8(width.trailingZeroBitCount)
    switch kind {
    case 0: return [pick([0xC0, 0xC2, 0xC3])]
    case 1:
      return [
        Bool.random(using: &self)
          ? UInt8.random(in: 0...0x7F, using: &self) : .random(in: 0xE0...0xFF, using: &self)
      ]
    case 2:
      return [pick([0xCC, 0xD0]) + shift]
        + big(Int.random(in: -300...300, using: &self), width)
    case 3:
      let isDouble = Bool.random(using: &self)
      return [isDouble ? 0xCB : 0xCA]
        + (0..<(isDouble ? 8 : 4)).map { _ in UInt8.random(in: 0...255, using: &self) }
    case 4:
      let text =
        Bool.random(using: &self)
        ? bytes(upTo: 5) : bytes(of: ["$", "a", "é", "\"", "\u{1B}", "$bin"], upTo: 4)
      return
        (text.count < 32 && Bool.random(using: &self)
        ? [0xA0 + UInt8(text.count)] : [0xD9 + shift] + big(text.count, width)) + text
    case 5:
      return [0xC4 + shift] + big(count, width)
        + (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    case 6:
      let type = pick([UInt8(0xFF), 0x05])
      if Bool.random(using: &self) {
        let size = Int.random(in: 0...4, using: &self)
        return [0xD4 + UInt8(size), type] + (0..<1 << size).map { _ in UInt8.random(in: 0...3, using: &self) }
      }
      return [0xC7 + shift] + big(count, width) + [type]
        + (0..<count).map { _ in UInt8.random(in: 0...3, using: &self) }
    case 7: return [0x90 + UInt8(count)] + (0..<count).flatMap { _ in messagePack(depth: depth + 1) }
    case 8:
      return [width == 4 ? 0xDD : 0xDC] + big(count, max(2, width))
        + (0..<count).flatMap { _ in messagePack(depth: depth + 1) }
    default:
      let head = kind == 9 ? [0x80 + UInt8(count)] : [width == 4 ? 0xDF : 0xDE] + big(count, max(2, width))
      let hasNames = Bool.random(using: &self)
      return head
        + (0..<count).flatMap { _ -> [UInt8] in
          let name = bytes(of: ["$", "a", "é", "$map"], upTo: 3)
          let key = hasNames ? [0xA0 + UInt8(name.count)] + name : messagePack(depth: depth + 1)
          return key + messagePack(depth: depth + 1)
        }
    }
  }
}
