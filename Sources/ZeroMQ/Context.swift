import CZeroMQ

/// What sockets live in: the I/O threads, and the names of `inproc`.
///
/// A context ends when it and the last of its sockets are let go. That waits for messages that still
/// linger, see ``Socket/close()``.
///
/// Source: `zmq(7)`, `zmq_ctx_new(3)`.
public final class Context: @unchecked Sendable {
  // Unchecked: many threads may use a context at once, as zmq(7) says, and the pointer never changes.
  let handle: UnsafeMutableRawPointer

  /// Makes a context. Its I/O threads start with its first socket.
  ///
  /// - Throws: ``ZMQError/tooManySockets`` where the process has no file descriptor left.
  ///
  /// Source: `zmq_ctx_new(3)`.
  public init() throws(ZMQError) {
    guard let handle = zmq_ctx_new() else {
      throw .last()
    }
    self.handle = handle
  }

  deinit {
    // Only a termination that was done frees the context, so a signal in the middle is retried.
    while zmq_ctx_term(handle) == -1, ZMQError.last() == .interrupted {}
  }

  /// Makes every call that waits, and every later one, on a socket of this context fail with
  /// ``ZMQError/contextTerminated``. The sockets still want to be closed. May be called twice.
  ///
  /// Source: `zmq_ctx_shutdown(3)`.
  public func shutdown() {
    zmq_ctx_shutdown(handle)
  }

  /// Sets an option.
  ///
  /// - Parameters:
  ///   - option: The option; most count only before the first socket is made.
  ///   - value: The value, in the unit and the range of the option.
  /// - Throws: ``ZMQError/invalidArgument`` for a value out of range, or an option that is read only.
  ///
  /// Source: `zmq_ctx_set(3)`.
  public func set(_ option: ContextOption, _ value: Int) throws(ZMQError) {
    guard let value = Int32(exactly: value), option.access != .readOnly else {
      throw .invalidArgument
    }
    if zmq_ctx_set(handle, option.code, value) == -1 {
      throw .last()
    }
  }

  /// Reads an option.
  ///
  /// - Parameter option: The option.
  /// - Returns: Its value, in the unit of the option.
  /// - Throws: ``ZMQError/invalidArgument`` for an option that is write only.
  ///
  /// Source: `zmq_ctx_get(3)`.
  public func get(_ option: ContextOption) throws(ZMQError) -> Int {
    guard option.access != .writeOnly else {
      throw .invalidArgument
    }
    let value = zmq_ctx_get(handle, option.code)
    if value == -1 {
      throw .last()
    }
    return Int(value)
  }
}
