#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal of standard input, opened once more for reads that never wait.
///
/// Ctrl-C empties the queue of the terminal. Where it comes between the wait for a key and the read(2), a read that
/// waits would hide the signal until the next key. The flag `O_NONBLOCK` belongs to an open file and not to a
/// descriptor: set on standard input itself, it would be there for every program that shares it.
final class KeyInput {
  /// Standard input itself, where its terminal has no name or cannot be opened.
  let fileDescriptor: Int32

  init() {
    var name = [CChar](repeating: 0, count: 256)  // longer than any terminal's, such as /dev/pts/3
    guard isatty(STDIN_FILENO) == 1, ttyname_r(STDIN_FILENO, &name, name.count) == 0 else {
      fileDescriptor = STDIN_FILENO
      return
    }
    let own = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    fileDescriptor = own >= 0 ? own : STDIN_FILENO
  }

  deinit {
    if fileDescriptor != STDIN_FILENO { close(fileDescriptor) }
  }
}
