import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Options that libzmq takes, and with which it ends the process at a bind or connect.
extension Socket {
  /// Refuses a descriptor that does not listen, and multicast of packets that are larger than what is sent in a second.
  ///
  /// - Throws: ``ZMQError/notASocket`` where `use_fd` is no socket that listens, ``ZMQError/invalidArgument`` where
  ///   `rate` is too small for `multicast_maxtpdu`.
  func refuseWhatEndsTheProcess(at endpoint: String) throws(ZMQError) {
    if endpoint.hasPrefix("pgm:") || endpoint.hasPrefix("epgm:") {
      let packet = try number(of: ZMQ_MULTICAST_MAXTPDU, as: Int32.self)
      let kilobits = try number(of: ZMQ_RATE, as: Int32.self)
      // libpgm wants to send one packet in a second at least: 1000 bits are 125 bytes.
      guard Int64(kilobits) * 125 >= Int64(packet) else {
        throw .invalidArgument
      }
    }
    // A socket that is closed says so itself, and one in the process has nothing of the kind.
    guard let descriptor = try? number(of: ZMQ_USE_FD, as: Int32.self), descriptor >= 0 else {
      return
    }
    var listens: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    let result = getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size)
    guard result == 0, listens != 0 else {
      throw .notASocket
    }
  }
}
