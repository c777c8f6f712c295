import ArgumentParser
import Shell

/// The program: the shell, or a subcommand.
@main
struct ZshMQ: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zsh-mq",
    abstract: "A messaging shell for ZeroMQ: bind, connect, send and recv at a prompt or in scripts.",
    discussion: """
      Without a subcommand it opens the prompt; where standard input is no terminal, it reads a script from it. \
      At the prompt, type `help`.
      """,
    version: Version.text,
    subcommands: [PromptCommand.self, RunCommand.self],
    defaultSubcommand: PromptCommand.self)
}
