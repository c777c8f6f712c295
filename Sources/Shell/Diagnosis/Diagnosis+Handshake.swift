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
      let reason =
        socket.mechanism == "GSSAPI"
        ? noCredentials : "whoever it asks (ZAP) is slow, or has put it off (status 300)"
      return "\(took) not let '\(socket.name)' in yet: \(reason)"
    case .old(let version):
      return
        "it took the connection \(ago(connection.since)) and speaks \(protocolName(version)), which has no handshake: "
        + "whether it is there shows when it sends something"
    case .foreign(let bytes): return foreign(bytes)
    default:
      let guess =
        socket.connections.wasReady(at: endpoint.description)
        ? "it may be stopped or hang"
        : "it may not be ZeroMQ; `probe \(DisplayText.safe(endpoint.description))` asks it"
      return "\(took) said nothing since, so \(guess)"
    }
  }

  /// libzmq waits without a word where a side has no credentials of Kerberos.
  static let noCredentials = "GSSAPI needs credentials of Kerberos at both sides, which `klist` tells"

  /// What peers of a greeting's version speak: RFC 13 and 15.
  private static func protocolName(_ version: UInt8) -> String {
    version == 0 ? "ZMTP 1.0, as libzmq 2 did" : "ZMTP 2.0, as libzmq 3 did"
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
      let own = socket.binder(of: endpoint)
      guard let other = typeThere(name, own) else {
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
        + (securing(mechanism, socket).map { ": \($0)" } ?? "")
    case .undecided:
      return
        "it speaks ZeroMQ, and closed the connection before the handshake was done: whoever it asks (ZAP) may have "
        + "put it off (status 300)"
    case .refused(let reason):
      return "it refused the connection: \(TextView.quoted(Array(reason.utf8)))"
    case .old(let version): return "it speaks \(protocolName(version)), and closed the connection"
    case .foreign(let bytes): return foreign(bytes)
    case nil:
      return socket.mechanism == "CURVE" ? generic + ", or its CURVE key is another" : generic
    }
  }

  /// A PUB of ours is an XPUB on the wire.
  private static func typeThere(_ name: String, _ own: EndpointRegistry.Peer?) -> SocketType? {
    own?.type ?? SocketType(name: name)
  }

  /// What to type where a socket was connected to one of a type that does not fit; nil where that is not so.
  static func fittingConnect(instead attachment: NamedSocket.Attachment, of socket: NamedSocket) -> String? {
    let endpoint = attachment.endpoint
    guard let trouble = socket.connections.troubles[attachment.resolved], !socket.hasMechanism,
      [.disconnected, .handshakeFailedNoDetail].contains(trouble.event.kind), !trouble.wasReady,
      case .ready(let name, _)? = socket.reading(of: endpoint, since: trouble.since),
      let other = typeThere(name, socket.binder(of: endpoint)), !other.peers.contains(socket.type),
      let fitting = other.peers.first
    else { return nil }
    let subscription = fitting == .sub ? " subscribe=''" : ""
    return "`connect \(fitting.name) \(DisplayText.safe(endpoint.description))\(subscription)` talks to it"
  }

  /// The same for the first endpoint of which it is so.
  static func fittingConnect(insteadOf socket: NamedSocket) -> String? {
    socket.endpoints.lazy.compactMap { fittingConnect(instead: $0, of: socket) }.first
  }
}
