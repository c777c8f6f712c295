#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An open and locked history file: closed, and so unlocked, at the end of its life.
///
/// flock(2) belongs to the open file, so it holds between threads as well as between processes.
struct HistoryFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// Opens and locks the file. Nil where there is nothing to read, or where the file is a device
  /// such as `/dev/null`, by which one says that nothing is to be kept.
  static func open(_ path: String, forWriting isWriting: Bool) throws(HistoryError) -> HistoryFile? {
    if isWriting { try makeFolder(of: path) }
    // Non-blocking, for the case that somebody put a pipe here: opening it would wait for ever.
    let flags = (isWriting ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    while true {
      let descriptor = retryingInterrupts { systemOpen(path, flags) }
      guard descriptor >= 0 else {
        if !isWriting, errno == ENOENT { return nil }
        throw HistoryError(path: path, doing: "open")
      }
      let file = HistoryFile(path: path, descriptor: descriptor)
      guard let status = file.status() else { throw HistoryError(path: path, doing: "examine") }
      if status.st_mode & S_IFMT == S_IFCHR { return nil }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw HistoryError(path: path, message: "not a regular file")
      }
      guard lock(descriptor, isWriting ? LOCK_EX : LOCK_SH) else {
        throw HistoryError(path: path, doing: "lock")
      }
      // Another shell may have put a trimmed file in this one's place while the lock was awaited:
      // what is appended to the old one would be lost.
      if isWriting, !file.isStillInPlace { continue }
      if isWriting, status.st_mode & 0o077 != 0 { _ = fchmod(descriptor, 0o600) }
      return file
    }
  }

  /// Locks a file. A shell holds a lock for a few milliseconds; one that was stopped while it did would hold it until
  /// it goes on, and nobody waits for that longer than a second.
  private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
    for _ in 0..<100 {
      if retryingInterrupts({ flock(descriptor, kind | LOCK_NB) }) == 0 { return true }
      guard errno == EWOULDBLOCK else { return false }
      usleep(10_000)
    }
    errno = EWOULDBLOCK
    return false
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    systemClose(descriptor)
  }

  /// All bytes of the file.
  func contents() throws(HistoryError) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = retryingInterrupts { pread(descriptor, &chunk, chunk.count, off_t(result.count)) }
      guard count >= 0 else { throw HistoryError(path: path, doing: "read") }
      if count == 0 { return result }
      result += chunk[..<count]
    }
  }

  /// Appends one line. A line that cannot be written whole leaves the file as it was.
  func append(line: [UInt8]) throws(HistoryError) {
    guard let size = status()?.st_size else { throw HistoryError(path: path, doing: "examine") }
    var bytes: [UInt8] = []
    var last = UInt8(ascii: "\n")
    // A shell that was killed while it wrote may have left half a line.
    if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != UInt8(ascii: "\n") {
      bytes.append(UInt8(ascii: "\n"))
    }
    bytes += line
    bytes.append(UInt8(ascii: "\n"))
    guard HistoryFile.write(bytes, to: descriptor) else {
      let error = HistoryError(path: path, doing: "append")
      _ = ftruncate(descriptor, size)
      throw error
    }
  }

  /// Puts a file with these bytes in this one's place, all at once. This one stays locked, so that
  /// whoever waits for it finds that it has been replaced.
  func replace(with bytes: [UInt8]) throws(HistoryError) {
    // Where the path is a symbolic link, the file that it names is replaced and not the link.
    guard let real = realpath(path, nil) else { throw HistoryError(path: path, doing: "find") }
    let target = String(cString: real)
    free(real)
    let temporary = target + ".\(getpid()).new"
    let copy = retryingInterrupts {
      systemOpen(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW)
    }
    guard copy >= 0 else { throw HistoryError(path: temporary, doing: "create") }
    defer { systemClose(copy) }
    guard HistoryFile.write(bytes, to: copy), fsync(copy) == 0, rename(temporary, target) == 0 else {
      let error = HistoryError(path: path, doing: "rewrite")
      unlink(temporary)
      throw error
    }
  }

  private var isStillInPlace: Bool {
    var there = stat()
    guard let here = status(), stat(path, &there) == 0 else { return false }
    return here.st_dev == there.st_dev && here.st_ino == there.st_ino
  }

  private func status() -> stat? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status : nil
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { rest in
        retryingInterrupts { systemWrite(descriptor, rest.baseAddress, rest.count) }
      }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// Makes the folders of the path that are not there, for this user alone.
  private static func makeFolder(of path: String) throws(HistoryError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    var folder = path.hasPrefix("/") ? "" : "."
    for part in parts {
      folder += "/" + part
      // Some systems answer EROFS or EACCES for a folder that is there: look before making it.
      var status = stat()
      if stat(folder, &status) == 0 { continue }
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
        throw HistoryError(path: folder, doing: "create")
      }
    }
  }
}

extension HistoryError {
  /// The error that errno tells, right after the call that failed.
  fileprivate init(path: String, doing verb: String) {
    let text = String(cString: strerror(errno))
    self.init(path: path, message: "cannot \(verb) the history: \(text)")
  }
}

/// Calls again where a signal came in between (EINTR): files do not wait for long.
private func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

// Within a type with members of the same names, the C functions are out of sight.

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
