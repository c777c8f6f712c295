import CTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A line of input with editing and history: editline(3) on standard input and output.
///
/// ```swift
/// guard let editor = LineEditor(program: "zsh-mq") else { return }
/// editor.prompt = { "zs> " }
/// editor.waitForKey = { loop.waitForStandardInput() }
/// while case .line(let line) = editor.readLine() {
///   editor.addToHistory(line)
/// }
/// ```
///
/// While a line is edited, the terminal sends single keys, and its signal characters still raise
/// signals: Ctrl-C is a SIGINT that `waitForKey` reports as `.interrupted`. Once `readLine` has
/// returned, the terminal has its earlier modes again. An editor belongs to one thread.
public final class LineEditor {
  /// Why the wait before a key ended.
  public enum Wake: Sendable {
    /// Standard input has bytes.
    case input
    /// Ctrl-C: the line is dropped.
    case interrupted
    /// The terminal has another size (SIGWINCH).
    case resized
    /// The process was stopped and goes on (SIGCONT).
    case resumed
    /// Ctrl-Z: the process is to stop, once the terminal is as it was.
    case suspended
    /// The terminal is gone, or the process was asked to end: the line is given up.
    case hangup
    /// Something was printed with `printAbove`, or the prompt changed.
    case redraw
  }

  /// What became of a line.
  public enum Outcome: Sendable, Equatable {
    /// The statement, without the newline that ended it. It may have several lines.
    case line(String)
    /// Ctrl-C dropped the line.
    case interrupted
    /// Ctrl-D was typed on an empty line.
    case endOfInput
    /// The terminal is gone, or `waitForKey` said `.hangup`.
    case hangup
  }

  /// Gives the prompt each time it is drawn. One line; it may hold escape sequences for colour.
  public var prompt: () -> String = { "> " }

  /// Waits until there is a key to read or something else to do. Called before every read(2) of
  /// which the bytes are not known to be there. The default waits for standard input alone.
  public var waitForKey: () -> Wake = { LineEditor.waitForInput() }

  /// Where the next line begins of a text that is not complete; nil where Enter ends it.
  public var continuation: (String) -> String? = { _ in nil }

  /// Stops the process, and returns when it goes on. The terminal has its earlier modes meanwhile.
  public var suspend: () -> Void = {}

  /// What could stand at the cursor of a line, which is counted in Unicode scalars: Tab asks for it.
  public var complete: (_ line: String, _ cursor: Int) -> CompletionChoices? = { _, _ in nil }

  /// How a line could go on that the cursor stands at the end of: shown behind it in grey.
  public var hint: (_ line: String) -> LineHint? = { _ in nil }

  let editLine: OpaquePointer
  private let history: OpaquePointer?
  var isOpen = true
  /// The entries that the arrow keys walk through.
  var walk = HistoryWalk()
  /// What stands in the line for texts that are taller than the screen.
  var folds = Folds()
  /// What the line begins with, for once.
  var prefilled = ""
  private var isEditing = false
  /// The hint and the list around the line.
  var overlay = LineOverlay()
  let style = Style(fileDescriptor: STDOUT_FILENO)
  /// Whether a hint could be told from what is typed: not without colours, which the terminals of DEC lack.
  let showsHints: Bool
  /// Whether the line has been wiped off the screen and has to be drawn before the next wait.
  var isErased = false
  /// Why the reader gave up; nil where libedit itself ended the line.
  var ending: Outcome?
  /// Whether the cursor is below the line already.
  var hasLeftLine = false
  var keys: KeyReader
  private let input: KeyInput
  /// What the next ``KeyBinding/paste`` inserts.
  var pasted: [Unicode.Scalar] = []
  /// Whether the cursor cannot be moved up, as with `TERM=dumb`: lines are drawn below each other.
  public let isPlain: Bool
  /// Whether standard input was a terminal: one that is gone answers no more.
  let isInteractive = isTerminal(STDIN_FILENO)
  /// The prompt as last drawn. libedit keeps no copy, so it has to stay where it is.
  var promptBuffer = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: 1)
  var visiblePrompt: [Unicode.Scalar] = []

  /// An editor on standard input, output and error; nil where libedit cannot be started.
  ///
  /// The character classes of the process become those of the user's locale, or of `C.UTF-8` where
  /// that is not UTF-8. `~/.editrc` is read (editrc(5)), and our own keys are bound after it.
  ///
  /// - Parameter program: the name that limits a line of `~/.editrc` to this program.
  public init?(program: String) {
    _ = localeKnowsUnicode
    guard let editLine = ct_init(program) else { return nil }
    self.editLine = editLine
    input = KeyInput()
    keys = KeyReader(fileDescriptor: input.fileDescriptor)
    history = ct_history_new(10_000)
    isPlain = !isTerminal(STDOUT_FILENO) || ct_has_capability(editLine, "up") == 0
    showsHints = style.isColored && !(environmentVariable("TERM") ?? "").hasPrefix("vt")
    promptBuffer[0] = 0
    _ = ct_set_owner(editLine, Unmanaged.passUnretained(self).toOpaque())
    // With 1, libedit signals the whole process group.
    _ = ct_set_signals(editLine, 0)
    _ = ct_set_reader(editLine) { editLine, character in
      guard let editor = LineEditor.owner(of: editLine), let character else { return -1 }
      guard let scalar = editor.readKey() else { return -1 }
      character.pointee = wchar_t(truncatingIfNeeded: scalar.value)
      return 1
    }
    let marker = wchar_t(truncatingIfNeeded: PromptText.marker.value)
    _ = ct_set_prompt(
      editLine,
      { editLine in
        guard let editor = LineEditor.owner(of: editLine) else { return nil }
        return editor.makePrompt()
      }, marker)
    if let history { _ = ct_set_history(editLine, history) }
    // Ctrl-S searches forward; it would stop the output otherwise. And made one, a carriage return and a
    // newline that are pasted would be two line ends.
    for mode in ["-ixon", "-icrnl", "-inlcr"] { _ = ct_set_edit_mode(editLine, mode) }
    _ = ct_set_editor(editLine, "emacs")
    KeyBinding.silenceFunctionKeys(in: editLine)
    _ = el_source(editLine, nil)
    // With these, text vanishes when one inserts into a line that wraps over several rows.
    for capability in ["ic", "IC", "im", "ei", "dc", "DC", "dm", "ed"] {
      _ = ct_blank_capability(editLine, capability)
    }
    addFunctions()
    KeyBinding.bindAll(in: editLine)
    KeyBinding.bindCommandMode(in: editLine)
  }

  deinit {
    close()
    promptBuffer.deallocate()
  }

  /// Reads one line with the prompt.
  public func readLine() -> Outcome {
    guard isOpen else { return .hangup }
    ending = nil
    hasLeftLine = false
    isErased = false
    isEditing = true
    // libedit would show the prompt first: what is typed in between is shown by the terminal and again by libedit.
    _ = ct_prepare_terminal(editLine, 1)
    folds = Folds()
    walk.leave()
    overlay = LineOverlay()
    if !isPlain { write("\u{1B}[?2004h") }
    var count: Int32 = 0
    let characters = el_wgets(editLine, &count)
    isEditing = false
    if !isPlain { write("\u{1B}[?2004l") }
    if let ending { return ending }
    guard let characters, count > 0 else {
      // Neither a key nor our reader ended the line: the terminal could not be prepared.
      if count < 0 { return .hangup }
      write("\n")
      return .endOfInput
    }
    var line = String(scalars: characters, count: Int(count))
    if line.unicodeScalars.last == "\n" { line.unicodeScalars.removeLast() }
    return .line(folds.unfolded(line))
  }

  /// Lets the next line begin with a text, the cursor behind it.
  public func prefill(_ text: String) { prefilled = text }

  /// Adds an entry as the newest one that the arrow keys and Ctrl-R find. A repeat of the last is
  /// left out.
  public func addToHistory(_ entry: String) {
    guard isOpen else { return }
    walk.add(entry)
    // Found by a search, a text taller than the screen could not be folded.
    guard let history, isShort(entry) else { return }
    let characters = entry.wideCharacters
    _ = characters.withUnsafeBufferPointer { ct_history_enter(history, $0.baseAddress) }
  }

  /// Puts other entries in the place of those that there are, the oldest first.
  public func setHistory(_ entries: [String]) {
    guard isOpen else { return }
    walk = HistoryWalk()
    if let history { ct_history_clear(history) }
    for entry in entries { addToHistory(entry) }
  }

  /// Prints text above the line that is being edited.
  ///
  /// Made for use within `waitForKey`. The line is wiped at once and drawn again when `waitForKey`
  /// returns, whatever it returns, so that a burst of prints costs one redraw: return `.redraw`
  /// after it. Between lines the text is merely printed.
  ///
  /// - Parameter text: whole lines; a newline is added where the last one has none.
  public func printAbove(_ text: String) {
    guard isOpen, !text.isEmpty else { return }
    if isEditing { erase() }
    write(text.unicodeScalars.last == "\n" ? text : text + "\n")
  }

  /// Gives the terminal back and ends libedit. Done by `deinit` too; a second call does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    el_end(editLine)
    if let history { history_wend(history) }
  }

  /// A wait for standard input alone, for programs without an event loop. See poll(2).
  private static func waitForInput() -> Wake {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, -1) < 0 && errno == EINTR ? .interrupted : .input
  }

  static func owner(of editLine: OpaquePointer?) -> LineEditor? {
    guard let editLine, let owner = ct_owner(editLine) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }
}
