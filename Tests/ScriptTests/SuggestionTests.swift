import Script
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("sned", "send"), ("recieve", "receive"), ("SEND", "send"), ("snd", "send"), ("subs", "subscribe"),
    ("conect", "connect"), ("tru", "true"), ("bindd", "bind"), ("recc", "recv"),
  ])
  func `a slip is understood`(word: String, expected: String) {
    let known = ["bind", "connect", "recv", "receive", "send", "subscribe", "true", "unbind"]
    #expect(nearest(to: word, in: known) == expected)
  }

  @Test(arguments: ["", "x", "hello", "send", "zzzz", String(repeating: "send", count: 40)])
  func `what is far is not suggested`(word: String) {
    #expect(nearest(to: word, in: ["send", "recv", "y"]) == nil)
  }
}
