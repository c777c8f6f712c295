import Script
import ZeroMQ

/// A script that is being written while the session goes on.
final class Recording {
  let path: String
  /// Whether statements are left out for now.
  var isPaused = false
  /// The variables of secrets that the user was told of.
  var toldSecrets: Set<String> = []
  /// The variables in which it keeps routing ids.
  var peers = PeerNames()
  private let file: RecordingFile
  /// What the file held before, with `--append`.
  private let base: [UInt8]
  private(set) var statements: [RecordedStatement] = []
  private var text: RecordingText
  /// The plan by which the file was written, nil where it lacks statements.
  private var written: PortPlan?

  init(_ path: String, _ mode: RecordingFile.Mode) throws(ZMQError) {
    self.path = path
    var base = mode == .append ? (try? FileContents.read(path)) ?? [] : []
    if let last = base.last, last != 0x0A { base.append(0x0A) }
    file = try RecordingFile(path, mode)
    self.base = base
    text = RecordingText(path: path)
    try file.replace(with: base + (base.isEmpty ? RecordingText.head : []))
    written = PortPlan([], outside: [])
  }

  /// Whether the file is as it was written.
  var isUntouched: Bool {
    guard let written, let now = try? FileContents.read(path),
      let lines = try? text.lines(of: statements, written)
    else { return false }
    return now == head + lines
  }

  private var head: [UInt8] { base.isEmpty ? RecordingText.head : base }

  /// How many statements it has.
  var count: Int { statements.count }

  /// Adds statements and brings the file up to date.
  func add(_ more: [RecordedStatement], outside: Set<Int>) throws(ZMQError) {
    var isJoined = false
    var fresh: [RecordedStatement] = []
    for statement in more {
      if fresh.isEmpty, statements.join(statement) {
        isJoined = true
      } else {
        fresh.append(statement)
      }
    }
    let isLost = written == nil
    statements += fresh
    let plan = PortPlan(statements, outside: outside)
    do throws(ZMQError) {
      if isJoined || isLost || plan != written {
        try rewrite(plan)
      } else if !fresh.isEmpty {
        try file.append(try text.lines(of: fresh, plan))
      }
      written = plan
    } catch {
      written = nil
      throw error
    }
  }

  /// Changes the texts of all statements.
  func mapTexts(_ change: ([UInt8]) -> [UInt8]) {
    statements = statements.map { $0.mappingTexts(change) }
    written = nil
  }

  private func rewrite(_ plan: PortPlan) throws(ZMQError) {
    try file.replace(with: head + (try text.lines(of: statements, plan)))
  }
}
