import Payload
import Testing

@Suite("Regular expressions")
struct RegularExpressionTests {
  private func groups(_ pattern: String, _ bytes: [UInt8], _ scope: RegularExpression.Scope = .whole) throws
    -> [Range<Int>?]?
  {
    try RegularExpression(Array(pattern.utf8), matching: scope).match(bytes)
  }

  @Test("the whole of the bytes must match, or a part of them")
  func scope() throws {
    #expect(try groups("b+", Array("abbc".utf8)) == nil)
    #expect(try groups("b+", Array("abbc".utf8), .part) == [1..<3])
    #expect(try groups("a|ab", Array("ab".utf8)) == [0..<2])
    #expect(try groups("ab$", Array("ab\n".utf8), .part) == nil)
    #expect(try groups("", [], .whole) == [0..<0])
  }

  @Test("a group that took no part has no range")
  func absentGroup() throws {
    #expect(try groups("(x)?(a)", Array("a".utf8)) == [0..<1, nil, 0..<1])
  }

  @Test("named groups are known by name and number, both spellings")
  func names() throws {
    let expression = try RegularExpression(Array(#"(\w)(?<later>.)(?P<last>.)"#.utf8), matching: .whole)
    #expect(expression.groups.map(\.name) == ["later", "last"])
    #expect(expression.groups.map(\.number) == [2, 3])
  }

  @Test("characters are those of UTF-8, and other bytes match nothing")
  func characters() throws {
    #expect(try groups("gr.n", Array("grün".utf8)) == [0..<5])
    #expect(try groups(#"\w+"#, Array("grün".utf8)) == [0..<5])
    #expect(try groups(".", [0xFF]) == nil)
    #expect(try groups("b", [0xFF, 0x62], .part) == [1..<2])
  }

  @Test(
    "an expression that tries too many ways gives up", arguments: [#"(a+)+b?c"#, #"(a|a)*c"#, #"(.*)*c"#])
  func limit(pattern: String) throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 64) + [UInt8(ascii: "!")]
    let expression = try RegularExpression(Array("(?:\(pattern))!".utf8), matching: .whole)
    do {
      // What the library finds out without trying is as well.
      #expect(try expression.match(bytes) == nil)
    } catch {
      #expect(error == .gaveUp)
    }
  }

  @Test("what is wrong with a pattern has its place")
  func place() {
    #expect {
      _ = try groups("ab(c", [])
    } throws: {
      ($0 as? PayloadError)?.message == "this is no regular expression: missing closing parenthesis"
        && ($0 as? PayloadError)?.range == 4..<4
    }
    #expect {
      _ = try groups("a**+b", [])
    } throws: {
      ($0 as? PayloadError)?.range == 2..<3
    }
  }
}
