/// Finds the newest entry that goes on with a line, again and again while the line is typed.
public struct HistorySearch {
  private var line = ""
  private var count = 0
  /// Where the entry was that went on with the line as it was; nil where none did.
  private var found: Int?

  /// A search from the newest entry on.
  public init() {}

  /// The newest of some entries that begins with the line and is longer.
  ///
  /// What goes on with a longer line went on with its beginning: the search begins where the last one ended.
  ///
  /// - Complexity: O(n) in the number of entries for a new line, next to nothing for one that grew.
  public mutating func newest(startingWith line: String, in entries: [String]) -> String? {
    let isLonger = !self.line.isEmpty && line.utf8.starts(with: self.line.utf8) && entries.count == count
    var index = isLonger ? found.map { $0 + 1 } ?? 0 : entries.count
    self.line = line
    count = entries.count
    found = nil
    let wanted = Array(line.utf8)
    while index > 0 {
      index -= 1
      guard Self.begins(entries[index], with: wanted) else { continue }
      found = index
      return entries[index]
    }
    return nil
  }

  private static func begins(_ entry: String, with wanted: [UInt8]) -> Bool {
    guard entry.utf8.count > wanted.count else { return false }
    return entry.utf8.withContiguousStorageIfAvailable { bytes in
      for index in wanted.indices where bytes[index] != wanted[index] { return false }
      return true
    } ?? entry.utf8.starts(with: wanted)
  }
}
