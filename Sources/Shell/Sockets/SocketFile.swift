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

  /// Whether a program listens at a socket file. One that a dead program left behind refuses the connection.
  private static func isListening(_ path: String) -> Bool {
    guard number(path) != nil, let connection = RawConnection(path: path) else { return false }
    return connection.error != ECONNREFUSED && connection.error != ENOENT
  }
}
