import Script

/// The part of a session that keeps what it meant: see ``Journal``.
extension Session {
  /// Keeps a journal from now on, from which recordings are written. The prompt does; scripts do not pay for it.
  public func keepJournal() {
    journal = Journal(
      of: sockets, isCommand: { CommandTable.standard.named($0) != nil },
      isNameTaken: { [unowned self] name in  // the journal is this session's own
        scope.bound.contains(name) || sockets[name] != nil || served[name] != nil
      },
      expansion: { [unowned self] name, arguments in  // the same
        aliases[name]?.source(with: arguments)
      }, definition: { [unowned self] name in definitions[name]?.text.body })  // the same
  }

  /// Runs a text statement by statement, and tells the journal of each.
  func run(_ program: PreparedBlock, of source: SourceFile, keeping journal: Journal) -> Outcome {
    for warning in journal.begin(source) { tell(.notice(warning)) }
    defer {
      isTracing = runtime.sink.wantsTrace
      recordingMark = journal.recording.map { $0.isPaused ? "paused" : "rec" }
    }
    return run { (session) throws(Failure) in
      try program.execute(in: session) { (place, statement) throws(Failure) in
        session.isTracing = true
        journal.begin(at: place)
        do throws(Failure) {
          try statement()
          tellDeliveries()
        } catch {
          session.tellWarnings(journal.end(error))
          throw error
        }
        session.tellWarnings(journal.end(nil))
      }
    }
  }

  private func tellWarnings(_ warnings: [Diagnostic]) {
    for warning in warnings { tell(.notice(warning)) }
  }
}
