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
  ///   - most: How many bytes are read at most: no script is as long as 64 MiB.
  /// - Throws: The error of `open(2)` or `read(2)`, such as `ENOENT` or `EISDIR`; `EINTR` where it was stopped, `EFBIG`
  ///   where there is more than `most`.
  public static func read(
    _ path: String, stoppedBy interrupt: Interrupt? = nil, most: Int = 64 << 20
  ) throws(ZMQError) -> [UInt8] {
    try read(path, stoppedBy: interrupt, until: .never, most: most)
  }

  /// As the other, and gives up with `ETIMEDOUT` at a moment.
  static func read(_ path: String, stoppedBy interrupt: Interrupt?, until limit: Instant, most: Int)
    throws(ZMQError) -> [UInt8]
  {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw ZMQError(code: errno) }
    defer { if path != "-" { close(descriptor) } }
    var contents: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 1)
    defer { chunk.deallocate() }
    while true {
      try waitForBytes(descriptor, interrupt, until: limit)
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Darwin)
        let count = Darwin.read(descriptor, chunk.baseAddress, chunk.count)
      #endif
      if count == 0 { return contents }
      // A device may have no end.
      if contents.count > most { throw ZMQError(code: EFBIG) }
      if count > 0 {
        contents.append(contentsOf: chunk[..<count])
      } else if errno != EINTR, errno != EAGAIN {
        throw ZMQError(code: errno)
      }
    }
  }

  /// Writes all bytes to a descriptor.
  ///
  /// - Throws: The error of `write(2)`, such as `ENOSPC` or `EPIPE`.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) throws(ZMQError) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        #if canImport(Glibc)
          Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        #elseif canImport(Musl)
          Musl.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        #elseif canImport(Darwin)
          Darwin.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
        #endif
      }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        throw ZMQError(code: errno)
      }
    }
  }

  /// Replaces a file by other contents, whole or not at all: they are written beside it and take its name.
  ///
  /// Who may read and write it stays as it was; for a file that was not there, it is as the umask has it.
  ///
  /// - Throws: The error of `open(2)`, `write(2)`, `fchmod(2)`, `fsync(2)` or `rename(2)`.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(ZMQError) {
    // A link stays one: the file that it names is replaced.
    let target = realPath(path) ?? path
    var status = stat()
    let exists = stat(target, &status) == 0
    try StagedFile(for: target, bytes, mode: exists ? status.st_mode & 0o7777 : 0o666, ignoresUmask: exists)
      .takeName()
  }

  /// Whether anything is at a path. lstat(2).
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a folder is at a path, and no link to one. lstat(2).
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A path as it is opened: relative ones are relative to the given folder.
  static func path(_ path: String, relativeTo folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
  }

  /// What to write for a file that a script looks for beside itself, and that is in the working folder.
  static func misplaced(_ name: String, beside path: String) -> [String] {
    guard name != path, realPath(path) == nil, realPath(name) != nil, let folder = realPath(".") else {
      return []
    }
    return ["a script finds files beside itself; the one in the working folder is '\(folder)/\(name)'"]
  }

  /// Whether a path is a file as such, and no FIFO, device or folder. stat(2).
  package static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The path without symbolic links and dots, or nil where there is no such file. realpath(3).
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func waitForBytes(_ descriptor: Int32, _ interrupt: Interrupt?, until limit: Instant)
    throws(ZMQError)
  {
    var items = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupt?.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      if let interrupt, !interrupt.raised.isDisjoint(with: .stopping) { throw .interrupted }
      let left = limit == .never ? -1 : Int32(clamping: (limit - .now).milliseconds)
      let count = poll(&items, 2, left)
      if count < 0, errno != EINTR { throw ZMQError(code: errno) }
      if items[0].revents != 0 { return }
      if count == 0 { throw ZMQError(code: ETIMEDOUT) }
      if items[1].revents != 0 { interrupt?.quiet() }
    }
  }
}
