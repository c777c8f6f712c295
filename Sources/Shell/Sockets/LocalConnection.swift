import CReceived

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A connection of libzmq's over a socket file, by the descriptor that its monitor named.
///
/// The descriptor may be another's by the time it is asked, so the number of the socket is compared each time.
struct LocalConnection: Equatable {
  private let descriptor: Int32
  /// What the system numbers the socket by; no other has it while it is there. `fstat(2)`
  private let number: ino_t

  /// Names the connection that a descriptor is now; nil where it is none of this kind.
  init?(descriptor: Int) {
    self.descriptor = Int32(truncatingIfNeeded: descriptor)
    guard let number = Self.number(of: self.descriptor), Self.isLocal(self.descriptor) else { return nil }
    self.number = number
  }

  /// How many bytes came through the descriptor since the program began; nil where that is not counted.
  var receivedBytes: Int64? {
    let count = zr_received_bytes(descriptor)
    return count < 0 ? nil : count
  }

  /// Ends it for both sides. `shutdown(2)`
  ///
  /// - Returns: Whether it was there.
  func cutOff() -> Bool {
    guard Self.number(of: descriptor) == number else { return false }
    #if canImport(Darwin)
      return shutdown(descriptor, SHUT_RDWR) == 0
    #else
      return shutdown(descriptor, Int32(SHUT_RDWR)) == 0
    #endif
  }

  private static func number(of descriptor: Int32) -> ino_t? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_ino : nil
  }

  private static func isLocal(_ descriptor: Int32) -> Bool {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &address) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return result == 0 && Int32(address.ss_family) == AF_UNIX
  }
}
