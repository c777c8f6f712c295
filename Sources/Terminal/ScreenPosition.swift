/// A place on the screen, counted from the first character of the prompt.
///
/// It follows libedit's own arithmetic (`re_addc` and `re_putc` in its refresh.c), which is not told
/// to callers: what it takes for the cursor's row is what one has to go up by.
struct ScreenPosition: Equatable {
  private(set) var row = 0
  private(set) var column = 0
  private let size: TerminalSize

  init(on size: TerminalSize) {
    self.size = size
  }

  /// Moves on as if the character were drawn here.
  mutating func advance(over scalar: Unicode.Scalar) {
    switch scalar {
    case "\t":
      repeat { put(width: 1) } while column % 8 != 0
    case "\n":
      nextRow()
    default:
      let width = columns(of: scalar)
      if width >= 0 {
        put(width: width)
      } else if scalar.value < 0x100 {
        // ^A
        put(width: 1)
        put(width: 1)
      } else {
        // \U+200E, or \U+1F3FB
        for _ in 0..<(scalar.value > 0xFFFF ? 8 : 7) { put(width: 1) }
      }
    }
  }

  /// Where the cursor stands before this character: a wide one that does not fit begins the next row.
  mutating func settle(before scalar: Unicode.Scalar) {
    let width = columns(of: scalar)
    if width > 1, column + width > size.columns { nextRow() }
  }

  private mutating func put(width: Int) {
    if column + width > size.columns { nextRow() }
    column += width
    if column >= size.columns { nextRow() }
  }

  /// A line taller than the screen scrolls, and its last row stays the last one of the screen.
  private mutating func nextRow() {
    column = 0
    row = min(row + 1, size.rows - 1)
  }
}
