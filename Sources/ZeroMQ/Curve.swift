import CZeroMQ

/// A key of CURVE: 32 bytes, written as 40 characters of Z85.
///
/// Source: `zmq_curve(7)`, RFC 26, RFC 32.
public struct CurveKey: Hashable, Sendable {
  /// The number of bytes.
  public static let byteCount = 32
  /// The number of characters in Z85.
  public static let textCount = 40

  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Wraps the bytes of a key.
  ///
  /// - Parameter bytes: 32 bytes; `nil` is returned for any other number.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else {
      return nil
    }
    self.bytes = bytes
  }

  /// Reads a key from its text.
  ///
  /// - Parameter text: 40 characters of Z85; `nil` is returned for anything else.
  ///
  /// Source: `zmq_z85_decode(3)`.
  public init?(text: String) {
    guard text.utf8.count == Self.textCount, !text.utf8.contains(0) else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    guard zmq_z85_decode(&bytes, text) != nil else {
      return nil
    }
    self.bytes = bytes
  }

  /// The key as 40 characters of Z85.
  ///
  /// Source: `zmq_z85_encode(3)`.
  public var text: String {
    // One more for the zero byte that zmq_z85_encode writes.
    var text = [CChar](repeating: 0, count: Self.textCount + 1)
    zmq_z85_encode(&text, bytes, Self.byteCount)
    return String(decoding: text.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The public key that belongs to this secret key.
  ///
  /// - Throws: ``ZMQError/notSupported`` where the library was built without CURVE.
  ///
  /// Source: `zmq_curve_public(3)`.
  public func publicKey() throws(ZMQError) -> CurveKey {
    var text = [CChar](repeating: 0, count: Self.textCount + 1)
    guard zmq_curve_public(&text, self.text) == 0 else {
      throw .last()
    }
    return try Self.made(text)
  }

  /// Makes a new pair of keys.
  ///
  /// - Throws: ``ZMQError/notSupported`` where the library was built without CURVE.
  ///
  /// Source: `zmq_curve_keypair(3)`.
  public static func pair() throws(ZMQError) -> (publicKey: CurveKey, secretKey: CurveKey) {
    var publicText = [CChar](repeating: 0, count: textCount + 1)
    var secretText = [CChar](repeating: 0, count: textCount + 1)
    guard zmq_curve_keypair(&publicText, &secretText) == 0 else {
      throw .last()
    }
    return (try made(publicText), try made(secretText))
  }

  private static func made(_ text: [CChar]) throws(ZMQError) -> CurveKey {
    let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    guard let key = CurveKey(text: String(decoding: bytes, as: UTF8.self)) else {
      throw .invalidArgument
    }
    return key
  }
}
