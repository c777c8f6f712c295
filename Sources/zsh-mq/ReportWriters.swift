import Reports
import Script
import Shell
import Suite
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The reports of one call, and where they go.
final class ReportWriters {
  private let reports: [(report: any Report, file: ReportFile)]
  private let human: HumanReport?
  private let humanDescriptor: Int32
  private var humanFailure: ZMQError?

  init(
    _ reports: [(report: any Report, file: ReportFile)], human: HumanReport?, humanDescriptor: Int32
  ) {
    self.reports = reports
    self.human = human
    self.humanDescriptor = humanDescriptor
  }

  /// Where every event goes, if anywhere.
  var eventFile: ReportFile? { reports.first { $0.report is JSONReport }?.file }

  func begin(_ count: Int) { write { $0.begin(count) } }

  func add(_ result: ScriptResult) { write { $0.add(result) } }

  /// Writes a script's event.
  func addEvent(_ line: [UInt8], path: String, run: Int) {
    for (report, file) in reports where report is JSONReport {
      file.write(JSONReport.event(line, path: path, run: run))
    }
  }

  /// Ends the reports; not nil where one could not be written, which has been told then.
  func end(_ summary: Summary) -> ExitStatus? {
    write { $0.end(summary) }
    var status: ExitStatus?
    if let humanFailure {
      // That the reader has gone is told by the status alone.
      if humanFailure.code == EPIPE {
        status = .brokenPipe
      } else {
        status = told(
          humanFailure, writing: humanDescriptor == 1 ? "to standard output" : "to standard error")
      }
    }
    for (_, file) in reports {
      do {
        try file.finish()
      } catch {
        status = told(error, writing: file.path == "-" ? "to standard output" : "'\(file.path)'")
      }
    }
    return status
  }

  private func told(_ error: ZMQError, writing target: String) -> ExitStatus {
    _ = ProcessSetup.report(Diagnostic(.error, "cannot write \(target): \(error) (\(error.name))"))
    return .failed
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
