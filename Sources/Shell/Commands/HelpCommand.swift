import Script
import ZeroMQ

/// `help [TOPIC]`
struct HelpCommand: Command {
  static let usage = Usage(
    "help", ["help [COMMAND|WORD|OPTION|ERROR]", "help options"],
    "explain a command, a word of the language, a socket option or an error", example: "help send")

  private let topic: PreparedWord?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    // `help options rcvhwm` is `help rcvhwm`.
    if arguments.rest.count > 1 { _ = arguments.take("options") }
    topic = arguments.isEmpty ? nil : arguments.prepare(try arguments.next(""))
  }

  func run(in session: Session) throws(Failure) {
    guard let topic else {
      for line in HelpText.overview { try session.output.writeLine(line) }
      return
    }
    let name = try topic.text(in: session)
    guard let lines = HelpText.lines(for: name) else {
      let near = didYouMean(name, among: HelpText.topics)
      throw Failure(
        .value,
        Diagnostic(
          .error, "there is no help for '\(DisplayText.safe(name))'", at: topic.place, label: near,
          help: near == nil ? ["`help` lists the topics"] : []))
    }
    for line in lines { try session.output.writeLine(line) }
  }
}
