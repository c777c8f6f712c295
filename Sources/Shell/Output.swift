import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What one session writes to standard output, collected into large writes.
final class Output {
  private let standard: StandardOutput
  private let interrupt: Interrupt
  private let buffer = ByteBuffer(capacity: 4096)
  private let taskName: String?
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
    self.taskName = taskName
    prefix = taskName.map { Array("\($0): ".utf8) } ?? []
  }

  /// Where it all goes.
  var descriptor: Int32 { standard.descriptor }

  /// What a program is to write to in this output's place, where lines have a name before them; nil where they have
  /// none.
  func relay() throws(Failure) -> LineRelay? {
    guard let taskName else { return nil }
    do {
      return try LineRelay { [standard, interrupt, name] in
        Output(standard, interrupt: interrupt, taskName: taskName, name: name)
      }
    } catch {
      throw Failure(.zmq(error), "cannot start a thread: \(error) (\(error.name))")
    }
  }

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
