import Payload
import ZeroMQ

/// A construct of the language, for `help`.
public struct LanguageWord: Sendable {
  /// The word.
  public let name: String
  /// Its form.
  public let synopsis: String
  /// What it does, in a line.
  public let summary: String
  /// A statement that uses it.
  public let example: String

  /// All of them, sorted by name.
  public static let all: [LanguageWord] = [
    LanguageWord(
      name: "assert", synopsis: "assert EXPRESSION",
      summary: "fail unless a condition holds, showing both its sides",
      example: "assert 1 + 1 == 2"),
    LanguageWord(
      name: "break", synopsis: "break", summary: "leave the innermost loop", example: "loop { break }"),
    LanguageWord(
      name: "continue", synopsis: "continue", summary: "go on with the next turn of the innermost loop",
      example: "for n in 1..3 { if $n == 2 { continue }; print $n }"),
    LanguageWord(
      name: "def", synopsis: "def NAME PARAMETER... { … }",
      summary: "name a block with parameters: run it as a statement, or as NAME(…) for what it returns",
      example: "def twice n { return $n * 2 }; print ${twice(21)}"),
    LanguageWord(
      name: "every", synopsis: "every DURATION STATEMENT|{ … }",
      summary: "run again and again at a fixed rate, without drift, until stopped",
      example: "fails timeout within 50ms every 10ms print tick"),
    LanguageWord(
      name: "fails", synopsis: "fails ERROR STATEMENT|{ … }",
      summary: "hold only if what follows fails with that error: EFSM, EAGAIN, timeout, any, …",
      example: "fails any send Hello"),
    LanguageWord(
      name: "for", synopsis: "for NAME in EXPRESSION { … }",
      summary: "run for each element of a list, range or message",
      example: "for n in 1..3 { print $n }"),
    LanguageWord(
      name: "if", synopsis: "if EXPRESSION { … } else if EXPRESSION { … } else { … }",
      summary: "run the first block whose condition holds",
      example: "if 1 < 2 { print yes } else { print no }"),
    LanguageWord(
      name: "let", synopsis: "let NAME = EXPRESSION", summary: "make or set a variable; `$NAME` is its value",
      example: "let total = 2 * (3 + 4)"),
    LanguageWord(
      name: "loop", synopsis: "loop { … }", summary: "run until `break`", example: "loop { break }"),
    LanguageWord(
      name: "repeat", synopsis: "repeat COUNT [every DURATION] STATEMENT|{ … }",
      summary: "run so many times; `$i` counts from 1", example: "repeat 3 { print $i }"),
    LanguageWord(
      name: "retry", synopsis: "retry TRIES [every DURATION] STATEMENT|{ … }",
      summary: "run again where it fails, at most so many times", example: "retry 3 every 10ms print tried"),
    LanguageWord(
      name: "return", synopsis: "return [EXPRESSION]", summary: "leave a `def`, with a value or without",
      example: "def one { return 1 }; print ${one()}"),
    LanguageWord(
      name: "serve", synopsis: "serve SOCKET|TYPE ENDPOINT... [as NAME] { … }|echo",
      summary: "hand a socket to a task that runs the block for each message, which is `$request`",
      example: "serve rep :0 as echoer echo; stop echoer"),
    LanguageWord(
      name: "task", synopsis: "task NAME { … }",
      summary: "run a block beside the rest, with sockets of its own; `stop NAME`, `wait NAME`",
      example: "task worker { print working }; wait worker"),
    LanguageWord(
      name: "time", synopsis: "time STATEMENT|{ … }", summary: "say how long it took",
      example: "time sleep 1ms"),
    LanguageWord(
      name: "try", synopsis: "try { … } catch { … }",
      summary: "run the second block where the first fails; `$error.name`, `$error.message`, `$error.line`",
      example: "try { send Hello } catch { print $error.name }"),
    LanguageWord(
      name: "unordered", synopsis: "unordered { expect …; expect … }",
      summary: "receive as many messages as there are expectations, in any order",
      example:
        "bind pair inproc://u as a; connect pair inproc://u as b; a send x; a send y; unordered { b expect y; b expect x }"
    ),
    LanguageWord(
      name: "while", synopsis: "while EXPRESSION { … }", summary: "run as long as a condition holds",
      example: "while false { print never }"),
    LanguageWord(
      name: "within", synopsis: "within DURATION STATEMENT|{ … }",
      summary: "set the time that what follows may take; past it, a timeout error",
      example: "within 1s print fast"
    ),
  ]
}

/// What `help` prints.
enum HelpText {
  /// Everything that has a page.
  static var topics: [String] {
    CommandTable.standard.names + LanguageWord.all.map(\.name) + SocketType.allCases.map(\.name) + ["options"]
      + SocketOption.all.map(\.name) + ErrorHelp.all.map(\.name) + sections.map(\.name)
      + Function.all.map(\.name)
  }

  /// Pages that are lists.
  private static let sections: [(name: String, rows: @Sendable () -> [[String]])] = [
    (
      "encodings",
      { Encoding.all.map { [$0.example, $0.summary] } + [["file:PATH", "the contents of a file"]] }
    ),
    ("functions", { Function.all.map { [$0.synopsis, $0.summary] } }),
    (
      "patterns",
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
    ("views", { View.all.map { [$0.name, $0.summary, $0.example] } }),
  ]

  static var overview: [String] {
    var lines = ["Commands:"]
    lines += TextTable.lines(CommandTable.standard.all.map { ["  " + $0.usage.name, $0.usage.summary] })
    lines += ["", "Words of the language:"]
    lines += TextTable.lines(LanguageWord.all.map { ["  " + $0.name, $0.summary] })
    lines += [
      "", "`help COMMAND`, `help WORD`, `help EFSM`, `help options` and `help rcvhwm` tell more; so do",
      "`help encodings`, `help patterns`, `help functions`, `help properties` and `help views`.",
      "Socket types: \(SocketType.allCases.map(\.name).joined(separator: " "))",
    ]
    return lines
  }

  static func lines(for topic: String) -> [String]? {
    if let command = CommandTable.standard.named(topic) { return lines(for: command.usage) }
    if let word = LanguageWord.all.first(where: { $0.name == topic }) {
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
    if topic == "options" {
      return TextTable.lines(SocketOption.all.map { [$0.name, $0.summary] })
    }
    if let type = SocketType(name: topic.lowercased()) {
      let directions =
        type.canSend
        ? (type.canReceive ? "sends and receives" : "sends, and receives nothing")
        : "receives, and sends nothing"
      return [
        "\(type.name.uppercased()) \(directions).",
        "It talks to \(type.peers.map { $0.name.uppercased() }.joined(separator: ", ")).",
        "", "Example: bind \(type.name) 5546",
      ]
    }
    if let error = ErrorHelp.all.first(where: { $0.name == topic.uppercased() }) {
      return ["\(error.name): \(ZMQError(name: error.name)?.description ?? "")", ""]
        + error.lines.map { "  " + $0 }
    }
    if let option = SocketOption.named(topic) { return lines(for: option) }
    if let error = ZMQError(name: topic.uppercased()) { return ["\(error.name): \(error)"] }
    return nil
  }

  private static func lines(for usage: Usage) -> [String] {
    var lines = usage.synopsis
    if usage.actsOnSocket {
      lines.append("NAME \(usage.name) …   on the socket NAME instead of the current one")
    }
    lines += ["", "  " + usage.summary]
    if !usage.details.isEmpty { lines += [""] + wrapped(usage.details, to: 76).map { "  " + $0 } }
    return lines + ["", "Example: \(usage.example)"]
  }

  private static func lines(for option: SocketOption) -> [String] {
    var lines = [option.name, "", "  " + option.summary, ""]
    var facts: [[String]] = []
    if let range = option.range { facts.append(["  range", "\(range.lowerBound) to \(range.upperBound)"]) }
    if option.unit != .none { facts.append(["  unit", option.unit.text]) }
    for (value, meaning) in option.specialValues.sorted(by: { $0.key < $1.key }) {
      facts.append(["  \(value) means", meaning])
    }
    if let value = option.defaultValue { facts.append(["  default", option.format(value)]) }
    let ours = SocketType.allCases.filter { type in
      NamedSocket.defaults(for: type).contains { $0.name == option.name }
    }
    if let type = ours.first,
      let row = NamedSocket.defaults(for: type).first(where: { $0.name == option.name })
    {
      facts.append(["  default here", option.format(.integer(row.value))])
    }
    facts.append([
      "  types",
      option.types.count == SocketType.allCases.count
        ? "all" : option.types.map(\.name).sorted().joined(separator: " "),
    ])
    facts.append([
      "  access", option.access.isWritable ? (option.access.isReadable ? "get and set" : "set") : "get",
    ])
    if option.effect == .nextConnection { facts.append(["  counts", "from the next bind or connect on"]) }
    if !option.isAvailable { facts.append(["  note", "the libzmq in use does not have it"]) }
    lines += TextTable.lines(facts)
    return lines
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
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

/// What an error of ZeroMQ means to people.
struct ErrorHelp {
  let name: String
  let lines: [String]

  static let all: [ErrorHelp] = [
    ErrorHelp(
      name: "EADDRINUSE",
      lines: [
        "Something is bound to the address already.", "`bind TYPE :0` lets the system choose a free port.",
      ]),
    ErrorHelp(
      name: "EAGAIN",
      lines: [
        "No peer is there to take the message.",
        "`wait connected` waits for one; `within 5s send …` waits with the message.",
      ]),
    ErrorHelp(
      name: "EFSM",
      lines: [
        "A REQ sends and receives in turn, and a REP receives and sends in turn; this was out of turn.",
        "`recv` what is due first, or `reset` the socket to start over.",
        "`connect req 5546 req_relaxed=1 req_correlate=1` makes a REQ that may send again without a reply.",
      ]),
    ErrorHelp(
      name: "EHOSTUNREACH",
      lines: [
        "A ROUTER has no peer with the routing id that is the message's first frame.",
        "It learns an id from the first message of that peer: `recv as id body`, then `send $id …`.",
      ]),
    ErrorHelp(
      name: "ENOTSUP",
      lines: ["The socket type cannot do this: a SUB or PULL only receives, a PUB or PUSH only sends."]),
  ]
}
