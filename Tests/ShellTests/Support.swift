import Script
import Shell
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps what a session told.
final class Listener: EventSink {
  private let kept = Mutex<[Diagnostic]>([])
  let wantsTrace = false

  func handle(_ event: Event, task: String?) {
    switch event {
    case .failed(let diagnostic), .notice(let diagnostic): kept.withLock { $0.append(diagnostic) }
    default: break
    }
  }

  /// The failures and notices so far, and forgets them.
  func take() -> [Diagnostic] {
    kept.withLock { kept in
      defer { kept = [] }
      return kept
    }
  }
}

/// A session whose output is kept, as a script has it.
final class TestShell {
  let listener = Listener()
  let session: Session
  let interrupt: Interrupt
  private let output: UnsafeMutablePointer<FILE>

  init(waitLimit: Duration? = .seconds(20), arguments: [String] = []) throws {
    output = try #require(tmpfile())
    interrupt = try Interrupt()
    session = Session(
      try Runtime(output: StandardOutput(descriptor: fileno(output)), sink: listener), interrupt: interrupt,
      isInteractive: false, waitLimit: waitLimit, arguments: arguments)
  }

  deinit {
    session.close()
    fclose(output)
  }

  /// Runs a text as a whole script.
  @discardableResult
  func run(_ text: String) -> Session.Outcome {
    session.run(SourceFile(name: "test.zs", text: text))
  }

  /// All that was written to standard output so far.
  var written: String {
    let descriptor = fileno(output)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
  }
}

/// The processor's time that this thread took: a busy machine does not count.
func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
