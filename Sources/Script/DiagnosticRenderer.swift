/// Turns a ``Diagnostic`` into the text that the user reads: what, where, why, and what to do next.
///
/// ```
/// error: cannot send on 'client': Operation cannot be accomplished in current state (EFSM)
///   --> demo.zs:4:8
///    |
///  4 | client send Hello1
///    |        ^^^^ "Hello" was sent 3.2 s ago and its reply has not been received
///    = help: `client recv` first, or `client reset` to start over
/// ```
///
/// Nothing in it drives the terminal: control characters of the script and of the messages are written as
/// the language's escapes.
public struct DiagnosticRenderer: Sendable {
  /// A part of the picture, for its colour.
  public enum Role: Sendable {
    /// `error`, `warning` and `note`, and the carets below the line.
    case error, warning, note
    /// What happened.
    case message
    /// `-->`, `:::` and the place after it.
    case place
    /// Line numbers, `|` and `=`.
    case gutter
    /// The line of the script.
    case source
    /// `help`.
    case help
  }

  private let style: @Sendable (Role, String) -> String
  private let terminalColumns: @Sendable () -> Int?

  /// Makes a renderer.
  ///
  /// - Parameters:
  ///   - style: gives a piece of text the colour of its role; it must not change the text's width.
  ///   - columns: the width that the terminal has now: lines of the script are shortened to it, and what is said is
  ///     broken at its blanks; nil where there is none, which shortens to 160 and breaks nothing.
  public init(
    style: @escaping @Sendable (Role, String) -> String = { _, text in text },
    columns: @escaping @Sendable () -> Int? = { nil }
  ) {
    self.style = style
    terminalColumns = columns
  }

  /// The diagnostic as lines of text, without a line end after the last.
  public func render(_ diagnostic: Diagnostic) -> String {
    let diagnostic = diagnostic.masked
    let columns = terminalColumns()
    let role = Self.role(of: diagnostic.severity)
    let severity = diagnostic.severity.rawValue
    var lines = LineBreaking.lines(
      of: ": " + DisplayText.safe(diagnostic.message), from: severity.utf8.count,
      below: severity.utf8.count + 2,
      columns
    ).enumerated().map { index, line in
      index == 0 ? style(role, severity) + style(.message, line) : style(.message, line)
    }
    var width = 1
    if let place = diagnostic.place {
      let span = Self.shown(place)
      let (line, column) = place.source.position(of: span.start)
      width = place.source.isPrompt ? 1 : String(line).count
      lines += picture(
        of: place.source, span: span, line: line, column: column, width: width, role: role,
        label: diagnostic.label, callers: diagnostic.callers, columns)
    } else if let label = diagnostic.label {
      lines += remark("note", .note, label, width: width, columns)
    }
    lines += diagnostic.notes.flatMap { remark("note", .note, $0, width: width, columns) }
    lines += diagnostic.help.flatMap { remark("help", .help, $0, width: width, columns) }
    return lines.joined(separator: "\n")
  }

  /// A line of less weight: how something went that went well.
  public func remark(_ text: String) -> String { style(.gutter, DisplayText.safe(text)) }

  // MARK: The picture

  private func picture(
    of source: SourceFile, span: Span, line: Int, column: Int, width: Int, role: Role, label: String?,
    callers: [Caller], _ columns: Int?
  ) -> [String] {
    let indent = String(repeating: " ", count: width + 1)
    let bar = indent + style(.gutter, " |")
    var lines: [String] = []
    if !source.isPrompt {
      lines.append(indent + style(.place, "--> \(DisplayText.safe(source.name)):\(line):\(column)"))
    }
    let shown = callers.count > Self.mostCallers ? callers.prefix(Self.mostCallers / 2) : callers[...]
    for caller in shown { lines.append(indent + style(.place, "::: \(caller.text)")) }
    if shown.count < callers.count {
      // A recursion without end: what is between the first calls and the last ones is alike.
      lines.append(indent + style(.place, "::: … \(callers.count - 2 * shown.count) more"))
      for caller in callers.suffix(shown.count) { lines.append(indent + style(.place, "::: \(caller.text)")) }
    }
    let room = max((columns ?? 160) - width - 4, 24)
    let view: DisplayText.Line
    if source.secrets.isEmpty {
      view = DisplayText.Line(source: source, line: line, marked: span, room: room)
    } else {
      let (bytes, marked) = source.masked(source.span(ofLine: line), marking: span)
      view = DisplayText.Line(source: SourceFile(shown: bytes), line: 1, marked: marked, room: room)
    }
    if source.isPrompt {
      lines.append(bar + style(.source, view.text.isEmpty ? "" : " " + view.text))
    } else {
      let number = String(line)
      let padding = String(repeating: " ", count: width - number.count)
      lines.append(bar)
      lines.append(
        " " + style(.gutter, padding + number + " |")
          + (view.text.isEmpty ? "" : " " + style(.source, view.text)))
    }
    let carets = String(repeating: "^", count: view.markWidth)
    let begin = String(repeating: " ", count: view.markStart + 1)
    // Where the label begins, counted from the left edge.
    let column = width + 3 + view.markStart + 1 + view.markWidth
    let label = LineBreaking.lines(
      of: label.map { " " + DisplayText.safe($0) } ?? "", from: column, below: column + 1, columns)
    lines.append(bar + begin + style(role, carets + label[0]))
    // The indentation of a line that goes on begins behind the bar.
    lines += label.dropFirst().map { bar + style(role, String($0.dropFirst(width + 3))) }
    return lines
  }

  /// How many callers are shown; of more, the innermost and the outermost half.
  private static let mostCallers = 8

  private func remark(_ name: String, _ role: Role, _ text: String, width: Int, _ columns: Int?) -> [String] {
    let indent = String(repeating: " ", count: width + 1)
    let column = width + 6 + name.utf8.count
    let lines = LineBreaking.lines(of: DisplayText.safe(text), from: column, below: column, columns)
    return [indent + style(.gutter, " =") + " " + style(role, name) + ": " + lines[0]] + lines.dropFirst()
  }

  /// The span to point at. Behind the last line end there is nothing to see: the end of the last line that
  /// has something on it is shown instead.
  private static func shown(_ place: Place) -> Span {
    let bytes = place.source.bytes
    let start = min(max(place.span.start, 0), bytes.count)
    guard start == bytes.count else { return Span(start, min(max(place.span.end, start), bytes.count)) }
    var end = start
    while end > 0, [Byte.lineFeed, Byte.carriageReturn, Byte.space, Byte.tab].contains(bytes[end - 1]) {
      end -= 1
    }
    return end > 0 ? Span(end, end) : Span(start, start)
  }

  private static func role(of severity: Diagnostic.Severity) -> Role {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
