import Script
import ZeroMQ

/// `record FILE [--append|--force]`, `record pause|resume|stop|status`, `record --session FILE`
struct RecordCommand: Command {
  static let usage = Usage(
    "record",
    [
      "record FILE [--append|--force]", "record pause", "record resume", "record stop", "record status",
      "record --session FILE [--force]",
    ],
    "write what happens at the prompt as a script that `zsh-mq run` replays",
    details: """
      A recording has what succeeded and what ZeroMQ refused: a `recv` becomes an `expect` of what came, ports that \
      the system chose become `$NAME.port`, and where a handshake was done while you thought, `wait connected` stands. \
      Begun late, it starts with what makes the sockets again. \
      `record --session FILE` writes the session so far, without having been on.
      """,
    example: "record session.zs",
    takes: [
      .one(
        .file, .word("--session", "write the session so far", .any),
        .word("pause", "write nothing for now", .any),
        .word("resume", "go on after a pause", .any), .word("status", "say what is recorded", .any),
        .word("stop", "end the recording", .any)),
      .any(
        .after(["--session"], .file),
        .notAfter(["pause", "resume", "status", "stop"], .word("--force", "write over the file", .any)),
        .notAfter(
          ["pause", "resume", "status", "stop", "--session"],
          .word("--append", "go on behind what it has", .any))),
    ])

  private enum Action {
    case start(PreparedWord, RecordingFile.Mode)
    case session(PreparedWord, RecordingFile.Mode)
    case pause, resume, stop, status
  }

  private let action: Action

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var mode = RecordingFile.Mode.new
    var isSession = false
    var file: Word?
    let actions: [String: Action] = ["pause": .pause, "resume": .resume, "stop": .stop, "status": .status]
    if arguments.rest.count == 1, let text = arguments.peek?.bareText, let action = actions[text] {
      _ = try arguments.next("")
      self.action = action
      return
    }
    while !arguments.isEmpty {
      if arguments.take("--append") {
        mode = .append
      } else if arguments.take("--force") {
        mode = .force
      } else if arguments.take("--session") {
        isSession = true
      } else {
        let word = try arguments.next("")
        if let text = word.bareText, text.hasPrefix("-") {
          throw arguments.error(
            "'record' has no option '\(DisplayText.safe(text))'", at: word.span,
            label: didYouMean(text, among: ["--append", "--force", "--session"]))
        }
        if file != nil {
          throw arguments.error("'record' writes one file", at: word.span, label: "not expected")
        }
        file = word
      }
    }
    guard let file else {
      throw arguments.error(
        "'record' needs a file", at: arguments.head.span, label: "its path stands after this")
    }
    let path = arguments.prepare(file)
    action = isSession ? .session(path, mode) : .start(path, mode)
  }

  func run(in session: Session) throws(Failure) {
    guard let journal = session.journal else {
      throw Failure(
        .value, "only a session at the prompt can be recorded",
        label: "this is a script already, or a task of one")
    }
    switch action {
    case .start(let word, let mode): try start(word, mode, journal, in: session)
    case .session(let word, let mode): try save(word, mode, journal, in: session)
    case .pause:
      let recording = try recording(of: journal)
      journal.pause()
      session.note(
        "the recording of '\(DisplayText.safe(recording.path))' pauses", help: ["`record resume` goes on"])
    case .resume:
      let recording = try recording(of: journal)
      guard recording.isPaused else { return session.note("the recording does not pause") }
      try begin(recording, Snapshot(of: session, journal, besides: journal.known), journal, in: session)
    case .stop:
      let recording = try recording(of: journal)
      journal.stop()
      let path = DisplayText.safe(recording.path)
      session.note(
        "'\(path)' has \(Self.count(recording.count))", help: ["`zsh-mq run \(path)` replays it"])
    case .status:
      guard let recording = journal.recording else { return try session.output.writeLine("not recording") }
      let state = recording.isPaused ? "paused" : "recording"
      try session.output.writeLine(
        "\(state): '\(DisplayText.safe(recording.path))' has \(Self.count(recording.count))")
    }
  }

  private static func count(_ count: Int) -> String { count == 1 ? "1 statement" : "\(count) statements" }

  private func recording(of journal: Journal) throws(Failure) -> Recording {
    if let recording = journal.recording { return recording }
    throw Failure(.value, "nothing is being recorded", help: ["`record session.zs` begins"])
  }

  // MARK: Beginning

  private func start(
    _ word: PreparedWord, _ mode: RecordingFile.Mode, _ journal: Journal, in session: Session
  ) throws(Failure) {
    let path = try word.text(in: session)
    if let recording = journal.recording {
      throw Failure(
        .value,
        Diagnostic(
          .error, "'\(DisplayText.safe(recording.path))' is being recorded already", at: word.place,
          help: ["`record stop` ends that recording"]))
    }
    if mode == .append, let stopped = journal.stopped, stopped.isUntouched,
      FileContents.realPath(stopped.path) == FileContents.realPath(path)
    {
      return try begin(stopped, Snapshot(of: session, journal, besides: journal.known), journal, in: session)
    }
    let recording: Recording
    do {
      recording = try Recording(path, mode)
    } catch {
      throw Self.failure(error, path, at: word.place)
    }
    try begin(recording, Snapshot(of: session, journal), journal, in: session)
  }

  private func begin(_ recording: Recording, _ snapshot: Snapshot, _ journal: Journal, in session: Session)
    throws(Failure)
  {
    var warnings = snapshot.warnings
    do {
      warnings += try journal.start(recording, with: snapshot.statements)
    } catch {
      throw Failure(
        .zmq(error), "cannot write '\(DisplayText.safe(recording.path))': \(error) (\(error.name))")
    }
    for warning in warnings { session.tell(.notice(warning)) }
    session.note("recording to '\(DisplayText.safe(recording.path))'", help: ["`record stop` ends it"])
  }

  private func save(
    _ word: PreparedWord, _ mode: RecordingFile.Mode, _ journal: Journal, in session: Session
  ) throws(Failure) {
    let path = try word.text(in: session)
    do {
      // What is there is not lost where the rest cannot be written.
      _ = try RecordingFile(path, mode == .force ? .append : mode)
      let script = try journal.script(path: path)
      try FileContents.replace(
        path, with: (mode == .append ? (try? FileContents.read(path)) ?? [] : []) + script)
    } catch {
      throw Self.failure(error, path, at: word.place)
    }
    for name in journal.secretVariables { session.tell(.notice(Journal.secretWarning(name))) }
    if journal.isFull {
      session.tell(
        .notice(
          Diagnostic(
            .warning,
            "the session was longer than its journal: the file has its first \(journal.statements.count) statements"
          )))
    }
    session.note(
      "'\(DisplayText.safe(path))' has \(Self.count(journal.statements.count))",
      help: ["`zsh-mq run \(DisplayText.safe(path))` replays them"])
  }

  private static let help = [
    "EEXIST": "`--force` replaces it, `--append` adds to it",
    "EINVAL": "a recording is a file, and no device",
  ]

  private static func failure(_ error: ZMQError, _ path: String, at place: Place) -> Failure {
    Failure(
      .zmq(error),
      Diagnostic(
        .error, "cannot write '\(DisplayText.safe(path))': \(error) (\(error.name))", at: place,
        help: help[error.name].map { [$0] } ?? []))
  }
}
