import Script
import Shell

/// Every event of every script as JSON Lines, with times, and a line for each result.
///
/// ```json
/// {"event":"begun","version":"0.1.0","scripts":1}
/// {"script":"demo.zs","run":1,"time":0.001204,"event":"sent","socket":"client","frames":["Hello"],"size":5}
/// {"script":"demo.zs","run":1,"event":"result","outcome":"passed","took":0.014002}
/// {"event":"ended","passed":1,"failed":0,"skipped":0,"stopped":0,"took":0.015211}
/// ```
///
/// Events stand in the order in which they came: those of scripts that run side by side are mixed.
public final class JSONReport: Report {
  /// Makes a report.
  public init() {}

  /// The line of the beginning.
  public func begin(_ count: Int) -> String {
    var line = JSONLine()
    line.add("event", "begun")
    line.add("version", Version.number)
    line.add("scripts", count)
    return text(line)
  }

  /// The line of a result.
  public func add(_ result: ScriptResult) -> String {
    var line = Self.head(path: result.path, run: result.run)
    line.add("event", "result")
    let word =
      switch result.outcome {
      case .passed: "passed"
      case .failed: "failed"
      case .crashed: "crashed"
      case .overran: "overran"
      case .unusable: "unusable"
      case .skipped: "skipped"
      case .stopped: "stopped"
      }
    line.add("outcome", word)
    line.add("reason", result.reason)
    if case .failed(let status) = result.outcome { line.add("exit", Int(status.rawValue)) }
    if case .crashed(let signal) = result.outcome { line.add("signal", Int(signal)) }
    line.add("took", result.took)
    if !result.output.isEmpty { line.add("output", result.output.text) }
    if !result.errors.isEmpty { line.add("errors", result.errors.text) }
    return text(line)
  }

  /// The line of the end.
  public func end(_ summary: Summary) -> String {
    var line = JSONLine()
    line.add("event", "ended")
    line.add("passed", summary.passed)
    line.add("failed", summary.failed)
    line.add("skipped", summary.skipped)
    line.add("stopped", summary.stopped)
    line.add("interruption", summary.interruption)
    line.add("took", summary.took)
    return text(line)
  }

  /// An event's line with its script before it.
  ///
  /// - Parameter line: What ``EventRecord/jsonLine(after:)`` gave.
  public static func event(_ line: [UInt8], path: String, run: Int) -> [UInt8] {
    // Both are objects, of which the second loses its bracket.
    var bytes = head(path: path, run: run).end()
    bytes[bytes.count - 1] = UInt8(ascii: ",")
    return bytes + line.dropFirst() + [UInt8(ascii: "\n")]
  }

  private static func head(path: String, run: Int) -> JSONLine {
    var line = JSONLine()
    line.add("script", path)
    line.add("run", run)
    return line
  }

  private func text(_ line: JSONLine) -> String { String(decoding: line.end(), as: UTF8.self) + "\n" }
}
