import ZeroMQ

/// A connection of libzmq's, which can be measured and ended from outside.
enum PeerConnection {
  case tcp(TCPConnection)
  case local(LocalConnection)

  /// Names a connection that a monitor told of; nil where nothing can be known of it.
  init?(_ connection: ConnectionTable.Connection) {
    if let address = connection.peerAddress {
      self = .tcp(TCPConnection(descriptor: connection.descriptor, peerAddress: address))
    } else if let local = LocalConnection(descriptor: connection.descriptor) {
      self = .local(local)
    } else {
      return nil
    }
  }

  /// How many bytes have come; nil where that is not told, or it has gone.
  var receivedBytes: Int64? {
    switch self {
    case .tcp(let connection): connection.receivedBytes
    case .local(let connection): connection.receivedBytes
    }
  }

  /// Whether these are all that came over it; others may have had the descriptor of the other kind before.
  var countsFromItsBeginning: Bool {
    if case .tcp = self { true } else { false }
  }

  /// Ends it for both sides.
  ///
  /// - Returns: Whether it was there.
  func cutOff() -> Bool {
    switch self {
    case .tcp(let connection): connection.cutOff()
    case .local(let connection): connection.cutOff()
    }
  }
}
