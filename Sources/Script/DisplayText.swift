/// Text of unknown origin, made fit for a terminal.
public enum DisplayText {
  /// A text in which every control character is written as an escape.
  public static func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  /// Bytes of any origin in which every control character, and what is no UTF-8, is written as an escape.
  public static func safe(bytes: some RandomAccessCollection<UInt8>) -> String {
    let bytes = Array(bytes)[...]
    var result = ""
    for piece in UTF8Pieces(bytes: bytes) {
      if let scalar = piece.scalar {
        append(scalar, to: &result)
      } else {
        _ = append(byte: bytes[piece.offset], to: &result)
      }
    }
    return result
  }

  /// A line of a script as it is shown, and where the marked bytes are in it.
  struct Line {
    /// What is shown, without a control character.
    private(set) var text = ""
    /// How many cells stand before the mark.
    private(set) var markStart = 0
    /// How many cells are marked, at least one.
    private(set) var markWidth = 1

    /// Shows a line in at most so many cells; what is left out is a `…`.
    init(source: SourceFile, line: Int, marked: Span, room: Int) {
      var whole = source.span(ofLine: line)
      if line == 1, source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { whole.start = min(3, whole.end) }
      // Only what can be seen around the mark is looked at, however long the line is: no character takes
      // more than four bytes a cell, but for combining ones, which are cut short.
      var window = Span(max(whole.start, marked.start - 4 * room), min(whole.end, marked.start + 8 * room))
      let cutsStart = window.start > whole.start
      if cutsStart {
        while window.start < window.end, source.bytes[window.start] & 0xC0 == 0x80 { window.start += 1 }
      }
      let cells = Self.cells(of: source.bytes[window.start..<window.end])
      let total = cells.reduce(0) { $0 + $1.width }
      let isWhole = !cutsStart && window.end == whole.end && total <= room
      if isWhole {
        show(cells[...], marked: marked)
      } else {
        shorten(cells, marked: marked, room: room, cutsStart: cutsStart, cutsEnd: window.end < whole.end)
      }
    }

    private struct Cell {
      var text: String
      var width: Int
      var offset: Int
    }

    private static func cells(of bytes: ArraySlice<UInt8>) -> [Cell] {
      UTF8Pieces(bytes: bytes).map { piece in
        if piece.scalar == "\t" { return Cell(text: "    ", width: 4, offset: piece.offset) }
        var text = ""
        let width =
          if let scalar = piece.scalar {
            append(scalar, to: &text)
          } else {
            append(byte: bytes[piece.offset], to: &text)
          }
        return Cell(text: text, width: width, offset: piece.offset)
      }
    }

    private mutating func show(_ cells: ArraySlice<Cell>, marked: Span) {
      var markEnd: Int?
      var start: Int?
      var width = text.isEmpty ? 0 : 1
      for cell in cells {
        if start == nil, cell.offset >= marked.start { start = width }
        if markEnd == nil, cell.offset >= marked.end { markEnd = width }
        text += cell.text
        width += cell.width
      }
      markStart = start ?? width
      markWidth = max(1, (markEnd ?? width) - markStart)
    }

    private mutating func shorten(
      _ cells: [Cell], marked: Span, room: Int, cutsStart: Bool, cutsEnd: Bool
    ) {
      let mark = cells.firstIndex { $0.offset >= marked.start } ?? cells.count
      // A third of the room before the mark, more if little follows it.
      var first = mark
      var used = 0
      while first > 0, used + cells[first - 1].width <= room / 3 {
        first -= 1
        used += cells[first].width
      }
      var last = mark
      while last < cells.count, used + cells[last].width <= room - 2 {
        used += cells[last].width
        last += 1
      }
      while first > 0, used + cells[first - 1].width <= room - 2 {
        first -= 1
        used += cells[first].width
      }
      if first > 0 || cutsStart { text = "…" }
      show(cells[first..<last], marked: marked)
      if last < cells.count || cutsEnd { text += "…" }
    }
  }

  /// Adds a character as it may be shown, and gives the number of its cells.
  @discardableResult
  private static func append(_ scalar: Unicode.Scalar, to text: inout String) -> Int {
    if scalar.value >= 0x20 && scalar.value < 0x7F {
      text.unicodeScalars.append(scalar)
      return 1
    }
    switch scalar {
    case "\n": return append(escape: "\\n", to: &text)
    case "\r": return append(escape: "\\r", to: &text)
    case "\t": return append(escape: "\\t", to: &text)
    case "\0": return append(escape: "\\0", to: &text)
    case "\u{1B}": return append(escape: "\\e", to: &text)
    case _ where scalar.value < 0x80: return append(byte: UInt8(scalar.value), to: &text)
    default: break
    }
    let width = CharacterWidth.cells(of: scalar)
    guard let width else {
      return append(escape: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}", to: &text)
    }
    text.unicodeScalars.append(scalar)
    return width
  }

  private static func append(byte: UInt8, to text: inout String) -> Int {
    let digits = String(byte, radix: 16, uppercase: true)
    return append(escape: "\\x" + (byte < 0x10 ? "0" : "") + digits, to: &text)
  }

  private static func append(escape: String, to text: inout String) -> Int {
    text += escape
    return escape.utf8.count
  }
}

/// How many cells of a terminal a character takes.
enum CharacterWidth {
  /// 0, 1 or 2; nil for a character that is not to be shown as itself: controls, marks that turn the
  /// direction of writing, and what is no character.
  static func cells(of scalar: Unicode.Scalar) -> Int? {
    // The joiner of emoji is a format character too, but harmless.
    if scalar.value == 0x200D { return 0 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      return nil
    case .nonspacingMark, .enclosingMark:
      return 0
    default:
      return isWide(scalar.value) ? 2 : 1
    }
  }

  /// Whether Unicode's East Asian Width is W or F, in blocks; what is unassigned in them is never asked.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wide.contains { $0.contains(value) }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
    0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
    0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E,
    0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393,
    0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E,
    0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567,
    0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
    0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC,
    0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945,
    0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]
}
