import ArgumentParser

@main
struct ZshMQ: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "zsh-mq")
}
