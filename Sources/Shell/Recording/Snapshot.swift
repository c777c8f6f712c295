import Payload
import Script
import ZeroMQ

/// What a recording that begins late, or goes on after a pause, needs to be a script of its own: the sockets as they
/// are, the variables, the definitions and the tasks.
struct Snapshot {
  /// The statements.
  private(set) var statements: [RecordedStatement] = []
  /// What cannot be made again.
  private(set) var warnings: [Diagnostic] = []

  private let session: Session
  private let journal: Journal
  private let known: KnownSockets?

  /// - Parameter known: What the recording has already, nil where it begins.
  init(of session: Session, _ journal: Journal, besides known: KnownSockets? = nil) {
    self.session = session
    self.journal = journal
    self.known = known
    writeLimit()
    writeVariables()
    if known == nil {
      writeDefinitions()
      for (_, alias) in session.aliases.sorted(by: { $0.key < $1.key }) { add(alias.statement) }
    }
    writeTasks(serving: true)
    writeSockets()
    writeTasks(serving: false)
  }

  private mutating func add(_ text: String) { statements.append(RecordedStatement(text)) }

  private mutating func writeLimit() {
    if known == nil, let limit = session.waitLimit { add("timeout \(limit.scriptText)") }
  }

  private mutating func writeVariables() {
    let names = known == nil ? session.scope.bound : journal.unrecordedNames
    for name in names.sorted() where session.scope.bound.contains(name) {
      let value = session.frame.values[session.scope.slot(of: name)]
      if let text = value.recordedText { add("let \(name) = \(text)") }
      if case .message(let message) = value, message.count > 0, PeerNames.isRandom(Array(message.frame(0))) {
        warnings.append(
          Diagnostic(
            .warning, "'$\(name)' has the routing id of a peer, which has another one in a replay",
            help: ["receive a message of that peer while the recording is on"]))
      }
    }
  }

  private mutating func writeDefinitions() {
    for text in session.definitions.texts.sorted(by: { $0.name < $1.name }) {
      let body = Array(text.source.bytes[text.body.span.start..<text.body.span.end])
      let head = (["def", text.name] + text.parameters).joined(separator: " ")
      statements.append(RecordedStatement([.text(head + " "), .text(body)]))
    }
  }

  // MARK: Sockets

  private mutating func writeSockets() {
    let live = session.sockets.all
    for name in known?.namesClosed(since: live) ?? [] { add("close \(name)") }
    for socket in live {
      if let before = known?[socket] {
        writeChanges(of: socket, since: before)
      } else {
        writeWhole(socket)
      }
    }
    writeWaits()
    if let current = session.sockets.current, !statements.isEmpty { add("use \(current.name)") }
  }

  private mutating func write(_ form: SocketForm) {
    let options = form.options.map { option, value in
      RecordedStatement.Piece.text(" \(option.name)=\(Self.text(of: value, option))")
    }
    let first = form.endpoints.first
    var pieces: [RecordedStatement.Piece]
    if let first {
      pieces = [.text("\(first.role == .bind ? "bind" : "connect") \(form.type.name) "), word(first)]
    } else {
      pieces = [.text("socket \(form.type.name)")]
    }
    statements.append(RecordedStatement(pieces + [.text(" as \(form.name)")] + options))
    for prefix in form.subscriptions { add("\(form.name) subscribe \(TextView.word(prefix))") }
    for attachment in form.endpoints.dropFirst() { write(attachment, of: form.name) }
  }

  private mutating func writeWhole(_ socket: NamedSocket) {
    write(SocketForm(socket))
    if socket.type == .req && socket.lastAction == .sent
      || socket.type == .rep && socket.lastAction == .received
    {
      warnings.append(
        Diagnostic(
          .warning, "'\(socket.name)' is in the middle of a request, which the recording does not have",
          help: ["finish the exchange, or `\(socket.name) reset`, and begin the recording again"]))
    }
  }

  /// Once all sockets are made, each waits for the peers that it had.
  private mutating func writeWaits() {
    for socket in session.sockets.all where known?[socket] == nil {
      let count = socket.peerCount
      if !socket.topics.prefixes.isEmpty {
        for topic in socket.topics.prefixes.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
          add("\(socket.name) wait subscribed \(TextView.word(topic))")
        }
      } else if count > 0, Arrivals.needsPeers(socket) {
        add("\(socket.name) wait connected\(count > 1 ? " \(count)" : "")")
      }
    }
  }

  private mutating func writeChanges(of socket: NamedSocket, since before: KnownSockets.Socket) {
    for attachment in before.attachments
    where !socket.endpoints.contains(where: {
      $0.role == attachment.role && $0.resolved == attachment.resolved
    }) {
      add("\(socket.name) \(attachment.role == .bind ? "unbind" : "disconnect") \(attachment.resolved)")
    }
    for attachment in socket.endpoints
    where !before.has(attachment) {
      write(attachment, of: socket.name)
    }
    for prefix in socket.subscriptions where !before.subscriptions.contains(prefix) {
      add("\(socket.name) subscribe \(TextView.word(prefix))")
    }
  }

  private mutating func write(_ attachment: NamedSocket.Attachment, of name: String) {
    let verb = attachment.role == .bind ? "bind" : "connect"
    statements.append(RecordedStatement([.text("\(verb) \(name) "), word(attachment)]))
  }

  private func word(_ attachment: NamedSocket.Attachment) -> RecordedStatement.Piece {
    switch attachment.role {
    case .connect:
      if let port = journal.ports.word(connectingTo: attachment.resolved) { return .port(port) }
      return .text(Self.short(attachment.resolved))
    case .bind:
      guard let port = attachment.port else {
        return .text(
          attachment.endpoint.isChosenBySystem ? attachment.endpoint.description : attachment.resolved)
      }
      let literal = Self.short(attachment.resolved)
      let host = literal.dropLast(String(port).utf8.count)
      return .port(
        PortWord(
          role: .bind, number: port, isChosen: attachment.endpoint.isChosenBySystem,
          portable: host.isEmpty ? ":0" : "\(host)0", literal: literal))
    }
  }

  /// An endpoint of this machine is its port alone.
  private static func short(_ endpoint: String) -> String {
    let local = "tcp://127.0.0.1:"
    return endpoint.hasPrefix(local) ? String(endpoint.dropFirst(local.utf8.count)) : endpoint
  }

  private static func text(of value: OptionValue, _ option: SocketOption) -> String {
    switch value {
    case .integer(let number):
      option.kind == .uint64 ? String(UInt64(bitPattern: number)) : String(number)
    case .bytes(let bytes):
      option.kind == .curveKey
        ? TextView.quoted(Z85.encode(bytes) ?? bytes) : TextView.quoted(bytes)
    }
  }

  // MARK: Tasks

  /// The tasks that run; those that were handed sockets or let peers in first, because others need them.
  private mutating func writeTasks(serving: Bool) {
    guard known == nil else { return }
    for task in session.tasks.all where task.state == .running {
      let handed = session.served.values.filter { $0.task == task.name }.map(\.form)
      let isAuthentication = task.name == StatementWriter.authentication
      guard (!handed.isEmpty || isAuthentication) == serving else { continue }
      if isAuthentication {
        statements += journal.statements.filter { $0.task == task.name }
        continue
      }
      guard let statement = journal.statements.last(where: { $0.task == task.name }) else {
        warnings.append(
          Diagnostic(.warning, "the task '\(task.name)' runs, and the recording does not have it"))
        continue
      }
      if statement.servesSocket {
        for form in handed.sorted(by: { $0.name < $1.name }) { write(form) }
      }
      statements.append(statement)
      if session.runtime.proxies[task.name]?.isPaused == true { add("proxy pause \(task.name)") }
    }
  }
}

extension Value {
  /// The value as an expression, nil for one that a script cannot be given.
  fileprivate var recordedText: String? {
    switch self {
    case .undefined, .socket, .error: nil
    case .integer, .float, .boolean, .duration: text
    case .bytes(let bytes): TextView.quoted(bytes)
    case .range(let first, let last): "\(first)..\(last)"
    case .json(let json): TextView.quoted(json.text(.compact))
    case .list(let elements): Self.list(elements.map(\.recordedText))
    case .message(let message): Self.list(message.frames.map { TextView.quoted($0) })
    }
  }

  private static func list(_ elements: [String?]) -> String? {
    let texts = elements.compactMap { $0 }
    return texts.count == elements.count ? "[\(texts.joined(separator: ", "))]" : nil
  }
}
