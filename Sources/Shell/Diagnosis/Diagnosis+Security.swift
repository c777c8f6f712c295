import Payload
import ZeroMQ

/// Why a peer was not let in, told at both sides.
extension Diagnosis {
  /// What libzmq says where the two use different mechanisms, of which NULL is one.
  static let mechanismMismatch = 0x1100_0002
  /// What libzmq says where a CURVE client has another server key than that of the server.
  static let wrongKey = 0x1100_0001

  /// Why a server refused the handshake of a socket of ours.
  static func refusal(_ event: MonitorEvent, of socket: NamedSocket) -> String {
    let mechanism = socket.mechanism
    let again = "; once that is mended, `\(socket.name) reset` tries again"
    switch event.kind {
    case .handshakeFailedAuth:
      let status = "status \(event.value)"
      switch mechanism {
      case "PLAIN": return "it refused the user name or the password (\(status))\(again)"
      case "CURVE":
        let key = socket.publicKey.map { " '\($0.text)'" } ?? ""
        return "it does not let the public key\(key) in (\(status))\(again)"
      default: return "it does not let this address in (\(status))\(again)"
      }
    case .handshakeFailedProtocol:
      return "it broke the protocol (\(ProtocolFailure(rawValue: event.value)))"
    default: return event.name
    }
  }

  /// What to do about a server that lets nobody in without a mechanism.
  static func wantsSecurity(_ mechanism: String, of socket: NamedSocket) -> String {
    let cure = ["CURVE": "`curve client KEY`", "PLAIN": "`plain client USER`"][mechanism]
    return "it wants \(TextView.quoted(Array(mechanism.utf8))), and '\(socket.name)' has no security"
      + (cure.map { ": \($0) before the connect" } ?? "")
  }

  /// Why a peer of the same mechanism made no handshake, and said nothing of the reason.
  static func sameMechanism(of socket: NamedSocket) -> String {
    switch socket.mechanism {
    case "CURVE": return "its key is not the server key that '\(socket.name)' was given"
    case "PLAIN": return "its PLAIN server has nobody to ask for passwords"
    default: return "it uses \(socket.mechanism) too, and closed the connection before the handshake was done"
    }
  }

  /// Why a socket of ours did not let a client in.
  static func refused(_ trouble: ConnectionTable.Trouble, by socket: NamedSocket) -> String {
    let event = trouble.event
    let when = ago(trouble.last)
    let mechanism = socket.mechanism
    switch event.kind {
    case .handshakeFailedAuth:
      // The verdict that was given last need not be that of this client, so it says who it was about.
      return "a client was refused \(when)"
        + (socket.lastRefused.map { "; the last: \($0.request.who), \($0.reason)" } ?? "")
    case .handshakeFailedProtocol where event.value == wrongKey:
      let key = socket.publicKey.map { ": the public key of '\(socket.name)' is '\($0.text)'" } ?? ""
      return "a client with another server key was turned away \(when)\(key)"
    case .handshakeFailedProtocol where event.value == mechanismMismatch:
      return mechanism == "NULL"
        ? "a client that wants security was turned away \(when): '\(socket.name)' has none"
        : "a client without \(mechanism) was turned away \(when)"
    case .handshakeFailedProtocol:
      return
        "a client that broke the protocol was turned away \(when) (\(ProtocolFailure(rawValue: event.value)))"
    default: return event.name
    }
  }

  /// libzmq cuts a peer off whose frame is too large, and tells nothing but that it has gone. Where a peer came and went
  /// and no message of it arrived, that may be the reason.
  static func cutOff(_ socket: NamedSocket) -> [String] {
    guard let lostAt = socket.connections.lostAt, let since = socket.connections.lostReadySince,
      socket.receivedAt < since, let option = SocketOption.named("maxmsgsize"),
      case .integer(let most)? = try? socket.socket.get(option), most >= 0
    else { return [] }
    return [
      "a peer left \(ago(lostAt)) without a message: one with a frame larger than maxmsgsize "
        + "(\(option.format(.integer(most)))) is cut off"
    ]
  }

  /// What to do about a connection that was refused.
  static func cure(of event: MonitorEvent, on socket: NamedSocket) -> [String] {
    switch event.kind {
    case .handshakeFailedAuth:
      return ["check what was given: `plain_username` and `plain_password`, or `curve_publickey`"]
    case .handshakeFailedProtocol where ProtocolFailure(rawValue: event.value) == .cryptographic:
      return ["`curve_serverkey` of the client has to be the public key of the server"]
    case .handshakeFailedProtocol:
      return ["both sides need the same mechanism: `help curve_serverkey`, `help plain_username`"]
    default: return []
    }
  }
}
