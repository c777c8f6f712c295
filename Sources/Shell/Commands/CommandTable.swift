/// All commands, sorted by name. A new command is one file beside this one and one row here.
enum CommandTable {
  static let all: [any Command.Type] = [
    BindCommand.self,
    CloseCommand.self,
    ConnectCommand.self,
    DisconnectCommand.self,
    ExitCommand.self,
    ExpectCommand.self,
    GetCommand.self,
    HelpCommand.self,
    PrintCommand.self,
    RecvCommand.self,
    ResetCommand.self,
    SendCommand.self,
    SetCommand.self,
    SleepCommand.self,
    SocketCommand.self,
    SocketsCommand.self,
    SourceCommand.self,
    StatusCommand.self,
    StopCommand.self,
    SubscribeCommand.self,
    TasksCommand.self,
    TimeoutCommand.self,
    UnbindCommand.self,
    UnsubscribeCommand.self,
    UseCommand.self,
    VersionCommand.self,
    WaitCommand.self,
  ]

  static let names = all.map { $0.usage.name }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.usage.name, $0) })

  static func named(_ name: String) -> (any Command.Type)? { byName[name] }
}
