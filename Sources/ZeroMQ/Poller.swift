import CZeroMQ

/// Waits for several sockets and file descriptors at once.
///
/// The table of what is waited for is kept between the calls. It is level-triggered: what was announced and
/// not done is announced again, unless ``setEvents(_:at:)`` masks it.
///
/// Source: `zmq_poll(3)`.
public final class Poller {
  @exclusivity(unchecked) private var items: UnsafeMutablePointer<zmq_pollitem_t>
  @exclusivity(unchecked) private var capacity: Int
  /// How many sockets and file descriptors are waited for.
  @exclusivity(unchecked) public private(set) final var count: Int
  // Held so that none is freed while its address is in the table; nil for a file descriptor.
  @exclusivity(unchecked) private var sockets: [Socket?]

  /// Makes a poller that waits for nothing.
  public init() {
    capacity = 8
    items = .allocate(capacity: capacity)
    count = 0
    sockets = []
  }

  deinit {
    items.deallocate()
  }

  /// Forgets all that is waited for, and keeps the room for the next.
  public func removeAll() {
    count = 0
    sockets.removeAll(keepingCapacity: true)
  }

  /// Adds a socket, which is held until ``removeAll()``.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - events: What to wait for; nothing is allowed.
  /// - Returns: Where it is, for ``ready(_:)`` and ``setEvents(_:at:)``.
  @discardableResult
  public func add(_ socket: Socket, _ events: PollEvents) -> Int {
    append(zmq_pollitem_t(socket: socket.raw, fd: -1, events: events.rawValue, revents: 0), socket)
  }

  /// Adds a monitor, which becomes readable with its next event.
  ///
  /// - Parameter monitor: The monitor. Its reader is held until ``removeAll()``.
  /// - Returns: Where it is, for ``ready(_:)``.
  @discardableResult
  public func add(_ monitor: SocketMonitor) -> Int {
    add(monitor.reader, .readable)
  }

  /// Adds a file descriptor.
  ///
  /// - Parameters:
  ///   - fileDescriptor: The file descriptor; -1 is never ready.
  ///   - events: What to wait for; ``PollEvents/error`` comes unasked where anything is waited for.
  /// - Returns: Where it is, for ``ready(_:)`` and ``setEvents(_:at:)``.
  @discardableResult
  public func add(fileDescriptor: Int32, _ events: PollEvents) -> Int {
    append(zmq_pollitem_t(socket: nil, fd: fileDescriptor, events: events.rawValue, revents: 0), nil)
  }

  /// Changes what is waited for.
  ///
  /// - Parameters:
  ///   - events: What to wait for from now on; nothing masks it.
  ///   - index: What ``add(_:_:)`` returned.
  public func setEvents(_ events: PollEvents, at index: Int) {
    precondition(index >= 0 && index < count, "the poller has no such item")
    items[index].events = events.rawValue
  }

  /// Waits until anything is ready.
  ///
  /// - Parameter milliseconds: How long at most; -1 is without limit, 0 looks and returns at once.
  /// - Returns: How many are ready, 0 where the time is over.
  /// - Throws: ``ZMQError/interrupted`` where a signal came, which is never retried here,
  ///   ``ZMQError/contextTerminated``, ``ZMQError/notASocket`` where one was closed since it was added.
  ///
  /// Source: `zmq_poll(3)`.
  public func wait(milliseconds: Int) throws(ZMQError) -> Int {
    for index in 0..<count {
      items[index].revents = 0
      if let socket = sockets[index] {
        assert(socket.isOnItsThread, "a socket belongs to one thread")
        guard socket.raw != nil else {
          throw .notASocket
        }
      }
    }
    let ready = zmq_poll(items, Int32(count), milliseconds)
    if ready == -1 {
      throw .last()
    }
    return Int(ready)
  }

  /// What the last wait found.
  ///
  /// - Parameter index: What ``add(_:_:)`` returned.
  /// - Returns: What can be done, of what was waited for.
  public func ready(_ index: Int) -> PollEvents {
    precondition(index >= 0 && index < count, "the poller has no such item")
    return PollEvents(rawValue: items[index].revents)
  }

  private func append(_ item: zmq_pollitem_t, _ socket: Socket?) -> Int {
    if count == capacity {
      let larger = UnsafeMutablePointer<zmq_pollitem_t>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: items, count: count)
      items.deallocate()
      items = larger
      capacity *= 2
    }
    (items + count).initialize(to: item)
    sockets.append(socket)
    count += 1
    return count - 1
  }
}
