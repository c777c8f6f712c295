import Script

/// `sleep DURATION`
struct SleepCommand: Command {
  static let usage = Usage(
    "sleep", ["sleep DURATION"], "wait for a time",
    details:
      "The sockets go on: connections are made, messages arrive. To wait for something, `wait` and `recv` are better.",
    example: "sleep 100ms",
    takes: [.one(.other)])

  private let duration: DurationWord

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    duration = try DurationWord(arguments.next("a duration, such as 100ms"), arguments)
  }

  func run(in session: Session) throws(Failure) {
    try session.sleep(until: .now + duration.value(in: session))
  }
}

/// A word that is a length of time: checked beforehand where it is plain.
struct DurationWord {
  private let word: PreparedWord
  private let constant: Duration?

  init(_ word: Word, _ arguments: Arguments) throws(Diagnostic) {
    self.word = arguments.prepare(word)
    guard let literal = word.literal else {
      constant = nil
      return
    }
    guard let duration = Duration(scriptBytes: literal) else {
      throw arguments.error(
        "'\(DisplayText.safe(String(decoding: literal, as: UTF8.self)))' is no duration", at: word.span,
        help: ["durations have units: `250ms`, `2s`, `1m`"])
    }
    constant = duration
  }

  func value(in session: Session) throws(Failure) -> Duration {
    if let constant { return constant }
    let value = try word.value(in: session)
    if case .duration(let duration) = value, duration >= .zero { return duration }
    if let duration = Duration(scriptBytes: value.bytes) { return duration }
    throw Failure(
      .value,
      Diagnostic(
        .error, "'\(DisplayText.safe(value.text))' is no duration", at: word.place,
        help: ["durations have units: `250ms`, `2s`, `1m`"]))
  }
}
