import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A script that grows by whole statements: whatever ends the program, what is there parses.
final class RecordingFile {
  let path: String
  private var descriptor: Int32
  private var length: Int

  /// How an existing file is treated.
  enum Mode { case new, append, force }

  /// Opens it.
  ///
  /// - Throws: The error of `open(2)`; `EEXIST` where the file is there and `mode` is ``Mode/new``.
  init(_ path: String, _ mode: Mode) throws(ZMQError) {
    self.path = path
    let flags: Int32 =
      switch mode {
      case .new: O_EXCL
      case .append: 0
      case .force: O_TRUNC
      }
    // A FIFO without a reader must not hold the prompt.
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | flags, 0o644)
    if descriptor < 0 { throw ZMQError(code: errno) }
    length = 0
    // A device would be replaced by a file of its name.
    guard FileContents.isRegular(path) else { throw ZMQError(code: EINVAL) }
    length = Int(lseek(descriptor, 0, SEEK_END))
  }

  deinit { close(descriptor) }

  /// Adds whole lines; a part of them that was written is taken back where the rest cannot be.
  func append(_ bytes: [UInt8]) throws(ZMQError) {
    do {
      try FileContents.write(bytes, to: descriptor)
    } catch {
      _ = ftruncate(descriptor, off_t(length))
      throw error
    }
    length += bytes.count
  }

  /// Puts other contents in the place of all there is, whole or not at all.
  func replace(with bytes: [UInt8]) throws(ZMQError) {
    try FileContents.replace(path, with: bytes)
    let fresh = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    if fresh < 0 { throw ZMQError(code: errno) }
    close(descriptor)
    descriptor = fresh
    length = bytes.count
  }
}
