#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  /// A socket of libzmq with an option on trial, and what it is bound or connected to.
  final class OptionBench {
    /// Which way the socket is attached.
    enum Side: Sendable {
      case bind, connect
    }

    /// A bind or a connect, and the plain listener at the other end of a connect.
    final class Attachment {
      let side: Side
      let endpoint: String
      let listener: RawConnection?
      /// The descriptor that libzmq listens with.
      let listening: Int32

      init(_ side: Side, _ endpoint: String, _ listener: RawConnection?, _ listening: Int32) {
        self.side = side
        self.endpoint = endpoint
        self.listener = listener
        self.listening = listening
      }
    }

    /// One connection: our plain end of it, and the descriptor of libzmq's.
    struct Link {
      let bench: OptionBench
      let attachment: Attachment
      let peer: RawConnection
      let descriptor: Int32
    }

    let context: Context
    let socket: Socket
    let monitor: SocketMonitor

    init(_ type: SocketType, ioThreads: Int = 1, before: [(name: String, value: OptionValue)]) throws {
      context = try Context()
      try context.set(.ioThreads, ioThreads)
      socket = try Socket.make(type, in: context)
      monitor = try SocketMonitor(socket, in: context)
      // Connections that a test ends are to come again at once.
      try set("reconnect_ivl", .integer(5))
      for (name, value) in before { try set(name, value) }
    }

    func set(_ name: String, _ value: OptionValue) throws {
      try socket.set(try #require(SocketOption.named(name)), to: value)
    }

    /// Binds, or connects to a plain listener.
    func attach(_ side: Side, at endpoint: String = "tcp://127.0.0.1:*") throws -> Attachment {
      switch side {
      case .bind:
        try socket.bind(endpoint)
        let listening = try monitor.events(until: .listening).last?.value ?? -1
        return Attachment(.bind, try socket.lastEndpoint, nil, Int32(listening))
      case .connect:
        let (listener, endpoint) = try RawConnection.listen()
        try socket.connect(endpoint)
        return Attachment(.connect, endpoint, listener, -1)
      }
    }

    /// A new connection at an attachment: a new client of a bind, or the next try of a connect.
    func link(at attachment: Attachment) throws -> Link {
      let peer = try attachment.listener?.accept() ?? RawConnection.connect(to: attachment.endpoint)
      let kind: MonitorEvent.Kind = attachment.side == .bind ? .accepted : .connected
      // A bind to all addresses is told by the address that the client came to.
      let place = attachment.endpoint.lastIndex(of: ":").map { attachment.endpoint[$0...] } ?? ""
      // One that is filtered away was never accepted, as far as libzmq tells.
      var event: MonitorEvent?
      try wait {
        while event == nil, let next = try monitor.next() {
          if next.endpoint.hasSuffix(place), next.kind == kind || next.kind == .acceptFailed {
            event = next
          }
        }
        return event != nil
      }
      return Link(
        bench: self, attachment: attachment, peer: peer,
        descriptor: event?.kind == kind ? Int32(event?.value ?? -1) : -1)
    }
  }

  extension OptionBench.Link {
    /// An option of the system's that is a number.
    func system(_ level: Int32, _ code: Int32) throws -> String {
      try systemOption(descriptor, level, code)
    }
  }

  /// An option of the system's that is a number.
  func systemOption(_ descriptor: Int32, _ level: Int32, _ code: Int32) throws -> String {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    try #require(getsockopt(descriptor, level, code, &value, &size) == 0, "errno \(errno)")
    return "\(value)"
  }
#endif
