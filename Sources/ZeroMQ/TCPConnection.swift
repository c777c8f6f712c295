#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A tcp connection of libzmq's, by the descriptor that its monitor named: what the system knows of it.
///
/// The descriptor is libzmq's and may be another connection's by the time it is asked, so it is compared with the peer's
/// address each time.
public struct TCPConnection: Sendable {
  private let descriptor: Int32
  private let peerAddress: String

  /// Names a connection.
  ///
  /// - Parameters:
  ///   - descriptor: As ``MonitorEvent/Kind/accepted`` and ``MonitorEvent/Kind/connected`` name it.
  ///   - peerAddress: The address that went with it.
  public init(descriptor: Int, peerAddress: String) {
    self.descriptor = Int32(truncatingIfNeeded: descriptor)
    self.peerAddress = peerAddress
  }

  /// How many bytes came over it since it was made; nil where the system does not tell, or it has gone.
  public var receivedBytes: Int64? {
    guard let received = ReceivedBytes(through: Int(descriptor)), isSame else { return nil }
    return Int64(received.count)
  }

  /// Ends it for both sides: libzmq sees that the peer has gone, and the peer that it was reset. `shutdown(2)`.
  ///
  /// - Returns: Whether it was there.
  @discardableResult
  public func cutOff() -> Bool {
    guard isSame else { return false }
    // Without this a peer whose data found no room would wait for a minute.
    var discards = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &discards, socklen_t(MemoryLayout<linger>.size))
    #if canImport(Darwin)
      return shutdown(descriptor, SHUT_RDWR) == 0
    #else
      return shutdown(descriptor, Int32(SHUT_RDWR)) == 0
    #endif
  }

  private var isSame: Bool { SocketMonitor.peerAddress(of: descriptor) == peerAddress }
}
