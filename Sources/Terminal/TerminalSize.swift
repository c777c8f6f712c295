#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The size of a terminal in characters.
public struct TerminalSize: Equatable, Sendable {
  /// The number of columns, at least 1.
  public var columns: Int
  /// The number of rows, at least 1.
  public var rows: Int

  /// A size of one's own choice.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size that the terminal behind a descriptor has now, nil where none is known.
  ///
  /// `TIOCGWINSZ`, ioctl_tty(2) (tty(4) on macOS).
  public init?(fileDescriptor: Int32) {
    var size = winsize()
    guard ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

/// Whether a descriptor is a terminal. See isatty(3).
public func isTerminal(_ fileDescriptor: Int32) -> Bool {
  isatty(fileDescriptor) == 1
}

/// An environment variable of this process, nil where it is not set. See getenv(3).
public func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
