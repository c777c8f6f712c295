import ZeroMQ

/// Which names sockets and tasks cannot have.
enum ReservedNames {
  /// Why a socket or task cannot have a name, or nil where it can.
  static func refusal(of name: String) -> String? {
    if !Names.isName(name) { return "names are letters, digits and '_', and begin with no digit" }
    if CommandTable.standard.named(name) != nil { return "that is a command" }
    if SocketType(name: name) != nil { return "that is a socket type" }
    if Names.keywords.contains(name) || Names.particles.contains(name) {
      return "that is a word of the language"
    }
    return nil
  }
}
