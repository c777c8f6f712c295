import Testing
import ZeroMQ

@Suite struct SocketOptionTests {
  @Test func theTableIsSortedUniqueAndComplete() {
    let names = SocketOption.all.map(\.name)
    #expect(names == names.sorted())
    #expect(
      Set(names + SocketOption.all.flatMap(\.aliases)).count == names.count
        + SocketOption.all.map(\.aliases.count).reduce(0, +))
    let codes = Set(SocketOption.all.map(\.code))
    #expect(codes.count == names.count)
    // The numbers of zmq.h up to 4.3.5 that are no socket option: 70 (blocky) is the context's, the others
    // were never given or are gone.
    let gaps: Set<Int32> = [10, 20, 26, 29, 30, 67, 70, 82, 83]
    #expect(Set(4...124).subtracting(gaps).symmetricDifference(codes) == [])
  }

  @Test(arguments: SocketOption.all)
  func aRowIsWhole(option: SocketOption) {
    #expect(!option.summary.isEmpty && option.summary.count <= 80 && !option.summary.hasSuffix("."))
    #expect(!option.types.isEmpty)
    #expect(!option.domain.isEmpty)
    #expect(SocketOption.named(option.name) == option)
    #expect(SocketOption.named("ZMQ_" + option.name.uppercased()) == option)
    for alias in option.aliases {
      #expect(SocketOption.named(alias) == option)
    }
    if case .integer(let number) = option.defaultValue, let range = option.range {
      #expect(range.contains(number) || option.specialValues[number] != nil)
    }
    for transport in option.transports { #expect(ZeroMQLibrary.transports.contains(transport)) }
    if let needs = option.needs { #expect(SocketOption.named(needs)?.defaultValue != nil) }
    if let remark = option.remark { #expect(remark.count <= 80 && !remark.hasSuffix(".")) }
    if let excluded = option.excluded { #expect(option.range?.contains(excluded) == true) }
  }

  @Test func aNameThatIsNoneIsNotFound() {
    for name in ["", "zmq_", "blocky", "rcv_hwm"] {
      #expect(SocketOption.named(name) == nil)
    }
  }

  // MARK: the table against the library

  @Test(arguments: SocketType.allCases)
  func everyDefaultIsThatOfTheLibrary(type: SocketType) throws {
    let socket = try Socket(type, in: try Context())
    for option in SocketOption.all where option.types.contains(type) && option.access.isReadable {
      guard option.isAvailable else {
        #expect(throws: ZMQError.invalidArgument, "\(option.name)") { try socket.get(option) }
        continue
      }
      let value = try socket.get(option)
      if let expected = option.defaultValue {
        // A SUB has nothing that could linger.
        let isSubscriber = option.name == "linger" && (type == .sub || type == .xsub)
        #expect(value == (isSubscriber ? .integer(0) : expected), "\(option.name)")
      }
      if case .integer(let number) = value, let range = option.range {
        #expect(range.contains(number) || option.specialValues[number] != nil, "\(option.name)")
      }
      #expect(!option.format(value).isEmpty || value == .bytes([]), "\(option.name)")
    }
  }

  @Test(arguments: SocketType.allCases)
  func everyOptionTakesTheValuesOfItsRange(type: SocketType) throws {
    let socket = try Socket(type, in: try Context())
    for option in SocketOption.all where option.types.contains(type) && option.access.isWritable {
      for value in Self.samples(of: option, for: type) {
        if option.isAvailable {
          #expect(throws: Never.self, "\(option.name) \(value)") { try socket.set(option, to: value) }
          if option.access.isReadable, value != .bytes([]) {
            #expect(try socket.get(option) == Self.kept(value, by: option), "\(option.name)")
          }
        } else {
          #expect(throws: ZMQError.invalidArgument, "\(option.name)") { try socket.set(option, to: value) }
        }
      }
    }
  }

  @Test(arguments: SocketType.allCases)
  func noOptionTakesAValueOutOfItsRange(type: SocketType) throws {
    let socket = try Socket(type, in: try Context())
    for option in SocketOption.all
    where option.types.contains(type) && option.access.isWritable && option.isAvailable {
      guard let range = option.range, Self.laxer[option.name] == nil else {
        continue
      }
      var values: [OptionValue] = []
      switch option.kind {
      case .text, .bytes:
        values = [.bytes([UInt8](repeating: 97, count: Int(range.upperBound) + 1))]
        if range.lowerBound > 0 {
          values.append(.bytes([]))
        }
      case .bool where option.access == .writeOnly:
        // libzmq takes any number for true here, and refuses only what is below 0.
        values = [.integer(-1)]
      default:
        values = [.integer(range.lowerBound - 1)]
        if range.upperBound < Int64.max {
          values.append(.integer(range.upperBound + 1))
        }
      }
      for value in values {
        #expect(throws: ZMQError.invalidArgument, "\(option.name) \(value)") {
          try socket.set(option, to: value)
        }
      }
    }
  }

  /// Where the table is stricter than libzmq 4.3.4, and why.
  static let laxer: [String: String] = [
    "bindtodevice": "takes 16 bytes, of which the system cuts the last off",
    "connect_routing_id": "takes 256 bytes and more, which no ROUTER accepts",
    "heartbeat_ttl": "takes -99 for 0",
    "invert_matching": "takes any number for true",
    "ipc_filter_gid": "takes any number", "ipc_filter_pid": "takes any number",
    "ipc_filter_uid": "takes any number",
    "loopback_fastpath": "takes any number for true",
    "maxmsgsize": "takes any number below 0 for no limit",
    "multicast_hops": "takes more than 255, with which it ends the process at a connect over pgm",
    "multicast_loop": "takes any number for true",
    "multicast_maxtpdu": "takes what no packet can be, with which it ends the process at a connect over pgm",
    "priority": "takes more than 6, with which it ends the process where the system refuses it",
    "reconnect_stop": "takes any number",
    "tcp_accept_filter": "reads the text",
    "tcp_keepalive_cnt": "takes what the system refuses, and then never connects",
    "tcp_keepalive_idle": "takes what the system refuses, and then never connects",
    "tcp_keepalive_intvl": "takes what the system refuses, and then never connects",
    "tos": "takes more than a byte, of which the system takes the lowest",
    "wss_trust_system": "takes any number for true",
    "zap_enforce_domain": "takes any number for true",
  ]

  static func samples(of option: SocketOption, for type: SocketType) -> [OptionValue] {
    switch option.name {
    // An XPUB subscribes by hand, while it handles a subscription.
    case "subscribe", "unsubscribe": return type == .xpub ? [] : [.bytes([]), .bytes([0, 255])]
    case "tcp_accept_filter": return [.bytes(Array("127.0.0.0/8".utf8)), .bytes([])]
    case "metadata": return [.bytes(Array("X-a:b".utf8))]
    default: break
    }
    switch option.kind {
    case .int32, .bool, .int64, .fileDescriptor:
      guard let range = option.range else {
        return [.integer(0)]
      }
      return Set([range.lowerBound, min(range.lowerBound + 1, range.upperBound), range.upperBound])
        .sorted().map { .integer($0) }
    case .uint64:
      return [.integer(0), .integer(1), .integer(-1)]
    case .curveKey:
      return [.bytes(Array(0..<32))]
    case .text, .bytes:
      let lengths = [option.range?.lowerBound ?? 0, 1, min(option.range?.upperBound ?? 100, 255)]
      return lengths.map { .bytes([UInt8](repeating: 97, count: Int($0))) }
    }
  }

  static func kept(_ value: OptionValue, by option: SocketOption) -> OptionValue {
    if option.name == "heartbeat_ttl", case .integer(let number) = value {
      // ZMTP tells it in tenths of a second (RFC 37).
      return .integer(number / 100 * 100)
    }
    return value
  }

  @Test func anOptionIsReadAndSetOnlyAsItCanBe() throws {
    let socket = try Socket(.req, in: try Context())
    for option in SocketOption.all where option.types.contains(.req) {
      if !option.access.isReadable {
        #expect(throws: ZMQError.invalidArgument) { try socket.get(option) }
      }
      if !option.access.isWritable {
        #expect(throws: ZMQError.invalidArgument) { try socket.set(option, to: .integer(0)) }
      }
    }
    let linger = try #require(SocketOption.named("linger"))
    #expect(throws: ZMQError.invalidArgument) { try socket.set(linger, to: .bytes([1])) }
    #expect(throws: ZMQError.invalidArgument) { try socket.set(linger, to: .integer(1 << 40)) }
  }

  // MARK: as a user writes them

  static let texts: [(name: String, text: String, number: Int64)] = [
    ("linger", "500ms", 500), ("linger", "2s", 2000), ("linger", "1.5s", 1500), ("linger", "1m", 60_000),
    ("linger", "1h", 3_600_000), ("linger", "-1", -1), ("linger", "0", 0), ("linger", "no limit", -1),
    ("linger", "No Limit", -1), ("linger", "2147483647", 2_147_483_647), ("linger", "007", 7),
    ("sndbuf", "64KiB", 65536), ("sndbuf", "1MB", 1_000_000), ("sndbuf", "1.5kib", 1536),
    ("sndbuf", "10B", 10), ("maxmsgsize", "4GiB", 1 << 32), ("maxmsgsize", "9223372036854775807", Int64.max),
    ("tcp_keepalive_idle", "2m", 120), ("tcp_keepalive_idle", "2000ms", 2), ("rate", "2mbit", 2000),
    ("rate", "100kbit/s", 100), ("rcvhwm", "1000", 1000), ("rcvhwm", "no limit", 0),
    ("tcp_keepalive", "on", 1),
    ("affinity", "18446744073709551615", -1), ("affinity", "3", 3), ("ipv6", "true", 1), ("ipv6", "on", 1),
    ("ipv6", "1", 1), ("ipv6", "YES", 1), ("ipv6", "false", 0), ("ipv6", "off", 0), ("ipv6", "0", 0),
    ("ipv6", "no", 0), ("use_fd", "a new one", -1),
  ]

  @Test(arguments: texts)
  func aNumberIsReadWithItsUnit(name: String, text: String, number: Int64) throws {
    let option = try #require(SocketOption.named(name))
    #expect(try option.parse(text) == .integer(number))
    #expect(try option.parse(Array(text.utf8)) == .integer(number))
  }

  static let mistakes: [(name: String, text: String, message: String)] = [
    ("reconnect_ivl", "-2", "reconnect_ivl is -1 or 0 … 2147483647 ms, not '-2'"),
    ("reconnect_ivl", "2147483648", "reconnect_ivl is -1 or 0 … 2147483647 ms, not '2147483648'"),
    (
      "reconnect_ivl", "9999999999999h",
      "'9999999999999h' is no whole number of milliseconds, which"
        + " reconnect_ivl is counted in"
    ),
    ("linger", "", "linger is -1 or 0 … 2147483647 ms, not ''"),
    ("linger", "soon", "linger is -1 or 0 … 2147483647 ms, not 'soon'"),
    ("linger", "1KiB", "'KiB' is no unit of linger, which is -1 or 0 … 2147483647 ms"),
    ("linger", "1 s", "' s' is no unit of linger, which is -1 or 0 … 2147483647 ms"),
    ("linger", "0.5ms", "'0.5ms' is no whole number of milliseconds, which linger is counted in"),
    ("linger", "1.", "linger is -1 or 0 … 2147483647 ms, not '1.'"),
    ("linger", "--1", "linger is -1 or 0 … 2147483647 ms, not '--1'"),
    ("linger", "٣", "linger is -1 or 0 … 2147483647 ms, not '٣'"),
    ("rcvhwm", "5s", "'s' is no unit of rcvhwm, which is 0 … 2147483647 messages"),
    ("rcvhwm", "-1", "rcvhwm is 0 … 2147483647 messages, not '-1'"),
    (
      "tcp_keepalive_idle", "500ms",
      "'500ms' is no whole number of seconds, which tcp_keepalive_idle is"
        + " counted in"
    ),
    ("heartbeat_ttl", "6553600", "heartbeat_ttl is 0 … 6553599 ms, not '6553600'"),
    ("heartbeat_timeout", "heartbeat_ivl", "heartbeat_timeout is 0 … 2147483647 ms, not 'heartbeat_ivl'"),
    ("tcp_keepalive_cnt", "0", "tcp_keepalive_cnt is -1 or 1 … 127, not '0'"),
    ("tcp_keepalive_idle", "10h", "tcp_keepalive_idle is -1 or 1 … 32767 s, not '10h'"),
    ("tos", "256", "tos is 0 … 255, not '256'"),
    ("tcp_keepalive", "2", "tcp_keepalive is -1 (the system's), 0 (off), 1 (on), not '2'"),
    ("affinity", "-1", "affinity is 0 … 18446744073709551615, not '-1'"),
    ("ipv6", "2", "ipv6 is on or off, not '2'"),
    ("routing_id", "", "routing_id is 1 … 255 bytes long, these are 0"),
    ("plain_username", "a\0b", "plain_username is a text, which holds no zero byte"),
    ("curve_secretkey", "secret", "curve_secretkey is a CURVE key of 40 characters of Z85, these are 6"),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsToldWithoutAnAccident(name: String, text: String, message: String) throws {
    let option = try #require(SocketOption.named(name))
    let error = try #require(throws: OptionError.self) { try option.parse(text) }
    #expect(error.message == message)
    if let instead = error.instead { #expect(throws: Never.self) { try option.parse(instead) } }
  }

  @Test(arguments: [
    ("linger", "-2", "0"), ("linger", "9999999999", "2147483647"), ("linger", "1.5", "1"),
    ("linger", "99999999h", "2147483647"), ("linger", "soon", "500ms"), ("heartbeat_ttl", "2h", "6553599"),
    ("rcvhwm", "5ms", "5"), ("rcvhwm", "many", "1000"), ("tcp_keepalive_cnt", "0", "1"), ("tos", "-4", "0"),
    ("tos", "256", "255"), ("multicast_hops", "0", "1"), ("affinity", "-1", "0"),
    ("immediate", "maybe", "on"),
  ])
  func `a mistake is answered by the value that is next to it`(name: String, text: String, instead: String)
    throws
  {
    let option = try #require(SocketOption.named(name))
    let error = try #require(throws: OptionError.self) { try option.parse(text) }
    #expect(error.instead == instead)
    #expect(throws: Never.self) { try option.parse(instead) }
  }

  @Test(arguments: SocketOption.all, ["-99999999999999", "99999999999999", "x", "5x"])
  func `what is offered in place of a mistake is taken`(option: SocketOption, text: String) {
    do throws(OptionError) {
      _ = try option.parse(text)
    } catch {
      if let instead = error.instead { #expect(throws: Never.self) { try option.parse(instead) } }
    }
  }

  static let shown: [(name: String, value: OptionValue, text: String)] = [
    ("linger", .integer(1000), "1 s"), ("linger", .integer(1500), "1500 ms"), ("linger", .integer(0), "0 ms"),
    ("linger", .integer(-1), "-1 (no limit)"), ("rcvhwm", .integer(1000), "1000 messages"),
    ("rcvhwm", .integer(1), "1 message"), ("rcvhwm", .integer(0), "0 (no limit)"),
    ("sndbuf", .integer(65536), "64 KiB"), ("sndbuf", .integer(3 << 20), "3 MiB"),
    ("sndbuf", .integer(1), "1 byte"), ("sndbuf", .integer(1500), "1500 bytes"),
    ("rate", .integer(100), "100 kbit/s"), ("tcp_keepalive_idle", .integer(5), "5 s"),
    ("ipv6", .integer(1), "on"), ("ipv6", .integer(0), "off"), ("mechanism", .integer(2), "2 (CURVE)"),
    ("type", .integer(3), "3 (req)"), ("affinity", .integer(-1), "18446744073709551615"),
    ("tos", .integer(46), "46"), ("plain_username", .bytes(Array("me".utf8)), "me"),
    ("plain_password", .bytes(Array("secret".utf8)), "set, not shown"),
    ("plain_password", .bytes([]), "not set"),
    ("curve_secretkey", .bytes([UInt8](repeating: 7, count: 32)), "set, not shown"),
    ("curve_publickey", .bytes([UInt8](repeating: 0, count: 32)), "0000000000000000000000000000000000000000"),
  ]

  @Test(arguments: shown)
  func aValueIsShownWithItsUnit(name: String, value: OptionValue, text: String) throws {
    #expect(try #require(SocketOption.named(name)).format(value) == text)
  }

  @Test(arguments: SocketOption.all)
  func noSecretIsShown(option: SocketOption) {
    let isKey = ["secret", "password", "key_pem"].contains { option.name.contains($0) }
    #expect(option.isSecret == isKey)
  }

  @Test func aCurveKeyIsReadInZ85AndInBytes() throws {
    let (publicKey, secretKey) = try CurveKey.pair()
    #expect(try secretKey.publicKey() == publicKey)
    #expect(CurveKey(text: publicKey.text) == publicKey)
    let option = try #require(SocketOption.named("curve_serverkey"))
    #expect(try option.parse(publicKey.text) == .bytes(publicKey.bytes))
    #expect(try option.parse(publicKey.bytes) == .bytes(publicKey.bytes))
    #expect(option.format(.bytes(publicKey.bytes)) == publicKey.text)
    let socket = try Socket(.req, in: try Context())
    try socket.set(option, to: .bytes(publicKey.bytes))
    #expect(try socket.get(option) == .bytes(publicKey.bytes))
    #expect(CurveKey(text: String(repeating: "~", count: 40)) == nil)
    #expect(CurveKey(text: "short") == nil)
    #expect(CurveKey(bytes: [1]) == nil)
  }

  // MARK: the context's

  @Test func contextOptionsAreAsTheTableSays() throws {
    let context = try Context()
    #expect(ContextOption.all.map(\.name) == Set(ContextOption.all.map(\.name)).sorted())
    for option in ContextOption.all {
      #expect(ContextOption.named(option.name) == option)
      if option.access.isReadable {
        #expect(option.range.contains(try context.get(option)), "\(option.name)")
      } else {
        #expect(throws: ZMQError.invalidArgument) { try context.get(option) }
      }
      if option.access == .readWrite {
        let value = try context.get(option)
        try context.set(option, value)
        #expect(try context.get(option) == value)
        #expect(throws: ZMQError.invalidArgument, "\(option.name)") { try context.set(option, -1) }
      } else if option.access == .readOnly {
        #expect(throws: ZMQError.invalidArgument) { try context.set(option, 1) }
      }
    }
    #expect(try context.get(.ioThreads) == 1)
    #expect(throws: ZMQError.invalidArgument) { try context.set(.ioThreads, 1 << 40) }
  }

  @Test func bitsMayBeWrittenInHexadecimalDigits() throws {
    let tos = try #require(SocketOption.named("tos"))
    #expect(try tos.parse("0x10") == .integer(16) && tos.parse("0XfF") == .integer(255))
    for text in ["0x100", "0x", "0xg", "0x-1", "-0x1", "0x1ms"] {
      #expect(throws: OptionError.self, "\(text)") { try tos.parse(text) }
    }
    let affinity = try #require(SocketOption.named("affinity"))
    #expect(try affinity.parse("0xFFFFFFFFFFFFFFFF") == .integer(-1))
    #expect(throws: OptionError.self) { try affinity.parse("0x10000000000000000") }
  }

  @Test func aContextHasAsManySocketsAsItMayHave() throws {
    let context = try Context()
    try context.set(.maxSockets, 1)
    let socket = try Socket(.pair, in: context)
    #expect(throws: ZMQError.tooManySockets) { try Socket(.pair, in: context) }
    socket.close()
  }
}
