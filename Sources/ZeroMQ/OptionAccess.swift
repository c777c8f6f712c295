/// Whether an option can be read and set.
public enum OptionAccess: Sendable, Hashable {
  /// It can only be read.
  case readOnly
  /// It can only be set.
  case writeOnly
  /// It can be read and set.
  case readWrite

  /// Whether it can be read.
  public var isReadable: Bool {
    self != .writeOnly
  }

  /// Whether it can be set.
  public var isWritable: Bool {
    self != .readOnly
  }
}
