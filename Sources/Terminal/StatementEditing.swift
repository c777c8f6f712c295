import CTerminal

// A statement of several lines is one line to libedit, with newlines in it: it is edited as a whole, comes back
// from the history as a whole, and is dropped as a whole.
extension LineEditor {
  private typealias Function = @convention(c) (OpaquePointer?, Int32) -> UInt8

  /// Our own editing functions, which ``KeyBinding`` binds to keys.
  private static let functions: [(name: String, help: String, call: Function)] = [
    ("zs-paste", "Insert a pasted text", { editor, _ in act(editor) { $0.insertPaste() } }),
    ("zs-delete-label", "Delete a folded text", { editor, _ in act(editor) { $0.deleteLabel() } }),
    ("zs-complete", "Complete the word", { editor, _ in act(editor) { $0.completeWord() } }),
    ("zs-take-hint", "Take the hint", { editor, _ in act(editor) { $0.insertHint() } }),
    ("zs-new-line", "Begin a new line", { editor, _ in act(editor) { $0.insertNewLine() } }),
    ("zs-close-block", "Close a block at its depth", { editor, _ in act(editor) { $0.closeBlock() } }),
    ("zs-up", "Go a line up, or to an older entry", { editor, _ in act(editor) { $0.goUp() } }),
    ("zs-down", "Go a line down, or to a newer entry", { editor, _ in act(editor) { $0.goDown() } }),
    ("zs-older", "Go to an older entry", { editor, _ in act(editor) { $0.recallOlder() } }),
    ("zs-newer", "Go to a newer entry", { editor, _ in act(editor) { $0.recallNewer() } }),
    ("zs-line-start", "Go to the start of the line", { editor, _ in act(editor) { $0.goToLineStart() } }),
    ("zs-line-end", "Go to the end of the line", { editor, _ in act(editor) { $0.goToLineEnd() } }),
  ]

  func addFunctions() {
    for (name, help, call) in Self.functions { _ = ct_add_function(editLine, name, help, call) }
  }

  /// Does what a key asks for; false where it cannot be done, which libedit answers with a beep.
  private static func act(_ editLine: OpaquePointer?, _ body: (LineEditor) -> Bool) -> UInt8 {
    guard let editor = owner(of: editLine) else { return UInt8(CC_ERROR) }
    return UInt8(body(editor) ? CC_REFRESH : CC_ERROR)
  }

  // MARK: The text

  /// What stands before and behind the cursor.
  var surroundings: (before: [Unicode.Scalar], after: [Unicode.Scalar]) {
    guard let line = el_wline(editLine)?.pointee, let start = line.buffer else { return ([], []) }
    let scalars = UnsafeBufferPointer(start: start, count: line.lastchar - start).map {
      Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{FFFD}"
    }
    let cursor = line.cursor - start
    return (Array(scalars[..<cursor]), Array(scalars[cursor...]))
  }

  /// The statement as it would be entered.
  private var text: String {
    let (before, after) = surroundings
    return folds.unfolded(String(scalars: before + after))
  }

  func insert(_ text: [Unicode.Scalar]) -> Bool {
    let characters = text.map { wchar_t(truncatingIfNeeded: $0.value) } + [0]
    return text.isEmpty || characters.withUnsafeBufferPointer { el_winsertstr(editLine, $0.baseAddress) } == 0
  }

  /// Puts a text in the place of the whole line, the cursor behind it.
  private func replace(with text: String) -> Bool {
    let (before, after) = surroundings
    _ = el_cursor(editLine, Int32(after.count))
    el_deletestr(editLine, Int32(before.count + after.count))
    return insert(Array((isShort(text) ? text : folds.fold(text, "recalled")).unicodeScalars))
  }

  /// Whether a text, with what is in the line, fits on the screen with room for an error below.
  func isShort(_ text: String, beside other: Int = 0) -> Bool {
    let size = size
    var rows = other
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      // The prompt takes some of the first row, which the row that is left free makes up for.
      rows += 1 + line.count / size.columns
      if rows >= size.rows - 1 { return false }
    }
    return true
  }

  // MARK: Insertion

  /// The key that libedit is given for one that was typed: Enter in a text that is not complete begins a line.
  func keyForStatement(_ key: Unicode.Scalar) -> Unicode.Scalar {
    switch key {
    case "\r", "\n":
      guard continuation(text) != nil else { return key }
      return KeyBinding.newLine
    case "\u{08}", "\u{7F}":
      return folds.labelLength(endOf: String(scalars: surroundings.before)) == nil
        ? key : KeyBinding.deleteLabel
    default: return key
    }
  }

  /// A line end, and the blanks that the next line begins with.
  private var newLine: [Unicode.Scalar] {
    let before = folds.unfolded(String(scalars: surroundings.before))
    return ["\n"] + Array((continuation(before) ?? "").unicodeScalars)
  }

  private func insertNewLine() -> Bool {
    // In the command mode of vi the cursor stands on the last character and not behind it.
    if ct_is_vi(editLine) == 1 { _ = el_cursor(editLine, Int32(surroundings.after.count)) }
    return insert(newLine)
  }

  /// Inserts what was pasted, or its label where it is taller than the screen.
  private func insertPaste() -> Bool {
    defer { pasted = [] }
    let (before, after) = surroundings
    let rows = (before + after).count { $0 == "\n" }
    let text = String(scalars: pasted)
    return insert(isShort(text, beside: rows) ? pasted : Array(folds.fold(text, "pasted").unicodeScalars))
  }

  /// Where nothing but blanks stands before it on its line, a brace moves out to the depth of what it closes.
  private func closeBlock() -> Bool {
    let before = surroundings.before
    let indent = before.reversed().prefix { $0 == " " }.count
    let isFirst = before.count > indent && before[before.count - indent - 1] == "\n"
    // In a quote every blank counts.
    let depth = continuation(folds.unfolded(String(scalars: before)))?.utf8.count ?? 0
    if isFirst, depth >= 2, indent > depth - 2 { el_deletestr(editLine, Int32(indent - depth + 2)) }
    return insert(["}"])
  }

  private func deleteLabel() -> Bool {
    guard let length = folds.labelLength(endOf: String(scalars: surroundings.before)) else { return false }
    el_deletestr(editLine, Int32(length))
    return true
  }

  // MARK: Lines and entries

  private func goUp() -> Bool {
    let (before, after) = surroundings
    guard let end = before.lastIndex(of: "\n") else { return recallOlder() }
    let start = before[..<end].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let column = before.count - end - 1
    let place = start + min(column, end - start)
    // Of a statement that is taller than the screen libedit shows the end: the cursor stays in it.
    guard isShort(String(scalars: Array(before[place...]) + after)) else { return false }
    _ = el_cursor(editLine, Int32(place - before.count))
    return true
  }

  private func goDown() -> Bool {
    let (before, after) = surroundings
    guard let end = after.firstIndex(of: "\n") else { return recallNewer() }
    let column = before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0)
    let next = after[(end + 1)...]
    let length = (next.firstIndex(of: "\n") ?? after.count) - end - 1
    _ = el_cursor(editLine, Int32(end + 1 + min(column, length)))
    return true
  }

  private func recallOlder() -> Bool {
    guard let entry = walk.older(than: text) else { return false }
    return replace(with: entry)
  }

  private func recallNewer() -> Bool {
    guard let entry = walk.newer(than: text) else { return false }
    return replace(with: entry)
  }

  private func goToLineStart() -> Bool {
    let before = surroundings.before
    let column = before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0)
    guard column > 0 || isShort(text) else { return false }
    _ = el_cursor(editLine, Int32(-(column > 0 ? column : before.count)))
    return true
  }

  private func goToLineEnd() -> Bool {
    let after = surroundings.after
    let column = after.firstIndex(of: "\n") ?? after.count
    _ = el_cursor(editLine, Int32(column > 0 ? column : after.count))
    return true
  }
}

extension String {
  fileprivate init(scalars: [Unicode.Scalar]) {
    self.init(UnicodeScalarView(scalars))
  }
}
