import Payload
import Script
import ZeroMQ

/// `peers`: who is connected to a socket.
struct PeersCommand: Command {
  static let usage = Usage(
    "peers", ["peers [NAME]"],
    "list the peers of a socket: address, type, routing id, since when, messages received from each",
    details: """
      A peer's routing id is known from its first message on, its type as well unless only one fits. \
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
    let peers = socket.peers
    if peers.isEmpty {
      session.note("'\(socket.name)' has no peer", help: Diagnosis.troubles(of: socket))
      return
    }
    var rows = [["ADDRESS", "TYPE", "ROUTING ID", "CONNECTED", "LAST SEEN", "RECEIVED"]]
    for peer in peers {
      rows.append([
        peer.address, peer.typeText, peer.routingID.isEmpty ? "-" : socket.text(ofRoutingID: peer.routingID),
        peer.since.map(Diagnosis.ago) ?? "-", peer.lastAt.map(Diagnosis.ago) ?? "-",
        peer.received.map(String.init) ?? "-",
      ])
    }
    for line in TextTable.lines(rows) { try session.output.writeLine(line) }
  }
}
