import ArgumentParser
import Reports
import Script
import Shell
import ZeroMQ

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `zsh-mq check FILE...`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check scripts without running them.",
    discussion: """
      Every error of every script is told. No socket is opened. Exit status: 0 nothing is wrong, 2 something is, \
      3 a file cannot be read.
      """)

  @Flag(name: .customLong("json"), help: "Write what is wrong as JSON to standard output, for editors.")
  var writesJSON = false

  @Argument(
    help: ArgumentHelp("The scripts; '-' is standard input.", valueName: "file"),
    completion: .file(extensions: ["zs"]))
  var files: [String]

  func run() throws {
    var status = ExitStatus.success
    var found: [Diagnostic] = []
    for file in files {
      do {
        let source = SourceFile(
          name: file == "-" ? "standard input" : file, bytes: try FileContents.read(file))
        found += try Self.check(source)
      } catch {
        status = .failed
        _ = ProcessSetup.report(Diagnostic(.error, "cannot read '\(file)': \(error) (\(error.name))"))
      }
    }
    if found.contains(where: { $0.severity == .error }), status == .success { status = .syntax }
    if writesJSON {
      print(try Self.json(found))
    } else {
      for diagnostic in found { ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n") }
    }
    throw ExitCode(status.rawValue)
  }

  /// A session of its own for each file: what one defines is not there for the next.
  private static func check(_ source: SourceFile) throws(ZMQError) -> [Diagnostic] {
    let console = Console(
      renderer: ProcessSetup.renderer(), isInteractive: false, trace: false, write: ProcessSetup.writeError)
    let session = Session(
      try Runtime(sink: console), interrupt: try Interrupt(), isInteractive: false, waitLimit: nil,
      scriptName: source.name)
    return session.check(source)
  }

  private static func json(_ diagnostics: [Diagnostic]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(diagnostics.map { Finding($0.masked) }), as: UTF8.self)
  }
}

/// A diagnostic as editors read it: lines and columns count from 1, offsets are bytes from 0.
private struct Finding: Encodable {
  struct Position: Encodable {
    let line: Int
    let column: Int
    let offset: Int

    init(_ offset: Int, in source: SourceFile) {
      (line, column) = source.position(of: offset)
      self.offset = offset
    }
  }

  let severity: String
  let message: String
  let label: String?
  let notes: [String]
  let help: [String]
  let file: String?
  let start: Position?
  let end: Position?

  init(_ diagnostic: Diagnostic) {
    severity = diagnostic.severity.rawValue
    message = diagnostic.message
    label = diagnostic.label
    notes = diagnostic.notes
    help = diagnostic.help
    let place = diagnostic.place
    file = place?.source.name
    start = place.map { Position($0.span.start, in: $0.source) }
    end = place.map { Position($0.span.end, in: $0.source) }
  }
}
