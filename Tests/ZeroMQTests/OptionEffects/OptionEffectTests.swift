#if os(Linux)
  import Testing
  import ZeroMQ

  /// Shows of each option when it counts, as the table says, against libzmq itself.
  @Suite struct OptionEffectTests {
    @Test func `each option is shown to count when the table says, or it is said why that cannot be seen`() {
      #expect(OptionEffect.all.map(\.name).sorted() == SocketOption.all.map(\.name))
      for effect in OptionEffect.all {
        #expect((effect.prove == nil) == !effect.reason.isEmpty, "\(effect.name)")
      }
    }

    @Test(arguments: OptionEffect.all.filter { OptionEffect.named($0.name).isAvailable && $0.prove != nil })
    func `an option counts when the table says`(effect: OptionEffect) throws {
      try effect.prove?()
    }

    @Test(arguments: OptionEffect.all.filter { !OptionEffect.named($0.name).isAvailable })
    func `an option that the library lacks is refused`(effect: OptionEffect) throws {
      let option = OptionEffect.named(effect.name)
      let socket = try Socket.make(try #require(option.types.first), in: try Context())
      if option.access.isReadable {
        #expect(throws: ZMQError.invalidArgument) { try socket.get(option) }
      } else {
        #expect(throws: ZMQError.invalidArgument) { try socket.set(option, to: .integer(1)) }
      }
    }
  }
#endif
