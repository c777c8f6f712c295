import CZeroMQ
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What sockets live in: the I/O threads, and the names of `inproc`.
///
/// A context ends when it and the last of its sockets are let go. That waits for messages that still
/// linger, see ``Socket/close()``.
///
/// Source: `zmq(7)`, `zmq_ctx_new(3)`.
public final class Context: @unchecked Sendable {
  // Unchecked: many threads may use a context at once, as zmq(7) says, and the pointer never changes.
  let handle: UnsafeMutableRawPointer
  private let threads = Mutex(ThreadSettings())
  private let abandonedCount = Atomic<Int>(0)

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
    // Its end would wait for the sockets that are never closed, for ever.
    guard abandonedCount.load(ordering: .relaxed) == 0 else {
      // What other sockets still send has a second, as nothing tells when they are done.
      poll(nil, 0, 1000)
      return
    }
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
  /// - Throws: ``ZMQError/invalidArgument`` for a value out of range, or an option that is read only;
  ///   ``ZMQError/tooManySockets`` for more I/O threads than the process has descriptors for; what the system says
  ///   of the policy, the priority and the processors of threads. libzmq would end the process at its first socket.
  ///
  /// Source: `zmq_ctx_set(3)`.
  public func set(_ option: ContextOption, _ value: Int) throws(ZMQError) {
    guard option.range.contains(value), let value = Int32(exactly: value), option.access != .readOnly else {
      throw .invalidArgument
    }
    if option == .ioThreads, !Self.hasDescriptors(for: value) {
      throw .tooManySockets
    }
    var settings = threads.withLock { $0 }
    if settings.take(option, value) {
      try settings.rehearse()
      threads.withLock { [settings] in $0 = settings }
      if option == .threadSchedulingPolicy, let priority = settings.priority {
        zmq_ctx_set(handle, ContextOption.threadPriority.code, priority)
      }
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

  /// Counts a socket that is never closed.
  func noteAbandoned() {
    abandonedCount.add(1, ordering: .relaxed)
  }

  /// Whether the process may open what so many I/O threads need: two descriptors each, and some for the sockets.
  private static func hasDescriptors(for threads: Int32) -> Bool {
    var limit = rlimit()
    #if canImport(Glibc)
      let result = getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
    #else
      let result = getrlimit(RLIMIT_NOFILE, &limit)
    #endif
    return result == -1 || UInt64(2 * threads) + 100 < UInt64(limit.rlim_cur)
  }
}
