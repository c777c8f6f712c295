import ArgumentParser
import Reports
import Script
import Shell
import Suite
import Terminal
import ZeroMQ

/// Where reports go.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write the results in TAP 14.", valueName: "file"),
    completion: .file())
  var reportTap: String?

  @Option(
    help: ArgumentHelp("Write the results in the XML of JUnit, which CI servers read.", valueName: "file"),
    completion: .file())
  var reportJunit: String?

  @Option(
    help: ArgumentHelp("Write every event and result, with times, as JSON Lines.", valueName: "file"),
    completion: .file())
  var reportJSON: String?

  @Option(
    help: ArgumentHelp("Write a page of one file that draws each conversation.", valueName: "file"),
    completion: .file())
  var reportHTML: String?

  /// A row a report: where it goes, if anywhere, and what makes it.
  private var rows: [Row] {
    [
      (reportTap, { TAPReport() }), (reportJunit, { JUnitReport() }), (reportJSON, { JSONReport() }),
      (reportHTML, { HTMLReport() }),
    ]
  }

  /// A report: where it goes, if anywhere, and what makes it.
  typealias Row = (path: String?, make: () -> any Report)

  /// Whether any report is wanted.
  var areWanted: Bool { rows.contains { $0.path != nil } }

  /// Whether one goes to standard output.
  func usesStandardOutput(with more: [Row] = []) -> Bool { (rows + more).contains { $0.path == "-" } }

  /// Two reports cannot share standard output, nor a file.
  func check(with more: [Row] = []) throws {
    var paths: Set<String> = []
    for case let path? in (rows + more).map(\.path) where !paths.insert(path).inserted {
      if path == "-" { throw ValidationError("only one report goes to standard output") }
      throw ValidationError("two reports cannot go to the same file, '\(DisplayText.safe(path))'")
    }
  }

  /// Opens the files, before anything runs: a path that cannot be written is told at once.
  ///
  /// - Parameter more: Reports that are not every subcommand's.
  func open(human: HumanReport?, with more: [Row] = []) throws(SuiteError) -> ReportWriters {
    var reports: [(report: any Report, file: ReportFile)] = []
    for (path, make) in rows + more {
      guard let path else { continue }
      do {
        reports.append((make(), try ReportFile(path)))
      } catch {
        throw SuiteError("cannot write", path, error)
      }
    }
    return ReportWriters(reports, human: human, humanDescriptor: usesStandardOutput(with: more) ? 2 : 1)
  }

  /// The colours of the lines for people, where they go to a terminal.
  func paint(with more: [Row] = []) -> HumanReport.Paint {
    let style = Style(fileDescriptor: usesStandardOutput(with: more) ? 2 : 1)
    return { role, text in
      switch role {
      case .passed: style.apply(.success, to: text)
      case .failed: style.apply(.error, to: text)
      case .skipped: style.apply(.warning, to: text)
      case .dim: style.apply(.dim, to: text)
      case .strong: style.apply(.strong, to: text)
      }
    }
  }
}
