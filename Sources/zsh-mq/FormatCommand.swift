import ArgumentParser
import Script
import Shell
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `zsh-mq fmt [--check] FILE...`
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Give scripts the one layout.",
    discussion: """
      Files are written only where they change, whole or not at all; '-' goes from standard input to standard output. \
      What a script means never changes. Exit status: 0 all done, 1 with --check where a file would change, 2 a script \
      does not parse, 3 a file cannot be read or written.
      """)

  @Flag(help: "Change nothing; name the files that would change.")
  var check = false

  @Argument(
    help: ArgumentHelp("The scripts; '-' is standard input.", valueName: "file"),
    completion: .file(extensions: ["zs"]))
  var files: [String]

  func run() throws {
    var status = ExitStatus.success
    for file in files {
      let outcome = format(file)
      // What is gravest is told.
      if outcome.rawValue > status.rawValue { status = outcome }
    }
    throw ExitCode(status.rawValue)
  }

  private static let wouldChange = ExitStatus(rawValue: 1)

  private func format(_ file: String) -> ExitStatus {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(file)
    } catch {
      _ = ProcessSetup.report(Diagnostic(.error, "cannot read '\(file)': \(error) (\(error.name))"))
      return .failed
    }
    let formatted: [UInt8]
    do {
      formatted = try Formatter.format(SourceFile(name: file == "-" ? "standard input" : file, bytes: bytes))
    } catch {
      for diagnostic in error.all {
        ProcessSetup.writeError(ProcessSetup.renderer().render(diagnostic) + "\n")
      }
      return .syntax
    }
    if check {
      if formatted != bytes { print(file) }
      return formatted == bytes ? .success : Self.wouldChange
    }
    do {
      if file == "-" {
        try FileContents.write(formatted, to: 1)
      } else if formatted != bytes {
        try FileContents.replace(file, with: formatted)
      }
      return .success
    } catch {
      _ = ProcessSetup.report(Diagnostic(.error, "cannot write '\(file)': \(error) (\(error.name))"))
      return .failed
    }
  }
}
