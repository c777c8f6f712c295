/// The way of the arrow keys through the history: back over the entries that begin with what was typed, and
/// forth again to what was typed.
///
/// Each text is met once, however often it was entered.
struct HistoryWalk {
  /// The entries, the oldest first.
  private(set) var entries: [String] = []
  /// What was typed before the walk began; entries begin with it.
  private var typed = ""
  /// The entries that were met, the newest first. Empty while there is no walk.
  private var path: [Int] = []

  mutating func add(_ entry: String) {
    if entry != entries.last { entries.append(entry) }
  }

  /// Ends the walk: the next step begins a new one.
  mutating func leave() { path = [] }

  /// The next older entry, nil where there is none.
  ///
  /// - Parameter current: What the line holds. Where it is not what this walk gave last, a new walk begins.
  mutating func older(than current: String) -> String? {
    if shown != current {
      path = []
      typed = current
    }
    var index = path.last ?? entries.count
    while index > 0 {
      index -= 1
      let entry = entries[index]
      guard entry.utf8.starts(with: typed.utf8), entry != typed,
        !path.contains(where: { entries[$0] == entry })
      else { continue }
      path.append(index)
      return entry
    }
    return nil
  }

  /// The next newer entry, what was typed after the newest; nil where no walk is under way.
  mutating func newer(than current: String) -> String? {
    guard let shown, shown == current else { return nil }
    path.removeLast()
    return self.shown ?? typed
  }

  private var shown: String? { path.last.map { entries[$0] } }
}
