#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  /// Endpoints where nobody listens.
  enum Vacant {
    /// A port of this machine that refuses, and that nobody else gets: it is bound, and does not listen.
    static func endpoint() throws -> String {
      let (held, endpoint) = try RawConnection.listen(backlog: nil)
      // Held to the end of the process: libzmq may still be trying when the test is over.
      _ = Unmanaged.passRetained(held)
      return endpoint
    }
  }

  /// A listener whose queue is full, so that the next connection waits.
  final class BusyListener {
    let endpoint: String
    private let listener: RawConnection
    private let waiting: [RawConnection]

    init() throws {
      (listener, endpoint) = try RawConnection.listen(backlog: 0)
      // The system takes one more than the backlog says.
      waiting = try [RawConnection.connect(to: endpoint)]
    }
  }

  /// A proxy that lets through whoever asks, to nowhere (RFC 1928, RFC 1929).
  final class SOCKSProxy {
    let address: String
    private let listener: RawConnection
    private var clients: [RawConnection] = []

    init() throws {
      let endpoint: String
      (listener, endpoint) = try RawConnection.listen()
      address = String(endpoint.dropFirst("tcp://".count))
    }

    /// Takes the next client, and tells how it came: `no proxy` where it did not ask for one.
    func letThrough() throws -> String {
      let client = try listener.accept()
      clients.append(client)
      let head = try client.read(2)
      guard head.first == 5 else { return "no proxy" }
      let methods = try client.read(Int(head[1]))
      var seen = "no password"
      if methods.contains(2) {
        client.write([5, 2])
        let name = try client.read(Int(client.read(2)[1]))
        let password = try client.read(Int(client.read(1)[0]))
        seen = String(decoding: name + Array(":".utf8) + password, as: UTF8.self)
        client.write([1, 0])
      } else {
        client.write([5, 0])
      }
      let request = try client.read(4)
      // The address: four bytes, or a name with its length before it; then the port.
      _ = try client.read(request[3] == 1 ? 4 : Int(client.read(1)[0]))
      _ = try client.read(2)
      client.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 9])
      try #require(try client.read(10).first == 0xff, "the signature of ZMTP")
      return seen
    }

    /// Ends the connection of the client that came last.
    func endLast() {
      if let client = clients.last { shutdown(client.descriptor, Int32(SHUT_RDWR)) }
    }
  }

  extension SocketMonitor {
    /// How long libzmq says that it waits until it next tries an endpoint, in milliseconds.
    func interval(at endpoint: String) throws -> Int {
      while true {
        if let event = try events(until: .connectRetried).last, event.endpoint == endpoint {
          return event.value
        }
      }
    }
  }
#endif
