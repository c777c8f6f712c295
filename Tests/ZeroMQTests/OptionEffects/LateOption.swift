#if os(Linux)
  import Testing

  @testable import ZeroMQ

  /// An option that counts from the next bind or connect on, and how that is seen.
  struct LateOption: CustomTestStringConvertible, Sendable {
    let name: String
    /// The value that is set too late.
    let value: OptionValue
    var type = SocketType.dealer
    var sides: [OptionBench.Side] = [.bind, .connect]
    /// What is bound to; an abstract name of the test's own where it is `nil`.
    var endpoint: String? = "tcp://127.0.0.1:*"
    var ioThreads = 1
    /// What is set beforehand, so that the option shows.
    var before: [(name: String, value: OptionValue)] = []
    /// What is seen once it counts; `nil` where only that it is another.
    var after: String?
    /// Whether the system keeps it, so that a connection that is there can be looked at twice.
    var isOfSystem = false
    /// What is to be seen of a connection.
    let look: @Sendable (OptionBench.Link) throws -> String

    var testDescription: String { name }

    /// Sets it after a bind and after a connect: what is attached already stays as it was, also for its next
    /// connection, and what is attached next is as it should be.
    func prove() throws {
      let option = try #require(SocketOption.named(name))
      #expect(option.effect == .nextConnection)
      for side in sides {
        let bench = try OptionBench(type, ioThreads: ioThreads, before: before)
        let old = try bench.attach(side, at: endpoint ?? Unique.ipc())
        var link: OptionBench.Link? = try bench.link(at: old)
        let first = try look(try #require(link))
        try bench.set(name, value)
        if isOfSystem {
          #expect(try look(try #require(link)) == first, "\(side): the connection that is there")
        }
        link = nil
        #expect(try look(try bench.link(at: old)) == first, "\(side): the next connection of what is there")
        let last = try look(try bench.link(at: try bench.attach(side, at: endpoint ?? Unique.ipc())))
        #expect(last != first, "\(side): the next one")
        if let after { #expect(last == after, "\(side): the next one") }
      }
    }
  }
#endif
