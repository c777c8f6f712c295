@testable import Shell
import Testing

@Suite struct ScopeTests {
  @Test func `a name has one slot, read or set`() {
    let scope = Scope()
    let slot = scope.slot(of: "x")
    #expect(scope.bind("x") == slot)
    #expect(scope.bind("y") != slot)
    #expect(scope.count == 2)
    #expect(scope.bound == ["x", "y"])
  }

  @Test func `only what is read counts as read`() {
    let scope = Scope()
    let set = scope.bind("set")
    #expect(!scope.isRead(set))
    let read = scope.slot(of: "read")
    #expect(scope.isRead(read))
    #expect(scope.slot(of: "set") == set && scope.isRead(set))
  }

  @Test func `a shadowed name has a slot of its own and comes back after`() {
    let scope = Scope()
    let outer = scope.bind("i")
    let (first, second) = scope.shadowing("i") { first in
      #expect(scope.slot(of: "i") == first)
      let second = scope.shadowing("i") { $0 }
      #expect(scope.slot(of: "i") == first)
      return (first, second)
    }
    #expect(Set([outer, first, second]).count == 3)
    #expect(scope.slot(of: "i") == outer)
    #expect(scope.bound.contains("i"))
  }

  @Test func `a name that was only shadowed is not bound after`() {
    let scope = Scope()
    scope.shadowing("i") { _ in #expect(scope.bound.contains("i")) }
    #expect(!scope.bound.contains("i"))
    #expect(scope.slots["i"] == nil)
  }

  @Test func `a copy begins with the same slots and goes its own way`() {
    let scope = Scope()
    let x = scope.bind("x")
    let copy = scope.copy()
    #expect(copy.slot(of: "x") == x)
    _ = copy.bind("mine")
    #expect(scope.slots["mine"] == nil)
    #expect(!scope.isRead(x))
    scope.noteReads(of: copy)
    #expect(scope.isRead(x))
  }

  @Test func `a frame keeps its values when it grows`() {
    let frame = Frame(scriptName: "test", values: [.integer(1), .text("two")])
    frame.values[2] = .list([.integer(3)])
    for count in [1, 16, 17, 100, 1000] { frame.reserve(count) }
    #expect(frame.values[0].text == "1" && frame.values[1].text == "two" && frame.values[2].text == "3")
    guard case .undefined = frame.values[999] else {
      Issue.record("a new slot has \(frame.values[999])")
      return
    }
    #expect(frame.snapshot(3).map(\.text) == ["1", "two", "3"])
  }

  // MARK: In scripts

  @Test(arguments: [
    ("repeat 2 { repeat 2 { print $i } }", "1 2 1 2"),
    ("repeat 2 { print $i; repeat 2 { print $i }; print $i }", "1 1 2 1 2 1 2 2"),
    ("let i = 9; repeat 2 { print $i }; print $i", "1 2 9"),
    ("let i = 9; repeat 2 { let i = 5; print $i }; print $i", "5 5 9"),
    ("for n in 1..2 { for n in 3..4 { print $n }; print $n }", "3 4 4 3 4 4"),
    ("let x = 1; if true { let x = 2 }; print $x", "2"),
    ("let x = 1; repeat 3 { let x = $x + $x }; print $x", "8"),
    ("loop { if true { break }; print never }; print out", "out"),
    ("repeat 3 { if $i == 2 { continue }; print $i }", "1 3"),
    ("for x in [1, \"b\", 2s] { print $x }", "1 b 2s"),
    ("for x in 3..1 { print $x }; print none", "none"),
    ("for x in [] { print $x }; print none", "none"),
    ("repeat 0 { print never }; print none", "none"),
    ("while false { print never }; print none", "none"),
    ("let x = 0; while $x < 3 { let x = $x + 1; print $x }", "1 2 3"),
    ("let x = [1, 2]; let y = $x; let x = 3; print $y $x", "1 2 3"),
  ])
  func `blocks share variables, and each repeat has its own index`(script: String, expected: String) throws {
    let shell = try TestShell()
    #expect(shell.run(script) == .completed, "\(shell.listener.take())")
    #expect(shell.written.split(whereSeparator: \.isWhitespace).joined(separator: " ") == expected)
  }

  @Test func `a task has copies: what it sets stays with it`() throws {
    let shell = try TestShell()
    let script = """
      let x = "before"
      repeat 2 {
        task "worker$i" { print "$x $i"; let x = "in the task"; let i = 7; print "$x $i" }
        wait "worker$i"
      }
      print $x
      """
    #expect(shell.run(script) == .completed, "\(shell.listener.take())")
    let expected = """
      worker1: before 1
      worker1: in the task 7
      worker2: before 2
      worker2: in the task 7
      before

      """
    #expect(shell.written == expected)
  }

  @Test func `at the prompt variables live on from line to line`() throws {
    let shell = try TestShell()
    // More names than a frame begins with.
    for number in 1...50 { #expect(shell.run("let x\(number) = \(number)") == .completed) }
    #expect(shell.run("repeat 2 { print ${$x1 + $x50 + $i} }") == .completed)
    #expect(shell.written == "52\n53\n")
  }
}
