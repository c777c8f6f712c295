import Payload
import Script
import Shell
import ZeroMQ

/// Turns events into records: gives them their time, tells where phases begin, counts statements for coverage.
struct EventRecorder {
  private let start = Instant.now
  private let countsStatements: Bool
  private let renderer = DiagnosticRenderer()
  /// The texts that statements were of, the last one at hand.
  private var texts: [ObjectIdentifier: StatementTexts] = [:]
  private var last: StatementTexts?
  /// The line of the script's statement before, so that a phase begins once for a line of several.
  private var lastLine: (file: String, line: Int)?
  /// Statements that were prepared and not told yet.
  private var prepared: [(file: String, statement: EventRecord.StatementPlace)] = []
  private var known: [String: Set<Int>] = [:]
  private var reached: [String: Set<Int>] = [:]

  init(countsStatements: Bool) { self.countsStatements = countsStatements }

  /// Appends the records of an event, in order.
  mutating func take(_ event: Event, task: String?, into records: inout [EventRecord]) {
    let time = Instant.now - start
    func give(_ fact: EventRecord.Fact) { records.append(EventRecord(fact, at: time, task: task)) }
    switch event {
    case .statement(let place):
      if !prepared.isEmpty { records += takePrepared(at: time) }
      let name = place.source.name
      let statement = statement(at: place)
      if task == nil {
        if let phase = statement.phase, lastLine.map({ $0 != (name, statement.line) }) ?? true {
          give(.phase(phase))
        }
        lastLine = (name, statement.line)
      }
      if countsStatements, reached[name, default: []].insert(place.span.start).inserted {
        give(.reached(file: name, offset: place.span.start))
      }
      give(.statement(file: name, line: statement.line, text: statement.text))
    case .statementEnded(let place, let took, let failure):
      give(
        .statementEnded(
          file: place.source.name, line: statement(at: place).line, took: took, failure: failure))
    case .prepared(let place):
      if known[place.source.name, default: []].insert(place.span.start).inserted {
        let line = place.source.line(of: place.span.start)
        prepared.append((place.source.name, EventRecord.StatementPlace(offset: place.span.start, line: line)))
      }
    case .sent(let socket, let frames, let moment):
      let fact = EventRecord.Fact.sent(
        socket: socket, frames: Self.words(frames), size: Self.size(frames))
      records.append(EventRecord(fact, at: min(time, moment - start), task: task))
    case .received(let socket, let frames):
      give(.received(socket: socket, frames: Self.words(frames), size: Self.size(frames)))
    case .expected(let socket, let pattern, let holds):
      give(.expected(socket: socket, pattern: Self.shortened(pattern), holds: holds))
    // What a person at the prompt is told; the trace of a suite has the events of its connections.
    case .delivered: break
    case .opened(let socket, let type): give(.opened(socket: socket, type: type.name))
    case .closed(let socket): give(.closed(socket: socket))
    case .bound(let socket, let endpoint): give(.bound(socket: socket, endpoint: endpoint))
    case .connecting(let socket, let endpoint): give(.connecting(socket: socket, endpoint: endpoint))
    case .monitor(let socket, _, let event):
      give(.connection(socket: socket, event: event.name, endpoint: event.endpoint))
    case .taskBegun(let name): give(.taskBegun(name))
    case .taskEnded(let name): give(.taskEnded(name))
    case .notice(let diagnostic): give(.notice(finding(diagnostic, task)))
    case .failed(let diagnostic): give(.failed(finding(diagnostic, task)))
    }
  }

  /// The statements that were prepared since the last call.
  mutating func takePrepared(at time: Duration? = nil) -> [EventRecord] {
    if prepared.isEmpty { return [] }
    let time = time ?? Instant.now - start
    var files: [String] = []
    var statements: [String: [EventRecord.StatementPlace]] = [:]
    for (file, statement) in prepared {
      if statements[file] == nil { files.append(file) }
      statements[file, default: []].append(statement)
    }
    prepared = []
    return files.map { EventRecord(.prepared(file: $0, statements: statements[$0] ?? []), at: time) }
  }

  private mutating func statement(at place: Place) -> StatementTexts.Statement {
    if let last, last.source === place.source { return last[place] }
    let key = ObjectIdentifier(place.source)
    let found = texts[key] ?? StatementTexts(place.source)
    texts[key] = found
    last = found
    return found[place]
  }

  private func finding(_ diagnostic: Diagnostic, _ task: String?) -> EventRecord.Finding {
    var diagnostic = diagnostic.masked
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
}

/// The statements of one text as records tell them, each made once: a loop tells the same ones again and again.
private final class StatementTexts {
  struct Statement {
    let line: Int
    /// Its line without the blanks around it, and without secrets.
    let text: String
    /// The phase that begins with it.
    let phase: String?
  }

  /// Kept, so that no other text can have its identity.
  let source: SourceFile
  private let phases: PhaseTable
  private var statements: [Int: Statement] = [:]
  private static let mostKept = 1024

  init(_ source: SourceFile) {
    self.source = source
    phases = PhaseTable(source)
  }

  subscript(place: Place) -> Statement {
    if let known = statements[place.span.start] { return known }
    let line = source.line(of: place.span.start)
    let statement = Statement(line: line, text: text(ofLine: line), phase: phases[line])
    statements[place.span.start] = statement
    return statement
  }

  private func text(ofLine line: Int) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var text = source.maskedLine(line).drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    let isLong = text.utf8.count > 4 * Self.mostKept
    return DisplayText.safe(String(isLong ? text.prefix(Self.mostKept) : text)) + (isLong ? "…" : "")
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
