import Script

/// `unalias NAME...`
struct UnaliasCommand: Command {
  static let usage = Usage(
    "unalias", ["unalias NAME..."], "forget aliases",
    details: "They are forgotten from this line on, in the text that it stands in and in what is read later.",
    example: "alias hw = 'connect req 5546 as hw'; unalias hw",
    takes: [.some(.alias)], isTopLevel: true)

  let names: [String]

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var names = [try AliasCommand.existing(try arguments.next("an alias"), arguments).name]
    while !arguments.isEmpty {
      names.append(try AliasCommand.existing(try arguments.next(""), arguments).name)
    }
    self.names = names
  }

  func run(in session: Session) throws(Failure) {}
}
