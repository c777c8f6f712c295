import CTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is on the screen: the prompt, the line, and what is printed above it.
extension LineEditor {
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ct_write($0.baseAddress, $0.count) }
    }
  }

  func makePrompt() -> UnsafeMutablePointer<wchar_t>? {
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
  func erase() {
    guard !isErased else { return }
    isErased = true
    overlay.isDrawn = false
    guard !isPlain else { return write("\n") }
    let row = positions().cursor.row
    write((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J")
  }

  /// Goes to a new row below the line, with some text behind the line's end.
  func leaveLine(showing text: String) {
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
  var leavesLine: Bool {
    switch self {
    case .input, .interrupted, .suspended, .hangup: true
    case .resized, .resumed, .redraw: false
    }
  }
}
