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
///
/// While a line is edited on the terminal, what others write is held, in its order, until the prompt shows it above
/// that line. What is held has a limit: a session that writes more waits, as it would for a slow terminal.
public final class StandardOutput: Sendable {
  let descriptor: Int32
  private let turn = Mutex(Held())

  /// What was written while a line is edited.
  private struct Held {
    /// Raised when something comes; nil where nothing is held back.
    var waker: Interrupt?
    var bytes: [UInt8] = []
    /// How many notices found no room.
    var lostNotices = 0
    /// Some screens full; more would only be scrolled through.
    static let limit = 64 * 1024
  }

  /// Writes to a file descriptor, standard output unless told otherwise.
  public init(descriptor: Int32 = 1) { self.descriptor = descriptor }

  /// Writes all bytes, or stops when the interrupt is raised; either way it never waits inside `write(2)`.
  ///
  /// - Returns: The errno of the write that failed, or nil. `EINTR` means that the interrupt was raised.
  func write(_ buffer: ByteBuffer, stoppedBy interrupt: Interrupt, until limit: Instant) -> Int32? {
    while true {
      let result = turn.withLockIfAvailable { held -> Int32?? in
        guard let waker = held.waker else {
          return .some(writeNow(buffer, stoppedBy: interrupt, until: limit))
        }
        guard held.bytes.count < Held.limit else { return nil }
        held.bytes += buffer.array
        buffer.removeAll()
        waker.raise(.printed)
        return .some(nil)
      }
      if case .some(.some(let result)) = result { return result }
      // Another session is writing, or the prompt has not shown yet what it holds. Either may be slow, so look at
      // the interrupt and at the clock meanwhile.
      if let error = poll(nil, interrupt: interrupt, milliseconds: 5) { return error }
      if limit != .never, Instant.now >= limit { return ETIMEDOUT }
    }
  }

  /// Writes what the descriptor takes without waiting, and forgets the rest.
  func writeWithoutWaiting(_ buffer: ByteBuffer) {
    _ = turn.withLockIfAvailable { held in
      if held.waker != nil {
        held.bytes += buffer.array
        return
      }
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

/// While a line is edited.
extension StandardOutput {
  /// Holds from now on what is written, and raises ``Interrupt/Reasons/printed`` when something comes.
  ///
  /// It waits for the write that is under way, unless the interrupt says to end.
  public func hold(waking interrupt: Interrupt) {
    while turn.withLockIfAvailable({ $0.waker = interrupt }) == nil {
      if poll(nil, interrupt: interrupt, milliseconds: 5) != nil { return }
    }
  }

  /// Takes the oldest of what is held, whole lines of at most so many bytes, a line at least; empty where nothing is.
  public func takeHeld(atMost limit: Int) -> [UInt8] {
    turn.withLock { held in
      if held.lostNotices > 0 {
        held.bytes += Array("\(held.lostNotices) more notices came than could be shown\n".utf8)
        held.lostNotices = 0
      }
      guard held.bytes.count > limit else {
        defer { held.bytes.removeAll(keepingCapacity: true) }
        return held.bytes
      }
      let newline = UInt8(ascii: "\n")
      let end =
        held.bytes[..<limit].lastIndex(of: newline) ?? held.bytes.firstIndex(of: newline)
        ?? held.bytes.count - 1
      defer { held.bytes.removeFirst(end + 1) }
      return Array(held.bytes[...end])
    }
  }

  /// Whether a write would be taken at once: not by a terminal that is behind, or stopped with Ctrl-S. See poll(2).
  public var takesMore: Bool {
    var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return systemPoll(&item, 1, 0) == 1
  }

  /// Whether more is held than a few looks at the screen will show.
  var isBehind: Bool { turn.withLock { $0.waker != nil && $0.bytes.count >= Held.limit / 2 } }

  /// Whether anything is held.
  public var isHolding: Bool { turn.withLock { !$0.bytes.isEmpty } }

  /// Lets everything be written at once again; what is held goes first.
  public func release() {
    let rest = takeHeld(atMost: .max)
    turn.withLock { held in
      write(rest + held.bytes, to: descriptor)
      held = Held()
    }
  }

  /// Writes a piece of whole lines for the user to standard error, or holds it where a line is edited on the terminal.
  public func writeNotice(_ text: String, isSameTerminal: Bool) {
    turn.withLock { held in
      guard isSameTerminal, let waker = held.waker else { return write(Array(text.utf8), to: 2) }
      // Nobody waits for a notice to be read: those for which there is no room are counted.
      if held.bytes.count < 2 * Held.limit { held.bytes += Array(text.utf8) } else { held.lostNotices += 1 }
      waker.raise(.printed)
    }
  }

  /// Writes all bytes, as far as anybody takes them.
  private func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = systemWrite(descriptor, part.baseAddress, part.count)
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
      }
    }
  }
}
