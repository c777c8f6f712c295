import ZeroMQ

/// How a socket is made: with the defaults of ours.
extension NamedSocket {
  /// What makes an XPUB, as which a PUB is made, tell that a subscriber is behind.
  static let refusingOption = SocketOption.named("xpub_nodrop")

  /// Makes libzmq's socket.
  ///
  /// - Parameter conflates: Whether it keeps the last message alone, which a PUB does and an XPUB does not.
  static func open(_ type: SocketType, conflates: Bool = false, in context: Context)
    throws(ZMQError) -> Socket
  {
    // An XPUB speaks as a PUB does, and tells its subscriptions.
    let socket = try Socket(type == .pub && !conflates ? .xpub : type, in: context)
    if socket.type == .xpub, type == .pub, let verbose = SocketOption.named("xpub_verboser") {
      try socket.set(verbose, to: .integer(1))
    }
    if type == .pub || type == .xpub, let refusingOption { try socket.set(refusingOption, to: .integer(1)) }
    let lingers = (try? context.get(.blocky)) != 0
    for (name, value) in defaults(for: type) where lingers || name != "linger" {
      if let option = SocketOption.named(name) { try socket.set(option, to: .integer(value)) }
    }
    return socket
  }

  /// Where a default of ours differs from libzmq's.
  ///
  /// These are the ones that a user is shown; a PUB is an XPUB that tells of every subscription, besides.
  static func defaults(for type: SocketType) -> [(name: String, value: Int64)] {
    // libzmq lingers for ever: a program that talked to nobody would never end. And it takes frames of any size: a peer
    // could fill the memory with one. 64 MiB is more than a person or a test sends, and less than any machine has.
    let common: [(name: String, value: Int64)] = [("linger", 1000), ("maxmsgsize", 64 << 20)]
    switch type {
    case .router: return common + [("router_mandatory", 1)]
    // What comes to these is subscriptions, which libzmq goes on taking while more of them are there: between a thousand
    // and the next, nobody could see that they take all memory.
    case .pub, .xpub: return common + [("rcvhwm", 10)]
    default: return common
    }
  }
}
