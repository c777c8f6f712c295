/// What the first bytes of a peer say of it.
///
/// Source: RFC 23; RFC 24 for ZMTP over PLAIN and RFC 25 over CURVE, whose peers say no more than their name before
/// they know who asks.
public enum PeerReading: Hashable, Sendable {
  /// A peer of the NULL mechanism: its socket type in capitals, such as `XPUB`, and its routing id.
  case ready(socketType: String, routingID: [UInt8])
  /// A peer of another security mechanism, such as `CURVE`.
  case secured(mechanism: String)
  /// A peer of ZMTP that has said its greeting, and neither lets us in nor refuses us.
  case undecided(mechanism: String)
  /// A peer that refuses us, and its reason.
  case refused(reason: String)
  /// A peer of a version before 3.
  case old(version: UInt8)
  /// What speaks another protocol, and the first of what it said.
  case foreign([UInt8])

  /// What is said to a peer, each part once so many bytes have come from it.
  ///
  /// The signature and the version first: a peer of another mechanism hangs up when it has the whole greeting, and
  /// may do so before it has told its own.
  public static let questions: [(bytes: [UInt8], after: Int)] = {
    let greeting = Greeting().bytes
    // Ten bytes of signature, one of version: RFC 23.
    return [(Array(greeting[..<11]), 0), (Array(greeting[11...]), Greeting.byteCount)]
  }()

  /// What is said to a peer that says nothing to a greeting: the end of a request of HTTP, SMTP and the like.
  public static let lineEnds = Array("\r\n\r\n".utf8)

  /// Reads what came so far.
  ///
  /// - Parameter bytes: All that the peer sent, from the first byte on.
  /// - Returns: Nil where more bytes are needed.
  public static func read(_ bytes: [UInt8]) -> PeerReading? {
    if bytes.isEmpty { return nil }
    guard Greeting.isBeginning(bytes) else { return .foreign(bytes) }
    guard let greeting = Greeting(bytes) else { return nil }
    if greeting.version < 3 { return .old(version: greeting.version) }
    if greeting.mechanism != "NULL" { return .secured(mechanism: greeting.mechanism) }
    switch Frame.read(Array(bytes[Greeting.byteCount...]), most: mostBytes) {
    case .incomplete: return nil
    case .invalid: return .foreign(bytes)
    case .frame(let frame, _):
      guard frame.isCommand, let command = Command(frame.body) else { return .foreign(bytes) }
      if command.name == "ERROR" {
        // The reason has a length before it.
        return .refused(reason: String(decoding: command.data.dropFirst(), as: UTF8.self))
      }
      guard command.name == "READY", let properties = command.properties,
        let type = properties["socket-type"]
      else { return .foreign(bytes) }
      return .ready(
        socketType: String(decoding: type, as: UTF8.self), routingID: properties["identity"] ?? [])
    }
  }

  /// Reads what came of a peer that says no more.
  ///
  /// - Returns: Nil where it is not even a greeting.
  public static func readUnfinished(_ bytes: [UInt8]) -> PeerReading? {
    Greeting(bytes).flatMap { $0.version < 3 ? nil : .undecided(mechanism: $0.mechanism) }
  }

  /// The longest that a READY is read: properties of applications come after libzmq's own few.
  private static let mostBytes = 64 << 10
}
