import Payload
import Testing

@Suite("A pattern is proposed for what differs")
struct PatternProposalTests {
  private func word(_ frames: String...) -> String? {
    PatternProposal.word(for: frames.map { Array($0.utf8) })
  }

  @Test("What is always the same needs none")
  func same() {
    #expect(word("World", "World") == nil)
    #expect(word("World") == nil)
  }

  @Test("Numbers that differ are digits, and the rest stays literal")
  func numbers() {
    #expect(word("World 1", "World 20") == #"re:'World \d+'"#)
    #expect(word("1", "2") == #"re:'\d+'"#)
    #expect(word("port 5546, try 1", "port 5546, try 2") == #"re:'port 5546, try \d+'"#)
  }

  @Test("A time is a whole: its hour is the same only for now")
  func times() {
    #expect(word("t=10:31:02.5 (up)", "t=10:31:07.9 (up)") == #"re:'t=\d+:\d+:\d+\.\d+ \(up\)'"#)
    #expect(
      word("2026-11-22 10:31:02 ok", "2026-11-22 10:31:07 ok") == #"re:'\d+-\d+-\d+ \d+:\d+:\d+ ok'"#)
    #expect(word("2026-11-22T10:31:02Z", "2026-11-22T10:31:07Z") == #"re:'\d+-\d+-\d+T\d+:\d+:\d+Z'"#)
  }

  @Test("Words that differ are letters")
  func words() {
    #expect(word("Hello Ada!", "Hello Charles!") == #"re:'Hello \p{L}+!'"#)
  }

  @Test("Where the forms differ, the shared beginning and end stay")
  func frames() {
    #expect(word("id=a1b2;ok", "id=7c;ok") == #"re:"id=.*;ok""#)
    #expect(word("a", "-") == "_")
  }

  @Test("Objects keep the members that they share")
  func objects() {
    #expect(word(#"{"id": 1, "ok": true}"#, #"{"id": 2, "ok": true}"#) == #"{"ok":true}"#)
    #expect(
      word(#"{"a": {"t": 1, "s": "$x"}, "l": [1, 2]}"#, #"{"l": [1, 3], "a": {"s": "$x", "t": 2}}"#)
        == #"{"a":{"s":"\$x"}}"#)
    #expect(word(#"{"a": 1}"#, #"{"b": 1}"#) == "{}")
  }

  @Test("Binary frames are anything")
  func binary() {
    #expect(PatternProposal.word(for: [[0, 1], [0, 2]]) == "_")
    #expect(PatternProposal.word(for: [[0xFF], [0x41]]) == "_")
  }

  @Test("A quote in what is shared is quoted")
  func quotes() {
    #expect(word("it's 1", "it's 2") == #"re:"it's \\d+""#)
  }

  @Test(
    "The word matches every frame that it was made of, however the characters are composed",
    arguments: [
      // A vowel sign is alphabetic and no letter.
      ["= \u{928}\u{940}", "= \u{928}\u{93E}"],
      ["\u{E9}: 1", "e\u{301}: 2"],
      ["\u{AC00} 1", "\u{1100}\u{1161} 2"],
      ["x(\u{301}1", "x(\u{301}2"],
      ["\u{E9}-a", "e\u{301}-1"],
      ["1-\u{E9}!", "a-e\u{301}!"],
    ])
  func composition(_ texts: [String]) throws {
    let frames = texts.map { Array($0.utf8) }
    let word = try #require(PatternProposal.word(for: frames))
    if word == "_" { return }
    // In double quotes each backslash stands twice.
    let quoted = String(word.dropFirst("re:'".count).dropLast())
    let pattern = word.hasPrefix("re:'") ? quoted : quoted.replacing("\\\\", with: "\\")
    let expression = try RegularExpression(Array(pattern.utf8), matching: .whole)
    for frame in frames { #expect(try expression.match(frame) != nil) }
  }
}
