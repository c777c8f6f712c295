import CZeroMQ

extension ZeroMQLibrary {
  /// The transports that libzmq can be built with, in the order of the names.
  public static let transports = [
    "epgm", "inproc", "ipc", "norm", "pgm", "tcp", "tipc", "udp", "vmci", "ws", "wss",
  ]

  /// Whether the library that is linked has a transport.
  ///
  /// - Parameter transport: Its name, such as `ws`.
  public static func speaks(_ transport: String) -> Bool {
    switch transport {
    case "inproc", "tcp", "udp": true
    case "epgm": has("pgm")
    case "ws", "wss": has(transport) || takes(transport)
    default: transports.contains(transport) && has(transport)
    }
  }

  /// Asks by binding to what can be no endpoint: zmq_has(3) of 4.3.4 knows nothing of `ws`, which that version
  /// has all the same.
  private static func takes(_ transport: String) -> Bool {
    guard let context = try? Context(), let socket = try? Socket(.pair, in: context) else { return false }
    do {
      try socket.bind("\(transport)://-")
      return true
    } catch {
      return error != .protocolNotSupported
    }
  }
}
