/// Texts that are taller than the screen, and the short labels that stand in the line for them.
///
/// libedit cannot draw a line that is taller than the screen once the cursor leaves its end.
struct Folds {
  private var all: [(label: String, text: String)] = []

  /// Keeps a text, and gives the label that stands for it.
  ///
  /// - Parameter sort: What it is, such as `pasted`.
  mutating func fold(_ text: String, _ sort: String) -> String {
    let lines = text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let size = lines > 1 ? "\(lines) lines" : "\(text.unicodeScalars.count) characters"
    // The number makes labels differ; nobody types one.
    let label = "[\(sort) \(all.count + 1): \(size)]"
    all.append((label, text))
    return label
  }

  /// A line with the texts in the places of their labels.
  func unfolded(_ line: String) -> String {
    var result = line
    for fold in all {
      guard let place = result.range(of: fold.label) else { continue }
      result.replaceSubrange(place, with: fold.text)
    }
    return result
  }

  /// How many characters the label takes that the text ends with, nil where it ends with none.
  func labelLength(endOf text: String) -> Int? {
    all.first { text.hasSuffix($0.label) }?.label.unicodeScalars.count
  }
}

extension String {
  /// Where a text occurs first.
  fileprivate func range(of text: String) -> Range<Index>? {
    let wanted = text.utf8
    var start = utf8.startIndex
    while let first = utf8[start...].firstIndex(of: UInt8(ascii: "[")) {
      if utf8[first...].starts(with: wanted) { return first..<utf8.index(first, offsetBy: wanted.count) }
      start = utf8.index(after: first)
    }
    return nil
  }
}
