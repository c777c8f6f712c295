import Script
import ZeroMQ

/// Candidates that are the same everywhere, from the tables.
extension Completer {
  static let socketTypes = SocketType.allCases.sorted { $0.name < $1.name }.map { type in
    Completion.Candidate(type.name, summary(of: type), .type)
  }

  private static func summary(of type: SocketType) -> String {
    let does = type.canSend ? (type.canReceive ? "sends and receives" : "sends") : "receives"
    if type.peers.isEmpty { return "\(does) plain TCP" }
    return "\(does), talks to \(type.peers.map(\.name).joined(separator: ", "))"
  }

  static let errorNames =
    Failure.ownNames.map { Completion.Candidate($0, "", .error) }
    + ZMQError.names.sorted().map { name in
      Completion.Candidate(name, ZMQError(name: name)?.description ?? "", .error)
    }

  static let keywords: [String: Completion.Candidate] = [
    "catch": .init("catch", "what to do where it fails", .keyword),
    "else": .init("else", "what to do otherwise", .keyword),
    "every": .init("every", "at a fixed rate", .keyword),
    "if": .init("if", "on another condition", .keyword),
    "in": .init("in", "what it runs through", .keyword),
  ]

  static let helpTopics = HelpText.topics.map { topic in
    Completion.Candidate(topic, summary(ofTopic: topic), .topic)
  }

  private static func summary(ofTopic topic: String) -> String {
    if let command = CommandTable.standard.named(topic) { return command.usage.summary }
    if let word = LanguageWord.all.first(where: { $0.name == topic }) { return word.summary }
    if let type = SocketType(name: topic), topic == type.name { return summary(of: type) }
    if let option = SocketOption.named(topic) { return option.summary }
    if let error = ZMQError(name: topic) { return error.description }
    if let part = LanguageWord.parts.first(where: { $0.name == topic }) { return part.summary }
    if let pattern = MessagingPattern.all.first(where: { $0.name == topic }) { return pattern.summary }
    return Function.named(topic)?.summary ?? ""
  }
}
