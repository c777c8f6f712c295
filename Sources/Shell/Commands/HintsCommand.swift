import Script

/// `hints on|off`
struct HintsCommand: Command {
  static let usage = Usage(
    "hints", ["hints on|off"], "show, or do not show, in grey how the line could go on",
    details: """
      A hint is the rest of the newest line of the history that begins so: the right arrow, Ctrl-F or End takes it, \
      Alt-F a word of it, and nothing runs before it is taken. Or it is what the command that is typed takes. \
      Scripts have no hints, and a terminal without colours has none.
      """,
    example: "hints off",
    takes: [.one(.word("on", "show them", .any), .word("off", "show none", .any))])

  private let isOn: Bool

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    let word = try arguments.next("'on' or 'off'")
    switch word.bareText {
    case "on": isOn = true
    case "off": isOn = false
    default: throw arguments.error("hints are on or off", at: word.span)
    }
  }

  func run(in session: Session) throws(Failure) { session.showsHints = isOn }
}
