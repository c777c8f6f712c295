import ArgumentParser
import Reports
import Script
import Shell
import ZeroMQ

/// One script, run from its start to the program's end.
struct ScriptRun {
  private let source: SourceFile
  private let arguments: [String]
  private let options: ScriptOptions
  private let events: EventStream?
  private let reports: RunReports?

  init(
    _ source: SourceFile, arguments: [String], _ options: ScriptOptions, events: EventOptions? = nil,
    reports: RunReports? = nil
  ) {
    self.reports = reports
    self.events = events?.stream
    self.source = source
    self.arguments = arguments
    self.options = options
  }

  /// Runs it and tells how the program ends.
  func exitCode() -> ExitCode {
    do {
      return ExitCode(try run().rawValue)
    } catch {
      return ProcessSetup.report(Diagnostic(.error, "cannot start: \(error) (\(error.name))"))
    }
  }

  private func run() throws(ZMQError) -> ExitStatus {
    let process = try ProcessSetup()
    let console = Console(
      renderer: ProcessSetup.renderer(), isInteractive: false, trace: options.trace,
      write: ProcessSetup.writeError)
    var sink: any EventSink = console
    if let events { sink = SinkPair(sink, events) }
    if let reports { sink = SinkPair(sink, reports.sink) }
    let session = Session(
      try Runtime(sink: sink), interrupt: process.interrupt, isInteractive: false,
      waitLimit: (options.timeout ?? WaitLimit(duration: .seconds(5))).duration, scriptName: source.name,
      arguments: arguments, allowsPrograms: !options.refusesPrograms)
    let status = session.run(source).exitStatus
    session.close()
    events?.finish()
    // What still lingers is waited for when the context goes; a second Ctrl-C need not wait.
    process.releaseSignals()
    if let reports, !reports.finish(status), status == .success { return .failed }
    return status
  }
}
