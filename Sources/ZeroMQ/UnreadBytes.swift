import CZeroMQ

/// How many bytes, the system's own overhead included, the other side of a connection has not read yet.
///
/// A local peer that has stopped reading, because its high-water mark is reached, loses them when the connection
/// is closed: over `ipc` the system tells it of the end before it has read what came before (libzmq #4660).
///
/// - Parameter descriptor: The connection's, as ``MonitorEvent/value`` of a connection gives it.
/// - Returns: The count, or nil where the system does not tell (it is Linux that does, unix(7)).
public func unreadBytes(sentThrough descriptor: Int) -> Int? {
  let count = cz_unread_bytes(Int32(truncatingIfNeeded: descriptor))
  return count < 0 ? nil : Int(count)
}
