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

  /// Wraps a text.
  public init(name: String, bytes: [UInt8], isPrompt: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.isPrompt = isPrompt
  }

  /// Wraps a string.
  public convenience init(name: String, text: String, isPrompt: Bool = false) {
    self.init(name: name, bytes: Array(text.utf8), isPrompt: isPrompt)
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
