import ArgumentParser
import Shell

/// Options of everything that runs a script.
struct ScriptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long each statement may wait, such as 30s, or 'never'. Without it: 5s in a script, never at the prompt.",
      valueName: "duration"))
  var timeout: WaitLimit?

  @Flag(name: .customLong("no-shell"), help: "Refuse 'sh' and pipes: the script starts no programs.")
  var refusesPrograms = false

  @Flag(help: "Show each statement, message and connection event on standard error.")
  var trace = false
}

/// The value of `--timeout`.
struct WaitLimit: ExpressibleByArgument, CustomStringConvertible {
  /// Nil for no limit.
  let duration: Duration?

  /// As it is given.
  var description: String { text }
  /// As it is given.
  var text: String { duration?.scriptText ?? "never" }

  init(duration: Duration?) { self.duration = duration }

  init?(argument: String) {
    if argument == "never" {
      duration = nil
    } else if let duration = Duration(scriptBytes: Array(argument.utf8)) {
      self.duration = duration
    } else {
      return nil
    }
  }
}
