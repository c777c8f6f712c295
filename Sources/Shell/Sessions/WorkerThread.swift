import Synchronization
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread of its own, which somebody joins or lets go. pthread_create(3).
final class WorkerThread: Sendable {
  private let identity: Mutex<pthread_t?>

  /// Starts it.
  ///
  /// - Parameters:
  ///   - stackSize: How many bytes of stack it has; what is not used costs nothing.
  ///   - body: What it does, until it is done.
  /// - Throws: The error of pthread_create(3), such as `EAGAIN`.
  init(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(ZMQError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let job = Unmanaged.passRetained(Job(body))
    #if canImport(Darwin)
      var identity: pthread_t?
    #else
      var identity = pthread_t()
    #endif
    let code = pthread_create(
      &identity, &attributes,
      { context in
        #if canImport(Darwin)
          Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body()
        #else
          if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
        #endif
        return nil
      }, job.toOpaque())
    guard code == 0 else {
      job.release()
      throw ZMQError(code: code)
    }
    self.identity = Mutex(identity)
  }

  /// Lets it end by itself: nobody joins it.
  func detach() {
    let identity = identity.withLock { identity in
      defer { identity = nil }
      return identity
    }
    if let identity { pthread_detach(identity) }
  }

  /// Waits until it has ended. A second call does nothing.
  func join() {
    let identity = identity.withLock { identity in
      defer { identity = nil }
      return identity
    }
    if let identity { pthread_join(identity, nil) }
  }

  /// A closure that can be handed through C.
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
