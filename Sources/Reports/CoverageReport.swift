import Script

extension Coverage {
  /// How much of a file ran, and which lines did not.
  struct FileCoverage {
    let name: String
    let ran: Int
    let count: Int
    /// The lines in which a statement begins that did not run.
    let missing: [Int]

    /// Rounded down, so that 100 means all.
    var percent: Int { count == 0 ? 100 : ran * 100 / count }

    init(_ name: String, _ statements: [Int: Statement]) {
      self.name = name
      count = statements.count
      ran = statements.values.count { $0.count > 0 }
      missing = Set(statements.values.filter { $0.count == 0 }.map(\.line)).sorted()
    }
  }

  /// The files, sorted by name.
  var byFile: [FileCoverage] { files.keys.sorted().map { FileCoverage($0, files[$0] ?? [:]) } }

  /// A table for people: a line a file, and the lines that did not run.
  var table: String {
    let rows = byFile
    let count = rows.reduce(0) { $0 + $1.count }
    let ran = rows.reduce(0) { $0 + $1.ran }
    var text = ""
    for row in rows {
      text += Self.padded(row.percent) + " % of \(row.count)  \(DisplayText.safe(row.name))"
      text += (row.missing.isEmpty ? "" : "  not run: \(Self.ranges(row.missing))") + "\n"
    }
    return text + Self.padded(count == 0 ? 100 : ran * 100 / count) + " % of \(count) statements\n"
  }

  private static func padded(_ percent: Int) -> String {
    let text = String(percent)
    return String(repeating: " ", count: max(0, 5 - text.count)) + text
  }

  /// `3, 7-9`
  static func ranges(_ lines: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for line in lines {
      if let last = ranges.last, last.upperBound + 1 == line {
        ranges[ranges.count - 1] = last.lowerBound...line
      } else {
        ranges.append(line...line)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
