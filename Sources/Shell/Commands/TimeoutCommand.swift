import Script

/// `timeout DURATION|never`
struct TimeoutCommand: Command {
  static let usage = Usage(
    "timeout", ["timeout DURATION", "timeout never"], "set how long every later statement may wait",
    details: """
      In a script it is 5 s unless `--timeout` says otherwise; at the prompt and in tasks there is no limit. \
      `within` sets another for one statement or block.
      """,
    example: "timeout 30s",
    takes: [.one(.word("never", "no limit", .any))])

  private let duration: DurationWord?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    duration =
      arguments.take("never") ? nil : try DurationWord(arguments.next("a duration, or 'never'"), arguments)
  }

  func run(in session: Session) throws(Failure) { session.waitLimit = try duration?.value(in: session) }
}
