/// Breaks what is said at its blanks where it is wider than the terminal.
///
/// What stands between backquotes is to be typed or copied, and stays whole.
enum LineBreaking {
  /// Narrower, it is left to the terminal.
  private static let leastRoom = 24

  /// The lines of a text; all but the first begin with the blanks that put them below the first one.
  ///
  /// - Parameters:
  ///   - start: The column where the text begins, counted from 0.
  ///   - hang: The column where the other lines begin.
  ///   - columns: How wide the terminal is; nil breaks nothing.
  static func lines(of text: String, from start: Int, below hang: Int, _ columns: Int?) -> [String] {
    guard let columns, columns - max(hang, start) >= leastRoom, start + width(text) > columns else {
      return [text]
    }
    let indent = String(repeating: " ", count: hang)
    var lines: [String] = []
    var current = ""
    var used = start
    for piece in pieces(of: text) {
      // A blank at the end of a line is not seen.
      let word = piece.drop { $0 == " " }
      if used + width(piece) > columns, !current.isEmpty {
        lines.append(current)
        current = indent + word
        used = hang + width(word)
      } else {
        current += piece
        used += width(piece)
      }
    }
    return lines + [current]
  }

  /// The words, each with the blanks before it.
  private static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    var isWord = false
    var isQuoted = false
    for index in text.indices {
      if text[index] == "`" { isQuoted.toggle() }
      let isBlank = text[index] == " " && !isQuoted
      if isBlank, isWord {
        pieces.append(text[start..<index])
        start = index
      }
      isWord = !isBlank
    }
    return pieces + [text[start...]]
  }

  private static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (CharacterWidth.cells(of: $1) ?? 0) }
  }
}
