import ArgumentParser
import Reports
import Script
import Shell
import Terminal
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether a run writes expectations of its script anew.
enum UpdateMode: String, EnumerableFlag {
  case update, ask, force

  static func name(for value: UpdateMode) -> NameSpecification {
    value == .update ? .customLong("update") : .customLong("update-\(value.rawValue)")
  }

  static func help(for value: UpdateMode) -> ArgumentHelp? {
    switch value {
    case .update:
      "Write the literals of expectations that failed anew; 'ask' and 'force' may follow as '=ask', '=force'."
    case .ask: "Write them anew one by one, each after a question."
    case .force: "Write them anew also where CI is set in the environment."
    }
  }

  /// `--update=ask` is `--update-ask` to the parser, which knows no flag with a value.
  static func separated(_ arguments: [String]) -> [String] {
    guard arguments.first == "run" else { return arguments }
    var separated: [String] = []
    var isAfterOption = true
    var isOver = false
    for argument in arguments {
      // What follows the script is its own.
      if !isOver, argument == "--update=ask" || argument == "--update=force" {
        separated.append("--update-" + argument.dropFirst("--update=".count))
      } else {
        separated.append(argument)
      }
      let isOption = argument.hasPrefix("-") && argument != "-"
      if separated.count > 1, !isOption, !isAfterOption || argument.hasSuffix(".zs") { isOver = true }
      isAfterOption = isOption || separated.count == 1
    }
    return separated
  }
}

/// Runs that write the expectations of their script anew: `run --update`, `run --stabilize`.
struct RewritingRun {
  private let source: SourceFile
  private let arguments: [String]
  private let options: ScriptOptions
  private let mode: UpdateMode?
  /// How often the script is run to see what differs; nil where a literal is to be what came.
  private let rounds: Int?

  /// - Throws: `ValidationError` where there is no file to be written, or CI is not to be trusted with it.
  init(
    _ path: String, _ bytes: [UInt8], arguments: [String], _ options: ScriptOptions, mode: UpdateMode?,
    rounds: Int?
  ) throws {
    source = SourceFile(name: path, bytes: bytes)
    self.arguments = arguments
    self.options = options
    self.mode = mode
    self.rounds = rounds
    if mode == .ask, !isTerminal(0) || !isTerminal(2) {
      throw ValidationError("'--update=ask' needs a terminal to ask at")
    }
    if mode == .update, let value = getenv("CI").map({ String(cString: $0) }),
      !["", "0", "false"].contains(value)
    {
      throw ValidationError(
        "'--update' is refused in CI, where CI is set in the environment; '--update=force' does it")
    }
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
    let log = ExpectationLog(of: source)
    for round in 1...(rounds ?? 1) {
      let outcome = try runOnce(process, log)
      guard outcome == .completed || outcome == .ended(.success) else {
        if rounds != nil {
          note("run \(round) of \(rounds ?? 1) failed: nothing is rewritten")
        } else {
          noteUnwritten(log)
        }
        return outcome.exitStatus
      }
    }
    process.releaseSignals()
    return finish(rounds == nil ? .literal(from: log) : .stable(from: log))
  }

  private func runOnce(_ process: ProcessSetup, _ log: ExpectationLog) throws(ZMQError) -> Session.Outcome {
    let console = Console(
      renderer: ProcessSetup.renderer(), isInteractive: false, trace: options.trace,
      write: ProcessSetup.writeError)
    // What several runs print is nobody's.
    let sink = rounds == nil ? 1 : open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { if sink != 1 { close(sink) } }
    let session = Session(
      try Runtime(output: StandardOutput(descriptor: sink), sink: console), interrupt: process.interrupt,
      isInteractive: false, waitLimit: (options.timeout ?? WaitLimit(duration: .seconds(5))).duration,
      scriptName: source.name, arguments: arguments, allowsPrograms: !options.refusesPrograms)
    session.expectations = log
    let outcome = session.run(source)
    session.close()
    return outcome
  }

  private func noteUnwritten(_ log: ExpectationLog) {
    let count = ExpectationUpdate.literal(from: log).changes.count
    if count > 0 {
      note("the script failed elsewhere too: nothing is rewritten, where \(Self.count(count)) would be")
    }
  }

  // MARK: Writing

  private func finish(_ update: ExpectationUpdate) -> ExitStatus {
    for diagnostic in update.leftAlone {
      ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n")
    }
    let difference = LineDifference(source, update.changes)
    if update.changes.isEmpty {
      if update.leftAlone.isEmpty { note("every expectation holds: nothing is to be rewritten") }
      return update.leftAlone.isEmpty ? .success : .mismatch
    }
    guard let mode else {
      print(difference.lines.joined(separator: "\n"))
      note("\(Self.count(update.changes.count)) would be rewritten", help: "`--update` writes them")
      return .mismatch
    }
    let chosen = mode == .ask ? ask(difference) : update.changes
    if mode != .ask { ProcessSetup.writeError(difference.lines.joined(separator: "\n") + "\n") }
    if chosen.isEmpty { return .mismatch }
    do {
      // An editor may have been at it since.
      guard try FileContents.read(source.name) == source.bytes else {
        _ = ProcessSetup.report(
          Diagnostic(
            .error, "'\(DisplayText.safe(source.name))' was changed while it ran: nothing is rewritten"))
        return .failed
      }
      for (path, bytes) in update.files { try FileContents.replace(path, with: bytes) }
      try FileContents.replace(source.name, with: ExpectationUpdate.apply(chosen, to: source.bytes))
    } catch {
      _ = ProcessSetup.report(
        Diagnostic(.error, "cannot write '\(DisplayText.safe(source.name))': \(error) (\(error.name))"))
      return .failed
    }
    note("\(Self.count(chosen.count)) of '\(source.name)' \(chosen.count == 1 ? "was" : "were") rewritten")
    return chosen.count == update.changes.count && update.leftAlone.isEmpty ? .success : .mismatch
  }

  /// The changes to which a person says yes.
  private func ask(_ difference: LineDifference) -> [ExpectationUpdate.Change] {
    var chosen: [ExpectationUpdate.Change] = []
    var takesAll = false
    for hunk in difference.hunks {
      ProcessSetup.writeError(hunk.lines.joined(separator: "\n") + "\n")
      var answer = takesAll ? "y" : ""
      while !["y", "n", "a", "q"].contains(answer) {
        ProcessSetup.writeError("rewrite it (y yes, n no, a all, q none of the rest)? ")
        guard let line = readLine() else { return chosen }
        answer = line.lowercased().first.map(String.init) ?? ""
      }
      if answer == "q" { break }
      if answer == "a" { takesAll = true }
      if answer != "n" { chosen += hunk.changes }
    }
    return chosen
  }

  private static func count(_ count: Int) -> String { count == 1 ? "1 expectation" : "\(count) expectations" }

  private func note(_ message: String, help: String? = nil) {
    let diagnostic = Diagnostic(.note, message, help: help.map { [$0] } ?? [])
    ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n")
  }
}
