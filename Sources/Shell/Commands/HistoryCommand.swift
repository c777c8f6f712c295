import Script

/// `history [COUNT|clear]`
struct HistoryCommand: Command {
  static let usage = Usage(
    "history", ["history [COUNT]", "history clear"],
    "show the statements that were typed, or the last ones, or forget them all",
    details:
      "Those of other shells are among them. The values of secret options are not kept, and a line that begins with "
      + "a blank is not kept at all.",
    example: "history 10",
    takes: [.optional(.word("clear", "forget them all", .any))])

  private enum Action {
    case show(PreparedWord?)
    case clear
  }

  private let action: Action

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    if arguments.take("clear") {
      action = .clear
    } else if arguments.isEmpty {
      action = .show(nil)
    } else {
      let word = try arguments.next("")
      if let literal = word.literal, Int(String(decoding: literal, as: UTF8.self)).map({ $0 >= 0 }) != true {
        throw arguments.error("'history' takes a count or 'clear'", at: word.span)
      }
      action = .show(arguments.prepare(word))
    }
  }

  func run(in session: Session) throws(Failure) {
    var most: Int?
    if case .show(let count?) = action {
      let text = try count.text(in: session)
      guard let number = Int(text), number >= 0 else {
        throw Failure(
          .value, Diagnostic(.error, "'\(DisplayText.safe(text))' is no count", at: count.place))
      }
      most = number
    }
    guard let history = session.history else {
      throw Failure(.value, "there is no history here", label: "it is kept for the prompt alone")
    }
    if case .clear = action {
      if let problem = history.clear() { throw Failure(.value, "the history is not forgotten: \(problem)") }
      return
    }
    try show(history.entries(), most: most, in: session)
  }

  /// Each entry with its number, the further lines of it below the first.
  private func show(_ entries: [String], most: Int?, in session: Session) throws(Failure) {
    let width = String(entries.count).count
    for (index, entry) in entries.enumerated().dropFirst(entries.count - min(most ?? .max, entries.count)) {
      let number = String(index + 1)
      var head = String(repeating: " ", count: width - number.count) + number + "  "
      for line in entry.split(separator: "\n", omittingEmptySubsequences: false) {
        try session.output.writeLine(head + DisplayText.safe(String(line)))
        head = String(repeating: " ", count: width + 2)
      }
    }
  }
}
