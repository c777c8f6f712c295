/// A prompt as libedit wants it, together with the characters that one sees of it.
///
/// `EL_PROMPT_ESC` (editline(3)) ties an escape sequence to the visible character after it, and
/// loses two in a row and one at the end. Sequences are joined here, and one at the end moves before
/// the last visible character.
struct PromptText {
  /// Marks the begin and the end of what takes no room.
  static let marker: Unicode.Scalar = "\u{01}"

  /// The visible characters, for the place of the cursor.
  private(set) var visible: [Unicode.Scalar] = []

  /// The whole prompt with markers around its escape sequences.
  private(set) var marked: [Unicode.Scalar] = []

  init(_ text: String) {
    var pieces: [(escape: [Unicode.Scalar], scalar: Unicode.Scalar)] = []
    var escape: [Unicode.Scalar] = []
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      if let end = escapeSequenceEnd(in: rest) {
        escape += rest[..<end]
        rest = rest[end...]
      } else {
        rest.removeFirst()
        // libedit draws one line of printable characters: a line break or a tab becomes a blank.
        let scalar: Unicode.Scalar = first == "\n" || first == "\t" ? " " : first
        guard columns(of: scalar) > 0 else { continue }
        pieces.append((escape, scalar))
        escape = []
      }
    }
    if !pieces.isEmpty { pieces[pieces.count - 1].escape += escape }
    for piece in pieces {
      if !piece.escape.isEmpty { marked += [Self.marker] + piece.escape + [Self.marker] }
      marked.append(piece.scalar)
      visible.append(piece.scalar)
    }
  }
}
