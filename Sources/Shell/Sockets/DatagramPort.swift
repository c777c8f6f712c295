import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The UDP port of a `norm` endpoint. Where another has it, libzmq (4.3.4) ends the whole process: so it is tried
/// beforehand, as the NORM library would.
enum DatagramPort {
  static func isFree(for endpoint: Endpoint) -> Bool {
    guard let port = endpoint.port, let number = UInt16(exactly: port) else { return true }
    let host = endpoint.host ?? ""
    let isVersion6 = host.contains(":")
    #if canImport(Glibc)
      let kind = Int32(SOCK_DGRAM.rawValue)
    #else
      let kind = SOCK_DGRAM
    #endif
    let descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, kind, 0)
    // Without a descriptor nothing is known, and libzmq may try.
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    if isMulticast(host) {
      // Several may listen to a group.
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    if isVersion6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = number.bigEndian
      return bound(descriptor, &address, MemoryLayout<sockaddr_in6>.size)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = number.bigEndian
    return bound(descriptor, &address, MemoryLayout<sockaddr_in>.size)
  }

  private static func bound(_ descriptor: Int32, _ address: UnsafeRawPointer, _ size: Int) -> Bool {
    let address = address.assumingMemoryBound(to: sockaddr.self)
    return bind(descriptor, address, socklen_t(size)) == 0 || errno != EADDRINUSE
  }

  /// 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291).
  private static func isMulticast(_ host: String) -> Bool {
    if host.contains(":") { return host.lowercased().drop { $0 == "[" }.hasPrefix("ff") }
    return host.split(separator: ".").first.flatMap { Int($0) }.map { 224..<240 ~= $0 } ?? false
  }
}
