import Reports
import Script
import Shell
import Suite

/// The reports of one script that `run` runs.
final class RunReports {
  private let writers: ReportWriters
  private let recorder: ResultRecorder
  private let stream: EventStream?

  /// Opens the files; nil where no report is wanted.
  ///
  /// - Throws: Where one cannot be written: before anything runs.
  init?(_ options: ReportOptions, path: String) throws(SuiteError) {
    guard options.areWanted else { return nil }
    writers = try options.open(human: nil)
    recorder = ResultRecorder(path: path)
    // Written as it happens: a script may run for days.
    stream = writers.eventFile.map { EventStream(descriptor: $0.descriptor, script: path) }
    writers.begin(1)
  }

  /// What reads the events.
  var sink: any EventSink { stream.map { SinkPair(recorder, $0) } ?? recorder }

  /// Writes the reports; false where one could not be written, which has been told then.
  func finish(_ status: ExitStatus) -> Bool {
    stream?.finish()
    let result = recorder.result(status)
    var summary = Summary()
    summary.note(result)
    summary.took = result.took
    writers.add(result)
    return writers.end(summary) == nil
  }
}
