import Synchronization
import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names of `inproc` and of Linux's abstract `ipc` that no other test, and no other run, has.
enum Unique {
  private static let counter = Atomic<Int>(0)
  private static let run = UInt64.random(in: 0...UInt64.max)

  static func name(_ purpose: String) -> String {
    "zeromq-tests-\(run)-\(purpose)-\(counter.add(1, ordering: .relaxed).newValue)"
  }

  /// A number that no other test of this process has.
  static func number() -> Int {
    counter.add(1, ordering: .relaxed).newValue
  }

  static func ipc() -> String {
    #if os(Linux)
      "ipc://@\(name("ipc"))"
    #else
      "ipc:///tmp/z\(run % 1_000_000)-\(counter.add(1, ordering: .relaxed).newValue)"
    #endif
  }
}

/// Waits for a fact. The limit is far beyond what any machine takes: it ends a test that would hang.
func wait(until fact: () throws -> Bool) throws {
  let end = ContinuousClock.now + .seconds(20)
  let poller = Poller()
  while try !fact() {
    guard ContinuousClock.now < end else {
      throw Overdue()
    }
    // Nothing to wait for, so this gives the processor away for a moment.
    _ = try poller.wait(milliseconds: 1)
  }
}

struct Overdue: Error {}

extension SocketMonitor {
  /// Takes events up to the first of a kind, and returns them all.
  func events(until kind: MonitorEvent.Kind) throws -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    let poller = Poller()
    poller.add(self)
    while true {
      while let event = try next() {
        events.append(event)
        if event.kind == kind {
          return events
        }
      }
      guard try poller.wait(milliseconds: 20_000) > 0 else {
        throw Overdue()
      }
    }
  }
}

extension Socket {
  /// Makes a socket that holds no test up at its end, and whose waits end.
  static func make(_ type: SocketType, in context: Context) throws -> Socket {
    let socket = try Socket(type, in: context)
    for (name, value) in [("linger", Int64(0)), ("rcvtimeo", 20_000), ("sndtimeo", 20_000)] {
      try socket.set(try #require(SocketOption.named(name)), to: .integer(value))
    }
    return socket
  }
}

/// A flag between threads.
final class Done: Sendable {
  private let flag = Atomic<Bool>(false)

  var isSet: Bool { flag.load(ordering: .acquiring) }

  func set() {
    flag.store(true, ordering: .releasing)
  }
}

/// Starts a thread, to be joined.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
  let pointer = Unmanaged.passRetained(Body(body)).toOpaque()
  #if canImport(Darwin)
    var thread: pthread_t?
    pthread_create(
      &thread, nil,
      {
        Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run(); return nil
      }, pointer)
    guard let thread else { preconditionFailure("no thread") }
  #else
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { pointer in
        if let pointer {
          Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        }
        return nil
      }, pointer)
  #endif
  return thread
}
