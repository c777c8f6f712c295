/// What help, completion and error messages say of a command.
public struct Usage: Sendable {
  /// Its name.
  public let name: String
  /// Its forms, without the socket that may stand before it.
  public let synopsis: [String]
  /// What it does, in a line.
  public let summary: String
  /// What else there is to know, in whole sentences.
  public let details: String
  /// A statement that uses it.
  public let example: String
  /// Whether a socket's name may stand before it.
  public let actsOnSocket: Bool
  /// What the words after it are, place by place: completion and hints go by it.
  let takes: [ArgumentPosition]
  /// What `as NAME` makes, if it takes that.
  let keeps: KeptName?
  /// What a socket's type must be able to do.
  let needs: SocketAbility
  /// Whether it stands at the top level of a text alone, as a `def` does.
  let isTopLevel: Bool

  init(
    _ name: String, _ synopsis: [String], _ summary: String, details: String = "", example: String,
    actsOnSocket: Bool = false, takes: [ArgumentPosition] = [], keeps: KeptName? = nil,
    needs: SocketAbility = .any, isTopLevel: Bool = false
  ) {
    self.name = name
    self.synopsis = synopsis
    self.summary = summary
    self.details = details
    self.example = example
    self.actsOnSocket = actsOnSocket
    self.takes = takes
    self.keeps = keeps
    self.needs = needs
    self.isTopLevel = isTopLevel
  }
}
