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
  private var prefilled = ""
  private var isEditing = false
  /// The hint and the list around the line.
  var overlay = LineOverlay()
  let style = Style(fileDescriptor: STDOUT_FILENO)
  /// Whether a hint could be told from what is typed: not without colours, which the terminals of DEC lack.
  let showsHints: Bool
  /// Whether the line has been wiped off the screen and has to be drawn before the next wait.
  private var isErased = false
  /// Why the reader gave up; nil where libedit itself ended the line.
  private var ending: Outcome?
  /// Whether the cursor is below the line already.
  private var hasLeftLine = false
  var keys: KeyReader
  private let input: KeyInput
  /// What the next ``KeyBinding/paste`` inserts.
  var pasted: [Unicode.Scalar] = []
  /// Whether the cursor cannot be moved up, as with `TERM=dumb`: lines are drawn below each other.
  public let isPlain: Bool
  /// Whether standard input was a terminal: one that is gone answers no more.
  private let isInteractive = isTerminal(STDIN_FILENO)
  /// The prompt as last drawn. libedit keeps no copy, so it has to stay where it is.
  private var promptBuffer = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: 1)
  private var visiblePrompt: [Unicode.Scalar] = []

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

// MARK: - Keys

extension LineEditor {
  /// The next key for libedit; nil where the line is to be given up, and `ending` says why.
  private func readKey() -> Unicode.Scalar? {
    while true {
      if !prefilled.isEmpty {
        pasted = Array(prefilled.unicodeScalars)
        prefilled = ""
        return KeyBinding.paste
      }
      guard ending == nil, !keys.isEmpty || awaitInput() else { return keyThatGivesUp() }
      switch keys.read() {
      case .scalar("\u{1B}"):
        if keys.take(Array("[200~".utf8)) {
          overlay.list = nil
          guard readPaste() else { return keyThatGivesUp() }
          return KeyBinding.paste
        }
        if let key = keyForOverlay("\u{1B}") { return key }
        return isSearching ? keyThatEndsSearch() : "\u{1B}"
      case .nothing: continue
      case .scalar(let scalar) where KeyBinding.own.contains(scalar): continue
      case .scalar(let scalar):
        return keyForOverlay(scalar) ?? (isSearching ? scalar : keyForStatement(scalar))
      case .gone:
        ending = isInteractive ? .hangup : .endOfInput
      }
    }
  }

  /// Waits for standard input and serves what else happens. False where the line is to be given up.
  private func awaitInput() -> Bool {
    while ending == nil {
      drawOverlay()
      let wake = waitForKey()
      if wake.leavesLine { eraseOverlay() }
      switch wake {
      case .input:
        redrawIfErased()
        return true
      case .interrupted:
        redrawIfErased()
        keys.discard()
        ending = .interrupted
      case .hangup:
        ending = .hangup
      case .resized:
        el_resize(editLine)
        erase()
        redrawIfErased()
      case .resumed:
        _ = ct_prepare_terminal(editLine, 0)
        resume()
      case .suspended:
        leaveLine(showing: "")
        if !isPlain { write("\u{1B}[?2004l") }
        _ = ct_prepare_terminal(editLine, 0)
        suspend()
        resume()
      case .redraw:
        erase()
        redrawIfErased()
      }
    }
    return false
  }

  /// Takes the terminal again after a stop, and draws the line anew.
  private func resume() {
    _ = ct_prepare_terminal(editLine, 1)
    el_resize(editLine)
    overlay.isDrawn = false
    // What the screen shows above the cursor is another program's by now.
    write(isPlain ? "" : "\r\u{1B}[J\u{1B}[?2004h")
    isErased = true
    redrawIfErased()
  }

  /// The answer to libedit once there is an `ending`: nil, and the screen is left in order.
  ///
  /// A search is ended by a key first: given up in the midst of one, libedit scrolls.
  private func keyThatGivesUp() -> Unicode.Scalar? {
    if isSearching { return "\u{1B}" }
    guard !hasLeftLine else { return nil }
    hasLeftLine = true
    switch ending {
    case .interrupted: leaveLine(showing: "^C")
    case .hangup: leaveLine(showing: "")
    default: break
    }
    return nil
  }

  /// Whether Ctrl-R or Ctrl-S reads keys now: libedit shows `bck:…` or `fwd:…` behind the line.
  public var isSearching: Bool {
    guard let line = el_wline(editLine) else { return false }
    let text = Array(
      UnsafeBufferPointer(start: line.pointee.buffer, count: line.pointee.lastchar - line.pointee.buffer))
    guard let newline = text.lastIndex(of: 0x0A), text.count >= newline + 5 else { return false }
    let word = String(
      String.UnicodeScalarView(text[(newline + 1)..<(newline + 4)].compactMap { Unicode.Scalar(UInt32($0)) }))
    return (word == "bck" || word == "fwd") && (text[newline + 4] == 0x3A || text[newline + 4] == 0x3F)
  }

  /// In a search an escape ends it, and libedit would type the rest of an arrow key's sequence.
  private func keyThatEndsSearch() -> Unicode.Scalar {
    for (sequence, key) in KeyBinding.controlKeys where keys.take(Array(sequence.utf8)) { return key }
    return "\u{1B}"
  }
}

// MARK: - Paste

extension LineEditor {
  /// Reads a bracketed paste up to its end. False where the line is to be given up.
  private func readPaste() -> Bool {
    let mark = Array("\u{1B}[201~".utf8)
    var offset = 0
    while true {
      if let bytes = keys.takeBytes(before: mark, searchingFrom: &offset) {
        pasted = LineEditor.cleaned(bytes)
        return true
      }
      guard awaitInput() else { return false }
      guard keys.readMore() else {
        ending = .hangup
        return false
      }
    }
  }

  /// What a paste inserts: line ends as newlines, none at its end, and no escape sequences or control
  /// characters, which would run or hide something.
  static func cleaned(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var previous: Unicode.Scalar = "\0"
    let text = String(decoding: bytes, as: UTF8.self)
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if let end = escapeSequenceEnd(in: rest) {
        rest = rest[end...]
        continue
      }
      rest.removeFirst()
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r", "\n": result.append("\n")
      case "\t": result.append(scalar)
      default:
        if !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)) { result.append(scalar) }
      }
      previous = scalar
    }
    while result.last == "\n" { result.removeLast() }
    return result
  }
}

// MARK: - Screen

extension LineEditor {
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ct_write($0.baseAddress, $0.count) }
    }
  }

  private func makePrompt() -> UnsafeMutablePointer<wchar_t>? {
    let text = PromptText(prompt())
    visiblePrompt = text.visible
    if promptBuffer.count <= text.marked.count {
      promptBuffer.deallocate()
      promptBuffer = .allocate(capacity: text.marked.count + 1)
    }
    for (index, scalar) in text.marked.enumerated() {
      promptBuffer[index] = wchar_t(truncatingIfNeeded: scalar.value)
    }
    promptBuffer[text.marked.count] = 0
    return promptBuffer.baseAddress
  }

  /// Wipes prompt and line, and leaves the cursor where the prompt began.
  ///
  /// After a resize this counts rows as a terminal that wraps its lines anew has them. Where a row
  /// ended in a blank, which libedit does not write, such a terminal joins nothing, and one row too
  /// few is wiped: a stale row stays, and nothing that was printed is lost.
  private func erase() {
    guard !isErased else { return }
    isErased = true
    overlay.isDrawn = false
    guard !isPlain else { return write("\n") }
    let row = positions().cursor.row
    write((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J")
  }

  /// Goes to a new row below the line, with some text behind the line's end.
  private func leaveLine(showing text: String) {
    guard !isErased else { return write("\n") }
    guard !isPlain else { return write(text + "\n") }
    let (cursor, end) = positions()
    let down = String(repeating: "\n", count: max(0, end.row - cursor.row))
    let right = end.column > 0 ? "\u{1B}[\(end.column)C" : ""
    write("\(down)\r\(right)\(text)\n")
  }

  func redrawIfErased() {
    guard isErased else { return }
    isErased = false
    _ = ct_refresh(editLine)
  }

  /// The size that libedit draws for, which is that of the terminal where this is known.
  var size: TerminalSize {
    TerminalSize(
      columns: max(1, Int(ct_capability(editLine, "co"))), rows: max(1, Int(ct_capability(editLine, "li"))))
  }

  /// Where the cursor is, and where the line ends.
  func positions() -> (cursor: ScreenPosition, end: ScreenPosition) {
    var end = ScreenPosition(on: size)
    for scalar in visiblePrompt { end.advance(over: scalar) }
    guard let line = el_wline(editLine)?.pointee, var place = line.buffer else { return (end, end) }
    var cursor: ScreenPosition?
    while place < line.lastchar {
      let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: place.pointee)) ?? "\u{FFFD}"
      if place == line.cursor {
        cursor = end
        cursor?.settle(before: scalar)
      }
      end.advance(over: scalar)
      place += 1
    }
    return (cursor ?? end, end)
  }
}

extension LineEditor.Wake {
  /// Whether the line stays where it is on the screen, so that what is around it has to be wiped.
  fileprivate var leavesLine: Bool {
    switch self {
    case .input, .interrupted, .suspended, .hangup: true
    case .resized, .resumed, .redraw: false
    }
  }
}

// MARK: - Wide characters

extension String {
  /// The characters of a C wide string.
  init(scalars: UnsafePointer<wchar_t>, count: Int) {
    self.init()
    for character in UnsafeBufferPointer(start: scalars, count: count) {
      unicodeScalars.append(Unicode.Scalar(UInt32(truncatingIfNeeded: character)) ?? "\u{FFFD}")
    }
  }

  /// The text as a C wide string, with the zero at its end. A zero within it would end it: left out.
  var wideCharacters: [wchar_t] {
    unicodeScalars.compactMap { $0 == "\0" ? nil : wchar_t(truncatingIfNeeded: $0.value) } + [0]
  }
}
