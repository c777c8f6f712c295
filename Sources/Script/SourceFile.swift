/// One text of the zs language: a file, a line typed at the prompt, or the text of `-c`.
///
/// The text is kept as the bytes it came as, so that a script may hold any byte and a ``Span`` costs nothing.
public final class SourceFile: Sendable {
  /// What diagnostics call the text: a path as the user gave it, `-c`, `standard input`.
  public let name: String
  /// The text, as UTF-8 (not validated).
  public let bytes: [UInt8]
  /// Whether the text was typed at the prompt, where the user still sees it above the diagnostic.
  public let isPrompt: Bool
  /// Whether it is what an alias stands for.
  public let isAlias: Bool
  /// The offset of the first byte of every line.
  let lineStarts: [Int]
  /// Where secrets are in it, which is never shown.
  let secrets: [Span]

  /// Wraps a text.
  public init(name: String, bytes: [UInt8], isPrompt: Bool = false, isAlias: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.isPrompt = isPrompt
    self.isAlias = isAlias
    self.lineStarts = Self.findLineStarts(bytes)
    secrets = SecretWords.spans(in: bytes)
  }

  /// Wraps a line whose secrets are masked already.
  init(shown bytes: [UInt8]) {
    name = ""
    self.bytes = bytes
    isPrompt = false
    isAlias = false
    lineStarts = [0]
    secrets = []
  }

  /// Wraps a string.
  public convenience init(name: String, text: String, isPrompt: Bool = false, isAlias: Bool = false) {
    self.init(name: name, bytes: Array(text.utf8), isPrompt: isPrompt, isAlias: isAlias)
  }
}

extension SourceFile {
  /// The line that a byte is in, counted from 1. The offset after the last byte counts too.
  ///
  /// - Complexity: O(log n) in the number of lines.
  public func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line, counted from 1, without its line end.
  ///
  /// - Precondition: the text has that line.
  public func span(ofLine line: Int) -> Span {
    let start = lineStarts[line - 1]
    guard line < lineStarts.count else { return Span(start, bytes.count) }
    var end = lineStarts[line] - 1
    if end > start, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
    return Span(start, end)
  }

  /// The line and the column that a byte is in, both counted from 1.
  ///
  /// A column is a character as the user sees it (a grapheme cluster); a byte that is no UTF-8 counts as
  /// one. Past 64 KiB of a line it is a Unicode scalar, since nobody counts there and graphemes take time.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: offset)
    let start = lineStarts[line - 1]
    let prefix = bytes[start..<min(max(offset, start), bytes.count)]
    // A byte order mark is no character of the first line.
    let count = prefix.starts(with: [0xEF, 0xBB, 0xBF]) && line == 1 ? prefix.dropFirst(3) : prefix
    if count.allSatisfy({ $0 < 0x80 }) { return (line, count.count + 1) }
    guard count.count <= 1 << 16 else {
      return (line, UTF8Pieces(bytes: count).reduce(0) { sum, _ in sum + 1 } + 1)
    }
    var text = String.UnicodeScalarView()
    for piece in UTF8Pieces(bytes: count) {
      text.append(piece.scalar ?? "\u{FFFD}")
    }
    return (line, String(text).count + 1)
  }

  private static func findLineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index] == Byte.lineFeed { starts.append(index + 1) }
    }
    return starts
  }
}

/// A range of bytes in a ``SourceFile``.
public struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: Int
  /// The offset after the last byte.
  public var end: Int

  /// Makes a span from two byte offsets, `start <= end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest span that holds both.
  public func union(_ other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }
}

/// A place: a span and the file that it is in.
public struct Place: Sendable {
  /// The file.
  public let source: SourceFile
  /// The bytes meant.
  public let span: Span

  /// Joins a file and a span.
  public init(_ source: SourceFile, _ span: Span) {
    self.source = source
    self.span = span
  }
}
