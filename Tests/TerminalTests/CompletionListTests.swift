@testable import Terminal
import TestSupport
import Testing

@Suite struct CompletionListTests {
  private func list(_ count: Int, label: String = "name", summary: String = "what it is") -> CompletionList {
    let choices = (1...count).map { number in
      CompletionChoices.Choice(text: "x", label: "\(label)\(number)", summary: summary, isWhole: true)
    }
    return CompletionList(choices, style: .plain)
  }

  @Test(arguments: [20, 80, 200], [1, 2, 7, 60, 300])
  func `no row is wider than the screen, and every choice is on one page`(columns: Int, count: Int) {
    for (label, summary) in [
      ("a", ""), ("name", "what it is"), ("日本語の名前", "全角文字の説明です、長いもの"),
      ("a_very_long_name_that_fills_a_row", "long"),
      ("e\u{301}", "combining"), ("x", String(repeating: "long ", count: 60)),
    ] {
      let list = list(count, label: label, summary: summary)
      for rows in [1, 2, 5, 22] {
        var shown = 0
        var page = 0
        repeat {
          let lines = list.rows(ofPage: page, columns: columns, rows: rows)
          #expect(lines.count <= rows && !lines.isEmpty)
          #expect(lines.allSatisfy { displayWidth(of: $0) < columns && $0.last != " " })
          shown += list.choices(ofPage: page, columns: columns, rows: rows)
          page += 1
        } while shown < count && page <= count
        #expect(shown == count)
      }
    }
  }

  @Test func `columns are filled downwards, and a summary stands beside each label`() {
    #expect(
      list(3).rows(ofPage: 0, columns: 80, rows: 10) == [
        "name1  what it is", "name2  what it is", "name3  what it is",
      ])
    #expect(
      list(3).rows(ofPage: 0, columns: 80, rows: 2) == [
        "name1  what it is  name3  what it is", "name2  what it is",
      ])
    #expect(list(4, summary: "").rows(ofPage: 0, columns: 20, rows: 9) == ["name1  name3", "name2  name4"])
  }

  @Test func `what is more than the rows hold is paged, and the last page leads to the first`() {
    let list = list(10)
    #expect(
      list.rows(ofPage: 0, columns: 20, rows: 3) == [
        "name1   what it is", "name2   what it is", "1 to 2 of 10, Tab …",
      ])
    #expect(list.rows(ofPage: 4, columns: 24, rows: 3).last == "9 to 10 of 10, Tab for…")
    #expect(list.rows(ofPage: 5, columns: 24, rows: 3) == list.rows(ofPage: 0, columns: 24, rows: 3))
  }

  @Test(arguments: [
    (["send", "set"], "se"), (["a"], "a"), (["x", "y"], ""), (["'two w'", "'two.z'"], "'two"),
    (["日本", "日曜"], "日"),
    (["ab", "a"], "a"),
  ])
  func `what all choices begin with`(texts: [String], common: String) {
    let choices = texts.map { CompletionChoices.Choice(text: $0, label: $0, summary: "", isWhole: true) }
    #expect(CompletionChoices(range: 0..<0, choices: choices).commonPrefix == Array(common.unicodeScalars))
  }

  @Test func `ten thousand choices are laid out in no time that one notices`() {
    let list = list(10_000)
    let begin = processorTime()
    #expect(list.rows(ofPage: 0, columns: 80, rows: 22).count == 22)
    #expect(processorTime() - begin < .seconds(1))
  }

  // MARK: Hints

  @Test(arguments: [
    ("lo world", "lo world", "lo"), (" world again", " world again", " world"), ("x {\n  y\n}", "x {", "x"),
    ("", "", ""),
    ("  a", "  a", "  a"),
  ])
  func `a hint is taken whole up to its line end, or a word of it`(hint: String, line: String, word: String) {
    #expect(LineEditor.part(of: hint, isWord: false) == Array(line.unicodeScalars))
    #expect(LineEditor.part(of: hint, isWord: true) == Array(word.unicodeScalars))
  }

  @Test func `the newest entry that goes on with the line is found, also while it is typed`() {
    let entries = ["send a", "send bb", "recv", "send b", "set x", "日本", "send b"]
    var search = HistorySearch()
    #expect(search.newest(startingWith: "s", in: entries) == "send b")
    #expect(search.newest(startingWith: "se", in: entries) == "send b")
    #expect(search.newest(startingWith: "set", in: entries) == "set x")
    #expect(search.newest(startingWith: "send", in: entries) == "send b")
    #expect(search.newest(startingWith: "send b", in: entries) == "send bb")
    #expect(search.newest(startingWith: "send bb", in: entries) == nil)
    #expect(search.newest(startingWith: "send bbb", in: entries) == nil)
    #expect(search.newest(startingWith: "send ", in: entries) == "send b")
    #expect(search.newest(startingWith: "日", in: entries) == "日本")
    #expect(search.newest(startingWith: "日", in: entries + ["日x"]) == "日x")
  }

  @Test func `a search that goes on finds what a new one finds`() {
    var random = SplitMix(seed: 1)
    let entries = (0..<500).map { _ in String((0..<6).map { _ in "ab".randomElement(using: &random) ?? "a" })
    }
    for _ in 0..<200 {
      var search = HistorySearch()
      var line = ""
      for _ in 0..<6 {
        line += ["a", "b"].randomElement(using: &random) ?? "a"
        let wanted = entries.last { $0.hasPrefix(line) && $0.utf8.count > line.utf8.count }
        #expect(search.newest(startingWith: line, in: entries) == wanted)
      }
    }
  }
}
