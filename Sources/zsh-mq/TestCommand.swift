import ArgumentParser
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

/// `zsh-mq test PATH... [-- ARG...]`
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run many scripts as tests, side by side, and report.",
    usage: "zsh-mq test [<options>] [<path> ...] [-- <arg> ...]",
    discussion: """
      Each script runs in a process of its own, as 'run' does it. A folder stands for all scripts (*.zs) below it but \
      those whose names begin with '_' or '.'. A comment '# phase: NAME' names a step; of a script that fails the \
      last step is shown in full. A comment '# skip: WHY' at a script's head leaves it out. What stands after '--' is \
      $1, $2 and so on for each script. A report's file '-' is standard output.

      Exit status: 0 no script failed, 4 one did, 3 the scripts cannot be found or a report cannot be written, \
      64 the command line is wrong, 129, 130 and 143 ended by SIGHUP, SIGINT and SIGTERM, 141 the reader of the output has gone.
      """)

  @OptionGroup var selection: Selection
  @OptionGroup var pace: Pace
  @OptionGroup var options: ScriptOptions
  @OptionGroup var reports: ReportOptions

  @Flag(help: "Say which statements of the scripts, and of the files that they source, ran.")
  var coverage = false

  @Option(
    help: ArgumentHelp("Write which lines ran as LCOV has it; says --coverage too.", valueName: "file"),
    completion: .file())
  var reportLcov: String?

  @Flag(name: .shortAndLong, help: "Show the output of scripts that passed, too.")
  var verbose = false

  @Argument(
    help: ArgumentHelp("Scripts, and folders of scripts; without any, this folder.", valueName: "path"),
    completion: .file(extensions: ["zs"]))
  var paths: [String] = []

  /// What stands after `--`. See ``words(_:)``.
  @Option(name: .customLong("argument"), parsing: .unconditionalSingleValue, help: .hidden)
  var arguments: [String] = []

  /// ArgumentParser takes one list of positional words alone, so what stands after `--` becomes options.
  static func words(_ words: [String]) -> [String] {
    guard words.first == configuration.commandName, let end = words.firstIndex(of: "--") else { return words }
    return words[..<end] + words[(end + 1)...].flatMap { ["--argument", $0] }
  }

  /// Which scripts run.
  struct Selection: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Only scripts whose path holds this text, or matches it as a regular expression.", valueName: "text"))
    var filter: String?

    @Flag(help: "Only scripts that failed when they ran last; all where none did.")
    var rerunFailed = false

    @Option(
      name: .customLong("repeat"), help: ArgumentHelp("Run each script so often.", valueName: "count"))
    var repeatCount = 1

    @Flag(help: "Run them in an order by chance; its seed is told.")
    var shuffle = false

    @Option(help: ArgumentHelp("Run them in the order of this seed.", valueName: "number"))
    var seed: UInt64?
  }

  /// How they run.
  struct Pace: ParsableArguments {
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "How many run at a time. Without it: as many as there are cores.", valueName: "count"))
    var jobs: Int?

    @Option(
      help: ArgumentHelp("How long each script may take as a whole, or 'never'.", valueName: "duration"))
    var limit = WaitLimit(duration: .seconds(60))

    @Flag(help: "Begin no script, and end those that run, once one has failed.")
    var failFast = false
  }

  /// The report that only tests have.
  fileprivate var lcov: ReportOptions.Row { (reportLcov, { LCOVReport() }) }

  /// How often a script runs at most: each run is kept, and so many take weeks.
  private static let mostRuns = 1_000_000

  /// Whether it is counted which statements ran.
  var countsStatements: Bool { coverage || reportLcov != nil }

  func validate() throws {
    if let jobs = pace.jobs, jobs < 1 { throw ValidationError("--jobs is 1 or more") }
    guard (1...Self.mostRuns).contains(selection.repeatCount) else {
      throw ValidationError("--repeat is 1 to \(Self.mostRuns)")
    }
    try reports.check(with: [lcov])
  }

  func run() throws {
    do {
      var testRun = try TestRun(self)
      throw ExitCode(try testRun.run().rawValue)
    } catch let error as SuiteError {
      throw ProcessSetup.report(Diagnostic(.error, error.message, help: error.help.map { [$0] } ?? []))
    } catch let error as ZMQError {
      throw ProcessSetup.report(Diagnostic(.error, "cannot start: \(error) (\(error.name))"))
    }
  }
}

/// The scripts of one call of `test`, from the paths to the exit status.
private struct TestRun {
  private let command: TestCommand
  private let process: ProcessSetup
  private let writers: ReportWriters
  private var failedScripts = FailedScripts()

  init(_ command: TestCommand) throws {
    self.command = command
    // Before anything runs: a path that cannot be written is told at once.
    writers = try command.reports.open(
      human: HumanReport(isVerbose: command.verbose, paint: command.reports.paint(with: [command.lcov])),
      with: [command.lcov])
    process = try ProcessSetup()
  }

  mutating func run() throws -> ExitStatus {
    let scripts = try select()
    var runs = scripts.flatMap { path in
      (1...command.selection.repeatCount).map { number in
        SuiteRunner.Run(path: path, number: number, count: command.selection.repeatCount)
      }
    }
    if let seed = command.selection.seed
      ?? (command.selection.shuffle ? UInt64(UInt32.random(in: .min ... .max)) : nil)
    {
      var shuffle = Shuffle(seed: seed)
      runs = shuffle.order(runs)
      note("the order is that of --seed \(seed)")
    }
    let runner = SuiteRunner(settings, stoppedBy: process.interrupt)
    let progress = Progress(count: runs.count)
    var summary = Summary()
    var coverage = Coverage()
    var failed: [String] = []
    var passed: [String] = []
    writers.begin(runs.count)
    runner.onResult = { [writers] result in
      summary.note(result)
      coverage.merge(result.coverage)
      if result.isFailure { failed.append(result.path) }
      if result.outcome == .passed { passed.append(result.path) }
      progress.erase()
      writers.add(result)
    }
    runner.onProgress = { ended, running in progress.show(ended, running) }
    if writers.eventFile != nil {
      runner.onEvent = { [writers] run, line in writers.addEvent(line, path: run.path, run: run.number) }
    }
    let start = ContinuousClock.now
    let reasons = runner.run(runs)
    progress.erase()
    summary.took = .now - start
    if command.countsStatements { summary.coverage = coverage }
    if !reasons.isEmpty { summary.interruption = "interrupted" }
    let unwritten = writers.end(summary)
    remember(failed: failed, passed: passed)
    if !reasons.isEmpty { return Self.status(of: reasons) }
    if let unwritten { return unwritten }
    return summary.failed > 0 ? .mismatch : .success
  }

  private var settings: SuiteRunner.Settings {
    var words = ["run", "--events", String(SuiteRunner.eventDescriptor)]
    if writers.eventFile != nil { words.append("--all-events") }
    if command.countsStatements { words.append("--count-statements") }
    if let timeout = command.options.timeout { words += ["--timeout", timeout.text] }
    if command.options.refusesPrograms { words.append("--no-shell") }
    if command.options.trace { words.append("--trace") }
    var settings = SuiteRunner.Settings(words: words)
    settings.arguments = command.arguments
    settings.jobs = command.pace.jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    // A century is as good as for ever.
    settings.limit = command.pace.limit.duration ?? .seconds(36_525 * 86_400)
    settings.failsFast = command.pace.failFast
    return settings
  }

  private func select() throws -> [String] {
    var scripts = try ScriptFinder(command.paths.isEmpty ? ["."] : command.paths).scripts
    if let filter = command.selection.filter {
      let regex = try? Regex(filter)
      scripts = scripts.filter { path in
        path.contains(filter) || (regex.map { (try? $0.firstMatch(in: path)) != nil } ?? false)
      }
      if scripts.isEmpty {
        throw SuiteError("no script's path matches '\(DisplayText.safe(filter))'")
      }
    }
    if command.selection.rerunFailed {
      let failed = scripts.filter { failedScripts?.contains($0) ?? false }
      if failed.isEmpty {
        note("none of these scripts failed when it ran last: all are run")
      } else {
        scripts = failed
      }
    }
    return scripts
  }

  private mutating func remember(failed: [String], passed: [String]) {
    do {
      try failedScripts?.note(failed: failed, passed: passed)
    } catch {
      let warning = Diagnostic(.warning, "which scripts failed is not kept: \(error) (\(error.name))")
      ProcessSetup.writeError(ProcessSetup.renderer().render(warning) + "\n")
    }
  }

  private func note(_ text: String) {
    ProcessSetup.writeError(ProcessSetup.renderer().render(Diagnostic(.note, text)) + "\n")
  }

  private static func status(of reasons: Interrupt.Reasons) -> ExitStatus {
    if reasons.contains(.terminate) { return .terminated }
    return reasons.contains(.hangup) ? .hungUp : .interrupted
  }
}
