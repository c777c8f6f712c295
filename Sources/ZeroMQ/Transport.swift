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
    spoken.contains(transport)
  }

  /// The library is asked by binding to what can be no endpoint: zmq_has(3) of 4.3.4 knows nothing of `ws`,
  /// which that version has all the same. A PAIR does it, because the multicast transports refuse that type at
  /// once: given to a PUB, an address that is none aborts the program.
  private static let spoken: Set<String> = {
    // These need no asking; ipc must not be, since any word is a path.
    var spoken: Set<String> = ["inproc", "tcp", "udp"]
    if has("ipc") {
      spoken.insert("ipc")
    }
    guard let context = try? Context(), let socket = try? Socket(.pair, in: context) else {
      return spoken
    }
    for transport in transports where !spoken.contains(transport) {
      do throws(ZMQError) {
        try socket.bind("\(transport)://-")
      } catch {
        if error != .protocolNotSupported {
          spoken.insert(transport)
        }
      }
    }
    return spoken
  }()
}
