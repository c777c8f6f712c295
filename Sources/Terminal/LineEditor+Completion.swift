import CTerminal

extension LineEditor {
  /// The editing function behind Tab: what all choices have in common is typed, and where they differ they are
  /// listed; with the list on the screen, its next page.
  func completeWord() -> Bool {
    let (before, after) = surroundings
    if overlay.list != nil {
      overlay.page += 1
      return isPlain ? printList() : true
    }
    guard let found = complete(String(String.UnicodeScalarView(before + after)), before.count),
      found.range.lowerBound <= before.count, found.range.upperBound >= before.count,
      found.range.upperBound <= before.count + after.count, let first = found.choices.first
    else { return false }
    if found.choices.count == 1 {
      let next = after.dropFirst(found.range.upperBound - before.count).first
      let blank: [Unicode.Scalar] = first.isWhole && next != " " ? [" "] : []
      return replace(found.range, with: Array(first.text.unicodeScalars) + blank)
    }
    let common = found.commonPrefix
    if common.count > before.count - found.range.lowerBound, found.range.upperBound == before.count {
      return replace(found.range, with: common)
    }
    overlay.list = CompletionList(found.choices, style: style)
    overlay.page = 0
    return isPlain ? printList() : true
  }

  /// The editing function that inserts what was taken of a hint.
  func insertHint() -> Bool {
    defer { overlay.taken = [] }
    return insert(overlay.taken)
  }

  /// Puts scalars in the place of others, the cursor behind them.
  private func replace(_ range: Range<Int>, with text: [Unicode.Scalar]) -> Bool {
    _ = el_cursor(editLine, Int32(range.upperBound - surroundings.before.count))
    if !range.isEmpty { el_deletestr(editLine, Int32(range.count)) }
    return insert(text)
  }

  /// Where the cursor cannot be moved up: the page is printed, and the line again below it.
  private func printList() -> Bool {
    guard let list = overlay.list else { return false }
    let rows = list.rows(ofPage: overlay.page, columns: size.columns, rows: max(1, size.rows - 2))
    printAbove(rows.joined(separator: "\n"))
    redrawIfErased()
    return true
  }
}
