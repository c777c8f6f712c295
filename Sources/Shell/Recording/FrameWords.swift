import Payload

/// A frame as the word of a recording.
///
/// Law: the word, read by `send` or `expect`, is the very bytes of the frame.
enum FrameWords {
  /// How many bytes of text stand in a line; longer frames go to a file of their own.
  private static let longestText = 512
  /// How many bytes stand in a line as `hex:`.
  private static let longestBinary = 64

  static func piece(_ frame: [UInt8]) -> RecordedStatement.Piece {
    if isText(frame) {
      return frame.count > longestText ? .payload(frame) : .text(TextView.word(frame))
    }
    if frame.count > longestBinary { return .payload(frame) }
    return .text("hex:" + String(decoding: Hex.encode(frame), as: UTF8.self))
  }

  /// Whether it is UTF-8 without control characters but those of lines and columns.
  private static func isText(_ frame: [UInt8]) -> Bool {
    guard String(validating: frame, as: UTF8.self) != nil else { return false }
    return frame.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }
}
