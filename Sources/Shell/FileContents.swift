import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whole files.
public enum FileContents {
  /// All bytes of a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: The file, which may be a FIFO or a device too.
  ///   - interrupt: What stops the wait for a FIFO or a terminal; without one, a signal's own action does.
  /// - Throws: The error of `open(2)` or `read(2)`, such as `ENOENT` or `EISDIR`; `EINTR` where it was stopped.
  public static func read(_ path: String, stoppedBy interrupt: Interrupt? = nil) throws(ZMQError) -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw ZMQError(code: errno) }
    defer { if path != "-" { close(descriptor) } }
    var contents: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
    defer { chunk.deallocate() }
    while true {
      try waitForBytes(descriptor, interrupt)
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Darwin)
        let count = Darwin.read(descriptor, chunk.baseAddress, chunk.count)
      #endif
      if count == 0 { return contents }
      if count > 0 {
        contents.append(contentsOf: chunk[..<count])
      } else if errno != EINTR, errno != EAGAIN {
        throw ZMQError(code: errno)
      }
    }
  }

  /// The path without symbolic links and dots, or nil where there is no such file. realpath(3).
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func waitForBytes(_ descriptor: Int32, _ interrupt: Interrupt?) throws(ZMQError) {
    var items = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupt?.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      if let interrupt, !interrupt.raised.isDisjoint(with: .stopping) { throw .interrupted }
      let count = poll(&items, 2, -1)
      if count < 0, errno != EINTR { throw ZMQError(code: errno) }
      if items[0].revents != 0 { return }
      if items[1].revents != 0 { interrupt?.quiet() }
    }
  }
}
