import Script
import TestSupport
import Testing

@testable import Payload

@Suite struct EncodingTests {
  // MARK: Hex

  @Test func `hex takes digits of either case and blanks between bytes`() throws {
    #expect(try Hex.decode(bytes("48656C6c6f")) == bytes("Hello"))
    #expect(try Hex.decode(bytes(" 48 65\n6c 6c6f ")) == bytes("Hello"))
    #expect(try Hex.decode([]) == [])
    #expect(text(Hex.encode([0x00, 0x0F, 0xFF])) == "000fff")
  }

  @Test(arguments: [
    ("4g", "'g' is no hexadecimal digit", 1..<2, []),
    ("4865zz", "'z' is no hexadecimal digit", 4..<5, []),
    ("é0", "'é' is no hexadecimal digit", 0..<2, []),
    ("\u{1B}0", "'\\e' is no hexadecimal digit", 0..<1, []),
    ("0x48", "'x' is no hexadecimal digit", 1..<2, ["the digits stand without '0x'"]),
    ("486", "3 hexadecimal digits are an odd number: a byte has two", 2..<3, []),
    ("4", "1 hexadecimal digit is an odd number: a byte has two", 0..<1, []),
    ("48 6 6c", "'6' stands alone: a byte has two hexadecimal digits", 3..<4, []),
  ])
  func `hex that is none is told where it is wrong`(
    argument: String, message: String, range: Range<Int>, help: [String]
  ) {
    #expect(
      error { () throws(PayloadError) in try Hex.decode(bytes(argument)) }
        == PayloadError(message, at: range, help: help))
  }

  // MARK: Base64

  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `the vectors of RFC 4648 hold`(plain: String, encoded: String) throws {
    #expect(text(Base64.encode(bytes(plain))) == encoded)
    #expect(try Base64.decode(bytes(encoded)) == bytes(plain))
    #expect(try Base64.decode(bytes(encoded.filter { $0 != "=" })) == bytes(plain))
  }

  @Test func `base64 is what Python makes of it, in both alphabets`() throws {
    for line in Vectors.base64 {
      #expect(text(Base64.encode(hex(line[0]))) == line[1])
      #expect(try Base64.decode(bytes(line[1])) == hex(line[0]))
      #expect(try Base64.decode(bytes(line[2])) == hex(line[0]))
    }
  }

  @Test(arguments: [
    ("Zm9!", "'!' is no character of base64", 3..<4), ("Zm 9v", "' ' is no character of base64", 2..<3),
    ("Zm=v", "'=' stands only at the end of base64", 2..<3),
    ("Zm9vY", "'Y' is left over: a group has 2, 3 or 4 characters", 4..<5),
    ("Zg=", "2 '=' belong here, not 1", 2..<3), ("Zm8==", "1 '=' belong here, not 2", 3..<5),
    ("Zm9v=", "no '=' belongs here: the last group is whole", 4..<5),
    ("=", "no '=' belongs here: the last group is whole", 0..<1),
    ("Zh==", "'h' has bits that belong to no byte", 1..<2),
    ("Zm9=", "'9' has bits that belong to no byte", 2..<3),
    ("+_", "'+' and '_' are of two alphabets", 1..<2), ("-aa/", "'-' and '/' are of two alphabets", 3..<4),
  ])
  func `base64 that is none is told where it is wrong`(argument: String, message: String, range: Range<Int>) {
    let found = error { () throws(PayloadError) in try Base64.decode(bytes(argument)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  @Test func `for any bytes there is one text of base64 alone`() throws {
    // Of all texts of two characters, those that are taken give every byte once.
    let alphabet = (UInt8(0x21)...0x7E).filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    var seen: [[UInt8]] = []
    for first in alphabet {
      for second in alphabet where second != UInt8(ascii: "=") {
        if let bytes = try? Base64.decode([first, second]) { seen.append(bytes) }
      }
    }
    #expect(seen.count == 256)
    #expect(Set(seen).count == 256)
  }

  // MARK: Z85

  @Test func `the vector of ZeroMQ RFC 32 holds`() throws {
    let frame: [UInt8] = [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]
    #expect(Z85.encode(frame).map(text) == "HelloWorld")
    #expect(try Z85.decode(bytes("HelloWorld")) == frame)
    // The key of RFC 32's reference implementation.
    let key: [UInt8] = [
      0x8E, 0x0B, 0xDD, 0x69, 0x76, 0x28, 0xB9, 0x1D, 0x8F, 0x24, 0x55, 0x87, 0xEE, 0x95, 0xC5, 0xB0,
      0x4D, 0x48, 0x96, 0x3F, 0x79, 0x25, 0x98, 0x77, 0xB4, 0x9C, 0xD9, 0x06, 0x3A, 0xEA, 0xD3, 0xB7,
    ]
    #expect(Z85.encode(key).map(text) == "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")
  }

  @Test func `z85 is what pyzmq makes of it`() throws {
    for line in Vectors.z85 {
      #expect(Z85.encode(hex(line[0])).map(text) == line[1])
      #expect(try Z85.decode(bytes(line[1])) == hex(line[0]))
    }
  }

  @Test(arguments: [
    ("HelloWorl", "9 characters: the length of Z85 is a multiple of 5", 5..<9),
    ("Hello W", "' ' is no character of Z85", 5..<6), ("Hell\"", "'\\\"' is no character of Z85", 4..<5),
    ("Hellé", "'é' is no character of Z85", 4..<6),
    ("#####", "'#####' is more than four bytes hold", 0..<5),
    ("Hello%nSc1", "'%nSc1' is more than four bytes hold", 5..<10),
  ])
  func `z85 that is none is told where it is wrong`(argument: String, message: String, range: Range<Int>) {
    let found = error { () throws(PayloadError) in try Z85.decode(bytes(argument)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  // MARK: Laws

  @Test(arguments: 0..<10)
  func `what hex, base64 and z85 write they read`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<300 {
      let frame = random.bytes(upTo: 60)
      #expect(try Hex.decode(Hex.encode(frame)) == frame)
      #expect(try Base64.decode(Base64.encode(frame)) == frame)
      #expect((Z85.encode(frame) == nil) == (frame.count % 4 != 0))
      if let text = Z85.encode(frame) { #expect(try Z85.decode(text) == frame) }
    }
  }

  @Test(arguments: 0..<10)
  func `no argument breaks an encoding, and every error lies within it`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces =
      TextViewTests.pieces + ["=", "==", "Zg", "00", "0.", "1e", "{\"$bin\":\"", "{\"$", "\\u", "KiB"]
    for _ in 0..<500 {
      let argument =
        Bool.random(using: &random) ? random.bytes(upTo: 12) : random.bytes(of: pieces, upTo: 8)
      for encoding in Encoding.all {
        guard let error = error({ () throws(PayloadError) in try encoding.frame(argument) }) else { continue }
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= argument.count)
        #expect(!error.message.isEmpty)
        #expect(error.message.unicodeScalars.allSatisfy { $0.isPrintable }, "\(error.message)")
      }
    }
  }

  // MARK: Zeros and random

  @Test(arguments: [
    ("0", 0), ("1", 1), ("1024", 1024), ("1_000", 1000), ("64KiB", 65536), ("1KB", 1000), ("1.5KB", 1500),
    ("0.5KiB", 512), ("3B", 3), ("1GiB", 1 << 30), ("0.001MB", 1000),
  ])
  func `a number of bytes is read with its unit`(argument: String, count: Int) throws {
    #expect(try ByteCount.parse(bytes(argument)) == count)
  }

  @Test(arguments: [
    ("", "the number of bytes is missing", 0..<0), ("x", "'x' is no number of bytes", 0..<1),
    ("-1", "'-1' is no number of bytes", 0..<2), ("5kb", "'kb' is no unit of size", 1..<3),
    ("1.2.3", "'.3' is no unit of size", 3..<5), ("1.5", "'1.5' is no whole number of bytes", 0..<3),
    ("1.00000001GiB", "'1.00000001GiB' is more than 1GiB, the most that a frame is made of here", 0..<13),
    ("2GiB", "'2GiB' is more than 1GiB, the most that a frame is made of here", 0..<4),
    (
      "99999999999999999999999",
      "'99999999999999999999999' is more than 1GiB, the most that a frame is made of here",
      0..<23
    ),
    ("0.0000000000000000000000001GiB", "there are too many digits after the point", 0..<30),
  ])
  func `a number of bytes that is none is told where it is wrong`(
    argument: String, message: String, range: Range<Int>
  ) {
    let found = error { () throws(PayloadError) in try ByteCount.parse(bytes(argument)) }
    #expect(found?.message == message)
    #expect(found?.range == range)
  }

  @Test func `zeros are zeros, and random bytes differ each time`() throws {
    #expect(try Zeros.frame(bytes("5")) == [0, 0, 0, 0, 0])
    for count in [0, 1, 7, 8, 9, 32, 65535, 65536, 65537, 200_000] {
      #expect(try RandomBytes.frame(bytes("\(count)")).count == count)
    }
    let one = try RandomBytes.frame(bytes("200000"))
    #expect(try one != RandomBytes.frame(bytes("200000")))
    #expect(Set(one.suffix(100_000)).count == 256)
  }

  // MARK: The table

  @Test func `the encodings are sorted, and their examples are words that they read`() throws {
    #expect(Encoding.all.map(\.name) == Encoding.all.map(\.name).sorted())
    for encoding in Encoding.all {
      #expect(!encoding.summary.isEmpty)
      #expect(frame(of: bytes(encoding.example)) != nil, "\(encoding.example)")
      #expect(encoding.example.hasPrefix("\(encoding.name):"))
      #expect(Encoding.named(encoding.name)?.name == encoding.name)
    }
  }

  @Test func `only a prefix outside quotes names an encoding`() {
    #expect(frame(of: bytes("hex:00")) == [0])
    #expect(frame(of: bytes("'hex:00'")) == bytes("hex:00"))
    #expect(frame(of: bytes("text:'a b'")) == bytes("a b"))
    #expect(frame(of: bytes(#"hex:"\x30\x30""#)) == [0])
    #expect(frame(of: bytes("hex:")) == [])
    #expect(Encoding.prefix(of: bytes("tcp://x"), bareCount: 7) == nil)
    #expect(Encoding.prefix(of: bytes("hex"), bareCount: 3) == nil)
  }
}
