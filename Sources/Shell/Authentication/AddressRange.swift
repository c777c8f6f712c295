#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An address of the Internet, or all that begin alike: `127.0.0.1`, `10.0.0.0/8`, `::1`, `fd00::/8`. Or `ipc`, the
/// processes of this machine that come through a socket file.
struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// As the user wrote it.
  let description: String
  private let bytes: [UInt8]
  private let prefix: Int

  /// How libzmq writes the address of a peer over `ipc`: `localhost:`, and the numbers of its user, group and process.
  private static let local = "localhost:"

  /// Reads a range; nil where it is none.
  init?(_ text: String) {
    if text == "ipc" {
      description = text
      bytes = []
      prefix = 0
      return
    }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let bytes = Self.bytes(of: String(first)) else { return nil }
    var prefix = bytes.count * 8
    if parts.count == 2 {
      guard let number = Int(parts[1]), (0...prefix).contains(number) else { return nil }
      prefix = number
    }
    description = text
    self.bytes = bytes
    self.prefix = prefix
  }

  func contains(_ address: String) -> Bool {
    if bytes.isEmpty { return address.hasPrefix(Self.local) }
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    for bit in 0..<prefix {
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      if (bytes[bit / 8] ^ other[bit / 8]) & mask != 0 { return false }
    }
    return true
  }

  /// An address in words.
  static func spoken(_ address: String) -> String {
    let numbers = address.hasPrefix(local) ? address.dropFirst(local.count).split(separator: ":") : []
    return numbers.count == 3 ? "the process \(numbers[2]) of user \(numbers[0])" : address
  }

  /// The 4 or 16 bytes of an address. inet_pton(3).
  private static func bytes(of text: String) -> [UInt8]? {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
    // A scope, `%eth0`, is the machine's own matter.
    var sixteen = in6_addr()
    let address = String(text.prefix { $0 != "%" })
    guard inet_pton(AF_INET6, address, &sixteen) == 1 else { return nil }
    let bytes = withUnsafeBytes(of: sixteen) { Array($0) }
    // An IPv4 peer of a socket with ipv6=1 comes as ::ffff:127.0.0.1.
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes[12...]) : bytes
  }
}
