import Testing
import ZeroMQ

@Suite struct SocketTypeTests {
  @Test func thereAreTheTwelveStableTypes() {
    #expect(SocketType.allCases.map(\.rawValue) == Array(0...11))
  }

  @Test(arguments: SocketType.allCases)
  func aTypeIsFoundByItsName(type: SocketType) {
    #expect(SocketType(name: type.name) == type)
    #expect(SocketType(name: type.name.uppercased()) == type)
    #expect(SocketType(name: "ZMQ_" + type.name.uppercased()) == type)
  }

  @Test(arguments: ["", "server", "client", "radio", "dish", "channel", "peer", "reqq"])
  func draftTypesAndNonsenseAreNone(name: String) {
    #expect(SocketType(name: name) == nil)
  }

  @Test(arguments: SocketType.allCases)
  func peersAreMutual(type: SocketType) {
    for peer in type.peers {
      #expect(peer.peers.contains(type))
    }
  }

  @Test(arguments: SocketType.allCases)
  func whatATypeCannotDoIsNotSupported(type: SocketType) throws {
    let socket = try Socket.make(type, in: try Context())
    if !type.canSend {
      #expect(throws: ZMQError.notSupported) { try socket.send([1], wait: false) }
    }
    if !type.canReceive {
      #expect(throws: ZMQError.notSupported) { try socket.receive(wait: false) }
    } else {
      #expect(throws: type == .rep || type != .req ? ZMQError.again : .wrongState) {
        try socket.receive(wait: false)
      }
    }
  }

  @Test(arguments: SocketType.allCases, SocketType.allCases)
  func libzmqAgreesOnWhoMayBePeers(one: SocketType, other: SocketType) throws {
    guard one != .stream, other != .stream else {
      return
    }
    let context = try Context()
    let (server, client) = (try Socket.make(one, in: context), try Socket.make(other, in: context))
    let monitor = try SocketMonitor(server, in: context)
    try server.bind("tcp://127.0.0.1:*")
    try client.connect(try server.lastEndpoint)
    if one.peers.contains(other) {
      _ = try monitor.events(until: .handshakeSucceeded)
    } else {
      let events = try monitor.events(until: .disconnected)
      #expect(!events.contains { $0.kind == .handshakeSucceeded })
    }
  }
}
