import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A socket: what messages are sent and received through.
///
/// A socket belongs to one thread, and the compiler keeps it there: it is not `Sendable`. It holds its
/// context, and is closed when it is let go.
///
/// Source: `zmq_socket(3)`.
public final class Socket {
  /// What the socket does with messages.
  public let type: SocketType
  /// The context that the socket lives in.
  public let context: Context

  // nil once closed: libzmq answers a null socket with ENOTSOCK, where a closed one would be freed memory.
  @exclusivity(unchecked) @usableFromInline var raw: UnsafeMutableRawPointer?
  /// Whether it has just said that there is nothing to receive: then its descriptor tells when that changes.
  ///
  /// The descriptor tells of commands of libzmq's other threads, and any call may carry those out, so that a message is
  /// there of which it tells nothing. A REP never says it: it gives up at the first malformed request.
  @exclusivity(unchecked) @usableFromInline var isDrained = false
  // The thread that the socket belongs to, compared in debug builds only.
  private var owner: pthread_t
  // Stopped by close(), since libzmq may hang where a reader of events goes before its socket does.
  weak var monitor: SocketMonitor?

  /// Makes a socket.
  ///
  /// - Parameters:
  ///   - type: What it does with messages.
  ///   - context: The context that it lives in, which it holds.
  /// - Throws: ``ZMQError/tooManySockets`` where the context or the process has no room for it,
  ///   ``ZMQError/contextTerminated`` after ``Context/shutdown()``.
  ///
  /// Source: `zmq_socket(3)`.
  public init(_ type: SocketType, in context: Context) throws(ZMQError) {
    guard let raw = zmq_socket(context.handle, type.rawValue) else {
      throw .last()
    }
    self.type = type
    self.context = context
    self.raw = raw
    owner = pthread_self()
  }

  deinit {
    close()
  }

  /// Closes the socket; its monitor is stopped first, as libzmq wants it. May be called twice: every other call
  /// fails with ``ZMQError/notASocket`` from then on.
  ///
  /// It returns at once. What was sent and has not left yet lingers, for ever unless the option `linger`
  /// says otherwise, and the end of the context waits for it. The order is: monitors, sockets, context.
  ///
  /// Source: `zmq_close(3)`.
  public func close() {
    guard let raw else {
      return
    }
    monitor?.stop()
    self.raw = nil
    zmq_close(raw)
  }

  /// Lets the socket go without closing it, as ``close()`` does otherwise.
  ///
  /// libzmq 4.3.4 and 4.3.5 end the process where a connection through a SOCKS proxy is closed while it waits to be
  /// tried again. The context of such a socket is never ended either: it goes with the process.
  public func abandon() {
    guard raw != nil else {
      return
    }
    monitor?.stop()
    raw = nil
    context.noteAbandoned()
  }

  /// Whether the socket is closed.
  public var isClosed: Bool {
    raw == nil
  }

  /// The socket as C knows it. A closed socket has none, and asking for it stops the program.
  public var handle: UnsafeMutableRawPointer {
    guard let raw else {
      preconditionFailure("the socket is closed")
    }
    return raw
  }

  /// Makes the calling thread the one that the socket belongs to.
  ///
  /// libzmq lets a socket move to another thread where both agree on the moment: the old one never uses it
  /// again. The compiler has to be told of such a move as well (`sending`, `nonisolated(unsafe)`).
  public func moveToCurrentThread() {
    owner = pthread_self()
  }

  /// Whether the caller is on the thread that the socket belongs to.
  @usableFromInline
  var isOnItsThread: Bool {
    pthread_equal(owner, pthread_self()) != 0
  }
}

// MARK: Endpoints

extension Socket {
  /// Listens on an endpoint.
  ///
  /// - Parameter endpoint: What libzmq takes, such as `tcp://127.0.0.1:*`; see ``Endpoint`` for what it does
  ///   not check.
  /// - Throws: ``ZMQError/addressInUse``, ``ZMQError/noDevice``, ``ZMQError/addressNotAvailable``,
  ///   ``ZMQError/invalidArgument``, ``ZMQError/protocolNotSupported``, ``ZMQError/incompatibleProtocol`` and
  ///   what the system says of a path.
  ///
  /// Source: `zmq_bind(3)`.
  public func bind(_ endpoint: String) throws(ZMQError) {
    try refuseWhatEndsTheProcess(at: endpoint)
    try check { zmq_bind(raw, endpoint) }
  }

  /// Connects to an endpoint. It returns at once, whether or not anybody listens there.
  ///
  /// - Parameter endpoint: What libzmq takes, such as `tcp://localhost:5555`.
  /// - Throws: ``ZMQError/invalidArgument``, ``ZMQError/protocolNotSupported``,
  ///   ``ZMQError/incompatibleProtocol``.
  ///
  /// Source: `zmq_connect(3)`.
  public func connect(_ endpoint: String) throws(ZMQError) {
    try refuseWhatEndsTheProcess(at: endpoint)
    try check { zmq_connect(raw, endpoint) }
  }

  /// Listens no more on an endpoint.
  ///
  /// - Parameter endpoint: The endpoint as ``lastEndpoint`` gave it after the bind.
  /// - Throws: ``ZMQError/noEntry`` where the socket is not bound to it.
  ///
  /// Source: `zmq_unbind(3)`.
  public func unbind(_ endpoint: String) throws(ZMQError) {
    try check { zmq_unbind(raw, endpoint) }
  }

  /// Disconnects from an endpoint. What was to be sent there lingers as it would at the close.
  ///
  /// - Parameter endpoint: The endpoint that was connected to.
  /// - Throws: ``ZMQError/noEntry`` where the socket is not connected to it.
  ///
  /// Source: `zmq_disconnect(3)`.
  public func disconnect(_ endpoint: String) throws(ZMQError) {
    try check { zmq_disconnect(raw, endpoint) }
  }

  /// The endpoint that was bound or connected last, with the port that the system chose. Empty before that.
  ///
  /// Source: `ZMQ_LAST_ENDPOINT` of `zmq_getsockopt(3)`.
  public var lastEndpoint: String {
    get throws(ZMQError) {
      let bytes = try bytes(of: ZMQ_LAST_ENDPOINT, capacity: 1024)
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

// MARK: Messages

extension Socket {
  /// Sends one frame.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the frame, which are copied; none make an empty frame.
  ///   - more: Whether a further frame of the same message follows.
  ///   - wait: Whether to wait until it can be sent, for as long as the option `sndtimeo` says.
  /// - Throws: ``ZMQError/again`` where it cannot be sent now, ``ZMQError/wrongState``,
  ///   ``ZMQError/notSupported``, ``ZMQError/hostUnreachable``, ``ZMQError/interrupted``,
  ///   ``ZMQError/contextTerminated``.
  ///
  /// Source: `zmq_send(3)`.
  @inlinable
  public func send(_ bytes: UnsafeRawBufferPointer, more: Bool = false, wait: Bool = true) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    let flags = (more ? ZMQ_SNDMORE : 0) | (wait ? 0 : ZMQ_DONTWAIT)
    try check(isRetried: !wait) { zmq_send(raw, bytes.baseAddress, bytes.count, flags) }
  }

  /// Sends one frame.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the frame, which are copied; none make an empty frame.
  ///   - more: Whether a further frame of the same message follows.
  ///   - wait: Whether to wait until it can be sent, for as long as the option `sndtimeo` says.
  /// - Throws: What ``send(_:more:wait:)-(UnsafeRawBufferPointer,_,_)`` throws.
  ///
  /// Source: `zmq_send(3)`.
  @inlinable
  public func send(_ bytes: [UInt8], more: Bool = false, wait: Bool = true) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    let flags = (more ? ZMQ_SNDMORE : 0) | (wait ? 0 : ZMQ_DONTWAIT)
    try check(isRetried: !wait) { zmq_send(raw, bytes, bytes.count, flags) }
  }

  /// Sends all frames of a message, without copying them. The message is empty afterwards.
  ///
  /// - Parameters:
  ///   - message: The message; nothing is sent where it has no frame.
  ///   - wait: Whether to wait until it can be sent, for as long as the option `sndtimeo` says.
  /// - Throws: What ``send(_:more:wait:)-(UnsafeRawBufferPointer,_,_)`` throws. The message is still whole where
  ///   its first frame was refused, and can be sent again. It is empty where a later frame was: the peer left
  ///   in the middle, and libzmq drops the message.
  ///
  /// Source: `zmq_msg_send(3)`.
  public func send(_ message: Message, wait: Bool = true) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    let last = message.used - 1
    guard last >= 0 else {
      return
    }
    let flags = wait ? 0 : ZMQ_DONTWAIT
    try check(isRetried: !wait) {
      zmq_msg_send(message.slots, raw, last == 0 ? flags : flags | ZMQ_SNDMORE)
    }
    if last > 0 {
      var failure: ZMQError?
      for index in 1...last {
        // A socket whose peer left in the middle drops frames up to the last of the message. It must be
        // given them all, or it would drop the beginning of the next message.
        do {
          try check { zmq_msg_send(message.slots + index, raw, index == last ? flags : flags | ZMQ_SNDMORE) }
        } catch {
          failure = failure ?? error
        }
      }
      if let failure {
        message.removeAll()
        throw failure
      }
    }
    // A frame that was sent leaves an empty zmq_msg_t behind, as zmq_msg_send(3) says.
    message.used = 0
  }

  /// Receives one message with all its frames.
  ///
  /// - Parameters:
  ///   - message: Where the frames are put. What it held is let go, its places are used again. It is empty
  ///     where nothing was received.
  ///   - wait: Whether to wait for a message, for as long as the option `rcvtimeo` says.
  /// - Throws: ``ZMQError/again`` where there is none now, ``ZMQError/wrongState``,
  ///   ``ZMQError/notSupported``, ``ZMQError/interrupted``, ``ZMQError/contextTerminated``.
  ///
  /// Source: `zmq_msg_recv(3)`.
  @inlinable
  public func receive(into message: Message, wait: Bool = true) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    let flags = wait ? 0 : ZMQ_DONTWAIT
    let used = message.used
    do {
      try check(isRetried: !wait) { zmq_msg_recv(message.slots, raw, flags) }
    } catch {
      isDrained = error == .again && type != .rep
      throw message.receiveFailed(error, at: 0, used: used)
    }
    if used <= 1, zmq_msg_more(message.slots) == 0 {
      message.used = 1
      return
    }
    try receiveRest(of: message, used: used, flags: flags)
  }

  /// Receives the frames after the first. A message arrives whole or not at all, so this never waits.
  @usableFromInline
  func receiveRest(of message: Message, used: Int, flags: Int32) throws(ZMQError) {
    var received = 1
    while zmq_msg_more(message.slots + received - 1) != 0 {
      if received == message.capacity {
        message.grow()
      }
      do {
        try check { zmq_msg_recv(message.slots + received, raw, flags) }
      } catch {
        throw message.receiveFailed(error, at: received, used: used)
      }
      received += 1
    }
    message.used = received
    message.empty(received, used)
  }

  /// Receives one message with all its frames, as a new object.
  ///
  /// - Parameter wait: Whether to wait for a message, for as long as the option `rcvtimeo` says.
  /// - Returns: The message.
  /// - Throws: What ``receive(into:wait:)`` throws.
  ///
  /// Source: `zmq_msg_recv(3)`.
  public func receive(wait: Bool = true) throws(ZMQError) -> Message {
    let message = Message()
    try receive(into: message, wait: wait)
    return message
  }

  /// What is readable when the socket has something to do, or -1 where it is closed.
  ///
  /// Source: `ZMQ_FD` of `zmq_getsockopt(3)`.
  var fileDescriptor: Int32 { (try? number(of: ZMQ_FD, as: Int32.self)) ?? -1 }

  /// What can be done now without waiting. Asking also lets the socket do what it has to.
  ///
  /// Source: `ZMQ_EVENTS` of `zmq_getsockopt(3)`.
  public var events: PollEvents {
    get throws(ZMQError) {
      PollEvents(rawValue: Int16(truncatingIfNeeded: try number(of: ZMQ_EVENTS, as: Int32.self)))
    }
  }
}

extension Message {
  /// Empties a message that could not be received, and returns why it could not.
  @usableFromInline
  func receiveFailed(_ error: ZMQError, at index: Int, used: Int) -> ZMQError {
    empty(0, max(index + 1, used))
    self.used = 0
    return error
  }
}

// MARK: Options by number

extension Socket {
  /// Receives messages that begin with a prefix, of a SUB (or of an XPUB that does so by hand).
  ///
  /// - Parameter prefix: The first bytes of the first frame; none subscribe to everything.
  /// - Throws: ``ZMQError/invalidArgument`` for another type of socket.
  ///
  /// Source: `ZMQ_SUBSCRIBE` of `zmq_setsockopt(3)`, RFC 29.
  public func subscribe(_ prefix: [UInt8]) throws(ZMQError) {
    try setBytes(of: ZMQ_SUBSCRIBE, to: prefix)
  }

  /// Takes one subscription back.
  ///
  /// - Parameter prefix: The prefix that was subscribed to. One that was not is no error.
  /// - Throws: ``ZMQError/invalidArgument`` for another type of socket.
  ///
  /// Source: `ZMQ_UNSUBSCRIBE` of `zmq_setsockopt(3)`, RFC 29.
  public func unsubscribe(_ prefix: [UInt8]) throws(ZMQError) {
    try setBytes(of: ZMQ_UNSUBSCRIBE, to: prefix)
  }

  /// Reads an option that is a number in C.
  func number<Number: FixedWidthInteger>(of code: Int32, as _: Number.Type) throws(ZMQError) -> Number {
    assert(isOnItsThread, "a socket belongs to one thread")
    var value: Number = 0
    var size = MemoryLayout<Number>.size
    try check { zmq_getsockopt(raw, code, &value, &size) }
    return value
  }

  /// Sets an option that is a number in C.
  func setNumber(of code: Int32, to value: some FixedWidthInteger) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    var value = value
    try check { zmq_setsockopt(raw, code, &value, MemoryLayout.size(ofValue: value)) }
  }

  /// Reads an option that is bytes in C, with the zero byte that ends a text.
  func bytes(of code: Int32, capacity: Int) throws(ZMQError) -> [UInt8] {
    assert(isOnItsThread, "a socket belongs to one thread")
    var bytes = [UInt8](repeating: 0, count: capacity)
    var size = capacity
    try check { zmq_getsockopt(raw, code, &bytes, &size) }
    return Array(bytes.prefix(size))
  }

  /// Sets an option that is bytes in C.
  func setBytes(of code: Int32, to bytes: [UInt8]?) throws(ZMQError) {
    assert(isOnItsThread, "a socket belongs to one thread")
    // Some options take a null pointer of length 0 for "none"; an empty prefix must not be one.
    if let bytes {
      try check {
        bytes.isEmpty ? zmq_setsockopt(raw, code, "", 0) : zmq_setsockopt(raw, code, bytes, bytes.count)
      }
    } else {
      try check { zmq_setsockopt(raw, code, nil, 0) }
    }
  }

  /// Makes a call, and turns -1 into its error.
  ///
  /// Also a call that never waits fails with `EINTR`, where a signal comes while it looks for commands of other threads.
  /// It does so before it does anything else, so it is made again; who waits meanwhile for a signal has it noted.
  ///
  /// - Parameters:
  ///   - isRetried: Whether `EINTR` is none of the caller's business, as it is of one that waits.
  ///   - call: The call.
  @inlinable @inline(__always)
  func check(isRetried: Bool = true, _ call: () -> Int32) throws(ZMQError) {
    isDrained = false
    while call() == -1 {
      let error = lastError()
      guard isRetried, error == .interrupted else { throw error }
    }
  }

  @usableFromInline @inline(never)
  func lastError() -> ZMQError {
    .last()
  }
}
