import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for several sockets and file descriptors at once.
///
/// The table of what is waited for is kept between the calls. It is level-triggered: what was announced and
/// not done is announced again, unless ``setEvents(_:at:)`` masks it.
///
/// It does what zmq_poll(3) does, with one poll(2) for each wait instead of two, and asks a socket for its events
/// only where its file descriptor says that there is something new.
///
/// Source: `zmq_poll(3)`, `ZMQ_FD` and `ZMQ_EVENTS` of `zmq_getsockopt(3)`.
public final class Poller {
  private struct Item {
    /// What is wanted; of a socket not what its descriptor is polled for.
    var wanted: Int16
    var ready: Int16
  }

  @exclusivity(unchecked) private var descriptors: UnsafeMutablePointer<pollfd>
  @exclusivity(unchecked) private var items: UnsafeMutablePointer<Item>
  @exclusivity(unchecked) private var capacity: Int
  /// How many sockets and file descriptors are waited for.
  @exclusivity(unchecked) public private(set) final var count: Int
  // Held so that none is freed while its address is in the table; nil for a file descriptor.
  @exclusivity(unchecked) private var sockets: [Socket?]

  /// Makes a poller that waits for nothing.
  public init() {
    capacity = 8
    items = .allocate(capacity: capacity)
    descriptors = .allocate(capacity: capacity)
    count = 0
    sockets = []
  }

  deinit {
    items.deallocate()
    descriptors.deallocate()
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
    append(socket.fileDescriptor, events, socket)
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
    append(fileDescriptor, events, nil)
  }

  /// Changes what is waited for.
  ///
  /// - Parameters:
  ///   - events: What to wait for from now on; nothing masks it.
  ///   - index: What ``add(_:_:)`` returned.
  public func setEvents(_ events: PollEvents, at index: Int) {
    precondition(index >= 0 && index < count, "the poller has no such item")
    items[index].wanted = events.rawValue
    descriptors[index].events = Self.polled(events, isSocket: sockets[index] != nil)
  }

  /// Waits until anything is ready.
  ///
  /// - Parameter milliseconds: How long at most; -1 is without limit, 0 looks and returns at once.
  /// - Returns: How many are ready, 0 where the time is over.
  /// - Throws: ``ZMQError/interrupted`` where a signal came, which is never retried here,
  ///   ``ZMQError/contextTerminated``, ``ZMQError/notASocket`` where one was closed since it was added.
  ///
  /// Source: `zmq_poll(3)`, `poll(2)`.
  public func wait(milliseconds: Int) throws(ZMQError) -> Int {
    for index in 0..<count {
      items[index].ready = 0
      if let socket = sockets[index], socket.raw == nil { throw .notASocket }
    }
    // A socket may have something that its descriptor does not tell.
    var found = 0
    for index in 0..<count where hasUntold(at: index) {
      if try look(at: index) { found += 1 }
    }
    // One that always has something must not hide what else there is.
    if found > 0 { return try found + max(0, poll(0)) }
    let start = milliseconds > 0 ? Self.now : 0
    var left = milliseconds
    while true {
      let woken = try poll(left)
      if woken != 0 { return max(woken, 0) }
      // Only commands had come; they are done now, and the wait goes on.
      if milliseconds > 0 { left = max(0, milliseconds - (Self.now - start)) }
    }
  }

  /// One poll(2).
  ///
  /// - Returns: How many more are ready, -1 where the time is over, 0 where sockets only had commands to do.
  private func poll(_ milliseconds: Int) throws(ZMQError) -> Int {
    let woken = systemPoll(descriptors, nfds_t(count), Int32(clamping: milliseconds))
    if woken < 0 { throw ZMQError(code: errno) }
    if woken == 0 { return -1 }
    var found = 0
    for index in 0..<count where descriptors[index].revents != 0 && items[index].ready == 0 {
      if sockets[index] != nil {
        if try look(at: index) { found += 1 }
      } else {
        items[index].ready = Self.events(descriptors[index].revents)
        found += 1
      }
    }
    return found
  }

  /// Whether something may be there of which the descriptor of a socket tells nothing: a call on it took the notice. Of
  /// the work that others have for it the descriptor always tells.
  private func hasUntold(at index: Int) -> Bool {
    guard let socket = sockets[index] else { return false }
    let wanted = PollEvents(rawValue: items[index].wanted)
    return wanted.contains(.writable) || (wanted.contains(.readable) && !socket.isDrained)
  }

  /// Asks a socket for its events, which also lets it do its work.
  private func look(at index: Int) throws(ZMQError) -> Bool {
    guard let socket = sockets[index], items[index].wanted != 0 else { return false }
    let events = try socket.events
    items[index].ready = events.rawValue & items[index].wanted
    socket.isDrained = !events.contains(.readable)
    return items[index].ready != 0
  }

  /// What a descriptor is polled for: that of a socket is readable when the socket has something to do.
  private static func polled(_ events: PollEvents, isSocket: Bool) -> Int16 {
    if events.isEmpty { return 0 }
    if isSocket { return Int16(POLLIN) }
    return (events.contains(.readable) ? Int16(POLLIN) : 0)
      | (events.contains(.writable) ? Int16(POLLOUT) : 0)
  }

  private static func events(_ revents: Int16) -> Int16 {
    var events: PollEvents = []
    if revents & Int16(POLLIN) != 0 { events.insert(.readable) }
    if revents & Int16(POLLOUT) != 0 { events.insert(.writable) }
    if revents & ~Int16(POLLIN | POLLOUT) != 0 { events.insert(.error) }
    return events.rawValue
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }

  /// What the last wait found.
  ///
  /// - Parameter index: What ``add(_:_:)`` returned.
  /// - Returns: What can be done, of what was waited for.
  public func ready(_ index: Int) -> PollEvents {
    precondition(index >= 0 && index < count, "the poller has no such item")
    return PollEvents(rawValue: items[index].ready)
  }

  private func append(_ descriptor: Int32, _ events: PollEvents, _ socket: Socket?) -> Int {
    if count == capacity {
      capacity *= 2
      let moreItems = UnsafeMutablePointer<Item>.allocate(capacity: capacity)
      moreItems.moveInitialize(from: items, count: count)
      items.deallocate()
      items = moreItems
      let moreDescriptors = UnsafeMutablePointer<pollfd>.allocate(capacity: capacity)
      moreDescriptors.moveInitialize(from: descriptors, count: count)
      descriptors.deallocate()
      descriptors = moreDescriptors
    }
    (items + count).initialize(to: Item(wanted: events.rawValue, ready: 0))
    let polled = Self.polled(events, isSocket: socket != nil)
    (descriptors + count).initialize(to: pollfd(fd: descriptor, events: polled, revents: 0))
    sockets.append(socket)
    count += 1
    return count - 1
  }
}

#if canImport(Glibc)
  private let systemPoll = Glibc.poll
#elseif canImport(Musl)
  private let systemPoll = Musl.poll
#elseif canImport(Darwin)
  private let systemPoll = Darwin.poll
#endif
