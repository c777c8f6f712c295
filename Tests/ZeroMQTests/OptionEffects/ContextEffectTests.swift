#if os(Linux)
  import Glibc
  import Testing

  @testable import ZeroMQ

  /// Shows of each option of the context when it counts, as the table says, against libzmq itself.
  @Suite struct ContextEffectTests {
    /// An option, and how it is seen; `nil` where nothing can be.
    struct Row: CustomTestStringConvertible, Sendable {
      let option: ContextOption
      let prove: (@Sendable () throws -> Void)?

      init(_ option: ContextOption, _ prove: (@Sendable () throws -> Void)?) {
        (self.option, self.prove) = (option, prove)
      }

      var testDescription: String { option.name }
    }

    static let rows: [Row] = [
      Row(.blocky) {
        let context = try Context()
        let first = try Socket(.push, in: context)
        try context.set(.blocky, 0)
        let linger = try #require(SocketOption.named("linger"))
        #expect(try first.get(linger) == .integer(-1))
        #expect(try Socket(.push, in: context).get(linger) == .integer(0))
      },
      Row(.ioThreads) {
        try late(.ioThreads, 3, 5) { threads in "\(threads.count)" }
      },
      Row(.ipv6) {
        let context = try Context()
        let first = try Socket(.push, in: context)
        try context.set(.ipv6, 1)
        let option = try #require(SocketOption.named("ipv6"))
        #expect(try first.get(option) == .integer(0))
        #expect(try Socket(.push, in: context).get(option) == .integer(1))
      },
      Row(.maxMessageSize) {
        let context = try Context()
        try context.set(.maxMessageSize, 10)
        let (left, right) = (try Socket.make(.pair, in: context), try Socket.make(.pair, in: context))
        try left.bind("inproc://a")
        try right.connect("inproc://a")
        try left.send([UInt8](repeating: 1, count: 100))
        #expect(try right.receive().size == 100, "it is not looked at")
      },
      Row(.maxSockets) {
        let context = try Context()
        try context.set(.maxSockets, 2)
        let first = try Socket(.pair, in: context)
        try context.set(.maxSockets, 50)
        let second = try Socket(.pair, in: context)
        #expect(throws: ZMQError.tooManySockets) { try Socket(.pair, in: context) }
        withExtendedLifetime((first, second)) {}
      },
      Row(.messageStructSize) {
        let size = try Context().get(.messageStructSize)
        #expect(size == 64)
      },
      Row(.socketLimit) {
        let context = try Context()
        try context.set(.maxSockets, try context.get(.socketLimit))
      },
      Row(.threadAffinityAdd) {
        let own = try processors(of: "self").sorted()
        guard own.count > 1 else { return }
        try late(.threadAffinityAdd, own[0], own[1]) { "\(try processors(of: $0[0]).sorted())" }
      },
      Row(.threadAffinityRemove) {
        let own = try processors(of: "self").sorted()
        guard own.count > 1 else { return }
        try late(
          .threadAffinityRemove, own[0], own[1],
          before: [(.threadAffinityAdd, own[0]), (.threadAffinityAdd, own[1])]
        ) { "\(try processors(of: $0[0]).sorted())" }
      },
      Row(.threadNamePrefix) {
        // The threads are found by it.
        let context = try Context()
        let (first, second) = (prefix(), prefix())
        try context.set(.threadNamePrefix, first)
        let socket = try Socket(.pair, in: context)
        try wait { try threads(first).count == 1 }
        try context.set(.threadNamePrefix, second)
        let other = try Socket(.pair, in: context)
        try other.bind("tcp://127.0.0.1:*")
        #expect(try threads(first).count == 1 && threads(second).isEmpty)
        withExtendedLifetime((socket, other)) {}
      },
      Row(.threadPriority) {
        // Where there are no priorities, any asks for the least nice value of all, which few may have.
        guard (try? Context().set(.threadPriority, 1)) != nil else { return }
        let context = try Context()
        let prefix = Self.prefix()
        try context.set(.threadNamePrefix, prefix)
        try context.set(.threadPriority, 1)
        let socket = try Socket(.pair, in: context)
        try wait { try threads(prefix).count == 1 }
        let thread = try #require(try threads(prefix).first)
        // The nice value is the 19th word, proc(5); the name before it may hold blanks.
        let text = try Folder.text("/proc/self/task/\(thread)/stat")
        let words = text.split(separator: ")").last?.split(separator: " ") ?? []
        #expect(words.dropFirst(16).first == "-20")
        withExtendedLifetime(socket) {}
      },
      Row(.threadSchedulingPolicy) {
        // Batch and idle, which every program may have.
        try late(.threadSchedulingPolicy, 3, 5) { "\(sched_getscheduler(Int32($0[0]) ?? -1))" }
      },
      // How libzmq keeps a message shows nowhere.
      Row(.zeroCopyReceive, nil),
    ]

    @Test func `each option of the context has its row`() {
      #expect(Self.rows.map(\.option) == ContextOption.all)
    }

    @Test(arguments: rows)
    func `an option of the context counts when the table says`(row: Row) throws {
      try row.prove?()
    }

    @Test func `what would end the process is refused before libzmq hears of it`() throws {
      let context = try Context()
      #expect(throws: ZMQError.invalidArgument) { try context.set(.ioThreads, 100_000) }
      #expect(throws: ZMQError.invalidArgument) { try context.set(.threadAffinityAdd, 5000) }
      #expect(throws: ZMQError.invalidArgument) { try context.set(.threadSchedulingPolicy, 4) }
      let absent = (0...1023).first { processor in (try? Self.exists(processor)) == false }
      if let absent {
        #expect(throws: ZMQError.invalidArgument) { try context.set(.threadAffinityAdd, absent) }
      }
      #expect(throws: Never.self) { try Socket(.pair, in: context) }
      // A descriptor that does not listen.
      let socket = try Socket(.pair, in: context)
      try socket.set(try #require(SocketOption.named("use_fd")), to: .integer(0))
      #expect(throws: ZMQError.notASocket) { try socket.bind("tcp://127.0.0.1:*") }
    }

    /// Shows that a value counts before the first socket, and another one not after it.
    ///
    /// - Parameter look: What is seen of the I/O threads, by their numbers.
    private static func late(
      _ option: ContextOption, _ value: Int, _ other: Int, before: [(ContextOption, Int)] = [],
      _ look: @escaping ([String]) throws -> String
    ) throws {
      #expect(option.effect == .firstSocket)
      let plain = try seen(before, look).text
      let (text, context, prefix, socket) = try seen(before + [(option, value)], look)
      #expect(text != plain)
      try context.set(option, other)
      let next = try Socket(.pair, in: context)
      try next.bind("tcp://127.0.0.1:*")
      #expect(try look(threads(prefix)) == text)
      #expect(try seen(before + [(option, other)], look).text != text, "the other one would be seen")
      withExtendedLifetime((socket, next)) {}
    }

    private static func seen(
      _ options: [(ContextOption, Int)], _ look: ([String]) throws -> String
    ) throws -> (text: String, Context, prefix: Int, Socket) {
      let context = try Context()
      let prefix = Self.prefix()
      try context.set(.threadNamePrefix, prefix)
      for (option, value) in options { try context.set(option, value) }
      let socket = try Socket(.pair, in: context)
      let count = try context.get(.ioThreads)
      // A thread takes its name when it first runs, after all else.
      try wait { try threads(prefix).count == count }
      return (try look(threads(prefix)), context, prefix, socket)
    }

    /// A number that no other context of this process has, short enough for the name of a thread.
    private static func prefix() -> Int { 100_000 + Unique.number() }

    /// The I/O threads whose names begin with a number, in the order of theirs.
    private static func threads(_ prefix: Int) throws -> [String] {
      try Folder.names("/proc/self/task").filter { thread in
        // It may have ended by now.
        (try? Folder.text("/proc/self/task/\(thread)/comm"))?.hasPrefix("\(prefix)/ZMQbg/IO") ?? false
      }.sorted()
    }

    /// The processors that a thread may run on, from `Cpus_allowed_list: 0-2,5` of proc(5).
    private static func processors(of thread: String) throws -> [Int] {
      let path = thread == "self" ? "/proc/self/status" : "/proc/self/task/\(thread)/status"
      let lines = try Folder.text(path).split(separator: "\n")
      let line = try #require(lines.first { $0.hasPrefix("Cpus_allowed_list:") })
      return line.split(separator: "\t").last.map { list in
        list.split(separator: ",").flatMap { part -> [Int] in
          let ends = part.split(separator: "-").compactMap { Int($0) }
          return ends.count == 2 ? Array(ends[0]...ends[1]) : ends
        }
      } ?? []
    }

    private static func exists(_ processor: Int) throws -> Bool {
      try Folder.names("/sys/devices/system/cpu").contains("cpu\(processor)")
    }
  }
#endif
