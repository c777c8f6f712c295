/// Why a text is not what its encoding asks for, or bytes are not what their format asks for.
///
/// It is located, so that the caller can put a caret under the very character.
public struct PayloadError: Error, Equatable, Sendable {
  /// What is wrong: a fact, without capital or full stop, what was typed in quotes.
  public var message: String
  /// Where: offsets into the bytes that were read (for `hex:4g` those after `hex:`). Empty at the end of them.
  public var range: Range<Int>
  /// What to do next, a line each.
  public var help: [String]

  /// Makes an error.
  public init(_ message: String, at range: Range<Int>, help: [String] = []) {
    self.message = message
    self.range = range
    self.help = help
  }

  /// The same error where the bytes that were read begin at an offset of a larger whole.
  public func moved(by offset: Int) -> PayloadError {
    PayloadError(message, at: range.lowerBound + offset..<range.upperBound + offset, help: help)
  }
}

extension PayloadError {
  /// An error at the character that stands at an offset, which the message names.
  static func character(
    in bytes: [UInt8], at offset: Int, help: [String] = [], _ message: (String) -> String
  ) -> PayloadError {
    let length = UTF8Text.scalar(in: bytes, at: offset)?.length ?? 1
    let range = offset..<offset + length
    return PayloadError(message("'\(TextView.escaped(Array(bytes[range])))'"), at: range, help: help)
  }
}
