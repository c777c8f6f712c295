import Script

/// Changes to a part of a text, from which the pieces of a recorded statement are made.
struct Edits {
  private let bytes: [UInt8]
  private var all: [(span: Span, pieces: [RecordedStatement.Piece])] = []

  init(of text: SourceFile) { bytes = text.bytes }

  mutating func replace(_ span: Span, by pieces: [RecordedStatement.Piece]) { all.append((span, pieces)) }

  /// The text of a span with the changes in it.
  func pieces(of span: Span) -> [RecordedStatement.Piece] {
    var pieces: [RecordedStatement.Piece] = []
    var cursor = span.start
    for edit in all.sorted(by: { $0.span.start < $1.span.start })
    where edit.span.start >= cursor && edit.span.end <= span.end {
      if edit.span.start > cursor { pieces.append(.text(Array(bytes[cursor..<edit.span.start]))) }
      pieces += edit.pieces
      cursor = edit.span.end
    }
    if cursor < span.end { pieces.append(.text(Array(bytes[cursor..<span.end]))) }
    return pieces
  }
}
