import TestSupport
import Testing

@testable import Payload

@Suite struct TextViewTests {
  @Test(arguments: [
    ("Hello", "Hello"), ("", "\"\""), ("Hello World", "\"Hello World\""), ("it's", "\"it's\""),
    ("hex:00", "\"hex:00\""), ("12:30", "\"12:30\""), ("linger=0", "\"linger=0\""), ("_", "\"_\""),
    ("...", "\"...\""), ("....", "...."), ("as", "\"as\""), ("nothing", "\"nothing\""),
    ("nothings", "nothings"),
    ("#5", "\"#5\""), ("{\"a\": 1}", "'{\"a\": 1}'"), ("[1]", "\"[1]\""), ("|", "\"|\""), (">", "\">\""),
    (">file", "\">file\""), ("a>b", "a>b"), ("$x", "'$x'"), ("$x's", "\"\\$x's\""), ("a;b", "\"a;b\""),
    ("}", "\"}\""), ("\\", "'\\'"), ("a\nb", "\"a\\nb\""), ("\u{1B}[2J", "\"\\e[2J\""), ("é☃", "é☃"),
    ("\u{202E}x", "\"\\u{202e}x\""), ("\u{85}", "\"\\u{85}\""), ("\u{3164}", "\"\\u{3164}\""),
    ("❤\u{FE0F}", "❤\u{FE0F}"), ("👩\u{200D}🚀", "\"👩\\u{200d}🚀\""), ("a\u{A0}b", "\"a\\u{a0}b\""),
    // A mark on a quote makes one character of the two for Swift, and is no less a quote.
    ("'\u{301}$", "\"'\u{301}\\$\""), ("\"\u{301}", "'\"\u{301}'"),
  ])
  func `a frame is shown as a word that can be typed back`(frame: String, word: String) {
    #expect(TextView.word(bytes(frame)) == word)
  }

  @Test func `invalid UTF-8 is shown byte by byte`() {
    #expect(TextView.word([0xFF, 0x41, 0xC3]) == #""\xffA\xc3""#)
    #expect(TextView.word([0xED, 0xA0, 0x80]) == #""\xed\xa0\x80""#)
    #expect(TextView.word([0xC0, 0x80]) == #""\xc0\x80""#)
    #expect(TextView.word([0xF4, 0x90, 0x80, 0x80]) == #""\xf4\x90\x80\x80""#)
  }

  static let pieces = [
    "'", "\"", "\\", "$", "`", "{", "}", "[", "]", "#", ";", " ", "\n", "\r", "\t", "\0", "\u{1B}", "hex:",
    "json:",
    "re:", "=", ":", "_", "...", "as", "nothing", "|", ">", ">>", "a", "Z", "0", "é", "☃", "😀", "\u{301}",
    "\u{202E}", "\u{A0}", "\u{FEFF}", "\u{E000}", "\u{10FFFF}", "$x", "${", "\\x", "-", "//", "[::1]",
  ]

  @Test(arguments: 0..<20)
  func `a word reads back as the same bytes`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    for _ in 0..<500 {
      let bytes =
        Bool.random(using: &random) ? random.bytes(upTo: 20) : random.bytes(of: Self.pieces, upTo: 6)
      let word = TextView.word(bytes)
      #expect(frame(of: Array(word.utf8)) == bytes, "\(word)")
      #expect(frame(of: Array(TextView.quoted(bytes).utf8)) == bytes)
      #expect(frame(of: Array("\"\(TextView.escaped(bytes))\"".utf8)) == bytes)
      #expect(word.unicodeScalars.allSatisfy { $0.isPrintable })
    }
  }

  @Test func `every single byte and every pair of ASCII reads back`() {
    for first in UInt8.min...UInt8.max {
      #expect(frame(of: TextView.wordBytes([first])) == [first])
      guard first < 0x80 else { continue }
      for second in UInt8.min..<0x80 {
        #expect(frame(of: TextView.wordBytes([first, second])) == [first, second])
      }
    }
  }

  @Test func `no character that is shown could drive a terminal`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.isPrintable else { continue }
      #expect(scalar.properties.generalCategory != .control)
      #expect(scalar.properties.generalCategory != .format)
      #expect(!scalar.properties.isBidiControl)
      #expect(!scalar.properties.isWhitespace || scalar == " ")
    }
  }

  @Test func `the table of plain characters holds letters, digits and the plain signs`() {
    let plain = Set("-_.,/+*@%^!?()<>~&".utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(PlainCharacters.contains(byte) == (byte.isLetterOrDigit || plain.contains(byte)))
    }
  }

  @Test(arguments: 0..<10)
  func `appending a word gives what word gives`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    for _ in 0..<300 {
      let frame =
        Bool.random(using: &random) ? random.bytes(upTo: 4) : random.bytes(of: Self.pieces, upTo: 4)
      var output: [UInt8] = []
      frame.withUnsafeBytes { TextView.append($0) { output += $0 } }
      #expect(text(output) == TextView.word(frame))
    }
  }
}
