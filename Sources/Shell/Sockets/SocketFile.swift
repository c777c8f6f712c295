import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The socket files of `ipc`, unix(7).
enum SocketFile {
  /// Whether a path has something that a bind would take away: libzmq deletes what is there before it binds.
  static func isTaken(_ endpoint: Endpoint, in runtime: Runtime) -> Bool {
    // The system itself refuses an abstract name that is in use.
    if endpoint.isAbstract { return false }
    return runtime.endpoints.isBound(endpoint.description) || isForeign(endpoint.address)
      || isListening(endpoint.address)
  }

  /// Whether something is at a path that is no socket file.
  static func isForeign(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFSOCK
  }

  /// The number of a socket file, or nil where there is none. stat(2).
  static func number(_ path: String) -> UInt64? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
    return UInt64(status.st_ino)
  }

  /// Removes a socket file, if it is still the one of this number.
  static func remove(_ path: String, number: UInt64) {
    if self.number(path) == number { unlink(path) }
  }

  /// Why nobody can be reached through a socket file. access(2).
  static func trouble(_ path: String) -> String {
    var status = stat()
    if lstat(path, &status) != 0 {
      switch errno {
      case ENOENT: return "there is no such socket file yet"
      case EACCES: return "you may not look into its folder"
      default: return "nobody listens there"
      }
    }
    if stat(path, &status) != 0 { return "the link there leads nowhere" }
    if status.st_mode & S_IFMT != S_IFSOCK { return "the file there is no socket" }
    if access(path, W_OK) != 0, errno == EACCES { return "its permissions do not let you connect" }
    return "nobody listens there: the program that made the socket file has ended"
  }

  /// Whether a program listens at a socket file. One that a dead program left behind refuses the connection.
  private static func isListening(_ path: String) -> Bool {
    guard number(path) != nil, let connection = RawConnection(path: path) else { return false }
    return connection.error != ECONNREFUSED && connection.error != ENOENT
  }
}
