/// Frames of zero bytes, for when only the size counts.
public enum Zeros {
  /// So many zero bytes: `1024`, `64KiB`.
  ///
  /// - Throws: ``PayloadError`` where the text is no ``ByteCount``.
  public static func frame(_ count: [UInt8]) throws(PayloadError) -> [UInt8] {
    [UInt8](repeating: 0, count: try ByteCount.parse(count))
  }
}
