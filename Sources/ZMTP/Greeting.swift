/// What both sides of a connection say first: 64 bytes.
///
/// Source: RFC 23, "Greeting".
public struct Greeting: Hashable, Sendable {
  /// The length of a greeting, in bytes.
  public static let byteCount = 64

  /// The version of the protocol as it is on the wire: 3 is today's; 1 stands for ZMTP 2.0, RFC 15.
  public let version: UInt8
  /// The minor version, 0 before version 3; 1 has heartbeats, RFC 37.
  public let minorVersion: UInt8
  /// The security mechanism, such as `NULL` or `CURVE`.
  public let mechanism: String
  /// Whether the side that greets is the server of the mechanism.
  public let isServer: Bool

  /// Makes the greeting of version 3.
  ///
  /// - Parameters:
  ///   - mechanism: The name of the mechanism, at most 20 capital letters.
  ///   - isServer: Whether we are the server of the mechanism.
  public init(mechanism: String = "NULL", isServer: Bool = false) {
    version = 3
    minorVersion = 0
    self.mechanism = mechanism
    self.isServer = isServer
  }

  /// Reads a greeting. One of a version before 3 has no mechanism.
  ///
  /// - Parameter bytes: What the peer sent first.
  /// - Returns: Nil where it is no greeting, or not all of it is there yet: see ``isBeginning(_:)``.
  public init?(_ bytes: [UInt8]) {
    guard Self.isBeginning(bytes), bytes.count > Self.versionIndex else { return nil }
    version = bytes[Self.versionIndex]
    if version < 3 {
      minorVersion = 0
      mechanism = ""
      isServer = false
      return
    }
    guard bytes.count >= Self.byteCount else { return nil }
    minorVersion = bytes[Self.minorVersionIndex]
    let name = bytes[Self.mechanismIndex..<Self.serverIndex].prefix { $0 != 0 }
    mechanism = String(decoding: name, as: UTF8.self)
    isServer = bytes[Self.serverIndex] & 1 == 1
  }

  /// Whether bytes may be the beginning of a greeting: the signature, FF, eight bytes of padding, 7F.
  public static func isBeginning(_ bytes: [UInt8]) -> Bool {
    if let first = bytes.first, first != 0xFF { return false }
    return bytes.count <= signatureEnd || bytes[signatureEnd] & 1 == 1
  }

  /// The version as people write it, such as `3.1`.
  public var versionText: String {
    // Before RFC 23 the byte counted from 0: ZMTP 1.0 and 2.0.
    version < 3 ? "\(version + 1).0" : "\(version).\(minorVersion)"
  }

  /// The greeting as it goes over the wire.
  public var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    bytes[0] = 0xFF
    bytes[Self.signatureEnd] = 0x7F
    bytes[Self.versionIndex] = version
    bytes[Self.minorVersionIndex] = minorVersion
    for (index, byte) in mechanism.utf8.prefix(Self.serverIndex - Self.mechanismIndex).enumerated() {
      bytes[Self.mechanismIndex + index] = byte
    }
    bytes[Self.serverIndex] = isServer ? 1 : 0
    return bytes
  }

  // Where the parts are, RFC 23.
  private static let signatureEnd = 9
  private static let versionIndex = 10
  private static let minorVersionIndex = 11
  private static let mechanismIndex = 12
  private static let serverIndex = 32
}
