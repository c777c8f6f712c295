import CTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What libedit reads: keys, as they come.
extension LineEditor {
  /// The next key for libedit; nil where the line is to be given up, and `ending` says why.
  func readKey() -> Unicode.Scalar? {
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
  func awaitInput() -> Bool {
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
  func resume() {
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
  func keyThatGivesUp() -> Unicode.Scalar? {
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
  func keyThatEndsSearch() -> Unicode.Scalar {
    for (sequence, key) in KeyBinding.controlKeys where keys.take(Array(sequence.utf8)) { return key }
    return "\u{1B}"
  }
}
