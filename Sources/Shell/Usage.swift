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

  init(
    _ name: String, _ synopsis: [String], _ summary: String, details: String = "", example: String,
    actsOnSocket: Bool = false
  ) {
    self.name = name
    self.synopsis = synopsis
    self.summary = summary
    self.details = details
    self.example = example
    self.actsOnSocket = actsOnSocket
  }
}
