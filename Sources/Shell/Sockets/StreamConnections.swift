/// The connections of a STREAM, of which its messages tell: an empty one says that a connection was made, the next
/// empty one with the same routing id that it has ended.
///
/// Source: `zmq_socket(3)`, ZMQ_STREAM.
struct StreamConnections {
  /// What an empty message says.
  enum Notice: String {
    case connected, disconnected
  }

  private var open: Set<[UInt8]> = []
  /// What the message received last said; nil for data.
  private(set) var notice: Notice?

  /// Takes a received message.
  mutating func note(_ id: [UInt8], isEmpty: Bool) {
    if isEmpty {
      notice = open.remove(id) == nil ? .connected : .disconnected
      if notice == .connected { open.insert(id) }
    } else {
      notice = nil
      open.insert(id)
    }
  }

  /// The user closed a connection, of which no message tells.
  mutating func didClose(_ id: [UInt8]) { open.remove(id) }
}
