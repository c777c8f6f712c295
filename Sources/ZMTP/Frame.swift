/// What a connection carries after the greeting: a part of a message, or a command.
///
/// Source: RFC 23, "Framing".
public struct Frame: Hashable, Sendable {
  /// Whether it is a command, and no part of a message.
  public let isCommand: Bool
  /// Whether a further frame of the same message follows.
  public let hasMore: Bool
  /// The content.
  public let body: [UInt8]

  /// What the beginning of a byte stream is.
  public enum Reading: Hashable, Sendable {
    /// A frame, and how many bytes it took.
    case frame(Frame, byteCount: Int)
    /// Not all of it is there yet.
    case incomplete
    /// The bytes are no frame, or one that is larger than it may be.
    case invalid
  }

  /// Makes a frame.
  public init(isCommand: Bool, hasMore: Bool = false, body: [UInt8]) {
    self.isCommand = isCommand
    self.hasMore = hasMore
    self.body = body
  }

  /// Reads the frame that bytes begin with.
  ///
  /// - Parameters:
  ///   - bytes: What came after the greeting, or after the frame before.
  ///   - most: The largest body that is taken, in bytes.
  public static func read(_ bytes: [UInt8], most: Int) -> Reading {
    guard let flags = bytes.first else { return .incomplete }
    // Bit 0 is "more", bit 1 "long", bit 2 "command"; the others are zero.
    guard flags & ~0b111 == 0 else { return .invalid }
    let isLong = flags & 0b010 != 0
    let start = isLong ? 9 : 2
    guard bytes.count >= start else { return .incomplete }
    let size = bytes[1..<start].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard size <= UInt64(max(0, most)) else { return .invalid }
    let end = start + Int(size)
    guard bytes.count >= end else { return .incomplete }
    let frame = Frame(
      isCommand: flags & 0b100 != 0, hasMore: flags & 0b001 != 0, body: Array(bytes[start..<end]))
    return .frame(frame, byteCount: end)
  }

  /// The frame as it goes over the wire.
  public var bytes: [UInt8] {
    let isLong = body.count > 255
    let flags: UInt8 = (hasMore ? 0b001 : 0) | (isLong ? 0b010 : 0) | (isCommand ? 0b100 : 0)
    let size = UInt64(body.count)
    let length = isLong ? (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) } : [UInt8(size)]
    return [flags] + length + body
  }
}
