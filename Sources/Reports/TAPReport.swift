import Script

/// The Test Anything Protocol, version 14 (testanything.org): a line a script, and for one that failed a YAML block.
public final class TAPReport: Report {
  private var number = 0

  /// Makes a report.
  public init() {}

  /// The version and the plan.
  public func begin(_ count: Int) -> String { "TAP version 14\n1..\(count)\n" }

  /// `ok 1 - demo.zs`
  public func add(_ result: ScriptResult) -> String {
    number += 1
    let word = result.isFailure ? "not ok" : "ok"
    var line = "\(word) \(number) - \(Self.escaped(result.name))"
    if !result.isFailure, let reason = result.reason {
      line += " # SKIP \(DisplayText.safe(reason))"
    }
    return line + "\n" + (result.isFailure ? block(result) : "")
  }

  /// Whether it was stopped, and the counts as comments.
  public func end(_ summary: Summary) -> String {
    let comment = "# \(summary.passed) passed, \(summary.failed) failed, \(summary.skipped) skipped\n"
    return comment + (summary.interruption.map { "Bail out! \($0)\n" } ?? "")
  }

  private func block(_ result: ScriptResult) -> String {
    var lines = ["message: \(Self.quoted(result.reason ?? ""))", "severity: fail"]
    if let finding = result.failures.last, let file = finding.file {
      lines += [
        "at:", "  file: \(Self.quoted(file))", "  line: \(finding.line)", "  column: \(finding.column)",
      ]
    }
    if case .failed(let status) = result.outcome { lines.append("exit: \(status.rawValue)") }
    lines.append("duration_ms: \(result.took.secondsText(digits: 3).millisecondsText)")
    let phase = LastPhase(result.events)
    if let name = phase.name { lines.append("phase: \(Self.quoted(name))") }
    let pictures = result.failures.flatMap { $0.picture.split(separator: "\n") }
    if !pictures.isEmpty {
      lines.append("picture: |")
      lines += pictures.map { "  \($0)" }
    }
    return "  ---\n" + lines.map { "  \($0)\n" }.joined() + "  ...\n"
  }

  /// A description: `\` and `#` are escaped, so that nothing in a name is read as a directive.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
  }

  /// A scalar of YAML in double quotes, which JSON's strings are too.
  private static func quoted(_ text: String) -> String { JSONLine.quoted(text) }
}

extension String {
  /// Seconds with three digits after the point as milliseconds.
  fileprivate var millisecondsText: String {
    let digits = filter { $0 != "." }.drop { $0 == "0" }
    return digits.isEmpty ? "0" : String(digits)
  }
}
