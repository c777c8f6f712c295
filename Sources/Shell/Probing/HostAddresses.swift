#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The addresses of a host. getaddrinfo(3) may take as long as the system's resolver is patient, and nothing stops it.
enum HostAddresses {
  /// Looks a name up; of a text that is numbers nothing is looked up.
  ///
  /// - Returns: The addresses as numbers, those of IPv4 first: libzmq takes no others unless it is told to (`ipv6`).
  ///   Or why there are none, in the system's words.
  static func find(_ host: String) -> (addresses: [String], failure: String?) {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &found)
    guard code == 0 else { return ([], gai_strerror(code).map { String(cString: $0) }) }
    defer { freeaddrinfo(found) }
    var addresses: [(family: Int32, text: String)] = []
    var next = found
    while let address = next?.pointee {
      if let text = text(of: address) { addresses.append((address.ai_family, text)) }
      next = address.ai_next
    }
    let first = addresses.filter { $0.family == AF_INET }
    return ((first + addresses.filter { $0.family != AF_INET }).map(\.text), nil)
  }

  /// getnameinfo(3).
  private static func text(of address: addrinfo) -> String? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = getnameinfo(
      address.ai_addr, address.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
