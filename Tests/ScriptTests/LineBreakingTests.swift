import Testing

@testable import Script

@Suite struct LineBreakingTests {
  @Test func `a line that fits, or that no terminal shows, is left alone`() {
    #expect(LineBreaking.lines(of: "one two", from: 3, below: 5, 30) == ["one two"])
    let long = String(repeating: "word ", count: 50)
    #expect(LineBreaking.lines(of: long, from: 0, below: 2, nil) == [long])
  }

  @Test func `it breaks at blanks, and what goes on stands below`() {
    #expect(
      LineBreaking.lines(of: "nobody listens there; it goes on trying", from: 6, below: 6, 32) == [
        "nobody listens there; it", "      goes on trying",
      ])
  }

  @Test func `what is to be typed stays whole`() {
    #expect(
      LineBreaking.lines(of: "first `client recv`, or `within 30s client recv` later", from: 0, below: 2, 36)
        == [
          "first `client recv`, or", "  `within 30s client recv` later",
        ])
  }

  @Test func `what is wider than the line is left to the terminal`() {
    let key = String(repeating: "k", count: 60)
    #expect(
      LineBreaking.lines(of: "the key \(key) is it", from: 0, below: 2, 40) == [
        "the key", "  \(key)", "  is it",
      ])
  }

  @Test func `wide characters count twice`() {
    #expect(
      LineBreaking.lines(of: "日本語日本語 日本語日本語 x", from: 0, below: 0, 24) == ["日本語日本語", "日本語日本語 x"])
  }

  @Test(arguments: [24, 30, 47, 80], [0, 6, 20])
  func `nothing is lost, and nothing wider than the terminal where its words are not`(columns: Int, hang: Int)
  {
    let text = "a bb ccc dddd `e f` ggggg hhhhhh iiiiiii `j k l m n` o pp qqq rrrr sssss tttttt"
    let lines = LineBreaking.lines(of: text, from: hang, below: hang, columns)
    let words = lines.joined(separator: " ").split(separator: " ")
    #expect(words == text.split(separator: " "))
    if columns - hang >= 24 { #expect(lines.dropFirst().allSatisfy { $0.count <= columns }) }
  }
}
