import Script
import ZeroMQ

/// `help [TOPIC]`
struct HelpCommand: Command {
  static let usage = Usage(
    "help", ["help [COMMAND|WORD|OPTION|ERROR]", "help options [OPTION]", "help patterns", "help prompt"],
    "explain a command, a word of the language, a socket option, an error, or how sockets work together",
    example: "help send",
    takes: [.optional(.helpTopic), .optional(.optionTopic)])

  private let topic: PreparedWord?
  /// Whether it is an option that is asked for: a few have the name of a command.
  private let isOption: Bool

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    isOption = arguments.rest.count > 1 && arguments.take("options")
    // `help patterns pipeline` is `help pipeline`.
    if arguments.rest.count > 1, let list = arguments.peek?.bareText, HelpText.listNames.contains(list) {
      _ = try arguments.next("")
    }
    topic = arguments.isEmpty ? nil : arguments.prepare(try arguments.next(""))
  }

  func run(in session: Session) throws(Failure) {
    guard let topic else {
      return try session.present(HelpText.overview)
    }
    let name = try topic.text(in: session)
    guard let lines = lines(for: name, in: session) else {
      let names = session.definitions.names + Array(session.aliases.keys)
      let topics = isOption ? SocketOption.all.map(\.name) : HelpText.topics + names
      // The start of a long name is as good as a slip in a short one.
      let longer = name.utf8.count > 2 ? topics.first { $0.hasPrefix(name) } : nil
      let meant = Names.synonyms[name] ?? longer
      let near = didYouMean(name, among: topics) ?? meant.map { "did you mean '\($0)'?" }
      throw Failure(
        .value,
        Diagnostic(
          .error, "there is no help for '\(DisplayText.safe(name))'", at: topic.place, label: near,
          help: near == nil ? [isOption ? "`help options` lists them" : "`help` lists the topics"] : []))
    }
    try session.present(lines)
  }

  private func lines(for name: String, in session: Session) -> [String]? {
    if isOption { return OptionPage.named(name) }
    if let lines = HelpText.lines(for: name) { return lines }
    if let alias = session.aliases[name] { return [DisplayText.safe(alias.statement)] }
    return session.definitions[name].map { ["def \($0.synopsis) { … }"] }
  }
}
