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
    help: ArgumentHelp("Write the results in TAP 14; '-' is standard output.", valueName: "file"),
    completion: .file())
  var reportTap: String?

  /// Two reports cannot share standard output.
  func check() throws {
    let count = rows.count { $0.path == "-" }
    if count > 1 { throw ValidationError("only one report goes to standard output") }
  }

  /// Opens the files.
  func open(human: HumanReport?) throws -> ReportWriters {
    var reports: [(any Report, ReportFile)] = []
    for (path, make) in rows {
      guard let path else { continue }
      do {
        reports.append((make(), try ReportFile(path)))
      } catch {
        throw SuiteError("cannot write", path, error)
      }
    }
    return ReportWriters(reports, events: nil, human: human, humanDescriptor: usesStandardOutput ? 2 : 1)
  }

  var usesStandardOutput: Bool { rows.contains { $0.path == "-" } }

  /// Where each kind of report goes, if anywhere.
  private var rows: [(path: String?, make: () -> any Report)] {
    [(reportTap, { TAPReport() })]
  }

  static func paint(_ options: ReportOptions) -> HumanReport.Paint {
    let style = Style(fileDescriptor: options.usesStandardOutput ? 2 : 1)
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

/// The reports of one call, and where they go.
final class ReportWriters {
  private var reports: [(report: any Report, file: ReportFile)]
  private let events: ReportFile?
  private let human: HumanReport?
  private let humanDescriptor: Int32
  private var humanFailure: ZMQError?

  init(
    _ reports: [(any Report, ReportFile)], events: ReportFile?, human: HumanReport?, humanDescriptor: Int32
  ) {
    self.reports = reports.map { (report: $0.0, file: $0.1) }
    self.events = events
    self.human = human
    self.humanDescriptor = humanDescriptor
  }

  /// Whether every event is wanted.
  var wantsEvents: Bool { events != nil }

  func begin(_ count: Int) { write { $0.begin(count) } }

  func add(_ result: ScriptResult) { write { $0.add(result) } }

  /// Writes a script's event.
  func addEvent(_ line: [UInt8], of run: SuiteRunner.Run) {}

  /// Ends the reports; false where one could not be written, which has been told then.
  func end(_ summary: Summary) -> Bool {
    write { $0.end(summary) }
    var areWritten = true
    for file in reports.map(\.file) + [events].compactMap({ $0 }) {
      do {
        try file.finish()
      } catch {
        _ = ScriptRun.report(Diagnostic(.error, "cannot write '\(file.path)': \(error) (\(error.name))"))
        areWritten = false
      }
    }
    return areWritten && humanFailure == nil
  }

  private func write(_ part: (any Report) -> String) {
    for (report, file) in reports { file.write(part(report)) }
    guard let human, humanFailure == nil else { return }
    do {
      try FileContents.write(Array(part(human).utf8), to: humanDescriptor)
    } catch {
      humanFailure = error
    }
  }
}
