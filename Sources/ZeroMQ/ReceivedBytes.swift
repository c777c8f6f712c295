import CZeroMQ

/// What came through a TCP connection since it was made, libzmq's own commands included.
public struct ReceivedBytes {
  /// How many bytes, from the first one of the greeting on.
  public let count: Int
  /// Since when nothing has come.
  public let quiet: Duration

  /// Asks the system.
  ///
  /// - Parameter descriptor: The connection's, as ``MonitorEvent/value`` of a connection gives it.
  /// - Returns: Nil where it is no TCP connection or the system does not tell (it is Linux that does: `TCP_INFO` of
  ///   tcp(7)).
  public init?(through descriptor: Int) {
    var count: Int64 = 0
    var quiet: UInt32 = 0
    guard cz_received_bytes(Int32(truncatingIfNeeded: descriptor), &count, &quiet) else { return nil }
    self.count = Int(count)
    self.quiet = .milliseconds(Int(quiet))
  }
}
