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

  /// The options of the context that can be set or read, and the values of the one that is named.
  static func contextWords(after words: ArraySlice<Word>, _ isSet: Bool) -> [Completion.Candidate] {
    guard words.first?.bareText == "context" else { return [] }
    if words.count == 1 {
      return ContextOption.all.filter { isSet ? $0.access.isWritable : $0.access.isReadable }
        .map { .init($0.name, $0.summary, .option) }
    }
    guard isSet, words.count == 2, let option = words.last?.bareText.flatMap(ContextOption.named) else {
      return []
    }
    var rows = option.specialValues.sorted { $0.key < $1.key }.map { ($0.value, "\($0.key)") }
    if option.isFlag { rows = [("on", ""), ("off", "")] }
    if let normal = option.defaultValue {
      let text = option.format(normal)
      if let index = rows.firstIndex(where: { $0.0 == text }) {
        rows[index].1 = "the default"
      } else {
        rows.append(("\(normal)", "the default"))
      }
    }
    return rows.map { .init($0.0, $0.1, .value) }
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
