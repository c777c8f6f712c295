import ZMTP
import ZeroMQ

/// Asks a peer what it is, where libzmq tells only that there is no connection.
///
/// Of two sockets whose types do not fit, the one whose engine is first closes the connection, and what a monitor
/// sees depends on that. What the peer says of itself does not: with the NULL mechanism, its socket type.
final class PeerProbe {
  // Asked once for each trouble: an endpoint that comes back is another one.
  private var readings: [String: (since: Instant, reading: PeerReading?)] = [:]

  /// What the peer at an endpoint says, or nil where it says nothing in time, or cannot be asked.
  ///
  /// - Parameters:
  ///   - address: Its address as numbers, where a connection was made; no name is looked up here.
  ///   - since: When the trouble began that is asked about.
  func reading(of endpoint: Endpoint, address: String?, since: Instant) -> PeerReading? {
    let key = endpoint.description
    if let known = readings[key], known.since == since { return known.reading }
    let reading = Self.ask(endpoint, address)
    readings[key] = (since, reading)
    return reading
  }

  private static func ask(_ endpoint: Endpoint, _ address: String?) -> PeerReading? {
    // A peer that does not answer in this time is as good as silent, and nobody likes to wait for a reason.
    let limit = Instant.now + .milliseconds(300)
    switch endpoint.transport {
    case "ipc":
      guard let connection = RawConnection(ipc: endpoint) else { return nil }
      return ask(connection, until: limit)
    case "tcp":
      guard
        let (host, port) = numbers(of: address)
          ?? endpoint.host.flatMap({ host in
            endpoint.port.map { (host, $0) }
          }), let connection = RawConnection(host: host, port: port)
      else { return nil }
      return ask(connection, until: limit)
    default: return nil
    }
  }

  private static func ask(_ connection: borrowing RawConnection, until limit: Instant) -> PeerReading? {
    connection.ask(
      PeerReading.questions, until: limit, PeerReading.read, readUnfinished: PeerReading.readUnfinished,
      // A server of a protocol of lines waits for the end of one, and answers that it was none.
      toTheSilent: (PeerReading.lineEnds, .milliseconds(200))
    ).reading
  }

  /// `127.0.0.1:5546` or `[::1]:5546` taken apart.
  private static func numbers(of address: String?) -> (host: String, port: Int)? {
    guard let address, let colon = address.lastIndex(of: ":"),
      let port = Int(address[address.index(after: colon)...])
    else { return nil }
    let host = address[..<colon]
    return (String(host.first == "[" ? host.dropFirst().dropLast() : host), port)
  }
}
