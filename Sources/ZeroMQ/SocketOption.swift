/// A row of the table of socket options: all that is known of one.
///
/// ```swift
/// if let option = SocketOption.named("linger") {
///   try socket.set(option, to: try option.parse("2s"))
///   print(option.format(try socket.get(option)))  // 2 s
/// }
/// ```
///
/// Source: `zmq_setsockopt(3)`, `zmq_getsockopt(3)`, and what libzmq 4.3.4 was measured to take.
public struct SocketOption: Sendable {
  /// How C keeps the value.
  public enum Kind: Sendable, Hashable {
    /// An `int`.
    case int32
    /// An `int` that is 0 or 1.
    case bool
    /// An `int64_t`.
    case int64
    /// A `uint64_t`, kept as the same bits.
    case uint64
    /// Characters, ended by a zero byte where they are read.
    case text
    /// Any bytes.
    case bytes
    /// A key of CURVE, 32 bytes, written as 40 characters of Z85.
    case curveKey
    /// An `int` that is a file descriptor.
    case fileDescriptor
  }

  /// What a number counts.
  public enum Unit: Sendable, Hashable {
    case none, milliseconds, seconds, bytes, kilobitsPerSecond, messages, hops, connections

    /// The unit in words.
    public var text: String { self == .kilobitsPerSecond ? "kilobits per second" : "\(self)" }
  }

  /// When a new value counts.
  public enum Effect: Sendable, Hashable {
    /// At once. Also of an option that can only be read.
    case immediately
    /// For what is bound or connected later; libzmq takes it and ignores it for what already is.
    case nextConnection
    /// For the one next connect.
    case nextConnectOnly
    /// For the peers that come from then on, also to what is bound already.
    case nextPeer
  }

  /// The name in lower case without `ZMQ_`, such as `rcvhwm`.
  public let name: String
  /// The C constant.
  public let code: Int32
  /// How C keeps the value.
  public let kind: Kind
  /// What a number counts; of texts and bytes, what their length counts.
  public let unit: Unit
  /// The numbers that it takes; of texts and bytes, the lengths. `nil` where there is no bound.
  public let range: ClosedRange<Int64>?
  /// A number of the range that it does not take.
  public let excluded: Int64?
  /// Numbers that mean something else than their amount, such as -1, "no limit".
  public let specialValues: [Int64: String]
  /// Whether it can be read and set.
  public let access: OptionAccess
  /// The types of socket that it means something to. libzmq takes some on further types, without effect.
  public let types: [SocketType]
  /// When a new value counts.
  public let effect: Effect
  /// The value of a new socket; `nil` where there is none, or it is the socket's own.
  public let defaultValue: OptionValue?
  /// Whether the value must not be shown.
  public let isSecret: Bool
  /// Whether it is of the draft API: few builds of libzmq take it.
  public let isDraft: Bool
  /// The version that brought it, where that is later than 4.3.4.
  public let since: String?
  /// Former names that libzmq still has.
  public let aliases: [String]
  /// The transports that it means something to; none are all.
  public let transports: [String]
  /// The option without which it changes nothing: while that one has its default.
  public let needs: String?
  /// Whether each value is added to those before.
  public let accumulates: Bool
  /// What else is to be known of it, in a line.
  public let remark: String?
  /// What it is, in a line.
  public let summary: String
}

extension SocketOption: Hashable {
  /// Whether two rows are of the same option.
  public static func == (left: SocketOption, right: SocketOption) -> Bool {
    left.code == right.code
  }

  /// Hashes the C constant.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
  }
}

extension SocketOption {
  /// Finds an option.
  ///
  /// - Parameter name: `rcvhwm`, `RCVHWM` or `ZMQ_RCVHWM`; a former name will do.
  /// - Returns: Its row, or `nil`.
  public static func named(_ name: String) -> SocketOption? {
    var name = name.lowercased()
    if name.hasPrefix("zmq_") {
      name.removeFirst(4)
    }
    return byName[name]
  }

  private static let byName: [String: SocketOption] = {
    var rows: [String: SocketOption] = [:]
    for option in all {
      for name in [option.name] + option.aliases {
        rows[name] = option
      }
    }
    return rows
  }()
}
