import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Brings what a program prints to where a session's output goes, line by line and with the task's name before each:
/// a program that wrote there itself would know no name.
final class LineRelay {
  /// Where the program is to write. It is the caller's to close once the program has it.
  let input: Int32
  private let interrupt: Interrupt
  private let thread: WorkerThread

  /// - Parameter makeOutput: Makes the output, for the relay's own thread.
  init(to makeOutput: @escaping @Sendable () -> Output) throws(ZMQError) {
    let interrupt = try Interrupt()
    let ends = try ChildProcess.pipe()
    _ = fcntl(ends.read, F_SETFL, O_NONBLOCK)
    do {
      // It reads and writes bytes; the least stack of a thread is plenty.
      thread = try WorkerThread(stackSize: 512 << 10) {
        Self.relay(from: ends.read, to: makeOutput(), until: interrupt)
        close(ends.read)
      }
    } catch {
      close(ends.read)
      close(ends.write)
      throw error
    }
    input = ends.write
    self.interrupt = interrupt
  }

  /// Brings over what the program has printed, now that it has ended. What it left running may hold the pipe open
  /// for ever and is not waited for.
  func finish() {
    interrupt.raise(.stop)
    thread.join()
  }

  private static func relay(from descriptor: Int32, to output: Output, until interrupt: Interrupt) {
    var pending: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    let newline = UInt8(ascii: "\n")
    func bring(_ line: [UInt8]) {
      // Where the output is lost, the session's own output says so.
      try? output.writeLine { (buffer) throws(Failure) in buffer.append(line) }
    }
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        var rest = chunk[..<count]
        while let end = rest.firstIndex(of: newline) {
          pending += rest[..<end]
          bring(pending)
          pending.removeAll(keepingCapacity: true)
          rest = rest[(end + 1)...]
        }
        pending += rest
        try? output.flush()
        continue
      }
      if count == 0 || (errno != EAGAIN && errno != EINTR) { break }
      var items = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: interrupt.fileDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&items, 2, -1) > 0, items[0].revents == 0, items[1].revents != 0 { break }
    }
    if !pending.isEmpty { bring(pending) }
    output.finishWithoutWaiting()
  }
}
