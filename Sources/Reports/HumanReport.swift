import Script
import Shell

/// The report for a person: a line for each script, and all that helps with those that failed.
public final class HumanReport: Report {
  /// Gives a piece of text its colour; it does not change the text's width.
  public typealias Paint = @Sendable (Role, String) -> String

  /// What a piece of text is.
  public enum Role: Sendable { case passed, failed, skipped, dim, strong }

  private let paint: Paint
  private let isVerbose: Bool
  private var failures: [String] = []
  private var times: [(name: String, took: Duration)] = []

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - isVerbose: Whether the output of scripts that passed is shown too.
  ///   - paint: Gives colours.
  public init(isVerbose: Bool = false, paint: @escaping Paint = { _, text in text }) {
    self.isVerbose = isVerbose
    self.paint = paint
  }

  /// Nothing: the first script says enough.
  public func begin(_ count: Int) -> String { "" }

  /// The script's line; where it failed its last phase, what it wrote, and why.
  public func add(_ result: ScriptResult) -> String {
    if result.outcome != .passed, !result.isFailure {
      return line("skip", .skipped, result) + paint(.dim, ": \(result.reason ?? "")") + "\n"
    }
    times.append((result.name, result.took))
    guard result.isFailure else {
      return line("ok", .passed, result) + "\n" + (isVerbose ? outputs(of: result) : "")
    }
    failures.append("\(result.name): \(DisplayText.safe(result.reason ?? ""))")
    var text =
      line("FAIL", .failed, result) + "\n" + LastPhase(result.events).text(paint) + outputs(of: result)
    // What the script itself could not say.
    switch result.outcome {
    case .failed: if result.failures.isEmpty { text += remark(result) }
    default: text += remark(result)
    }
    return text
  }

  /// How many passed, which failed, which took longest.
  public func end(_ summary: Summary) -> String {
    var text = "\n"
    if let interruption = summary.interruption {
      text += paint(.failed, "stopped: \(interruption)") + "\n"
    }
    if failures.count > 1 {
      text += paint(.strong, "failed:") + "\n" + failures.map { "  \($0)\n" }.joined()
    }
    if let coverage = summary.coverage {
      text += paint(.strong, "statements that ran:") + "\n" + coverage.table
    }
    // Of a few, each line tells.
    if times.count > Self.fewScripts {
      let slowest = times.enumerated().sorted { ($0.element.took, $1.offset) > ($1.element.took, $0.offset) }
        .prefix(3).map { "\($0.element.name) \($0.element.took.spokenText)" }
      text += paint(.dim, "slowest: \(slowest.joined(separator: ", "))") + "\n"
    }
    var counts: [String] = []
    if summary.passed > 0 { counts.append(paint(.passed, "\(summary.passed) passed")) }
    if summary.failed > 0 { counts.append(paint(.failed, "\(summary.failed) failed")) }
    if summary.skipped > 0 { counts.append(paint(.skipped, "\(summary.skipped) skipped")) }
    if summary.stopped > 0 { counts.append(paint(.skipped, "\(summary.stopped) not run")) }
    let scripts = summary.count == 1 ? "1 script" : "\(summary.count) scripts"
    return text + "\(scripts): \(counts.joined(separator: ", ")) in \(summary.took.spokenText)\n"
  }

  private static let fewScripts = 5

  private func line(_ word: String, _ role: Role, _ result: ScriptResult) -> String {
    let padding = String(repeating: " ", count: 5 - word.count)
    let time = result.outcome == .passed || result.isFailure ? "  \(result.took.spokenText)" : ""
    return paint(role, word) + padding + result.name + paint(.dim, time)
  }

  private func remark(_ result: ScriptResult) -> String {
    var text = paint(.failed, "error") + ": \(DisplayText.safe(result.reason ?? ""))\n"
    for step in LastPhase(result.events).unfinished {
      guard case .statement(let line, _, _) = step.kind else { continue }
      let task = step.task.map { " in the task '\(DisplayText.safe($0))'" } ?? ""
      text += "   = note: it was in line \(line)\(task): \(step.text)\n"
    }
    return text
  }

  private func outputs(of result: ScriptResult) -> String {
    var text = ""
    if !result.output.isEmpty {
      text += paint(.dim, "  output:") + "\n" + Self.last(of: result.output.text)
    }
    if !result.errors.isEmpty { text += Self.last(of: result.errors.text).coloringErrors(paint) }
    return text
  }

  /// The last lines of what a script wrote, each with its line end.
  private static func last(of text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    let gone = lines.count - mostLines
    let head = gone > 0 ? "… \(gone) lines before these\n" : ""
    return head + lines.suffix(mostLines).joined(separator: "\n") + "\n"
  }

  private static let mostLines = 40
}

extension String {
  /// Lines that begin an error stand out, as they do where a script runs at a terminal.
  fileprivate func coloringErrors(_ paint: HumanReport.Paint) -> String {
    let head = "error: "
    return split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix(head) else { return String(line) }
      return paint(.failed, "error") + paint(.strong, ": " + line.dropFirst(head.count))
    }.joined(separator: "\n")
  }
}
