import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A message of one or more frames, left in the memory that libzmq gave it.
///
/// A message is made to be used again: ``Socket/receive(into:wait:)`` replaces its frames and reuses their
/// places, so that a loop of a million receives allocates nothing of its own.
///
/// Source: `zmq_msg_init(3)`, RFC 37.
public final class Message {
  // Slots up to `capacity` are always initialised, so that zmq_msg_recv can write into any of them, and
  // those at `used` and after are empty, so that no memory of a peer's is held without need.
  @exclusivity(unchecked) @usableFromInline var slots: UnsafeMutablePointer<zmq_msg_t>
  @exclusivity(unchecked) @usableFromInline var capacity: Int
  @exclusivity(unchecked) @usableFromInline var used: Int

  /// Makes a message without frames: a place to receive into.
  public init() {
    // Most messages have one frame, or an envelope of a routing id and a delimiter before it.
    capacity = 4
    slots = .allocate(capacity: 4)
    used = 0
    for index in 0..<4 {
      zmq_msg_init(slots + index)
    }
  }

  /// Makes a message of frames.
  ///
  /// - Parameter frames: The bytes of each frame, which are copied. A frame may be empty.
  public convenience init(frames: [[UInt8]]) {
    self.init()
    for frame in frames {
      append(frame)
    }
  }

  deinit {
    for index in 0..<capacity {
      zmq_msg_close(slots + index)
    }
    slots.deallocate()
  }

  /// Appends a frame.
  ///
  /// - Parameter bytes: Its bytes, which are copied; none make an empty frame.
  ///
  /// Source: `zmq_msg_init_size(3)`.
  public func append(_ bytes: UnsafeRawBufferPointer) {
    let slot = nextSlot()
    // The only failure is ENOMEM, where Swift's own allocations stop the program too.
    precondition(zmq_msg_init_size(slot, bytes.count) == 0, "no memory for a frame")
    if let source = bytes.baseAddress, bytes.count > 0 {
      zmq_msg_data(slot).copyMemory(from: source, byteCount: bytes.count)
    }
    used += 1
  }

  /// Appends a frame.
  ///
  /// - Parameter bytes: Its bytes, which are copied; none make an empty frame.
  public func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Appends a frame without copying its bytes.
  ///
  /// - Parameter buffer: Memory of `malloc(3)`, which the message, or the socket that it is sent through,
  ///   frees when it is done with it: perhaps later, on another thread.
  ///
  /// Source: `zmq_msg_init_data(3)`.
  public func append(owning buffer: UnsafeMutableRawBufferPointer) {
    let slot = nextSlot()
    let result = zmq_msg_init_data(slot, buffer.baseAddress, buffer.count, { data, _ in free(data) }, nil)
    precondition(result == 0, "no memory for a frame")
    used += 1
  }

  /// Removes every frame, and keeps the places for the next.
  public func removeAll() {
    empty(0, used)
    used = 0
  }

  private func nextSlot() -> UnsafeMutablePointer<zmq_msg_t> {
    if used == capacity {
      grow()
    }
    return slots + used
  }

  /// Doubles the places for frames.
  @usableFromInline
  func grow() {
    let larger = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: capacity * 2)
    for index in 0..<capacity * 2 {
      zmq_msg_init(larger + index)
    }
    for index in 0..<capacity {
      zmq_msg_move(larger + index, slots + index)
      zmq_msg_close(slots + index)
    }
    slots.deallocate()
    slots = larger
    capacity *= 2
  }

  /// Lets the content of some places go.
  @usableFromInline
  func empty(_ start: Int, _ end: Int) {
    var index = start
    while index < end {
      zmq_msg_close(slots + index)
      zmq_msg_init(slots + index)
      index += 1
    }
  }
}

extension Message {
  /// How many frames there are.
  @inlinable
  public var count: Int {
    used
  }

  /// Whether there is no frame at all. A message of one empty frame is not empty.
  @inlinable
  public var isEmpty: Bool {
    used == 0
  }

  /// The number of bytes in all frames.
  public var size: Int {
    var size = 0
    for index in 0..<used {
      size += zmq_msg_size(slots + index)
    }
    return size
  }

  /// The bytes of a frame where they are.
  ///
  /// - Parameter index: Which frame, from 0 to `count - 1`.
  /// - Returns: The bytes, valid until the message changes, is sent or is let go.
  ///
  /// Source: `zmq_msg_data(3)`.
  @inlinable
  public func frame(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index >= 0 && index < used, "the message has no such frame")
    let slot = slots + index
    return UnsafeRawBufferPointer(start: zmq_msg_data(slot), count: zmq_msg_size(slot))
  }

  /// Gives the bytes of a frame to a closure, where they are.
  ///
  /// - Parameters:
  ///   - index: Which frame, from 0 to `count - 1`.
  ///   - body: What is done with the bytes, which it must not let out.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws.
  @inlinable
  public func withFrame<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(self) {
      try body(frame(index))
    }
  }

  /// A copy of the bytes of a frame.
  ///
  /// - Parameter index: Which frame, from 0 to `count - 1`.
  public func bytes(_ index: Int) -> [UInt8] {
    withFrame(index) { Array($0) }
  }

  /// A copy of all frames.
  public var frames: [[UInt8]] {
    (0..<count).map { bytes($0) }
  }

  /// The file descriptor of the connection that the message came through, which a monitor tells of too; `nil` where
  /// it was made here or came over `inproc`.
  ///
  /// Source: `ZMQ_SRCFD` of `zmq_msg_get(3)`.
  @inlinable
  public var sourceDescriptor: Int? {
    guard used > 0 else {
      return nil
    }
    // Of the last frame: the first one of a ROUTER, the routing id, may know nothing.
    let descriptor = zmq_msg_get(slots + used - 1, ZMQ_SRCFD)
    return descriptor < 0 ? nil : Int(descriptor)
  }

  /// Something that is known of the peer that a message came from.
  ///
  /// - Parameter name: `Peer-Address`, `Socket-Type`, `Routing-Id`, `User-Id` (RFC 27), or one of the peer's
  ///   own, which begin with `X-`.
  /// - Returns: Its value, or `nil`: a message that was made here, or came over `inproc`, has none.
  ///
  /// Source: `zmq_msg_gets(3)`.
  public func property(_ name: String) -> String? {
    guard used > 0 else {
      return nil
    }
    // Of the last frame: the first one of a ROUTER, the routing id, may know nothing.
    let last = slots + used - 1
    // libzmq documents Routing-Id and keeps it as the wire has it: 4.3.4 answers to the old name alone.
    let value = zmq_msg_gets(last, name) ?? (name == "Routing-Id" ? zmq_msg_gets(last, "Identity") : nil)
    return value.map { String(cString: $0) }
  }
}
