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

  @OptionGroup var options: ScriptOptions

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var words: [String] = []

  func validate() throws {
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
        throw ScriptRun.report(Diagnostic(.error, "cannot read standard input: \(error) (\(error.name))"))
      }
      throw ScriptRun(SourceFile(name: "standard input", bytes: bytes), arguments: words, options).exitCode()
    }
    do {
      throw ExitCode(try Prompt(options).run().rawValue)
    } catch let error as ZMQError {
      throw ScriptRun.report(Diagnostic(.error, "cannot start: \(error) (\(error.name))"))
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
  private let style = Style(fileDescriptor: 1)
  /// The reasons that ended the wait for a key for good.
  private var ending: Interrupt.Reasons = []
  /// The lines of a statement that is not complete.
  private var pending = ""
  /// The prompt as it was drawn last.
  private var drawnPrompt = ""
  /// When the prompt and what is above it may be drawn again by themselves.
  private var restsUntil = Instant.past
  /// Whether something may have changed that was not looked at yet.
  private var mayHaveNews = false

  init(_ options: ScriptOptions) throws(ZMQError) {
    process = try ProcessSetup()
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
    editor = LineEditor(program: "zsh-mq")
    history = History(path: History.defaultPath())
    history.isSecret = { History.namesSecret($0) || SecretWords.isSecret(text: $0) }
  }

  func run() -> ExitStatus {
    guard let editor else {
      ProcessSetup.writeError("error: the line editor cannot be started on this terminal\n")
      return .failed
    }
    editor.prompt = { [unowned self] in promptText }  // the editor does not outlive the prompt
    editor.waitForKey = { [unowned self] in waitForKey() }
    loadHistory(into: editor)
    greet()
    let status = loop(editor)
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
      case .interrupted:
        pending = ""
      case .endOfInput:
        if pending.isEmpty { return .success }
        pending = ""
      case .hangup:
        return ending.contains(.terminate) ? .terminated : .hungUp
      }
    }
  }

  /// Reads a line; what tasks print meanwhile stands above it.
  private func readLine(_ editor: LineEditor) -> LineEditor.Outcome {
    mayHaveNews = true
    output.hold(waking: process.interrupt)
    defer { output.release() }
    return editor.readLine()
  }

  /// Runs a line, or keeps it until its statement is complete; not nil where the shell ends.
  private func take(_ line: String, _ editor: LineEditor) -> ExitStatus? {
    let text = pending.isEmpty ? line : "\(pending)\n\(line)"
    if text.allSatisfy(\.isWhitespace) { return nil }
    if session.isIncomplete(text) {
      pending = text
      return nil
    }
    pending = ""
    remember(text, editor)
    // A Ctrl-C that came before the line was entered belongs to the past.
    process.interrupt.take(.interrupt)
    let outcome = session.run(SourceFile(name: "prompt", text: text, isPrompt: true))
    process.interrupt.take([.interrupt, .taskFailed])
    switch outcome {
    case .completed, .failed: return nil
    case .interrupted:
      // The terminal has shown `^C`; the next prompt begins a line.
      ProcessSetup.writeError("\n")
      return nil
    case .ended(let status): return status
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
      if reasons.contains(.resumed) { return .resumed }
      if reasons.contains(.resized) { return .resized }
      if hasInput { return .input }
      if showNews() { return .redraw }
    }
  }

  /// When the screen is to be looked at although nothing happens.
  private var nextLook: Instant {
    if mayHaveNews { return restsUntil }
    guard pending.isEmpty, editor?.isSearching != true else { return .never }
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
    mayHaveNews = output.isHolding
    // Where lines can only be drawn below each other, a prompt is not worth another one.
    let isNew = !text.isEmpty || (editor?.isPlain == false && makePrompt() != drawnPrompt)
    if isNew { restsUntil = now + .milliseconds(20) }  // 50 times a second looks like at once
    return isNew
  }

  private var promptText: String {
    drawnPrompt = makePrompt()
    return drawnPrompt
  }

  /// `client awaiting reply> `
  private func makePrompt() -> String {
    if !pending.isEmpty { return style.apply(.dim, to: "...") + " " }
    let columns = TerminalSize(fileDescriptor: 1)?.columns ?? 80
    return PromptLine(session.promptState, columns: columns).text(in: style)
  }

  private func greet() {
    ProcessSetup.writeError(
      "zsh-mq \(Version.number) on libzmq \(ZeroMQLibrary.versionText). Try `bind rep 5546` or `help`; Ctrl-D leaves.\n"
    )
  }

  // MARK: History

  private var historyHasFailed = false

  private func loadHistory(into editor: LineEditor) {
    do {
      for entry in try history.load() { editor.addToHistory(entry) }
    } catch {
      complain(of: error)
    }
  }

  private func remember(_ text: String, _ editor: LineEditor) {
    editor.addToHistory(text)
    do {
      try history.append(text)
    } catch {
      complain(of: error)
    }
  }

  /// Says once that the history cannot be kept: it costs nothing else.
  private func complain(of error: HistoryError) {
    if historyHasFailed { return }
    historyHasFailed = true
    let warning = Diagnostic(.warning, "the history is not kept: \(error)")
    ProcessSetup.writeError(ProcessSetup.renderer().render(warning) + "\n")
  }
}
