import Shell
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a report goes: a file that is there whole or as it was before, or standard output for `-`.
///
/// It is opened before anything runs, so that a path that cannot be written is told at once.
public final class ReportFile {
  /// The path as the user gave it.
  public let path: String
  /// Where it is written until it has its name.
  public let descriptor: Int32
  /// What is renamed to the path at the end; nil for standard output, FIFOs and devices.
  private var temporary: String?
  private let target: String
  private var failure: ZMQError?

  /// Opens it.
  ///
  /// - Throws: The error of open(2).
  public init(_ path: String) throws(ZMQError) {
    self.path = path
    target = FileContents.realPath(path) ?? path
    if path == "-" {
      descriptor = 1
      return
    }
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw ZMQError(code: EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
    } else {
      if exists, access(target, W_OK) != 0 { throw ZMQError(code: errno) }
      let name = "\(target).\(getpid()).new"
      // By the umask, as every file that a program makes.
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      temporary = name
    }
    if descriptor < 0 {
      temporary = nil
      throw ZMQError(code: errno)
    }
    if exists, temporary != nil { _ = fchmod(descriptor, status.st_mode & 0o7777) }
  }

  deinit {
    if let temporary { unlink(temporary) }
    if descriptor > 2 { close(descriptor) }
  }

  /// Adds text; an error is kept for ``finish()``.
  public func write(_ text: String) { write(Array(text.utf8)) }

  /// Adds bytes; an error is kept for ``finish()``.
  public func write(_ bytes: [UInt8]) {
    guard failure == nil, !bytes.isEmpty else { return }
    do {
      try FileContents.write(bytes, to: descriptor)
    } catch {
      failure = error
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: The error of write(2), fsync(2) or rename(2).
  public func finish() throws(ZMQError) {
    if let failure { throw failure }
    guard let temporary else { return }
    if fsync(descriptor) != 0 || rename(temporary, target) != 0 { throw ZMQError(code: errno) }
    self.temporary = nil
  }
}
