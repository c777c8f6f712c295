import Payload
import Script
import Shell
import ZeroMQ

/// Turns events into records: gives them their time, tells where phases begin, counts statements for coverage.
struct EventRecorder {
  private let start = ContinuousClock.now
  private let countsStatements: Bool
  private let renderer = DiagnosticRenderer()
  private var phases: [String: PhaseTable] = [:]
  /// The line of the script's statement before, so that a phase begins once for a line of several.
  private var lastLine: (file: String, line: Int)?
  /// Statements that were prepared and not told yet.
  private var prepared: [(file: String, statement: EventRecord.StatementPlace)] = []
  private var known: [String: Set<Int>] = [:]
  private var reached: [String: Set<Int>] = [:]

  init(countsStatements: Bool) { self.countsStatements = countsStatements }

  /// The records of an event, in order.
  mutating func records(of event: Event, task: String?) -> [EventRecord] {
    let time = ContinuousClock.now - start
    func record(_ fact: EventRecord.Fact) -> EventRecord { EventRecord(fact, at: time, task: task) }
    switch event {
    case .statement(let place):
      var records = takePrepared(at: time)
      let line = place.source.line(of: place.span.start)
      if task == nil, let phase = phase(at: line, of: place.source) { records.append(record(.phase(phase))) }
      if countsStatements, reached[place.source.name, default: []].insert(place.span.start).inserted {
        records.append(record(.reached(file: place.source.name, offset: place.span.start)))
      }
      records.append(
        record(.statement(file: place.source.name, line: line, text: Self.text(of: place.source, line))))
      return records
    case .statementEnded(let place, let took, let failure):
      let line = place.source.line(of: place.span.start)
      return [record(.statementEnded(file: place.source.name, line: line, took: took, failure: failure))]
    case .prepared(let place):
      if known[place.source.name, default: []].insert(place.span.start).inserted {
        let line = place.source.line(of: place.span.start)
        prepared.append((place.source.name, EventRecord.StatementPlace(offset: place.span.start, line: line)))
      }
      return []
    case .sent(let socket, let frames):
      return [record(.sent(socket: socket, frames: Self.words(frames), size: Self.size(frames)))]
    case .received(let socket, let frames):
      return [record(.received(socket: socket, frames: Self.words(frames), size: Self.size(frames)))]
    case .expected(let socket, let pattern, let holds):
      return [record(.expected(socket: socket, pattern: Self.shortened(pattern), holds: holds))]
    case .opened(let socket, let type): return [record(.opened(socket: socket, type: type.name))]
    case .closed(let socket): return [record(.closed(socket: socket))]
    case .bound(let socket, let endpoint): return [record(.bound(socket: socket, endpoint: endpoint))]
    case .connecting(let socket, let endpoint):
      return [record(.connecting(socket: socket, endpoint: endpoint))]
    case .monitor(let socket, _, let event):
      return [record(.connection(socket: socket, event: event.name, endpoint: event.endpoint))]
    case .taskBegun(let name): return [record(.taskBegun(name))]
    case .taskEnded(let name): return [record(.taskEnded(name))]
    case .notice(let diagnostic): return [record(.notice(finding(diagnostic, task)))]
    case .failed(let diagnostic): return [record(.failed(finding(diagnostic, task)))]
    }
  }

  /// The statements that were prepared since the last call.
  mutating func takePrepared(at time: Duration? = nil) -> [EventRecord] {
    if prepared.isEmpty { return [] }
    let time = time ?? ContinuousClock.now - start
    var files: [String] = []
    var statements: [String: [EventRecord.StatementPlace]] = [:]
    for (file, statement) in prepared {
      if statements[file] == nil { files.append(file) }
      statements[file, default: []].append(statement)
    }
    prepared = []
    return files.map { EventRecord(.prepared(file: $0, statements: statements[$0] ?? []), at: time) }
  }

  private mutating func phase(at line: Int, of source: SourceFile) -> String? {
    defer { lastLine = (source.name, line) }
    if let lastLine, lastLine == (source.name, line) { return nil }
    if let table = phases[source.name] { return table[line] }
    let table = PhaseTable(source)
    phases[source.name] = table
    return table[line]
  }

  private func finding(_ diagnostic: Diagnostic, _ task: String?) -> EventRecord.Finding {
    var diagnostic = diagnostic
    if let task { diagnostic.notes.append("in the task '\(task)'") }
    let position = diagnostic.place.map { $0.source.position(of: $0.span.start) }
    return EventRecord.Finding(
      diagnostic.message, file: diagnostic.place?.source.name, line: position?.line ?? 0,
      column: position?.column ?? 0, label: diagnostic.label, notes: diagnostic.notes, help: diagnostic.help,
      picture: renderer.render(diagnostic))
  }

  /// How many bytes of a frame, or characters of a text, are kept.
  private static let mostKept = 1024

  private static func words(_ frames: [[UInt8]]) -> [String] {
    frames.map { frame in
      frame.count > mostKept
        ? frame.withUnsafeBytes { TextView.shortened($0, to: mostKept) } : TextView.word(frame)
    }
  }

  private static func size(_ frames: [[UInt8]]) -> Int { frames.reduce(0) { $0 + $1.count } }

  private static func shortened(_ text: String) -> String {
    text.utf8.count > 4 * mostKept ? "\(text.prefix(mostKept))…" : text
  }

  /// A line without the blanks around it.
  private static func text(of source: SourceFile, _ line: Int) -> String {
    let span = source.span(ofLine: line)
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var bytes = source.bytes[span.start..<span.end].drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    let text = DisplayText.safe(String(decoding: bytes.prefix(mostKept), as: UTF8.self))
    return bytes.count > mostKept ? text + "…" : text
  }
}

/// Where the phases of a script begin: a comment `# phase: NAME` on a line of its own names what follows it.
struct PhaseTable {
  /// By the line of the first statement.
  private var names: [Int: String] = [:]

  init(_ source: SourceFile) {
    let lines = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var pending: String?
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      if text.isEmpty || text.elementsEqual([0x0D]) { continue }
      if text.first == UInt8(ascii: "#") {
        if let name = Self.name(in: text) { pending = name }
        continue
      }
      if let name = pending { names[index + 1] = name }
      pending = nil
    }
  }

  subscript(line: Int) -> String? { names[line] }

  private static func name(in comment: ArraySlice<UInt8>) -> String? {
    let text = comment.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    let key = Array("phase:".utf8)
    guard text.starts(with: key) else { return nil }
    var name = text.dropFirst(key.count).drop { $0 == 0x20 || $0 == 0x09 }
    while let last = name.last, last == 0x20 || last == 0x09 || last == 0x0D { name.removeLast() }
    return name.isEmpty ? nil : DisplayText.safe(String(decoding: name, as: UTF8.self))
  }
}
