import Payload
import Script
import ZeroMQ

/// `peers`: who is connected to a socket.
struct PeersCommand: Command {
  static let usage = Usage(
    "peers", ["peers [NAME]"],
    "list the peers of a socket: address, type, routing id, since when, messages received from each",
    details: """
      What a peer is, it tells with its first message; one that was connected to from here is asked. Of several \
      `inproc` peers, nobody can tell whose messages came: `-`. One that is ignored says so: the second peer of a PAIR, \
      or of a ROUTER one with the routing id of another. A PUB shows what each asked for. \
      `@1` is a short name for a random routing id; `send @1 Hello` and `to @1 Hello` take it.
      """,
    example: "server peers", actsOnSocket: true,
    takes: [.optionalSubject(.socket)])

  private let socket: SocketReference

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var reference = arguments.socket
    if case .current = reference, !arguments.isEmpty {
      reference = arguments.preparer.socketReference(try arguments.next(""))
    }
    socket = reference
  }

  func run(in session: Session) throws(Failure) {
    let socket = try session.socket(socket)
    session.loop.serve()
    let peers = socket.peers(asking: true)
    if peers.isEmpty {
      session.note("'\(socket.name)' has no peer", help: Diagnosis.troubles(of: socket))
      return
    }
    var rows = [
      ["ADDRESS", "TYPE", "ROUTING ID", "CONNECTED"]
        + (socket.tellsTopics ? ["SUBSCRIBED"] : ["LAST SEEN", "RECEIVED"])
    ]
    for peer in peers {
      rows.append(
        [
          peer.address, peer.typeText,
          peer.routingID.isEmpty ? "-" : socket.text(ofRoutingID: peer.routingID), Diagnosis.ago(peer.since),
        ] + (socket.tellsTopics ? [Self.subscribed(peer)] : Self.received(peer)))
    }
    for line in TextTable.lines(rows) { try session.output.writeLine(line) }
    if let taken = Diagnosis.takenID(of: socket) { session.note(taken, help: [Diagnosis.handoverCure]) }
  }

  /// A subscriber sends nothing else.
  private static func subscribed(_ peer: Peer) -> String {
    guard let prefixes = peer.subscriptions else { return "-" }
    let sorted = prefixes.sorted { $0.lexicographicallyPrecedes($1) }
    return sorted.isEmpty ? "nothing" : sorted.map(TextView.quoted).joined(separator: " ")
  }

  private static func received(_ peer: Peer) -> [String] {
    [peer.lastAt.map(Diagnosis.ago) ?? "-", peer.received.map(String.init) ?? "-"]
  }
}
