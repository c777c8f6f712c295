import CZeroMQ

/// What can be done with a socket or a file descriptor without waiting.
///
/// Source: `zmq_poll(3)`, `ZMQ_EVENTS` of `zmq_getsockopt(3)`.
public struct PollEvents: OptionSet, Hashable, Sendable {
  /// The bits of C.
  public let rawValue: Int16

  /// Wraps the bits of C.
  @inlinable
  public init(rawValue: Int16) {
    self.rawValue = rawValue
  }

  /// A message, or a byte, can be received. The corresponding C constant is `ZMQ_POLLIN`.
  public static let readable = PollEvents(rawValue: Int16(ZMQ_POLLIN))
  /// A message, or a byte, can be sent. The corresponding C constant is `ZMQ_POLLOUT`.
  public static let writable = PollEvents(rawValue: Int16(ZMQ_POLLOUT))
  /// A file descriptor has an error or was hung up. The corresponding C constant is `ZMQ_POLLERR`.
  public static let error = PollEvents(rawValue: Int16(ZMQ_POLLERR))
}
