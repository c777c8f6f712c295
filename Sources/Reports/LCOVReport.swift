/// Coverage as LCOV's tracefiles have it (geninfo(1)): what editors and servers read.
public final class LCOVReport: Report {
  /// Makes a report.
  public init() {}

  /// Nothing yet.
  public func begin(_ count: Int) -> String { "" }

  /// Nothing yet: files are merged over scripts.
  public func add(_ result: ScriptResult) -> String { "" }

  /// A record a file, a line a line of a script in which a statement begins.
  public func end(_ summary: Summary) -> String {
    guard let coverage = summary.coverage else { return "" }
    var text = ""
    for name in coverage.files.keys.sorted() {
      var counts: [Int: Int] = [:]
      for statement in (coverage.files[name] ?? [:]).values {
        // A line ran as often as the statement of it that ran least.
        counts[statement.line] = min(counts[statement.line] ?? .max, statement.count)
      }
      // A name is a line.
      text += "TN:\nSF:\(name.replacing("\n", with: "\\n"))\n"
      for line in counts.keys.sorted() { text += "DA:\(line),\(counts[line] ?? 0)\n" }
      text += "LF:\(counts.count)\nLH:\(counts.values.count { $0 > 0 })\nend_of_record\n"
    }
    return text
  }
}
