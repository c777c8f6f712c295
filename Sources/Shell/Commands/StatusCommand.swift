import Payload
import Script
import ZeroMQ

/// `status`: one socket in full.
struct StatusCommand: Command {
  static let usage = Usage(
    "status", ["status [NAME]", "status context"],
    "tell all about a socket: state, since when, endpoints, peers, troubles, options",
    example: "client status", actsOnSocket: true,
    takes: [.optionalSubject(.socket, .contextWord)])

  /// A subscriber may ask for thousands.
  private static let mostTopics = 100

  private let socket: SocketReference
  private let isOfContext: Bool

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    if case .current = arguments.socket, arguments.take("context") {
      isOfContext = true
      socket = .current
      return
    }
    isOfContext = false
    var reference = arguments.socket
    if case .current = reference, !arguments.isEmpty {
      reference = arguments.preparer.socketReference(try arguments.next(""))
    }
    socket = reference
  }

  func run(in session: Session) throws(Failure) {
    if isOfContext { return try showContext(in: session) }
    let socket = try session.socket(socket)
    session.loop.serve()
    var rows = [
      ["socket", "\(socket.name) (\(socket.type.name))"],
      ["state", state(of: socket)],
      ["messages", messages(of: socket)],
    ]
    for attachment in socket.endpoints { rows.append(row(attachment, of: socket)) }
    for peer in socket.peers(asking: true) { rows.append(["peer", text(of: peer, socket)]) }
    if let lostAt = socket.connections.lostAt {
      rows.append([
        "lost",
        "\(socket.connections.lostCount) connection\(socket.connections.lostCount == 1 ? "" : "s"), the last \(Diagnosis.ago(lostAt))"
          + (Diagnosis.silence(of: socket).map { ": it \($0)" } ?? ""),
      ])
    }
    for note in Diagnosis.lostReply(on: socket) { rows.append(["note", note]) }
    if !socket.subscriptions.isEmpty {
      rows.append(["subscribed", socket.subscriptions.map(TextView.quoted).joined(separator: " ")])
    }
    let topics = socket.topics.prefixes.sorted { $0.lexicographicallyPrecedes($1) }
    for topic in topics.prefix(Self.mostTopics) {
      let count = socket.topics.count(topic)
      rows.append(["subscribers", "\(count) to \(TextView.quoted(topic))"])
    }
    let others = max(topics.count - Self.mostTopics, 0) + socket.topics.unnamed
    if others > 0 { rows.append(["subscribers", "and to \(others) others"]) }
    if socket.lostCount > 0 {
      let least = socket.losesUncounted ? "at least " : ""
      rows.append([
        "dropped", "\(least)\(Self.count(socket.lostCount)) that a subscriber's full queue did not take",
      ])
    }
    if socket.malformedCount > 0 {
      rows.append(["dropped", "\(Self.count(socket.malformedCount)) without the empty frame of a request"])
    }
    if let told = socket.toldEvents ?? session.teller?.events { rows.append(["monitor", told.description]) }
    if socket.isWatched { rows.append(["watched", "its messages are printed as they come"]) }
    rows += ourDefaults(of: socket).map { ["default", $0] }
    for (option, text) in options(of: socket) { rows.append(["option", "\(option.name)=\(text)"]) }
    try session.present(TextTable.lines(rows))
  }

  /// The options of the context that differ from what libzmq begins with, and those that were set.
  private func showContext(in session: Session) throws(Failure) {
    let set = session.runtime.contextOptions
    var rows = [["sockets", "\(session.sockets.all.count) of this session"]]
    for option in ContextOption.all where option.access.isWritable {
      let value =
        option.access.isReadable
        ? try? session.runtime.context.get(option) : set.last { $0.option == option }?.value
      guard let value, value != option.defaultValue else { continue }
      rows.append(["option", "\(option.name)=\(option.format(value))"])
    }
    for line in TextTable.lines(rows) { try session.output.writeLine(line) }
  }

  private func state(of socket: NamedSocket) -> String {
    switch (socket.type, socket.lastAction) {
    case (.req, .sent): "\(socket.state) to \(Diagnosis.request(of: socket))"
    case (.rep, .received): "\(socket.state) to the request received \(Diagnosis.ago(socket.receivedAt))"
    default: socket.state
    }
  }

  private static func count(_ messages: Int) -> String { "\(messages) message\(messages == 1 ? "" : "s")" }

  private func text(of peer: Peer, _ socket: NamedSocket) -> String {
    var text = "\(peer.address), \(peer.typeText)"
    if !peer.routingID.isEmpty { text += " \(socket.text(ofRoutingID: peer.routingID))" }
    text += ", since \(peer.since.elapsed.spokenText)"
    return text
  }

  private func messages(of socket: NamedSocket) -> String {
    var text = "\(socket.sentCount) sent"
    if socket.sentCount > 0 { text += " (the last \(Diagnosis.ago(socket.sentAt)))" }
    text += ", \(socket.receivedCount) received"
    if socket.receivedCount > 0 { text += " (the last \(Diagnosis.ago(socket.receivedAt)))" }
    return text
  }

  private func row(_ attachment: NamedSocket.Attachment, of socket: NamedSocket) -> [String] {
    let role = attachment.role == .bind ? "bind" : "connect"
    let endpoint = DisplayText.safe(attachment.resolved)
    if attachment.endpoint.transport == "inproc" { return [role, endpoint] }
    let count = socket.connections.ready.count { $0.endpoint == attachment.resolved }
    if let trouble = Diagnosis.trouble(at: attachment, of: socket) {
      return [role, "\(endpoint): no peer; \(trouble)"]
    }
    return [role, "\(endpoint): \(count == 0 ? "no peer" : count == 1 ? "1 peer" : "\(count) peers")"]
  }

  /// The options that begin with another value here than in libzmq, and still have it.
  private func ourDefaults(of socket: NamedSocket) -> [String] {
    NamedSocket.defaults(for: socket.type).compactMap { name, ours in
      guard let option = SocketOption.named(name), option.access.isReadable,
        case .integer(let theirs)? = option.defaultValue,
        case .integer(ours)? = try? socket.socket.get(option)
      else { return nil }
      let other = option.specialValues[theirs] ?? option.format(.integer(theirs))
      return "\(name)=\(option.format(.integer(ours))) (libzmq: \(other))"
    }
  }

  /// Options that differ from what such a socket begins with, and those that were set, which some cannot be asked.
  private func options(of socket: NamedSocket) -> [(SocketOption, String)] {
    let ours = Dictionary(
      uniqueKeysWithValues: NamedSocket.defaults(for: socket.type).map { ($0.name, $0.value) })
    return SocketOption.all.flatMap { option -> [(SocketOption, String)] in
      guard option.access.isWritable, option.types.contains(socket.type), option.isAvailable else {
        return []
      }
      if option.access.isReadable, !option.isSecret {
        let normal = ours[option.name].map { OptionValue.integer($0) } ?? option.defaultValue
        guard let value = try? socket.socket.get(option), let normal, value != normal else { return [] }
        return [(option, DisplayText.safe(option.format(value)))]
      }
      let set = socket.options.filter { $0.option.name == option.name && $0.value != .bytes([]) }
      return set.map { (option, DisplayText.safe(option.format($0.value))) }
    }
  }
}
