import Script
import Shell

/// Changes to a script as `diff -U0` shows them, which `patch` takes where no line holds a secret.
public struct LineDifference {
  private let source: SourceFile
  private let changes: [ExpectationUpdate.Change]

  /// Makes the difference of a script and what it is after changes.
  public init(_ source: SourceFile, _ changes: [ExpectationUpdate.Change]) {
    self.source = source
    self.changes = changes.sorted { $0.span.start < $1.span.start }
  }

  /// The lines, without colours; safe for a terminal.
  public var lines: [String] {
    let name = DisplayText.safe(source.name)
    return ["--- \(name)", "+++ \(name)"] + hunks.flatMap(\.lines)
  }

  /// The changes of one piece of the script.
  public struct Hunk {
    /// The changes.
    public let changes: [ExpectationUpdate.Change]
    /// `@@ … @@`, then the lines before and after.
    public let lines: [String]
  }

  /// The changes by the lines that they are in.
  public var hunks: [Hunk] {
    var hunks: [Hunk] = []
    var group: [ExpectationUpdate.Change] = []
    var lineShift = 0
    func finish() {
      guard let first = group.first, let last = group.last else { return }
      let from = source.line(of: first.span.start)
      let to = source.line(of: last.span.end)
      let start = source.span(ofLine: from).start
      let end = source.span(ofLine: to).end
      let old = Self.lines(source.bytes[start..<end])
      let moved = group.map {
        ExpectationUpdate.Change(
          span: Span($0.span.start - start, $0.span.end - start), text: $0.text, of: $0.expectation)
      }
      let new = Self.lines(ExpectationUpdate.apply(moved, to: Array(source.bytes[start..<end]))[...])
      let head = "@@ -\(Self.range(from, old.count)) +\(Self.range(from + lineShift, new.count)) @@"
      hunks.append(Hunk(changes: group, lines: [head] + old.map { "-" + $0 } + new.map { "+" + $0 }))
      lineShift += new.count - old.count
      group = []
    }
    for change in changes {
      if let last = group.last, source.line(of: change.span.start) > source.line(of: last.span.end) {
        finish()
      }
      group.append(change)
    }
    finish()
    return hunks
  }

  private static func range(_ start: Int, _ count: Int) -> String {
    count == 1 ? "\(start)" : "\(start),\(count)"
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      DisplayText.safe(SecretWords.masked(String(decoding: $0, as: UTF8.self)))
    }
  }
}
