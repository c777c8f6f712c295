import Payload
import Script
import ZMTP
import ZeroMQ

extension Diagnosis {
  /// Why a peer that took the connection says no more.
  static func silence(
    of connection: ConnectionTable.Connection, with endpoint: Endpoint, on socket: NamedSocket
  ) -> String {
    let took = "it took the connection \(ago(connection.since)) and has"
    switch socket.reading(of: endpoint, since: connection.since) {
    case .undecided, .secured(socket.mechanism):
      return
        "\(took) not let '\(socket.name)' in yet: whoever it asks (ZAP) is slow, or has put it off (status 300)"
    default:
      let guess =
        socket.connections.wasReady(at: endpoint.description)
        ? "it may be stopped or hang"
        : "it may not be ZeroMQ; `probe \(DisplayText.safe(endpoint.description))` asks it"
      return "\(took) said nothing since, so \(guess)"
    }
  }

  /// Why a peer that took the connection made no handshake.
  static func noHandshake(
    with endpoint: Endpoint, since: Instant, on socket: NamedSocket
  ) -> String {
    let type = socket.type
    let generic =
      "it took the connection and closed it before the handshake: its socket type does not fit "
      + "\(article(type)) (fitting: \(partners(of: type, by: ", "))), or it is not ZeroMQ"
    switch socket.reading(of: endpoint, since: since) {
    case .ready where socket.hasMechanism:
      return "it does not use \(socket.mechanism); once that is mended, `\(socket.name) reset` tries again"
    case .ready(let name, _):
      // A PUB of ours is an XPUB on the wire.
      let own = socket.binder(of: endpoint)
      guard let other = own?.type ?? SocketType(name: name) else {
        return "its socket type is \(TextView.quoted(Array(name.utf8))), which does not fit \(article(type))"
      }
      if type.peers.contains(other) { return "it closed the connection before the handshake was done" }
      let end = socket.connections.hasGivenUp(endpoint.description) ? "; libzmq does not try again" : ""
      let what = own.map { "your socket '\($0.name)', \(article(other))" } ?? article(other)
      return "it is \(what), and \(article(type)) talks to \(partners(of: type, by: " or ")) alone\(end)"
    case .secured(let mechanism):
      if mechanism == socket.mechanism { return sameMechanism(of: socket) }
      let name = TextView.quoted(Array(mechanism.utf8))
      if !socket.hasMechanism { return wantsSecurity(mechanism, of: socket) }
      return "it uses the security mechanism \(name), and '\(socket.name)' \(socket.mechanism)"
        + (securing(mechanism).map { ": \($0), then `\(socket.name) reset`" } ?? "")
    case .undecided: return "it speaks ZeroMQ, and closed the connection before the handshake was done"
    case .refused(let reason):
      return "it refused the connection: \(TextView.quoted(Array(reason.utf8)))"
    case .old(let version):
      return "it speaks version \(version + 1).0 of ZeroMQ's protocol, and closed the connection"
    case .foreign(let bytes):
      return foreign(bytes)
    case nil:
      return socket.mechanism == "CURVE" ? generic + ", or its CURVE key is another" : generic
    }
  }
}
