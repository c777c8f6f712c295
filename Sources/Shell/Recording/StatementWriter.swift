import Script
import ZeroMQ

/// Turns a statement that ran into what a recording says of it: its meaning, and not the keys that were pressed.
///
/// What was received becomes an expectation, what ZeroMQ refused a `fails`, and what never happened is left out.
struct StatementWriter {
  /// What a socket is while it receives.
  struct SocketNature {
    let type: SocketType
    let peerCount: Int

    /// Whether the order of its messages is chance: several peers send, and it takes them in turn.
    var isUnordered: Bool {
      peerCount > 1 && [.dealer, .pull, .router, .sub, .xsub, .xpub].contains(type)
    }
    /// Whether the first frame of what it receives is the routing id of the peer.
    var namesPeers: Bool { type == .router || type == .stream }
  }

  let text: SourceFile
  let facts: StatementFacts
  let isCommand: (String) -> Bool
  let socket: (String) -> SocketNature?
  let isNameTaken: (String) -> Bool
  /// What a `def` does.
  let definition: (String) -> Block?
  let ports: OwnPorts
  /// The folder that relative paths of the prompt are relative to, where the recording is in another one.
  let folder: String?
  var peers: PeerNames
  /// The variable of the environment for the password of a user, which was asked for.
  let passwordVariable: ([UInt8]) -> String
  /// The session's own CURVE servers, by their public keys as they are typed.
  let serverKeys: [[UInt8]: String]

  var edits: Edits

  init(
    _ text: SourceFile, _ facts: StatementFacts, peers: PeerNames, ports: OwnPorts, folder: String?,
    isCommand: @escaping (String) -> Bool, socket: @escaping (String) -> SocketNature?,
    isNameTaken: @escaping (String) -> Bool, definition: @escaping (String) -> Block?,
    passwordVariable: @escaping ([UInt8]) -> String = { _ in "PASSWORD" },
    serverKeys: [[UInt8]: String] = [:]
  ) {
    self.passwordVariable = passwordVariable
    self.serverKeys = serverKeys
    self.text = text
    self.facts = facts
    self.peers = peers
    self.ports = ports
    self.folder = folder
    self.isCommand = isCommand
    self.socket = socket
    self.isNameTaken = isNameTaken
    self.definition = definition
    edits = Edits(of: text)
  }

  /// The statements of the recording for one that ran; none for what has no meaning to others.
  mutating func write(_ statement: Statement) -> [RecordedStatement] {
    let shape = shape(of: statement.withoutPrefixes)
    let isMessage = shape.map { ["expect", "print", "recv", "send"].contains($0.name) } ?? false
    var written = writeAll(statement)
    if isMessage { for index in written.indices { written[index].isMessage = true } }
    return written
  }

  mutating func writeAll(_ statement: Statement) -> [RecordedStatement] {
    let core = statement.withoutPrefixes
    let shape = shape(of: core)
    if let shape, !shape.isRecorded { return [] }
    if let shape, shape.receives, !isReversed(statement) { return writeReception(statement, core, shape) }
    switch facts.failure?.kind {
    case nil: return writeSuccess(statement, core, shape)
    case .zmq(let error): return [writeWhole(statement, prefix: "fails \(error.name) ")]
    case .timeout: return [writeWhole(statement, prefix: "fails timeout ")]
    default: return writeTransfers()
    }
  }

  func shape(of statement: Statement) -> CommandShape? {
    guard case .command(let words) = statement.kind else { return nil }
    return CommandShape(words, isCommand: isCommand)
  }

  /// Whether a `fails` or `retry` stands before it, whose meaning a changed statement would lose.
  func isReversed(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .fails, .retry: true
    case .within, .time: statement.blocks.first.map { $0.statements.contains(where: isReversed) } ?? false
    default: false
    }
  }
}

// MARK: - Other statements

extension StatementWriter {
  mutating func writeSuccess(_ statement: Statement, _ core: Statement, _ shape: CommandShape?)
    -> [RecordedStatement]
  {
    if let unrolled = unrolled(statement) ?? inlined(statement) { return unrolled }
    if let shape { editEndpoints(shape.name, shape.endpointWords) }
    if case .serve(let words, _) = core.kind, words.count > 1 {
      editEndpoints("bind", CommandShape(words, isCommand: { _ in true })?.serveEndpoints ?? [])
    }
    let waits = shape.map { $0.name == "wait" || $0.name == "send" } ?? false
    var recorded = writeWhole(statement, prefix: "")
    if waits {
      recorded = RecordedStatement(patience(statement, core) + recorded.pieces)
    }
    switch core.kind {
    case .command where shape?.name == Self.authentication: recorded.task = Self.authentication
    case .command where shape?.name == "proxy":
      recorded.task = shape?.keptNames.first
      recorded.servesSocket = true
    case .task(let name, _): recorded.task = name.bareText
    case .serve(let words, _):
      recorded.task = servedName(words)
      recorded.servesSocket = words.count == 1
    default: break
    }
    return [recorded]
  }

  /// The command that starts a task of its name, and adds to what that does.
  static let authentication = "auth"

  /// The whole statement, its `recv`s made expectations.
  mutating func writeWhole(_ statement: Statement, prefix: String) -> RecordedStatement {
    removeTime(statement)
    var reads: Set<String> = []
    for leaf in statement.all {
      guard let shape = shape(of: leaf) else { continue }
      if shape.name == "recv" {
        let received = facts.received(in: leaf.span)
        if received.isEmpty { continue }
        var names = shape.keptNames
        // Where it ran more often there is no one peer to be named.
        var wanted = names.isEmpty ? ["_"] : names
        let pattern = pattern(of: received, reads: &reads, names: &wanted)
        if names.isEmpty, wanted != ["_"] { names = wanted }
        let kept = names.isEmpty ? [] : [RecordedStatement.Piece.text(" as " + names.joined(separator: " "))]
        edits.replace(Span(shape.head.span.start, leaf.span.end), by: [.text("expect ")] + pattern + kept)
        hold(received[received.count - 1], in: names)
      } else {
        nameKnownPeers(shape, reads: &reads)
        editPath(shape)
        editSecurity(leaf)
      }
    }
    peers.forget(Set(statement.all.flatMap { boundNames($0) }))
    return RecordedStatement([.text(prefix)] + edits.pieces(of: statement.span))
  }

  /// The variables that a statement sets, but for those of `recv as`, whose ids are known.
  func boundNames(_ statement: Statement) -> [String] {
    switch statement.kind {
    case .let(let name, _): [name.text]
    case .for(let name, in: _, _): [name.text]
    default: []
    }
  }

  /// Messages one by one: what a loop did whose replies differ, or a statement that did not come to its end.
  mutating func writeTransfers() -> [RecordedStatement] {
    var written: [RecordedStatement] = []
    for transfer in facts.transfers {
      var reads: Set<String> = []
      var pieces: [RecordedStatement.Piece] = []
      var names: [String] = []
      switch transfer.direction {
      case .sent:
        pieces.append(.text("\(transfer.socket) send"))
        for frame in transfer.frames {
          pieces += [.text(" "), known(frame, reads: &reads) ?? FrameWords.piece(frame)]
        }
      case .received:
        pieces = [.text("\(transfer.socket) expect ")] + pattern(of: [transfer], reads: &reads, names: &names)
        if !names.isEmpty { pieces.append(.text(" as " + names.joined(separator: " "))) }
        hold(transfer, in: names)
      }
      var message = RecordedStatement(pieces, names: Set(names), reads: reads)
      message.isMessage = true
      written.append(message)
    }
    if facts.isTruncated, !written.isEmpty {
      written.append(RecordedStatement("# further messages of this statement are not written"))
    }
    return written
  }

  /// A short loop of sends and receives whose messages differ is written turn by turn.
  mutating func unrolled(_ statement: Statement) -> [RecordedStatement]? {
    guard case .repeat(_, nil, _) = statement.kind, !facts.isTruncated,
      facts.transfers.count <= Self.mostUnrolled
    else { return nil }
    var differs = false
    for leaf in statement.all.dropFirst() {
      guard let shape = shape(of: leaf), ["send", "recv"].contains(shape.name), shape.keptNames.isEmpty else {
        return nil
      }
      let frames = facts.received(in: leaf.span).map(\.frames)
      if shape.name == "recv", frames.contains(where: { $0 != frames[0] }) { differs = true }
    }
    return differs ? writeTransfers() : nil
  }

  /// How many messages of a loop are written one by one.
  static let mostUnrolled = 24
}
