/// The value of an option.
public enum OptionValue: Hashable, Sendable {
  /// A number: also of a flag, 0 or 1, and of a file descriptor. An unsigned one of 64 bits keeps its bits.
  case integer(Int64)
  /// Bytes: of a text without the zero byte that C ends it with, of a CURVE key its 32 bytes.
  case bytes([UInt8])
}

/// Why a text is no value of an option.
public struct OptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, such as `reconnect_ivl is -1 or 0 … 2147483647 ms`.
  public let message: String
  /// What to write instead, if there is something to say.
  public let help: String?
  /// A value that it takes and that may have been meant, as one writes it, where one is near.
  public let instead: String?

  /// Makes an error.
  public init(_ message: String, help: String? = nil, instead: String? = nil) {
    self.message = message
    self.help = help
    self.instead = instead
  }

  /// What is wrong.
  public var description: String {
    message
  }
}
