import Payload
import ZeroMQ

/// What `help` prints.
enum HelpText {
  /// Everything that has a page.
  static var topics: [String] {
    CommandTable.standard.names + LanguageWord.all.map(\.name) + SocketType.allCases.map(\.name) + ["options"]
      + SocketOption.all.map(\.name) + ErrorHelp.all.map(\.name) + sections.map(\.name)
      + Function.all.map(\.name) + LanguageWord.parts.map(\.name)
      + MessagingPattern.all.flatMap { [$0.name] + $0.otherNames }
      + SocketType.drafts.map(\.name) + ["patterns", "prompt", "keys", "security", "limits"]
  }

  /// Pages that are lists.
  private static let sections: [(name: String, rows: @Sendable () -> [[String]])] = [
    ("context", { ContextOption.all.map { [$0.name, $0.summary] } }),
    (
      "encodings",
      { Encoding.all.map { [$0.example, $0.summary] } + [["file:PATH", "the contents of a file"]] }
    ),
    ("errors", { ErrorHelp.all.map { [$0.name, $0.lines[0]] } }),
    ("functions", { Function.all.map { [$0.synopsis, $0.summary] } }),
    (
      "matchers",
      {
        [["_", "any one frame"], ["...", "any frames that remain"]]
          + MatcherKind.all.map { [$0.example, $0.summary] }
      }
    ),
    (
      "properties",
      {
        MessageProperty.all.map { ["$message.\($0.name)", $0.summary] }
          + SocketProperty.all.map { ["$socket.\($0.name)", $0.summary] }
      }
    ),
    (
      "transports",
      {
        ZeroMQLibrary.transportRows.map {
          [$0.name, $0.summary, ZeroMQLibrary.speaks($0.name) ? "" : "not in this libzmq"]
        }
      }
    ),
    (
      "types",
      {
        TypePage.all.map(\.row) + SocketType.drafts.map { [$0.name, "of libzmq's draft API: not here"] }
      }
    ),
    ("views", { View.all.map { [$0.name, $0.summary, $0.example] } }),
  ]

  /// The pages that are lists, whose names may stand before a topic of theirs.
  static var listNames: [String] { sections.map(\.name) + ["patterns"] }

  static var overview: [String] {
    var lines = ["Commands:"]
    lines += TextTable.lines(CommandTable.standard.all.map { ["  " + $0.usage.name, $0.usage.summary] })
    lines += ["", "Words of the language:"]
    lines += TextTable.lines(LanguageWord.all.map { ["  " + $0.name, $0.summary] })
    lines += [
      "", "`help COMMAND`, `help WORD`, `help EFSM`, `help options` and `help rcvhwm` tell more; so do",
      "`help patterns` (how sockets work together), `help prompt` (keys, history, rc file), `help security`,",
      "`help limits`, `help errors`, `help encodings`, `help matchers`, `help functions`, `help properties`,",
      "`help views`, `help types` and `help transports`.",
      "Socket types: \(SocketType.allCases.map(\.name).joined(separator: " "))",
    ]
    return lines
  }

  static func lines(for topic: String) -> [String]? {
    if let command = CommandTable.standard.named(topic) { return lines(for: command.usage) }
    if let word = (LanguageWord.all + LanguageWord.parts).first(where: { $0.name == topic }) {
      return [word.synopsis, "", "  " + word.summary, "", "Example: \(word.example)"]
    }
    if let section = sections.first(where: { $0.name == topic }) { return TextTable.lines(section.rows()) }
    if let function = Function.named(topic) {
      let value = function.example.value.map { " is \($0)" } ?? ""
      return [
        function.synopsis, "", "  " + function.summary, "",
        "Example: ${\(function.example.expression)}\(value)",
      ]
    }
    if topic == "patterns" { return MessagingPattern.page }
    if let pattern = MessagingPattern.all.first(where: { ($0.otherNames + [$0.name]).contains(topic) }) {
      return pattern.lines
    }
    if topic == "prompt" || topic == "keys" { return PromptHelp.lines }
    if topic == "security" { return SecurityHelp.lines }
    if topic == "limits" { return LimitsHelp.lines }
    if topic == "options" {
      return OptionPage.list
    }
    if let type = SocketType(name: topic.lowercased()),
      let page = TypePage.all.first(where: { $0.type == type })
    {
      return page.lines
    }
    if let draft = SocketType.drafts.first(where: { $0.name == topic.lowercased() }) {
      let (label, help) = SocketType.advice(for: topic)
      return ["\(draft.name.uppercased()): \(label ?? "")"] + help
    }
    if let error = ErrorHelp.all.first(where: { $0.name == topic || $0.name == topic.uppercased() }) {
      let meaning = ZMQError(name: error.name)?.description ?? "a failure that `fails \(error.name)` takes"
      return ["\(error.name): \(meaning)", ""] + error.lines.map { "  " + $0 }
    }
    if let option = SocketOption.named(topic) { return OptionPage.lines(for: option) }
    if let option = ContextOption.named(topic) { return OptionPage.lines(for: option) }
    return nil
  }

  private static func lines(for usage: Usage) -> [String] {
    var lines = usage.synopsis
    if usage.actsOnSocket {
      lines.append("NAME \(usage.name) …   on the socket NAME instead of the current one")
    }
    lines += ["", "  " + usage.summary]
    if !usage.details.isEmpty { lines += [""] + wrapped(usage.details, to: 76).map { "  " + $0 } }
    lines += ["", "Example: \(usage.example)"]
    if let list = lists[usage.name], let rows = sections.first(where: { $0.name == list })?.rows() {
      lines += [""] + TextTable.lines(rows.map { ["  " + $0[0]] + $0.dropFirst() })
    }
    return lines
  }

  /// The lists that belong to the pages of commands.
  private static let lists = ["expect": "matchers", "send": "encodings", "view": "views"]

  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines.count - 1
      if lines[last].isEmpty {
        lines[last] = String(word)
      } else if lines[last].count + word.count < width {
        lines[last] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
