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
    return finish(rounds == nil ? ExpectationUpdate.literal(from: log) : ExpectationUpdate.stable(from: log))
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
    let count = ExpectationUpdate.literal(from: log).reduce(0) { $0 + Self.expectations($1.changes) }
    if count > 0 {
      note("the script failed elsewhere too: nothing is rewritten, where \(Self.count(count)) would be")
    }
  }

  // MARK: Writing

  private func finish(_ updates: [ExpectationUpdate]) -> ExitStatus {
    for diagnostic in updates.flatMap(\.leftAlone) {
      ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n")
    }
    let isAnyLeft = updates.contains { !$0.leftAlone.isEmpty }
    let changed = updates.filter { !$0.changes.isEmpty }
    if changed.isEmpty {
      if !isAnyLeft { note("every expectation holds: nothing is to be rewritten") }
      return isAnyLeft ? .mismatch : .success
    }
    let count = changed.reduce(0) { $0 + Self.expectations($1.changes) }
    guard let mode else {
      for update in changed {
        print(LineDifference(update.source, update.changes).lines.joined(separator: "\n"))
      }
      note("\(Self.count(count)) would be rewritten", help: "`--update` writes them")
      return .mismatch
    }
    var chosen: [(update: ExpectationUpdate, changes: [ExpectationUpdate.Change])] = []
    var asking = Asking.each
    for update in changed {
      let difference = LineDifference(update.source, update.changes)
      if mode != .ask { ProcessSetup.writeError(difference.lines.joined(separator: "\n") + "\n") }
      chosen.append((update, mode == .ask ? ask(difference, &asking) : update.changes))
    }
    chosen.removeAll { $0.changes.isEmpty }
    if chosen.isEmpty { return .mismatch }
    guard chosen.allSatisfy({ isUnchanged($0.update.source) }) else { return .failed }
    for (update, changes) in chosen where !write(update, changes) { return .failed }
    let isAll = chosen.reduce(0) { $0 + Self.expectations($1.changes) } == count
    return isAll && !isAnyLeft ? .success : .mismatch
  }

  /// Whether a file is as it was read; told where it is not. An editor may have been at it since.
  private func isUnchanged(_ source: SourceFile) -> Bool {
    if (try? FileContents.read(source.name)) == source.bytes { return true }
    _ = ProcessSetup.report(
      Diagnostic(.error, "'\(source.name)' was changed while it ran: nothing is rewritten"))
    return false
  }

  /// Writes a file anew; false where it cannot, which has been told then.
  private func write(_ update: ExpectationUpdate, _ changes: [ExpectationUpdate.Change]) -> Bool {
    let source = update.source
    do {
      for (path, bytes) in update.files { try FileContents.replace(path, with: bytes) }
      try FileContents.replace(source.name, with: ExpectationUpdate.apply(changes, to: source.bytes))
    } catch {
      _ = ProcessSetup.report(
        Diagnostic(.error, "cannot write '\(source.name)': \(error) (\(error.name))"))
      return false
    }
    let count = Self.expectations(changes)
    note("\(Self.count(count)) of '\(source.name)' \(count == 1 ? "was" : "were") rewritten")
    return true
  }

  /// Whether a person is asked for what remains.
  private enum Asking { case each, takesAll, takesNone }

  /// The changes to which a person says yes.
  private func ask(_ difference: LineDifference, _ asking: inout Asking) -> [ExpectationUpdate.Change] {
    var chosen: [ExpectationUpdate.Change] = []
    for hunk in difference.hunks where asking != .takesNone {
      ProcessSetup.writeError(hunk.lines.joined(separator: "\n") + "\n")
      var answer = asking == .takesAll ? "y" : ""
      while !["y", "n", "a", "q"].contains(answer) {
        ProcessSetup.writeError("rewrite it (y yes, n no, a all, q none of the rest)? ")
        guard let line = readLine() else {
          asking = .takesNone
          return chosen
        }
        answer = line.lowercased().first.map(String.init) ?? ""
      }
      if answer == "q" { asking = .takesNone }
      if answer == "a" { asking = .takesAll }
      if answer == "y" || answer == "a" { chosen += hunk.changes }
    }
    return chosen
  }

  /// Of how many expectations changes are: one may have several words.
  private static func expectations(_ changes: [ExpectationUpdate.Change]) -> Int {
    Set(changes.map(\.expectation)).count
  }

  private static func count(_ count: Int) -> String { count == 1 ? "1 expectation" : "\(count) expectations" }

  private func note(_ message: String, help: String? = nil) {
    let diagnostic = Diagnostic(.note, message, help: help.map { [$0] } ?? [])
    ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n")
  }
}
