import ArgumentParser
import Reports
import Script
import Shell
import Terminal
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `zsh-mq` alone: the prompt, or a script on standard input where that is no terminal.
struct PromptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Open the prompt (the default).")

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp("Run this text instead of the prompt, as `run -c` does.", valueName: "text")
  )
  var text: String?

  @Option(
    name: .customLong("rc"),
    help: ArgumentHelp(
      "Read this file before the first prompt, not $XDG_CONFIG_HOME/zsh-mq/rc.zs.", valueName: "file"),
    completion: .file(extensions: ["zs"]))
  var configuration: String?

  @Flag(name: .customLong("no-rc"), help: "Read no such file.")
  var ignoresConfiguration = false

  @OptionGroup var options: ScriptOptions

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var words: [String] = []

  func validate() throws {
    if configuration != nil, ignoresConfiguration {
      throw ValidationError("--rc and --no-rc say the opposite of each other")
    }
    if text == nil, let first = words.first {
      if first.hasPrefix("-") { throw ValidationError("Unknown option '\(first)'") }
      throw ValidationError("'\(first)' is no subcommand; `zsh-mq run \(first)` runs a script of this name")
    }
  }

  func run() throws {
    if let text {
      throw ScriptRun(SourceFile(name: "-c", text: text), arguments: words, options).exitCode()
    }
    // The line editor needs both: a prompt in a pipe would be data.
    guard isTerminal(0), isTerminal(1) else {
      let bytes: [UInt8]
      do {
        bytes = try FileContents.read("-")
      } catch {
        throw ProcessSetup.report(Diagnostic(.error, "cannot read standard input: \(error) (\(error.name))"))
      }
      throw ScriptRun(SourceFile(name: "standard input", bytes: bytes), arguments: words, options).exitCode()
    }
    do {
      let configuration =
        ignoresConfiguration ? nil : configuration.map(Configuration.chosen) ?? Configuration.usual()
      throw ExitCode(try Prompt(options, configuration).run().rawValue)
    } catch let error as ZMQError {
      throw ProcessSetup.report(Diagnostic(.error, "cannot start: \(error) (\(error.name))"))
    }
  }
}

/// The prompt: a line is read, run, and the next is asked for.
final class Prompt {
  private let process: ProcessSetup
  private let session: Session
  private let output = StandardOutput()
  private let isErrorSameTerminal = isTerminal(2)
  private let editor: LineEditor?
  private let history: History
  private let configuration: Configuration?
  private let style = Style(fileDescriptor: 1)
  /// The reasons that ended the wait for a key for good.
  private var ending: Interrupt.Reasons = []
  /// The prompt as it was drawn last.
  private var drawnPrompt = ""
  /// Whether it stays as it is: where the cursor cannot be moved up, another prompt would be drawn amid the line.
  private var keepsPrompt = false
  /// When the prompt and what is above it may be drawn again by themselves.
  private var restsUntil = Instant.past
  /// Whether something may have changed that was not looked at yet.
  private var mayHaveNews = false

  init(_ options: ScriptOptions, _ configuration: Configuration?) throws(ZMQError) {
    self.configuration = configuration
    process = try ProcessSetup(isPrompt: true)
    process.interrupt.catchSignal(SIGWINCH, as: .resized)
    process.interrupt.catchSignal(SIGCONT, as: .resumed)
    let console = Console(
      renderer: ProcessSetup.renderer(), isInteractive: true, trace: options.trace,
      write: { [output, isErrorSameTerminal] text in
        output.writeNotice(text, isSameTerminal: isErrorSameTerminal)
      })
    session = Session(
      try Runtime(output: output, sink: console), interrupt: process.interrupt, isInteractive: true,
      waitLimit: options.timeout?.duration, allowsPrograms: !options.refusesPrograms)
    session.display = Self.display(style)
    editor = LineEditor(program: "zsh-mq")
    history = History(path: History.defaultPath())
    history.storable = { [unowned self] in SecretWords.masked($0, after: definitions) }
    session.keepJournal()
  }

  /// What results are laid out for.
  private static func display(_ style: Style) -> Display {
    Display(
      size: {
        let size = TerminalSize(fileDescriptor: 1) ?? TerminalSize(columns: 80, rows: 24)
        return (size.columns, size.rows)
      },
      width: { displayWidth(of: $0) },
      style: { role, text in
        switch role {
        case .name: style.apply(.note, to: text)
        case .text: style.apply(.success, to: text)
        case .number: style.apply(.value, to: text)
        case .word: style.apply(.state, to: text)
        case .remark: style.apply(.dim, to: text)
        }
      },
      // A pager moves the cursor about.
      pager: environmentVariable("TERM") == "dumb" ? nil : Display.pager(environment: environmentVariable))
  }

  func run() -> ExitStatus {
    guard let editor else {
      ProcessSetup.writeError("error: the line editor cannot be started on this terminal\n")
      return .failed
    }
    editor.prompt = { [unowned self] in promptText }  // the editor does not outlive the prompt
    editor.waitForKey = { [unowned self] in waitForKey() }
    editor.continuation = { [unowned self] in session.continuation(of: $0) }
    editor.suspend = { [unowned self] in process.suspend() }
    let assistant = PromptAssistant(session, history)
    editor.complete = { assistant.choices(in: $0, at: $1) }
    editor.hint = { assistant.hint(for: $0) }
    loadHistory(into: editor)
    greet()
    let status = configure() ?? loop(editor)
    editor.close()
    session.close()
    process.releaseSignals()
    return status
  }

  private func loop(_ editor: LineEditor) -> ExitStatus {
    while true {
      switch readLine(editor) {
      case .line(let line):
        if let status = take(line, editor) { return status }
      case .interrupted: break
      case .endOfInput: return .success
      case .hangup:
        return ending.contains(.terminate) ? .terminated : .hungUp
      }
    }
  }

  /// Reads a statement; what tasks print meanwhile stands above it.
  private func readLine(_ editor: LineEditor) -> LineEditor.Outcome {
    mayHaveNews = true
    keepsPrompt = false
    output.hold(waking: process.interrupt)
    process.catchKeys()
    defer {
      process.releaseKeys()
      output.release()
    }
    return editor.readLine()
  }

  /// Runs a statement; not nil where the shell ends.
  private func take(_ text: String, _ editor: LineEditor) -> ExitStatus? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    if let indent = session.continuation(of: text) {
      // A search ended with Enter, which takes a text as it is.
      editor.prefill("\(text)\n\(indent)")
      return nil
    }
    remember(text, editor)
    let start = Instant.now
    let outcome = session.run(SourceFile(name: "prompt", text: text, isPrompt: true))
    tellTime(since: start, outcome)
    return end(of: outcome)
  }

  /// What becomes of the shell after some statements; not nil where it ends.
  private func end(of outcome: Session.Outcome) -> ExitStatus? {
    process.interrupt.take([.interrupt, .taskFailed])
    switch outcome {
    case .completed, .failed: return nil
    case .interrupted:
      // The terminal has shown `^C`; the next prompt begins a line.
      ProcessSetup.writeError("\n")
      session.tellParting()
      session.tellDeliveries()
      return nil
    case .ended(let status): return status
    }
  }

  /// Says how long a line took, where that was long enough to be noticed.
  private func tellTime(since start: Instant, _ outcome: Session.Outcome) {
    guard start.elapsed > .milliseconds(500) else { return }
    switch outcome {
    case .completed, .failed:
      ProcessSetup.writeError(style.apply(.dim, to: "took \(start.elapsed.spokenText)") + "\n")
    case .interrupted, .ended: return
    }
  }

  /// Waits for a key, and draws what changes meanwhile. Keys go first, whatever else comes.
  private func waitForKey() -> LineEditor.Wake {
    while true {
      let (reasons, hasInput) = session.waitForInput(until: nextLook)
      if !reasons.isDisjoint(with: [.terminate, .hangup]) {
        ending = reasons
        return .hangup
      }
      mayHaveNews = true
      if reasons.contains(.interrupt) { return .interrupted }
      if reasons.contains(.suspended) { return .suspended }
      if reasons.contains(.resumed) { return .resumed }
      if reasons.contains(.resized) { return .resized }
      if hasInput { return .input }
      if showNews() { return .redraw }
    }
  }

  /// When the screen is to be looked at although nothing happens.
  private var nextLook: Instant {
    if mayHaveNews { return restsUntil }
    guard editor?.isSearching != true else { return .never }
    return PromptLine(session.promptState, columns: 0).nextChange ?? .never
  }

  /// Prints what is held above the line; true where something has to be drawn.
  ///
  /// A burst becomes a few redraws: after each, the screen rests for a moment, and a part at a time is printed, so
  /// that a key is not kept waiting.
  private func showNews() -> Bool {
    let now = Instant.now
    guard now >= restsUntil else { return false }
    // A terminal that is behind would keep the keys waiting.
    guard output.takesMore else {
      restsUntil = now + .milliseconds(20)
      return false
    }
    let text = output.takeHeld(atMost: 4096)  // a screen full: nobody reads more of it in that time
    editor?.printAbove(String(decoding: text, as: UTF8.self))
    if !text.isEmpty { keepsPrompt = false }
    mayHaveNews = output.isHolding
    // Where lines can only be drawn below each other, a prompt is not worth another one.
    let isNew = !text.isEmpty || (editor?.isPlain == false && makePrompt() != drawnPrompt)
    if isNew { restsUntil = now + .milliseconds(20) }  // 50 times a second looks like at once
    return isNew
  }

  private var promptText: String {
    if !keepsPrompt { drawnPrompt = makePrompt() }
    keepsPrompt = editor?.isPlain == true
    return drawnPrompt
  }

  /// `client awaiting reply> `
  private func makePrompt() -> String {
    let columns = TerminalSize(fileDescriptor: 1)?.columns ?? 80
    return PromptLine(session.promptState, columns: columns).text(in: style)
  }

  /// Says what to type: more where nobody has typed anything yet.
  private func greet() {
    let name = "zsh-mq \(Version.number) on libzmq \(ZeroMQLibrary.versionText)"
    guard history.isNew else {
      return ProcessSetup.writeError("\(name). Try `bind rep 5546` or `help`; Ctrl-D leaves.\n")
    }
    ProcessSetup.writeError(
      """
      \(name). `help` tells all, Ctrl-C stops, Ctrl-D leaves.
      Try `bind rep 5546`, `connect req 5546`, `send Hello`, `rep1 recv`,
      `rep1 send World`, `recv`; then `help patterns` for what else there is.

      """)
  }

  /// Reads the rc file; not nil where it ends the shell.
  private func configure() -> ExitStatus? {
    guard let configuration, let source = configuration.source(stoppedBy: process.interrupt) else {
      return nil
    }
    return end(of: session.run(source))
  }

  // MARK: History

  private var historyHasFailed = false

  private func loadHistory(into editor: LineEditor) {
    do {
      try history.load()
    } catch {
      complain(of: error)
    }
    editor.setHistory(history.entries)
    // Both are the prompt's, and so is what they hold of it.
    session.history = LineHistory(
      entries: { [unowned self, unowned editor] in entriesOfAll(editor) },
      clear: { [unowned self, unowned editor] in clearHistory(editor).map { "\($0)" } })
  }

  /// The entries, with what other shells have appended by now.
  private func entriesOfAll(_ editor: LineEditor) -> [String] {
    do {
      try history.load()
    } catch {
      complain(of: error)
    }
    editor.setHistory(history.entries)
    return history.entries.map { SecretWords.masked($0) }
  }

  private func clearHistory(_ editor: LineEditor) -> HistoryError? {
    editor.setHistory([])
    do {
      try history.clear()
      return nil
    } catch {
      return error
    }
  }

  private func remember(_ text: String, _ editor: LineEditor) {
    editor.addToHistory(text)
    do {
      try history.append(text)
      let names = SecretWords.variables(in: text)
      if !names.isEmpty { try maskAssignments(of: names) }
    } catch {
      complain(of: error)
    }
    if text.contains("let ") { assignments.append(text) }
    if text.contains("def ") { definitions += text + "\n" }
  }

  /// The `def`s that were typed here: what they are given may be a secret.
  private var definitions = ""

  /// The lines typed here that give variables a value: a later one may tell that it is a secret.
  private var assignments: [String] = []

  private func maskAssignments(of names: Set<String>) throws(HistoryError) {
    var others: [String: String] = [:]
    for line in assignments {
      let masked = SecretWords.masked(line, keptIn: names)
      if masked != line { others[line] = masked }
    }
    guard !others.isEmpty else { return }
    assignments.removeAll { others[$0] != nil }
    try history.replace(others)
  }

  /// Says once what is wrong with the history: it costs nothing else.
  private func complain(of error: HistoryError) {
    if historyHasFailed { return }
    historyHasFailed = true
    let warning = Diagnostic(
      .warning,
      error.isPartial ? "a part of the history is lost: \(error)" : "the history is not kept: \(error)")
    ProcessSetup.writeError(ProcessSetup.renderer().render(warning) + "\n")
  }
}
