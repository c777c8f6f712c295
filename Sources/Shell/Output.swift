import Synchronization
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

#if canImport(Glibc)
  private let systemWrite = Glibc.write
  private let systemPoll = Glibc.poll
#elseif canImport(Musl)
  private let systemWrite = Musl.write
  private let systemPoll = Musl.poll
#elseif canImport(Darwin)
  private let systemWrite = Darwin.write
  private let systemPoll = Darwin.poll
#endif

/// A descriptor that data is written to, most often standard output, which all sessions of the program share: it
/// takes whole lines from one at a time.
public final class StandardOutput: Sendable {
  let descriptor: Int32
  private let turn = Mutex(())

  /// Writes to a file descriptor, standard output unless told otherwise.
  public init(descriptor: Int32 = 1) { self.descriptor = descriptor }

  /// Writes all bytes, or stops when the interrupt is raised; either way it never waits inside `write(2)`.
  ///
  /// - Returns: The errno of the write that failed, or nil. `EINTR` means that the interrupt was raised.
  fileprivate func write(_ buffer: ByteBuffer, stoppedBy interrupt: Interrupt, until limit: Instant) -> Int32?
  {
    while true {
      if let result = turn.withLockIfAvailable({ _ in writeNow(buffer, stoppedBy: interrupt, until: limit) })
      {
        return result
      }
      // Another session is writing. Its reader may be slow, so look at the interrupt while it is.
      if let error = poll(nil, interrupt: interrupt, milliseconds: 5) { return error }
    }
  }

  /// Writes what the descriptor takes without waiting, and forgets the rest.
  fileprivate func writeWithoutWaiting(_ buffer: ByteBuffer) {
    _ = turn.withLockIfAvailable { _ in
      var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      while buffer.count > 0, systemPoll(&item, 1, 0) == 1, item.revents & Int16(POLLOUT) != 0 {
        let written = systemWrite(descriptor, buffer.base, min(buffer.count, Int(PIPE_BUF)))
        if written <= 0 { break }
        buffer.removeFirst(written)
      }
    }
    buffer.removeAll()
  }

  private func writeNow(_ buffer: ByteBuffer, stoppedBy interrupt: Interrupt, until limit: Instant) -> Int32?
  {
    while buffer.count > 0 {
      let left = limit == .never ? -1 : Int32(clamping: (limit - .now).milliseconds)
      if let error = poll(descriptor, interrupt: interrupt, milliseconds: left) { return error }
      if limit != .never, Instant.now >= limit { return ETIMEDOUT }
      // A pipe that poll(2) calls writable takes this much without waiting.
      let written = systemWrite(descriptor, buffer.base, min(buffer.count, Int(PIPE_BUF)))
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return errno
      }
      buffer.removeFirst(written)
    }
    return nil
  }

  /// Waits until the descriptor takes bytes, and tells whether to stop instead.
  private func poll(_ descriptor: Int32?, interrupt: Interrupt, milliseconds: Int32) -> Int32? {
    var items = [
      pollfd(fd: interrupt.fileDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor ?? -1, events: Int16(POLLOUT), revents: 0),
    ]
    while true {
      if !interrupt.raised.isDisjoint(with: .ending) { return EINTR }
      let count = systemPoll(&items, 2, milliseconds)
      if count < 0, errno != EINTR { return errno }
      if count == 0 || items[1].revents != 0 { return nil }
      // Woken by a reason that stops nothing; the next one may.
      if items[0].revents != 0 { interrupt.quiet() }
    }
  }
}

/// What one session writes to standard output, collected into large writes.
final class Output {
  private let standard: StandardOutput
  private let interrupt: Interrupt
  private let buffer = ByteBuffer(capacity: 4096)
  private let prefix: [UInt8]
  private var failure: Failure?
  /// When a write must have ended, and the length that the user gave; without one it may wait as long as it takes.
  private let limit: (() -> (instant: Instant, length: Duration))?
  /// What it is called in an error.
  private let name: String
  private static let fullAt = 32 * 1024

  /// - Parameter taskName: What stands before each line of a task; nil for the main session.
  init(
    _ standard: StandardOutput, interrupt: Interrupt, taskName: String?, name: String = "standard output",
    limit: (() -> (instant: Instant, length: Duration))? = nil
  ) {
    self.standard = standard
    self.name = name
    self.limit = limit
    self.interrupt = interrupt
    prefix = taskName.map { Array("\($0): ".utf8) } ?? []
  }

  /// Where it all goes.
  var descriptor: Int32 { standard.descriptor }

  /// Adds one line. The text may hold line ends of its own.
  func writeLine(_ body: (ByteBuffer) throws(Failure) -> Void) throws(Failure) {
    let start = buffer.count
    if !prefix.isEmpty { buffer.append(prefix) }
    do {
      try body(buffer)
    } catch {
      buffer.truncate(to: start)
      throw error
    }
    if !prefix.isEmpty { repeatPrefix(from: start) }
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.fullAt { try flush() }
  }

  func writeLine(_ text: String) throws(Failure) {
    try writeLine { (buffer) throws(Failure) in buffer.append(text) }
  }

  /// Hands what was collected to the system.
  ///
  /// A write that failed is told at this and at every later call: a script whose output is lost does not succeed.
  func flush() throws(Failure) {
    if let failure { throw failure }
    guard buffer.count > 0 else { return }
    let limit = limit?()
    guard let code = standard.write(buffer, stoppedBy: interrupt, until: limit?.instant ?? .never) else {
      return
    }
    if code == ETIMEDOUT, let limit {
      buffer.removeAll()
      let found = Failure(
        .timeout, "cannot write to \(name) within \(limit.length.scriptText)", label: "nobody reads it")
      failure = found
      throw found
    }
    if code == EINTR { throw Failure.interrupted(interrupt.raised) }
    buffer.removeAll()
    let error = ZMQError(code: code)
    let found =
      code == EPIPE
      ? Failure(.outputClosed, "cannot write to \(name): its reader has gone (EPIPE)")
      : Failure(.zmq(error), "cannot write to \(name): \(error) (\(error.name))")
    failure = found
    throw found
  }

  /// Writes what can be written without waiting: the session is ending and nobody waits for it.
  func finishWithoutWaiting() { standard.writeWithoutWaiting(buffer) }

  /// Lets a person go on after a write that failed: the terminal may take the next one.
  func forgetFailure() { failure = nil }

  /// Whether anything waits to be written.
  @inline(__always) var isPending: Bool { buffer.count > 0 }

  /// Forgets what was not written yet: after Ctrl-C the user wants to see no more of it.
  func discard() { buffer.removeAll() }

  /// A task's name stands before each of its lines, also those within one value.
  private func repeatPrefix(from start: Int) {
    let line = Array(buffer.array[(start + prefix.count)...])
    guard line.contains(UInt8(ascii: "\n")) else { return }
    buffer.truncate(to: start + prefix.count)
    for byte in line {
      buffer.append(byte)
      if byte == UInt8(ascii: "\n") { buffer.append(prefix) }
    }
  }
}
