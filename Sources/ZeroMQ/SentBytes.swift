import CZeroMQ

/// What was given to a TCP connection since it was made, libzmq's own commands included.
public struct SentBytes {
  /// How many bytes, from the first one of the greeting on.
  public let count: Int
  /// How many of them the system has not sent yet: the other side takes no more now.
  public let unsent: Int

  /// Asks the system.
  ///
  /// - Parameter descriptor: The connection's, as ``MonitorEvent/value`` of a connection gives it.
  /// - Returns: Nil where it is no TCP connection or the system does not tell (it is Linux that does: `TCP_INFO` of
  ///   tcp(7)).
  public init?(through descriptor: Int) {
    var count: Int64 = 0
    var unsent: UInt32 = 0
    guard cz_sent_bytes(Int32(truncatingIfNeeded: descriptor), &count, &unsent) else { return nil }
    self.count = Int(count)
    self.unsent = Int(unsent)
  }
}
