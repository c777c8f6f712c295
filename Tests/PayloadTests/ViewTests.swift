import TestSupport
import Testing

@testable import Payload

@Suite struct ViewTests {
  @Test(arguments: [
    ("text", "Hello World", #""Hello World""#), ("hex", "Hello", "hex:48656c6c6f"),
    ("base64", "Hello", "base64:SGVsbG8="),
    ("raw", "a\u{1B}", "a\u{1B}"), ("z85", "Hell", "z85:'nm=QN'"), ("z85", "Hello", "Hello"),
    ("hex", "", "\"\""),
    ("json", "{ \"a\" : 1.0 }", #"{"a":1.0}"#), ("json", "5", "5"), ("json", "\"a\"", #"'"a"'"#),
    ("json", "Hello", "Hello"),
    ("json", "[\"$x\", \"it's\", \"\u{202E}\\\\$\"]", #"["\$x","it's","\u202e\\\$"]"#),
    ("json", "{\"a\":", #"'{"a":'"#),
    ("msgpack", "\u{1}", "msgpack:'1'"), ("msgpack", "Hello", "Hello"), ("msgpack", "", "\"\""),
    ("text", "", "\"\""), ("json", " [ ] ", "[]"),
  ])
  func `a frame is shown in its view, or else as text`(view: String, frame: String, shown: String) throws {
    #expect(try text(#require(View.named(view)).text(bytes(frame))) == shown)
  }

  @Test func `JSON and MessagePack can be laid out`() throws {
    let json = try #require(View.named("json")).text(bytes(#"{"a":[1,{}],"b":"$"}"#), .pretty)
    #expect(text(json) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"\\$\"\n}")
    let packed = try MessagePack.encode(bytes(#"{"it's":[1]}"#))
    let shown = try #require(View.named("msgpack")).text(packed, .pretty)
    #expect(text(shown) == "msgpack:'{\n  \"it\\u0027s\": [\n    1\n  ]\n}'")
    #expect(frame(of: shown) == packed)
    #expect(frame(of: json).flatMap { try? JSON($0).text(.compact) } == bytes(#"{"a":[1,{}],"b":"$"}"#))
  }

  @Test(arguments: 0..<20)
  func `what a view shows is typed back as the same frame`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let some = [
        random.bytes(upTo: 16), random.bytes(of: TextViewTests.pieces, upTo: 5), random.messagePack(),
        random.json(),
      ]
      for sent in some {
        for view in View.all where view.name != "raw" {
          for style in [JSON.Style.compact, .pretty] {
            let shown = view.text(sent, style)
            var appended: [UInt8] = []
            sent.withUnsafeBytes { view.append($0, style) { appended += $0 } }
            #expect(appended == shown)
            let back = frame(of: shown)
            if view.name == "json", view.fits(sent) {
              #expect(back.flatMap { try? JSONSubset.isSame(JSON($0), JSON(sent)) } == true, "\(text(shown))")
            } else {
              #expect(back == sent, "\(view.name): \(text(shown))")
            }
            #expect(
              text(shown).unicodeScalars.allSatisfy { $0.isPrintable || style == .pretty && $0 == "\n" })
          }
        }
      }
    }
  }

  @Test func `the views are sorted, and their examples are what they show`() {
    #expect(View.all.map(\.name) == View.all.map(\.name).sorted())
    for view in View.all {
      #expect(!view.summary.isEmpty)
      #expect(View.named(view.name)?.name == view.name)
      guard let sent = frame(of: bytes(view.example)) else {
        Issue.record("\(view.example) is no word")
        continue
      }
      #expect(text(view.text(sent)) == view.example)
    }
    #expect(View.named("nope") == nil)
  }
}
