import Testing

@testable import Reports

@Suite struct MarkupTests {
  @Test func `Nothing in a text is markup`() {
    #expect(Markup.escaped("<a href=\"x\">&amp;]]></a>") == "&lt;a href=\"x\"&gt;&amp;amp;]]&gt;&lt;/a&gt;")
    #expect(Markup.escaped("\"a\"\n\t'", inAttribute: true) == "&quot;a&quot;&#10;&#9;'")
  }

  @Test func `Characters that XML forbids are replaced`() {
    for value: UInt32 in [0, 1, 8, 11, 12, 0x1F, 0xFFFE, 0xFFFF] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(Markup.escaped(String(scalar)) == "\u{FFFD}")
    }
    #expect(Markup.escaped("a\u{7F}🦜\r\n") == "a\u{7F}🦜&#13;\n")
  }
}
