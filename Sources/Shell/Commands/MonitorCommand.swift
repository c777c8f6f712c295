import Script

/// `monitor all|default|off|EVENT...`
struct MonitorCommand: Command {
  static let usage = Usage(
    "monitor", ["monitor all|default|off", "monitor EVENT..."],
    "choose which events of connections the prompt tells",
    details: """
      The events are \(ToldEvents.Happening.allCases.map(\.rawValue).joined(separator: ", ")); by default all of \
      these, each kind at once and more of the same as a count. `all` tells whatever libzmq does, each time. It is \
      for all sockets and for tasks that begin later, or for the one that stands before it. Scripts are told nothing: they have `--trace`.
      """,
    example: "monitor disconnected refused", actsOnSocket: true,
    takes: [
      .one(
        .word("all", "all that libzmq tells, each time", .any),
        .word("default", "each kind at once, more of the same as a count", .any),
        .word("off", "none", .any), .word("connected", "a peer is there", .any),
        .word("disconnected", "a peer has gone", .any),
        .word("refused", "a connection ended before the handshake was done", .any),
        .word("retried", "nobody listens", .any))
    ])

  private let socket: SocketReference
  private let events: ToldEvents

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    let first = try arguments.next("'all', 'default', 'off' or events")
    switch first.bareText {
    case "all": events = .every
    case "default": events = .standard
    case "off": events = .none
    default:
      var happenings: Set<ToldEvents.Happening> = [try Self.happening(first, arguments)]
      while !arguments.isEmpty {
        happenings.insert(try Self.happening(try arguments.next("an event"), arguments))
      }
      events = ToldEvents(happenings: happenings)
    }
  }

  private static func happening(_ word: Word, _ arguments: Arguments) throws(Diagnostic)
    -> ToldEvents.Happening
  {
    let text = try arguments.plainText(word, "an event's name")
    if let happening = ToldEvents.Happening(rawValue: text) { return happening }
    let names = ToldEvents.Happening.allCases.map(\.rawValue)
    let near = didYouMean(text, among: names + ["all", "default", "off"])
    throw arguments.error(
      "no event is named '\(DisplayText.safe(text))'", at: word.span, label: near,
      help: near == nil ? ["the events are \(names.joined(separator: ", "))"] : [])
  }

  func run(in session: Session) throws(Failure) {
    if case .current = socket {
      session.teller?.events = events
      for socket in session.sockets.all { socket.toldEvents = nil }
    } else {
      try session.socket(socket).toldEvents = events
    }
  }
}
