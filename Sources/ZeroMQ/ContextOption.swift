import CZeroMQ

/// A row of the table of context options.
///
/// Source: `zmq_ctx_set(3)`, `zmq_ctx_get(3)`.
public struct ContextOption: Sendable, Hashable {
  /// The name in lower case without `ZMQ_`, such as `io_threads`.
  public let name: String
  /// The C constant.
  public let code: Int32
  /// Whether it can be read and set.
  public let access: OptionAccess
  /// The values that it takes.
  public let range: ClosedRange<Int>
  /// When a new value counts.
  public let effect: Effect
  /// The value of a new context; `nil` where it is the system's own.
  public let defaultValue: Int?
  /// Numbers that have names.
  public let specialValues: [Int: String]
  /// What a number counts.
  public let unit: SocketOption.Unit
  /// What it is, in a line.
  public let summary: String

  init(
    name: String, code: Int32, access: OptionAccess, range: ClosedRange<Int>, effect: Effect,
    defaultValue: Int?, specialValues: [Int: String] = [:], unit: SocketOption.Unit = .none, summary: String
  ) {
    self.name = name
    self.code = code
    self.access = access
    self.range = range
    self.effect = effect
    self.defaultValue = defaultValue
    self.specialValues = specialValues
    self.unit = unit
    self.summary = summary
  }

  /// When a new value of a context option counts.
  public enum Effect: Sendable, Hashable {
    /// Before the first socket alone; libzmq takes it later, and ignores it.
    case firstSocket
    /// For the sockets that are made from then on. Also of an option that can only be read.
    case nextSocket
    /// Never: libzmq keeps the value and does not look at it.
    case never
  }
}

extension ContextOption {
  /// How many I/O threads the context has; it counts before the first socket. `ZMQ_IO_THREADS`.
  ///
  /// libzmq ends the process where it cannot start them all. One does for a gigabyte in a second, zmq_ctx_set(3).
  public static let ioThreads = ContextOption(
    name: "io_threads", code: ZMQ_IO_THREADS, access: .readWrite, range: 0...1024,
    effect: .firstSocket, defaultValue: 1,
    summary: "I/O threads; 0 will do where all is inproc")
  /// How many sockets the context may have; it counts before the first socket. `ZMQ_MAX_SOCKETS`.
  public static let maxSockets = ContextOption(
    name: "max_sockets", code: ZMQ_MAX_SOCKETS, access: .readWrite, range: 1...65535,
    effect: .firstSocket, defaultValue: 1023,
    summary: "sockets that the context may have")
  /// The most that ``maxSockets`` can be set to. `ZMQ_SOCKET_LIMIT`.
  public static let socketLimit = ContextOption(
    name: "socket_limit", code: ZMQ_SOCKET_LIMIT, access: .readOnly, range: 1...Int(Int32.max),
    effect: .nextSocket, defaultValue: nil,
    summary: "the most that max_sockets can be")
  /// The scheduling priority of the I/O threads; -1 leaves it alone. `ZMQ_THREAD_PRIORITY`.
  public static let threadPriority = ContextOption(
    name: "thread_priority", code: ZMQ_THREAD_PRIORITY, access: .writeOnly, range: 0...99,
    effect: .firstSocket, defaultValue: nil,
    summary: "priority of the I/O threads: 1 … 99 of fifo and rr; of others any asks for a nice value of -20")
  /// The scheduling policy of the I/O threads; -1 leaves it alone. `ZMQ_THREAD_SCHED_POLICY`.
  public static let threadSchedulingPolicy = ContextOption(
    name: "thread_sched_policy", code: ZMQ_THREAD_SCHED_POLICY, access: .writeOnly,
    range: 0...5, effect: .firstSocket, defaultValue: nil,
    specialValues: [0: "other", 1: "fifo", 2: "rr", 3: "batch", 5: "idle"],
    summary: "scheduling policy of the I/O threads, sched(7)")
  /// The largest message that may be sent, in bytes. `ZMQ_MAX_MSGSZ`.
  public static let maxMessageSize = ContextOption(
    name: "max_msgsz", code: ZMQ_MAX_MSGSZ, access: .readWrite, range: 0...Int(Int32.max),
    effect: .never, defaultValue: Int(Int32.max), unit: .bytes,
    summary: "the largest message that may be sent; libzmq does not look at it")
  /// The size of a `zmq_msg_t`, in bytes. `ZMQ_MSG_T_SIZE`.
  public static let messageStructSize = ContextOption(
    name: "msg_t_size", code: ZMQ_MSG_T_SIZE, access: .readOnly, range: 1...Int(Int32.max),
    effect: .nextSocket, defaultValue: nil, unit: .bytes,
    summary: "the size of zmq_msg_t")
  /// Lets the I/O threads run on a CPU. `ZMQ_THREAD_AFFINITY_CPU_ADD`.
  public static let threadAffinityAdd = ContextOption(
    name: "thread_affinity_cpu_add", code: ZMQ_THREAD_AFFINITY_CPU_ADD, access: .writeOnly,
    range: 0...1023, effect: .firstSocket, defaultValue: nil,
    summary: "a CPU that the I/O threads may run on")
  /// Keeps the I/O threads from a CPU that was added. `ZMQ_THREAD_AFFINITY_CPU_REMOVE`.
  public static let threadAffinityRemove = ContextOption(
    name: "thread_affinity_cpu_remove", code: ZMQ_THREAD_AFFINITY_CPU_REMOVE, access: .writeOnly,
    range: 0...1023, effect: .firstSocket, defaultValue: nil,
    summary: "a CPU that was added and is no longer to be run on")
  /// A number in the names of the I/O threads. `ZMQ_THREAD_NAME_PREFIX`.
  public static let threadNamePrefix = ContextOption(
    name: "thread_name_prefix", code: ZMQ_THREAD_NAME_PREFIX, access: .readWrite,
    range: 0...Int(Int32.max), effect: .firstSocket, defaultValue: 0,
    summary: "a number in the names of the I/O threads")
  /// Whether new sockets have IPv6 enabled. `ZMQ_IPV6`.
  public static let ipv6 = ContextOption(
    name: "ipv6", code: ZMQ_IPV6, access: .readWrite, range: 0...1,
    effect: .nextSocket, defaultValue: 0,
    summary: "whether new sockets have IPv6 enabled")
  /// Whether the context waits for what lingers; 0 gives new sockets a linger of 0. `ZMQ_BLOCKY`.
  public static let blocky = ContextOption(
    name: "blocky", code: ZMQ_BLOCKY, access: .readWrite, range: 0...1,
    effect: .nextSocket, defaultValue: 1,
    summary: "whether new sockets linger for ever by default")

  /// Whether messages are received without copying them. `ZMQ_ZERO_COPY_RECV`.
  ///
  /// The header has it for the draft API alone, by the number 10; the library takes it always.
  public static let zeroCopyReceive = ContextOption(
    name: "zero_copy_recv", code: 10, access: .readWrite, range: 0...1,
    effect: .nextSocket, defaultValue: 1,
    summary: "whether new sockets receive large messages without copying them")

  /// The table, in the order of the names.
  public static let all: [ContextOption] = [
    .blocky, .ioThreads, .ipv6, .maxMessageSize, .maxSockets, .messageStructSize, .socketLimit,
    .threadAffinityAdd, .threadAffinityRemove, .threadNamePrefix, .threadPriority, .threadSchedulingPolicy,
    .zeroCopyReceive,
  ]

  /// Whether it is on or off, and not counted.
  public var isFlag: Bool { range == 0...1 }

  /// The values that it takes, in words.
  public var domain: String {
    if isFlag { return "on or off" }
    guard specialValues.isEmpty else {
      return specialValues.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(
        separator: ", ")
    }
    return "\(range.lowerBound) … \(range.upperBound)\(unit == .none ? "" : " \(unit.symbol)")"
  }

  /// Reads a value as a user writes it: a number, with a unit that fits, or its name; `on` and `off`.
  ///
  /// - Throws: ``OptionError`` where the text is no value, or out of range.
  public func parse(_ text: String) throws(OptionError) -> Int {
    let lower = text.lowercased()
    if isFlag {
      switch lower {
      case "1", "true", "on", "yes": return 1
      case "0", "false", "off", "no": return 0
      default: break
      }
    } else if let special = specialValues.first(where: { $0.value == lower }) {
      return special.key
    } else {
      let digits = lower.prefix { $0.isASCII && $0.isNumber }
      let suffix = lower.dropFirst(digits.count)
      let factor = suffix.isEmpty ? 1 : unit.factor(of: String(suffix))?.multiply
      if let number = Int(digits), let factor {
        let (value, overflow) = number.multipliedReportingOverflow(by: Int(factor))
        if !overflow, range.contains(value), specialValues.isEmpty || specialValues[value] != nil {
          return value
        }
      }
    }
    throw OptionError("\(name) is \(domain), not '\(text)'", instead: instead(of: lower))
  }

  /// The value that it takes next to a number, or one that it takes.
  private func instead(of text: String) -> String {
    if isFlag { return "on" }
    if let name = specialValues.min(by: { $0.key < $1.key })?.value { return name }
    guard let number = Int(text) else { return "\(defaultValue ?? range.lowerBound)" }
    return "\(max(range.lowerBound, min(number, range.upperBound)))"
  }

  /// The value as it is shown.
  public func format(_ value: Int) -> String {
    if isFlag { return value == 0 ? "off" : "on" }
    return specialValues[value].map { "\(value) (\($0))" } ?? unit.format(Int64(value))
  }

  /// Finds an option by its name in lower case, such as `io_threads`.
  public static func named(_ name: String) -> ContextOption? {
    all.first { $0.name == name }
  }
}
