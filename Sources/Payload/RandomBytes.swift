/// Frames of random bytes, for what must not compress or repeat.
public enum RandomBytes {
  /// So many random bytes, other ones each time: `1024`, `64KiB`.
  ///
  /// The first 64 KiB are the system's own randomness, fit for a key or a token; beyond, where only bulk can be
  /// meant, a fast generator goes on that it seeds.
  ///
  /// - Throws: ``PayloadError`` where the text is no ``ByteCount``.
  public static func frame(_ count: [UInt8]) throws(PayloadError) -> [UInt8] {
    let count = try ByteCount.parse(count)
    var system = SystemRandomNumberGenerator()
    var bulk = SplitMix(state: system.next())
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      var word = bytes.count < strongCount ? system.next() : bulk.next()
      withUnsafeBytes(of: &word) { bytes.append(contentsOf: $0) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// A system call for each eight bytes takes 2 ms for so many, and half a minute for the greatest frame.
  private static let strongCount = 1 << 16

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}
