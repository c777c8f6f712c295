#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is shown around the line while a key is awaited, and is gone before the key is handled: a hint behind its
/// end, a list of choices below it. libedit knows nothing of either.
struct LineOverlay {
  /// The choices that are listed, and the page of them.
  var list: CompletionList?
  var page = 0
  /// The hint that is shown, and whether it can be taken.
  var hint: LineHint?
  /// What of a hint is inserted next.
  var taken: [Unicode.Scalar] = []
  /// Whether something of it is on the screen now.
  var isDrawn = false
}

extension LineEditor {
  /// Draws hint and list, and puts the cursor back. Done before each wait for a key.
  func drawOverlay() {
    guard !overlay.isDrawn else { return }
    overlay.hint = nil
    // What was typed ahead is handled at once: nobody would see it.
    guard !isPlain, !hasInput, !isSearching else { return }
    if let list = overlay.list { draw(list) } else { drawHint() }
  }

  /// Wipes them off the screen, the cursor where it was. Done before a key is handled.
  func eraseOverlay() {
    guard overlay.isDrawn else { return }
    overlay.isDrawn = false
    guard overlay.list != nil else { return write("\u{1B}[K") }
    let (cursor, end) = positions()
    let down = end.row - cursor.row + 1
    write(String(repeating: "\n", count: down) + "\r\u{1B}[J\u{1B}[\(down)A" + toColumn(cursor.column))
  }

  private func draw(_ list: CompletionList) {
    let (cursor, end) = positions()
    let room = size.rows - end.row - 1
    guard room > 0 else { return }
    let rows = list.rows(ofPage: overlay.page, columns: size.columns, rows: room)
    let below = end.row - cursor.row
    // Line ends make room where the screen ends, and what is above moves up.
    var text = String(repeating: "\n", count: below)
    for row in rows { text += "\r\n" + row + "\u{1B}[K" }
    write(text + "\u{1B}[\(below + rows.count)A" + toColumn(cursor.column))
    overlay.isDrawn = true
  }

  private func toColumn(_ column: Int) -> String { column > 0 ? "\r\u{1B}[\(column)C" : "\r" }

  private func drawHint() {
    let (before, after) = surroundings
    guard showsHints, after.isEmpty, !before.isEmpty,
      let found = hint(String(String.UnicodeScalarView(before)))
    else { return }
    // The last column stays free: the terminal would go on in the next row.
    var room = size.columns - 1 - positions().end.column
    var shown = String.UnicodeScalarView()
    var width = 0
    for scalar in found.text.unicodeScalars {
      let next = columns(of: scalar)
      guard next >= 0, next <= room else { break }
      room -= next
      width += next
      shown.append(scalar)
    }
    guard width > 0 else { return }
    write(style.apply(.hint, to: String(shown)) + "\u{1B}[\(width)D")
    overlay.hint = found
    overlay.isDrawn = true
  }

  /// Whether a key is there already.
  private var hasInput: Bool {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) == 1
  }

  // MARK: Keys

  /// The key that takes the hint, or a word of it, where the key that was typed means that; else nil.
  func keyForOverlay(_ key: Unicode.Scalar) -> Unicode.Scalar? {
    if key != "\t" { overlay.list = nil }
    guard let hint = overlay.hint, hint.isTakeable else { return nil }
    overlay.hint = nil
    for (sequence, takesWord) in KeyBinding.hintKeys where sequence.unicodeScalars.first == key {
      guard keys.take(Array(sequence.utf8.dropFirst())) else { continue }
      overlay.taken = Self.part(of: hint.text, isWord: takesWord)
      return KeyBinding.takeHint
    }
    return nil
  }

  /// The first line of a hint, or its first word with the blanks before it.
  static func part(of hint: String, isWord: Bool) -> [Unicode.Scalar] {
    let line = Array(hint.unicodeScalars.prefix { $0 != "\n" })
    guard isWord else { return line }
    let blanks = line.prefix { $0 == " " }.count
    return Array(line[..<blanks] + line[blanks...].prefix { $0 != " " })
  }
}
