import Payload
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a peer was not let in, told at both sides.
extension Diagnosis {
  /// What libzmq says with a handshake that failed where a PLAIN server has nobody to ask: `EFAULT`.
  static let noHandler = Int(EFAULT)
  /// What it says where a handshake took longer than `handshake_ivl`: the error of the read before, `EAGAIN`.
  static let tookTooLong = Int(EAGAIN)

  /// Why a server refused the handshake of a socket of ours.
  static func refusal(_ event: MonitorEvent, of socket: NamedSocket) -> String {
    let mechanism = socket.mechanism
    let again = "; once that is mended, `\(socket.name) reset` tries again"
    switch event.kind {
    case .handshakeFailedAuth:
      let status = "status \(event.value)"
      // RFC 27: 400 is a refusal, 500 a failure of whoever decides.
      if event.value == 500 { return "whoever it asks (ZAP) failed (\(status))\(again)" }
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
    return "it wants \(TextView.quoted(Array(mechanism.utf8))), and '\(socket.name)' has no security"
      + (securing(mechanism, socket).map { ": \($0)" } ?? "")
  }

  /// The statements that give a client a mechanism.
  static func securing(_ mechanism: String, _ socket: NamedSocket) -> String? {
    let clause = ["CURVE": "curve client KEY", "PLAIN": "plain client USER"][mechanism]
    return clause.map { "`\(socket.name) \($0)`, then `\(socket.name) reset`" }
  }

  /// Why a peer of the same mechanism made no handshake, and said nothing of the reason.
  static func sameMechanism(of socket: NamedSocket) -> String {
    switch socket.mechanism {
    case "CURVE":
      return
        "its key is not the server key that '\(socket.name)' was given; `\(socket.name) curve client KEY` with the "
        + "right one, then `\(socket.name) reset`"
    case "PLAIN":
      return
        "its PLAIN server has nobody to ask for passwords, or whoever it asks (ZAP) has put it off (status 300): a server "
        + "of this shell needs `auth plain USER`"
    default: return "it uses \(socket.mechanism) too, and closed the connection before the handshake was done"
    }
  }

  /// Why a socket of ours did not let a client in.
  static func refused(_ trouble: ConnectionTable.Trouble, by socket: NamedSocket) -> String {
    let event = trouble.event
    let when = ago(trouble.last)
    let mechanism = socket.mechanism
    switch event.kind {
    case .handshakeFailedAuth where socket.asksOtherHandler:
      // 300 is for a trouble that passes: the client is neither let in nor told (RFC 27).
      return event.value == 300
        ? "the ZAP handler put a client off \(when) (status 300), which waits until its handshake ends"
        : "the ZAP handler refused a client \(when) (status \(event.value))"
    case .handshakeFailedAuth:
      // The verdict that was given last need not be that of this client, so it says who it was about.
      guard let last = socket.lastRefused else { return "a client was refused \(when)" }
      return "a client was refused \(when); the last: \(last.who): \(last.reason)"
        + (last.cure.map { "; \($0)" } ?? "")
    case .handshakeFailedProtocol where ProtocolFailure(rawValue: event.value).isOfHandler:
      return
        "the ZAP handler gave an answer that is none \(when) (\(ProtocolFailure(rawValue: event.value))): "
        + "nobody is let in; `help security` shows one"
    case .handshakeFailedProtocol where ProtocolFailure(rawValue: event.value) == .cryptographic:
      let key = socket.publicKey.map { ": it has to connect with `curve client '\($0.text)'`" } ?? ""
      return "a client with another server key was turned away \(when)\(key)"
    case .handshakeFailedProtocol where ProtocolFailure(rawValue: event.value) == .mechanismMismatch:
      return mechanism == "NULL"
        ? "a client that wants security was turned away \(when): '\(socket.name)' has none"
        : "a client without \(mechanism) was turned away \(when)\(securingHint(socket))"
    case .handshakeFailedProtocol:
      return
        "a client that broke the protocol was turned away \(when) (\(ProtocolFailure(rawValue: event.value)))"
    default: return event.name
    }
  }

  /// What clients of a server of ours have to say.
  static func securingHint(_ socket: NamedSocket) -> String {
    switch socket.mechanism {
    case "CURVE": return socket.publicKey.map { ": it has to connect with `curve client '\($0.text)'`" } ?? ""
    case "PLAIN": return ": it has to connect with `plain client USER`"
    default: return ""
    }
  }

  /// libzmq cuts a peer off whose frame is too large, and tells nothing but that it has gone. Where a peer came and went
  /// and no message of it arrived, that may be the reason.
  static func cutOff(_ socket: NamedSocket) -> [String] {
    if let lostAt = socket.connections.lostAt, let reason = reasonOfCut(by: socket) {
      return ["a peer was cut off \(ago(lostAt)): \(reason)"]
    }
    guard socket.connections.wasLastEndedHere == nil, let lostAt = socket.connections.lostAt,
      let lost = socket.connections.lost, socket.wasSilent(lost),
      let option = SocketOption.named("maxmsgsize"),
      case .integer(let most)? = try? socket.socket.get(option), most >= 0
    else { return [] }
    return [
      "a peer left \(ago(lostAt)) without a message: one with a frame larger than maxmsgsize "
        + "(\(option.format(.integer(most)))) is cut off"
    ]
  }

  /// Why libzmq has cut off the peer of a bound socket that was lost last; nil where it has not.
  static func reasonOfCut(by socket: NamedSocket) -> String? {
    let connections = socket.connections
    // A PAIR and a ROUTER that gives routing ids away end connections for other reasons.
    guard connections.wasLastEndedHere == true, !connections.lostToSilence, !socket.takesOverIDs,
      ![.pair, .stream].contains(socket.type), socket.endpoints.contains(where: { $0.role == .bind })
    else { return nil }
    guard let option = SocketOption.named("maxmsgsize"), let most = socket.number(of: "maxmsgsize"), most >= 0
    else { return "it broke the protocol or its own heartbeat_ttl" }
    return
      "a frame of it was larger than maxmsgsize (\(option.format(.integer(most)))), or it broke the protocol or its own heartbeat_ttl"
  }

  /// What may have cut a peer off that left a bound socket without a message: libzmq says only that it left.
  static func mayBeCutOff(_ connection: ConnectionTable.Connection, from socket: NamedSocket) -> [String] {
    guard !connection.isOutgoing, socket.connections.wasLastEndedHere == nil,
      [.pull, .sub, .xsub, .rep, .router].contains(socket.type),
      socket.wasSilent(connection), socket.type != .rep || socket.lastAction != .received,
      (try? socket.socket.events)?.contains(.readable) != true,
      let option = SocketOption.named("maxmsgsize"), let most = socket.number(of: "maxmsgsize"), most >= 0
    else { return [] }
    return [
      "it left a moment ago without a message: a frame larger than maxmsgsize (\(option.format(.integer(most)))) cuts its peer off; "
        + "`\(socket.name) set maxmsgsize 1GiB`, then `\(socket.name) reset`"
    ]
  }

  /// Why libzmq has ended a connection of ours to a peer for good: it breaks off what breaks the protocol, and a frame that
  /// is too large does. It says only that the connection ended; that it does not try again tells the rest.
  static func endOfTrying(
    _ trouble: ConnectionTable.Trouble, _ attachment: NamedSocket.Attachment, of socket: NamedSocket
  ) -> String? {
    guard socket.connections.hasGivenUp(attachment.resolved) else { return nil }
    let lost = "the connection ended \(ago(trouble.last)), and libzmq does not try again"
    let again = "`\(socket.name) reset`"
    if let interval = socket.number(of: "reconnect_ivl"), interval < 0 {
      return "\(lost): reconnect_ivl is -1; \(again) does"
    }
    // A REQ ends its connection so at a reply without its empty frame.
    let reply = socket.type == .req ? "a reply had no empty frame before its body, " : ""
    guard let most = socket.number(of: "maxmsgsize"), most >= 0,
      let option = SocketOption.named("maxmsgsize")
    else {
      return "\(lost): \(reply)\(reply.isEmpty ? "" : "or ")the peer broke the protocol; \(again) does"
    }
    return
      "\(lost): \(reply)a frame came that is larger than maxmsgsize (\(option.format(.integer(most)))), or the peer "
      + "broke the protocol; `\(socket.name) set maxmsgsize 1GiB`, then \(again)"
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
