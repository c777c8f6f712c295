#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the system says of a file without reading it: another stamp, another file or other contents. stat(2).
struct FileStamp: Equatable, Sendable {
  /// Whether it is a file as such, and no FIFO, device or folder.
  let isRegular: Bool
  private let device: UInt64
  private let number: UInt64
  private let size: Int64
  private let changed: Moment

  /// When its contents or its owner and mode changed last. Unlike the time of its contents, nobody can set it.
  private struct Moment: Equatable, Sendable {
    let seconds: Int
    let nanoseconds: Int
  }

  /// Looks at a path; nil where nothing is there.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    isRegular = status.st_mode & S_IFMT == S_IFREG
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(status.st_size)
    #if canImport(Darwin)
      let time = status.st_ctimespec
    #else
      let time = status.st_ctim
    #endif
    changed = Moment(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }

  /// Whether the next change is sure to be told from the last one: file systems keep their times in steps of up to two
  /// seconds (FAT), and what changes twice within one keeps its stamp.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec - changed.seconds > 2
  }
}
