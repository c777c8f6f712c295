import ArgumentParser
import Reports
import Script
import Shell
import Suite
import ZeroMQ

/// `zsh-mq run FILE|- [ARG...]`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.",
    discussion: """
      The script stops at the first error. Standard output carries what it receives and prints, standard error \
      the rest.

      Exit status: 0 all done, 2 the script does not parse or check (none of it ran), 3 a statement failed, \
      4 an `expect`, `assert` or `fails` did not hold, 5 a time limit ran out, 64 the command line is wrong, \
      129, 130 and 143 ended by SIGHUP, SIGINT and SIGTERM, 141 the reader of the output has gone; or the script's \
      own `exit N`.
      """)

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run this text instead of a file.", valueName: "text"))
  var text: String?

  @OptionGroup var options: ScriptOptions
  @OptionGroup var reports: ReportOptions
  @OptionGroup var events: EventOptions

  @Flag var update: UpdateMode?

  @Option(
    help: ArgumentHelp(
      "Run it so many times, and offer patterns for the literals that differ; with --update, write them.",
      valueName: "times"))
  var stabilize: Int?

  @Argument(
    help: ArgumentHelp("The script; '-' is standard input.", valueName: "file"),
    completion: .file(extensions: ["zs"]))
  var file: String?

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("What the script finds in $1, $2 and so on.", valueName: "arg"),
    completion: .file())
  var arguments: [String] = []

  func validate() throws {
    if reports.usesStandardOutput() {
      throw ValidationError("standard output is the script's own: name a file for the report")
    }
    try reports.check()
    if update != nil || stabilize != nil, text != nil || file == "-" {
      throw ValidationError("only a script in a file can be rewritten")
    }
    if update != nil || stabilize != nil, reports.areWanted {
      throw ValidationError("a run that rewrites its script has no report")
    }
    if let stabilize, stabilize < 2 {
      throw ValidationError("'--stabilize' needs at least 2 runs to compare")
    }
    if text == nil, file == nil { throw ValidationError("a FILE is missing: `zsh-mq run demo.zs`") }
  }

  func run() throws {
    if let text {
      // Nothing is read, so the first word is an argument too.
      throw try exitCode(SourceFile(name: "-c", text: text), arguments: [file].compactMap { $0 } + arguments)
    }
    let path = file ?? "-"  // there is one: it was validated
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path)
    } catch {
      throw ProcessSetup.report(Diagnostic(.error, "cannot read '\(path)': \(error) (\(error.name))"))
    }
    if update != nil || stabilize != nil {
      throw try RewritingRun(path, bytes, arguments: arguments, options, mode: update, rounds: stabilize)
        .exitCode()
    }
    let name = path == "-" ? "standard input" : path
    throw try exitCode(SourceFile(name: name, bytes: bytes), arguments: arguments)
  }

  private func exitCode(_ source: SourceFile, arguments: [String]) throws -> ExitCode {
    do {
      let reports = try RunReports(reports, path: source.name)
      return ScriptRun(source, arguments: arguments, options, events: events, reports: reports).exitCode()
    } catch {
      throw ProcessSetup.report(Diagnostic(.error, error.message))
    }
  }
}
