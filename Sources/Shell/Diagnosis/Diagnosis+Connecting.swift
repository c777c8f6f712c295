import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why no connection to an endpoint comes about. libzmq's monitor tells when a try began and ended, and not why.
extension Diagnosis {
  /// That a try is under way which nothing answers.
  static func unanswered(since moment: Instant) -> String {
    "nothing has answered for \(moment.elapsed.spokenText), not even to refuse: \(silentHost)"
  }

  /// Whether libzmq gave the last try up by itself: nobody had answered it.
  static func wasTooSlow(_ attachment: NamedSocket.Attachment, _ socket: NamedSocket) -> Bool {
    guard let limit = socket.number(of: "connect_timeout"), limit > 0 else { return false }
    return socket.connections.lastTryTook(at: attachment.resolved) >= .milliseconds(limit)
  }

  private static let silentHost = "the host is another or down, or a firewall drops what is for this port"

  /// Why the last try failed.
  static func failedTry(to endpoint: Endpoint, _ failure: ConnectionTable.Failure) -> String {
    if endpoint.transport == "ipc", !endpoint.isAbstract { return SocketFile.trouble(endpoint.address) }
    switch failure {
    case .refused: return "nobody listens there"
    case .unanswered: return "nothing answers there: \(silentHost)"
    case .atOnce:
      // The system says why when it is asked once more. It looks no name up, so it is asked for numbers alone.
      guard endpoint.transport == "tcp", let host = endpoint.host, let port = endpoint.port,
        let connection = RawConnection(host: host, port: port), connection.error != 0,
        connection.error != EINPROGRESS, connection.error != ECONNREFUSED
      else { return "nobody listens there" }
      let error = ZMQError(code: connection.error)
      return "there is no way to it: \(error) (\(error.name))"
    }
  }
}
