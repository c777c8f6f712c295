import Testing

@testable import Terminal

@Suite struct HistoryWalkTests {
  private func walk(_ entries: String...) -> HistoryWalk {
    var walk = HistoryWalk()
    for entry in entries { walk.add(entry) }
    return walk
  }

  @Test func `it goes back, and forth again to what was typed`() {
    var walk = walk("one", "two", "three")
    #expect(walk.older(than: "") == "three")
    #expect(walk.older(than: "three") == "two")
    #expect(walk.older(than: "two") == "one")
    #expect(walk.older(than: "one") == nil)
    #expect(walk.newer(than: "one") == "two")
    #expect(walk.newer(than: "two") == "three")
    #expect(walk.newer(than: "three") == "")
    #expect(walk.newer(than: "") == nil)
  }

  @Test func `only what begins with the typed text is met`() {
    var walk = walk("send a", "recv", "sen", "se", "send b", "recv as send")
    #expect(walk.older(than: "sen") == "send b")
    #expect(walk.older(than: "send b") == "send a")
    #expect(walk.older(than: "send a") == nil)
    #expect(walk.newer(than: "send a") == "send b")
    #expect(walk.newer(than: "send b") == "sen")
  }

  @Test func `each text is met once`() {
    var walk = walk("a", "b", "a", "b", "b", "a")
    #expect(walk.entries.count == 5)
    #expect(walk.older(than: "") == "a")
    #expect(walk.older(than: "a") == "b")
    #expect(walk.older(than: "b") == nil)
  }

  @Test func `what was changed begins a new walk`() {
    var walk = walk("send a", "send ab", "recv")
    #expect(walk.older(than: "") == "recv")
    #expect(walk.older(than: "send a") == "send ab")
    #expect(walk.newer(than: "send ab") == "send a")
    #expect(walk.older(than: "") == "recv")
    walk.leave()
    #expect(walk.newer(than: "recv") == nil)
    #expect(walk.older(than: "x") == nil)
  }

  @Test func `a folded text is unfolded in its place, and deleted whole`() {
    var folds = Folds()
    let lines = folds.fold("a\nb\nc", "pasted")
    let long = folds.fold("[pasted 1: 3 lines]", "recalled")
    #expect(lines == "[pasted 1: 3 lines]")
    #expect(long == "[recalled 2: 19 characters]")
    #expect(folds.unfolded("x \(lines) y [") == "x a\nb\nc y [")
    #expect(folds.unfolded("[1, 2]") == "[1, 2]")
    #expect(folds.labelLength(endOf: "send \(lines)") == 19)
    #expect(folds.labelLength(endOf: "send \(lines) ") == nil)
  }
}
