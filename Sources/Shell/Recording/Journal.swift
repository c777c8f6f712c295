import Payload
import Script
import ZeroMQ

/// What a session meant so far, as the statements of a script.
///
/// It reads the session's events and the statements' syntax. A recording is written from it while it goes on;
/// `record --session` writes it afterwards. It is kept at the prompt alone, and keeps no more than a bound.
final class Journal {
  /// The session so far.
  var statements: [RecordedStatement] { kept.all }
  /// Whether there was more than the journal keeps.
  var isFull: Bool { kept.isFull }
  private(set) var recording: Recording?
  /// The variables of the environment that the statements read in the place of secrets.
  var secretVariables: [String] { secrets.variables(in: statements) }
  /// The ports to which peers connected that are not this session's.
  private(set) var outsidePorts: Set<Int> = []
  private(set) var ports = OwnPorts()
  /// The variables that were set while nothing was recorded.
  private(set) var unrecordedNames: Set<String> = []

  private let sockets: SocketTable
  private let isCommand: (String) -> Bool
  private let isNameTaken: (String) -> Bool
  private let expansion: (String, String) -> SourceFile?
  private let definition: (String) -> Block?
  private var arrivals = Arrivals()
  private var peers = PeerNames()
  private var secrets = Secrets()
  private var kept: KeptStatements
  private var hasFailed = false

  private var text = SourceFile(name: "", bytes: [])
  private var block = Block([], span: Span(0, 0))
  private var facts = StatementFacts()
  private var started = Instant.past
  /// The statement that runs: of an alias, those that it stands for.
  private var running: [Statement] = []
  /// The text that they are in.
  private var runningText = SourceFile(name: "", bytes: [])

  /// - Parameters:
  ///   - sockets: The session's.
  ///   - most: How many statements are kept.
  ///   - mostBytes: How many bytes of them.
  ///   - isCommand: Whether a word is a command's name.
  ///   - isNameTaken: Whether a variable or a socket has a name.
  ///   - expansion: What an alias and the words after it stand for; nil for what is no alias.
  ///   - definition: What a `def` does; nil for what is none.
  init(
    of sockets: SocketTable, most: Int = 10_000, mostBytes: Int = 16 << 20,
    isCommand: @escaping (String) -> Bool,
    isNameTaken: @escaping (String) -> Bool,
    expansion: @escaping (String, String) -> SourceFile? = { _, _ in nil },
    definition: @escaping (String) -> Block? = { _ in nil }
  ) {
    self.expansion = expansion
    self.definition = definition
    self.sockets = sockets
    kept = KeptStatements(most: most, mostBytes: mostBytes)
    self.isCommand = isCommand
    self.isNameTaken = isNameTaken
  }

  // MARK: Statements that run

  /// A text is about to run: its `def`s count from its beginning on.
  func begin(_ text: SourceFile) -> [Diagnostic] {
    self.text = text
    runningText = text
    block = Parser.parse(text).block
    let definitions = block.statements.filter { if case .define = $0.kind { true } else { false } }
    return definitions.flatMap { definition in
      let written = [
        RecordedStatement(Edits(of: text).pieces(of: definition.span)).mappingTexts(secrets.redacted)
      ]
      return add(written, written, at: definition, on: nil)
    }
  }

  /// A statement of the text is about to run.
  func begin(at place: Place) {
    runningText = text
    running = block.statements.filter {
      $0.span.start <= place.span.start && place.span.start < $0.span.end
    }
    expandAlias()
    facts = StatementFacts()
    _ = facts.note(.statement(place), in: runningText)
    started = .now
    look()
  }

  /// What an alias stands for is what was meant.
  private func expandAlias() {
    guard let statement = running.first, case .command(let words) = statement.kind,
      let name = words[0].bareText, !isCommand(name)
    else { return }
    let bytes = words.dropFirst().isEmpty ? [] : text.bytes[words[1].span.start..<statement.span.end]
    guard let expanded = expansion(name, String(decoding: bytes, as: UTF8.self)) else { return }
    runningText = expanded
    running = Parser.parse(runningText).block.statements
  }

  /// Takes what the session tells.
  ///
  /// - Returns: Whether more of the statement's messages are wanted.
  func note(_ event: Event) -> Bool {
    if case .bound(let socket, let endpoint) = event {
      let first = sockets[socket]?.endpoints.first?.resolved
      ports.note(endpoint, of: socket, isFirst: first == endpoint)
    }
    return facts.note(event, in: runningText)
  }

  /// The statement has ended.
  ///
  /// - Returns: What the user should know.
  func end(_ failure: Failure?) -> [Diagnostic] {
    guard let statement = running.last else { return [] }
    facts.failure = failure
    facts.elapsed = started.elapsed
    for statement in running { noteSecrets(in: statement) }
    let receiver = facts.transfers.first.flatMap { $0.direction == .received ? $0.socket : nil }
    let own = write(&peers)
    // A recording that began late has seen other peers than the session.
    let recorded = recording.map { write(&$0.peers) } ?? []
    let warnings = add(own, recorded, at: statement, on: receiver) + (recorded.isEmpty ? [] : tellSecrets())
    if failure == nil, let waiter = waiter(in: statement) { arrivals.settle(waiter) }
    return warnings
  }

  private func write(_ peers: inout PeerNames) -> [RecordedStatement] {
    var writer = StatementWriter(
      runningText, facts, peers: peers, ports: ports, folder: recordingFolder, isCommand: isCommand,
      socket: { [sockets] name in
        sockets[name].map { StatementWriter.SocketNature(type: $0.type, peerCount: $0.peerCount) }
      }, isNameTaken: isNameTaken, definition: definition,
      passwordVariable: { [self] in secrets.variable(ofPasswordOf: $0, sockets.all) }, serverKeys: serverKeys)
    defer { peers = writer.peers }
    // Of several that did not all run, only what they did is known.
    let isPartial = running.count > 1 && facts.failure != nil
    let all = isPartial ? writer.writeTransfers() : running.flatMap { writer.write($0) }
    return all.map { written in
      var written = written.mappingTexts(secrets.redacted)
      written.leavesMore = written.unorderedSocket.flatMap { sockets[$0] }?.isReadable == true
      return written
    }
  }

  /// The sockets of CURVE servers by their public keys, as they are typed.
  private var serverKeys: [[UInt8]: String] {
    var names: [[UInt8]: String] = [:]
    for socket in sockets.all {
      for (option, value) in socket.options where option.name == "curve_publickey" {
        guard socket.options.contains(where: { $0.option.name == "curve_server" }),
          case .bytes(let key) = value,
          let text = Z85.encode(key)
        else { continue }
        names[text] = socket.name
      }
    }
    return names
  }

  private func add(
    _ own: [RecordedStatement], _ recorded: [RecordedStatement], at statement: Statement, on receiver: String?
  ) -> [Diagnostic] {
    if own.isEmpty { return [] }
    let waits = arrivals.take(beforeReceptionOn: receiver, beforeWaitOf: waiter(in: statement)?.name)
    kept.keep(waits + own)
    guard let recording, !recording.isPaused else {
      unrecordedNames.formUnion(Self.names(in: statement, isCommand: isCommand))
      return []
    }
    do throws(ZMQError) {
      try recording.add(waits + recorded, outside: outsidePorts)
      hasFailed = false
      return []
    } catch {
      if hasFailed { return [] }
      hasFailed = true
      return [
        Diagnostic(
          .warning, "cannot write '\(DisplayText.safe(recording.path))': \(error) (\(error.name))",
          at: Place(runningText, statement.head), label: "this statement is not recorded yet",
          help: ["the session goes on; the recording is made whole as soon as it can be written"])
      ]
    }
  }

  /// The socket that a `wait connected` or the like is about.
  private func waiter(in statement: Statement) -> NamedSocket? {
    guard case .command(let words) = statement.withoutPrefixes.kind,
      let shape = CommandShape(words, isCommand: isCommand), shape.name == "wait"
    else { return nil }
    guard let name = shape.socket?.bareText else { return sockets.current }
    return sockets[name]
  }

  private func look() {
    arrivals.look(at: sockets.all)
    ports.forget { !isNameTaken($0) }
    for socket in sockets.all {
      for attachment in socket.endpoints where attachment.role == .bind {
        guard let port = attachment.port else { continue }
        let own = sockets.all.reduce(0) { count, other in
          count + other.endpoints.count { $0.role == .connect && $0.port == port }
        }
        if socket.connections.ready.count(where: { $0.endpoint == attachment.resolved }) > own {
          outsidePorts.insert(port)
        }
      }
    }
  }

  private func noteSecrets(in statement: Statement) {
    var isNew = false
    for leaf in statement.all {
      var words: [Word] = []
      if case .command(let all) = leaf.kind { words = all }
      if case .serve(let all, _) = leaf.kind { words = all }
      if let shape = CommandShape(words, isCommand: isCommand)
        ?? CommandShape(words, isCommand: { _ in true }),
        secrets.note(shape)
      {
        isNew = true
      }
    }
    if secrets.note(sockets.all) { isNew = true }
    if secrets.note(Array(runningText.bytes[statement.span.start..<statement.span.end]), after: kept.all) {
      isNew = true
    }
    guard isNew else { return }
    kept.mapTexts(secrets.redacted)
    recording?.mapTexts(secrets.redacted)
  }

  /// A warning for each secret that the recording has to be given.
  private func tellSecrets() -> [Diagnostic] {
    guard let recording, !recording.isPaused else { return [] }
    return secrets.variables(in: recording.statements).filter { recording.toldSecrets.insert($0).inserted }
      .map(Self.secretWarning)
  }

  /// That the recording reads a secret from the environment.
  static func secretWarning(_ name: String) -> Diagnostic {
    Diagnostic(
      .warning, "a secret is not recorded: the recording reads it from $env.\(name)",
      help: ["set \(name) in the environment of the replay"])
  }

  /// The variables that a statement sets.
  private static func names(in statement: Statement, isCommand: (String) -> Bool) -> Set<String> {
    var names: Set<String> = []
    for leaf in statement.all {
      switch leaf.kind {
      case .let(let name, _): names.insert(name.text)
      case .command(let words): names.formUnion(CommandShape(words, isCommand: isCommand)?.keptNames ?? [])
      default: break
      }
    }
    return names
  }

  // MARK: The recording

  /// The working folder, where the recording is in another one.
  private var recordingFolder: String? {
    guard let recording, recording.path.contains("/"), let here = FileContents.realPath("."),
      let slash = recording.path.lastIndex(of: "/")
    else { return nil }
    let folder = String(recording.path[..<slash])
    return FileContents.realPath(folder.isEmpty ? "/" : folder) == here ? nil : here
  }

  /// What the recording that pauses, or that was stopped last, had made of the sockets.
  private(set) var known: KnownSockets?
  /// The recording that was stopped last, which `--append` goes on with.
  private(set) var stopped: Recording?

  /// Begins a recording, or goes on with one, with what the live sockets need.
  ///
  /// - Returns: What the user should know.
  func start(_ recording: Recording, with preamble: [RecordedStatement]) throws(ZMQError) -> [Diagnostic] {
    try recording.add(preamble.map { $0.mappingTexts(secrets.redacted) }, outside: outsidePorts)
    recording.isPaused = false
    self.recording = recording
    stopped = nil
    known = nil
    unrecordedNames = []
    hasFailed = false
    arrivals.forget()
    return tellSecrets()
  }

  /// Writes nothing for a while.
  func pause() {
    recording?.isPaused = true
    known = KnownSockets(sockets.all)
  }

  /// Ends the recording.
  func stop() {
    if recording?.isPaused != true { known = KnownSockets(sockets.all) }
    stopped = recording
    recording = nil
  }

  /// The whole session as a script.
  func script(path: String) throws(ZMQError) -> [UInt8] {
    var text = RecordingText(path: path)
    return RecordingText.head + (try text.lines(of: statements, PortPlan(statements, outside: outsidePorts)))
  }
}
