/// Commands by their names.
struct CommandTable: Sendable {
  /// The commands, sorted by name.
  let all: [any Command.Type]
  private let byName: [String: any Command.Type]

  /// - Precondition: No two commands have the same name.
  init(_ commands: [any Command.Type]) {
    all = commands
    byName = Dictionary(uniqueKeysWithValues: commands.map { ($0.usage.name, $0) })
  }

  var names: [String] { all.map { $0.usage.name } }

  func named(_ name: String) -> (any Command.Type)? { byName[name] }
}
