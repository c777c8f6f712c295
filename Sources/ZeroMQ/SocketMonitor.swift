import CZeroMQ
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells what happens to the connections of a socket.
///
/// It belongs to the thread of its socket. A socket has one monitor: a further one stops the one before.
/// Events queue without limit until ``next()`` takes them, so a monitor that nobody reads costs memory, and
/// never stops its socket from reconnecting.
///
/// Source: `zmq_socket_monitor(3)`.
public final class SocketMonitor {
  /// The socket that is watched, held so that it is never closed before its monitor is stopped.
  public let socket: Socket
  let reader: Socket
  private let message = Message()
  private var isStopped = false

  // Names of inproc are the context's; one counter for the process keeps them unique in every context.
  private static let counter = Atomic<Int>(0)

  /// Starts to watch a socket.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - context: The context of the socket.
  ///   - events: The kinds that are told.
  /// - Throws: ``ZMQError/tooManySockets``: a monitor needs two sockets. ``ZMQError/contextTerminated``,
  ///   ``ZMQError/notASocket``.
  ///
  /// Source: `zmq_socket_monitor(3)`.
  public init(_ socket: Socket, in context: Context, events: MonitorEvent.Kinds = .all) throws(ZMQError) {
    socket.monitor?.stop()
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let endpoint = "inproc://zeromq-swift.monitor.\(number)"
    self.socket = socket
    reader = try Socket(.pair, in: context)
    // With the default limit of 1000 the I/O thread would wait for the reader, and reconnect nothing.
    try reader.setNumber(of: ZMQ_RCVHWM, to: Int32(0))
    try reader.setNumber(of: ZMQ_LINGER, to: Int32(0))
    try socket.check { zmq_socket_monitor(socket.raw, endpoint, Int32(events.rawValue)) }
    do {
      try reader.connect(endpoint)
    } catch {
      zmq_socket_monitor(socket.raw, nil, 0)
      throw error
    }
    socket.monitor = self
  }

  deinit {
    stop()
  }

  /// The socket that becomes readable with the next event, as C knows it. A monitor that was stopped has none.
  public var handle: UnsafeMutableRawPointer {
    reader.handle
  }

  /// Makes the calling thread the one that the monitor belongs to, as its socket has to be moved too.
  public func moveToCurrentThread() {
    reader.moveToCurrentThread()
  }

  /// Takes the next event. It never waits.
  ///
  /// - Returns: The event, or `nil` where there is none now, or the monitor was stopped.
  /// - Throws: ``ZMQError/contextTerminated``, ``ZMQError/interrupted``.
  public func next() throws(ZMQError) -> MonitorEvent? {
    guard !isStopped else {
      return nil
    }
    do {
      try reader.receive(into: message, wait: false)
    } catch .again {
      return nil
    }
    // Two frames: the event in 16 bits with its value in 32, in the order of this machine, and the endpoint.
    guard message.count == 2, message.frame(0).count == 6 else {
      return nil
    }
    let kind = message.frame(0).loadUnaligned(fromByteOffset: 0, as: UInt16.self)
    let value = message.frame(0).loadUnaligned(fromByteOffset: 2, as: UInt32.self)
    let event = MonitorEvent.Kind(rawValue: kind)
    // Descriptors and errno are signed; protocol codes, which have no sign bit either, survive the same way.
    let number = Int(Int32(bitPattern: value))
    return MonitorEvent(
      kind: event, value: number, endpoint: String(decoding: message.frame(1), as: UTF8.self),
      peerAddress: event == .connected || event == .accepted ? Self.peerAddress(of: Int32(number)) : nil)
  }

  /// Stops to watch. May be called twice. What was not taken is lost.
  ///
  /// The socket is told before the reader is closed: the other order can hang a thread of libzmq for ever.
  ///
  /// Source: `zmq_socket_monitor(3)`.
  public func stop() {
    guard !isStopped else {
      return
    }
    isStopped = true
    if let raw = socket.raw {
      zmq_socket_monitor(raw, nil, 0)
    }
    reader.close()
  }

  /// The address of the other side of a connection, as numbers.
  static func peerAddress(of fileDescriptor: Int32) -> String? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard getpeername(fileDescriptor, address, &length) == 0 else {
          return nil
        }
        let family = Int32(address.pointee.sa_family)
        guard family == AF_INET || family == AF_INET6 else {
          return nil
        }
        // The longest that getnameinfo(3) writes as numbers: an IPv6 address with its scope, and a port.
        var host = [CChar](repeating: 0, count: 128)
        var port = [CChar](repeating: 0, count: 16)
        let flags = NI_NUMERICHOST | NI_NUMERICSERV
        guard
          getnameinfo(
            address, length, &host, socklen_t(host.count), &port, socklen_t(port.count), flags) == 0
        else {
          return nil
        }
        let name = text(host)
        return family == AF_INET6 ? "[\(name)]:\(text(port))" : "\(name):\(text(port))"
      }
    }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
