import CZeroMQ

extension ZeroMQLibrary {
  /// The transports that libzmq can be built with, in the order of the names.
  public static let transports = transportRows.map(\.name)

  /// The transports with what each is for. Source: `zmq_tcp(7)` and its kin.
  public static let transportRows: [(name: String, summary: String)] = [
    ("epgm", "multicast for PUB and SUB, in UDP: 'epgm://eth0;239.192.1.1:5555', in quotes for its ';'"),
    ("inproc", "between sockets and tasks of one program: inproc://name"),
    ("ipc", "between programs of one machine: ./name, /run/name, @name"),
    ("norm", "reliable multicast for PUB and SUB: norm://239.192.1.1:5555"),
    ("pgm", "multicast for PUB and SUB, in IP itself, for which root is needed"),
    ("tcp", "between machines: 5555, *:5555, host:5555"),
    ("tipc", "between the machines of a cluster, where the system has it"),
    ("udp", "for the draft types RADIO, DISH and DGRAM alone"),
    ("vmci", "between virtual machines and their host"),
    ("ws", "WebSockets: ws://host:5555/path"),
    ("wss", "WebSockets over TLS"),
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
