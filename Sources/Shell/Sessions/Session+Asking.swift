import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Asking the person at the terminal.
extension Session {
  /// Asks for a line that is not shown while it is typed. Ctrl-C ends the statement; the sockets are served meanwhile.
  ///
  /// - Returns: The line, or nil where there is no terminal or its end was typed.
  func askWithoutEcho(_ question: String) throws(Failure) -> [UInt8]? {
    guard let terminal = HiddenInput() else { return nil }
    terminal.write(question)
    // The Enter that was typed was not shown either.
    defer { terminal.write("\n") }
    let ended = try wait(until: deadline.isExplicit ? deadline : .none, pause: HiddenInput.pause) {
      terminal.hasLine
    }
    return ended ? terminal.line : nil
  }
}

/// The terminal of the program, without echo as long as this lives.
private final class HiddenInput {
  /// How often it is looked whether a line was entered.
  static let pause = Duration.milliseconds(20)

  private let descriptor: Int32
  private var before = termios()

  init?() {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    guard tcgetattr(descriptor, &before) == 0 else {
      close(descriptor)
      return nil
    }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    silent.c_lflag |= tcflag_t(ICANON | ISIG)
    // What was typed ahead was not meant as a password.
    tcsetattr(descriptor, TCSAFLUSH, &silent)
  }

  deinit {
    tcsetattr(descriptor, TCSAFLUSH, &before)
    close(descriptor)
  }

  func write(_ text: String) {
    // A terminal that has gone shows nothing, and the read tells.
    try? FileContents.write(Array(text.utf8), to: descriptor)
  }

  /// Whether a whole line is there: in its canonical mode a terminal gives nothing before.
  var hasLine: Bool {
    var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&item, 1, 0) == 1
  }

  /// The line without its end, nil at the end of the input.
  var line: [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)  // the longest line that a terminal gives
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
    return Array(line)
  }
}
