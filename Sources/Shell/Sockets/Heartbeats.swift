import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Heartbeats: whether a connection was given up because its peer had gone silent, which no event tells.
extension NamedSocket {
  /// How long a peer may be silent; nil where it is not asked, which is libzmq's default. `ZMQ_HEARTBEAT_IVL`,
  /// `ZMQ_HEARTBEAT_TIMEOUT`.
  var heartbeatPatience: Duration? {
    guard let interval = SocketOption.named("heartbeat_ivl"),
      let timeout = SocketOption.named("heartbeat_timeout"),
      case .integer(let every)? = try? socket.get(interval), every > 0,
      case .integer(let most)? = try? socket.get(timeout)
    else { return nil }
    return .milliseconds(most < 0 ? every : most)
  }

  /// Whether the end of a connection is that of a silent peer: there are heartbeats, there was time for one to go
  /// unanswered, and it was our end that closed.
  func isSilence(_ event: MonitorEvent) -> Bool {
    guard let connection = connections.all.first(where: { $0.descriptor == event.value }),
      let since = connection.readySince, let address = connection.peerAddress,
      let patience = heartbeatPatience, since.elapsed >= patience
    else { return false }
    // The event may come a moment before libzmq has closed its end.
    for _ in 0..<3 {
      if TCPTable.hasClosedHere(peer: address) { return true }
      usleep(1000)
    }
    return false
  }
}

/// The TCP connections of this machine, as the system lists them: proc(5), `/proc/net/tcp`.
enum TCPTable {
  /// Whether there is a connection to a peer that our end has closed, and the peer's end has not: FIN-WAIT-1 and 2.
  ///
  /// - Parameter peer: Its address as numbers, `127.0.0.1:5555` or `[::1]:5555`.
  static func hasClosedHere(peer: String) -> Bool {
    guard let colon = peer.lastIndex(of: ":"), let port = UInt16(peer[peer.index(after: colon)...]) else {
      return false
    }
    let isVersion6 = peer.hasPrefix("[")
    guard let bytes = try? FileContents.read(isVersion6 ? "/proc/net/tcp6" : "/proc/net/tcp") else {
      return false
    }
    let end = ":" + hex(port)
    let host = isVersion6 ? nil : version4(peer[..<colon])
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").contains { line in
      let fields = line.split(separator: " ", maxSplits: 4)
      // Then come our address, the peer's, and the state.
      guard fields.count > 3, fields[3] == "04" || fields[3] == "05", fields[2].hasSuffix(end) else {
        return false
      }
      return host.map { fields[2].hasPrefix($0) } ?? true
    }
  }

  /// An address as the table has it: its bytes from the last to the first.
  private static func version4(_ host: Substring) -> String? {
    let parts = host.split(separator: ".").compactMap { UInt8($0) }
    guard parts.count == 4 else { return nil }
    return parts.reversed().map { byte in
      let text = String(byte, radix: 16, uppercase: true)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  private static func hex(_ port: UInt16) -> String {
    let text = String(port, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - text.count) + text
  }
}
