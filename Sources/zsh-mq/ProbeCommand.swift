import ArgumentParser
import Payload
import Script
import Shell

/// `zsh-mq probe ENDPOINT... [--timeout DURATION]`
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Tell what listens at endpoints.",
    discussion: """
      The socket type, the version of ZMTP, the security mechanism and the program, as the peer's greeting and the \
      system tell them; no message is sent. What is no ZeroMQ is told as what it is. Exit status: 0 every endpoint \
      has a peer of ZeroMQ, 2 one is no endpoint, 3 one has no such peer, 5 one does not answer.
      """)

  @Option(help: ArgumentHelp("How long a peer may take to answer. Without it: 2s.", valueName: "duration"))
  var timeout: WaitLimit?

  @Argument(
    help: ArgumentHelp("A port of this machine, HOST:PORT, ./FILE or @NAME.", valueName: "endpoint"),
    completion: .file())
  var endpoints: [String]

  func validate() throws {
    if let timeout, timeout.duration == nil { throw ValidationError("a probe has to end: `--timeout 10s`") }
  }

  func run() throws {
    var options = ScriptOptions()
    options.timeout = nil
    options.refusesPrograms = true
    options.trace = false
    let limit = timeout.map { "within \($0.text) " } ?? ""
    let words = endpoints.map { TextView.word(Array($0.utf8)) }
    let source = SourceFile(name: "probe", text: "\(limit)probe \(words.joined(separator: " "))")
    throw ScriptRun(source, arguments: [], options).exitCode()
  }
}
