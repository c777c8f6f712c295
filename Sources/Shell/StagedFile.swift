import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is whole before it has its name: it is written beside it, and takes the name then. What did not take one
/// is deleted.
struct StagedFile: ~Copyable {
  private let path: String
  private let temporary: String

  /// Writes the contents beside a path.
  ///
  /// - Parameters:
  ///   - path: The name to take; a link there is replaced, not followed.
  ///   - bytes: The contents.
  ///   - mode: Who may read and write it, from its first byte on. The umask may take more, and never gives more.
  ///   - ignoresUmask: Whether it gets all of the mode in the end, as the file had it that it replaces.
  /// - Throws: The error of `open(2)`, `write(2)`, `fchmod(2)` or `fsync(2)`.
  init(for path: String, _ bytes: [UInt8], mode: mode_t, ignoresUmask: Bool = false) throws(ZMQError) {
    self.path = path
    temporary = Self.name(beside: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    if descriptor < 0 { throw ZMQError(code: errno) }
    do throws(ZMQError) {
      defer { close(descriptor) }
      try FileContents.write(bytes, to: descriptor)
      if ignoresUmask, fchmod(descriptor, mode) != 0 { throw ZMQError(code: errno) }
      if fsync(descriptor) != 0 { throw ZMQError(code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  deinit { unlink(temporary) }

  /// A name for what is to take the name of a path. Of a process that was killed a file may be left, and process ids come
  /// again, in a container above all: the next one must not stumble over it.
  private static func name(beside path: String) -> String {
    "\(path).\(String(UInt32.random(in: 0 ... .max), radix: 16)).new"
  }

  /// Takes the name where it is free: looking and taking are one step.
  ///
  /// - Throws: `EEXIST` where something has it, and the other errors of `link(2)`.
  borrowing func takeFreeName() throws(ZMQError) {
    if link(temporary, path) != 0 { throw ZMQError(code: errno) }
  }

  /// Takes the name from whatever file has it.
  ///
  /// - Throws: The error of `rename(2)`.
  borrowing func takeName() throws(ZMQError) {
    if rename(temporary, path) != 0 { throw ZMQError(code: errno) }
  }

  /// Makes names in the folder of a path outlast a power cut, as far as the system can.
  static func settleNames(beside path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
