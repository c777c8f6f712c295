import Testing

@testable import Terminal

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("hello", 5), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🎉", 2), ("a\tb", 2),
    ("\u{1B}[1;31mred\u{1B}[0m", 3),
    ("\u{1B}]0;title\u{07}x", 1), ("\u{1B}]8;;u\u{1B}\\link\u{1B}]8;;\u{1B}\\", 4), ("\u{1B}", 0),
    ("\u{1B}[", 0),
    ("\u{1B}c!", 1),
  ])
  func `a text is as wide as a terminal draws it`(_ text: String, _ width: Int) {
    #expect(displayWidth(of: text) == width)
  }

  @Test func `escape sequences of a prompt are marked, joined, and moved before the last character`() {
    func marked(_ text: String) -> String {
      var result = ""
      result.unicodeScalars += PromptText(text).marked
      return result
    }
    #expect(marked("zs> ") == "zs> ")
    #expect(marked("\u{1B}[1mz\u{1B}[0m ") == "\u{1}\u{1B}[1m\u{1}z\u{1}\u{1B}[0m\u{1} ")
    #expect(marked("\u{1B}[1m\u{1B}[31mz") == "\u{1}\u{1B}[1m\u{1B}[31m\u{1}z")
    #expect(marked("\u{1B}[1mzs \u{1B}[0m") == "\u{1}\u{1B}[1m\u{1}zs\u{1}\u{1B}[0m\u{1} ")
    #expect(marked("\u{1B}[1m") == "")
    #expect(marked("a\nb\u{7}") == "a b")
    #expect(PromptText("\u{1B}[1m日\u{1B}[0m").visible == ["日"])
  }

  @Test func `the cursor is where libedit draws it`() {
    func position(_ text: String, rows: Int = 10) -> [Int] {
      var position = ScreenPosition(on: TerminalSize(columns: 10, rows: rows))
      for scalar in text.unicodeScalars { position.advance(over: scalar) }
      return [position.row, position.column]
    }
    #expect(position("") == [0, 0])
    #expect(position("123456789") == [0, 9])
    #expect(position("1234567890") == [1, 0])
    #expect(position("123456789日") == [1, 2])
    #expect(position("12345678日") == [1, 0])
    #expect(position("12\t3") == [0, 9])
    #expect(position("a\nb") == [1, 1])
    #expect(position("\u{1}") == [0, 2])
    #expect(position("\u{200B}").count == 2)
    #expect(position(String(repeating: "x", count: 95), rows: 4) == [3, 5])
  }

  @Test func `a wide character that does not fit takes the cursor with it`() {
    var position = ScreenPosition(on: TerminalSize(columns: 10, rows: 5))
    for scalar in "123456789".unicodeScalars { position.advance(over: scalar) }
    position.settle(before: "日")
    #expect(position.row == 1 && position.column == 0)
  }
}
