import ArgumentParser
import Shell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program: the shell, or a subcommand.
@main
struct ZshMQ: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zsh-mq",
    abstract: "A messaging shell for ZeroMQ: bind, connect, send and recv at a prompt or in scripts.",
    usage: """
      zsh-mq [--rc <file>|--no-rc] [-c <text>] [--timeout <duration>] [--no-shell] [--trace]
      zsh-mq run [-c <text>] [--timeout <duration>] [--no-shell] [--trace] [<file>] [<arg> ...]
      zsh-mq run [--update] [--stabilize <times>] <file> [<arg> ...]
      zsh-mq test [<options>] [<path> ...] [-- <arg> ...]
      zsh-mq check [--json] <file> ...
      zsh-mq fmt [--check] <file> ...
      zsh-mq probe [--timeout <duration>] <endpoint> ...
      zsh-mq keygen [--force] [--name <name>] [<file>]
      """,
    discussion: """
      Without a subcommand it opens the prompt; where standard input is no terminal, it runs the script that \
      comes there. At the prompt, `help` explains every command, socket option and error.
      """,
    version: Version.text,
    subcommands: [
      PromptCommand.self, RunCommand.self, TestCommand.self, CheckCommand.self, FormatCommand.self,
      ProbeCommand.self, KeygenCommand.self,
    ],
    defaultSubcommand: PromptCommand.self)

  static func main() {
    // Before any file is opened: a report must not get the descriptor of a standard output that was closed.
    ProcessSetup.occupyStandardDescriptors()
    // A file that grows beyond `ulimit -f` is an error of the statement that writes it, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    main(UpdateMode.separated(TestCommand.words(Array(CommandLine.arguments.dropFirst()))))
  }
}
