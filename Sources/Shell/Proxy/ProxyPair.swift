import Script
import ZeroMQ

/// Pairs of types that zmq_proxy(3) joins without a word, and between which nothing sensible can pass.
enum ProxyPair {
  /// Why two sockets cannot be joined; nil where they can.
  static func obstacle(_ front: SocketType, _ back: SocketType) -> String? {
    obstacles.first { row in
      row.one.contains(front) && row.other.contains(back)
        || row.one.contains(back) && row.other.contains(front)
    }?.reason
  }

  private static let obstacles: [(one: Set<SocketType>, other: Set<SocketType>, reason: String)] = [
    (
      [.router, .stream], [.router, .stream],
      "a message of either begins with the routing id of a peer, which the other does not know"
    ),
    ([.rep], [.router, .stream], "a REP takes the envelope off, by which the other finds its peer"),
    ([.rep], [.rep], "both wait for a request, and neither sends one"),
    ([.req], [.req], "both wait for a request to send, and none comes from either"),
    ([.xsub], [.sub, .xsub], "both take from publishers, and neither gives to subscribers"),
    ([.xpub], [.pub, .xpub], "both give to subscribers, and neither takes from publishers"),
  ]

  /// That nothing can come to a socket that is to be joined: it has subscribed to nothing, and nobody behind the other
  /// one can.
  static func silence(_ sockets: [NamedSocket], at places: [Place]) -> Diagnostic? {
    for (from, to) in [(0, 1), (1, 0)] {
      let (source, destination) = (sockets[from], sockets[to])
      guard [.sub, .xsub].contains(source.type), destination.type.canSend, source.subscriptions.isEmpty,
        !source.type.canSend || !destination.type.canReceive
      else { continue }
      return Diagnostic(
        .warning, "'\(source.name)' has subscribed to nothing, so nothing comes to '\(destination.name)'",
        at: places[from],
        help: [
          "`\(source.name) subscribe ''` for all messages; an XSUB and an XPUB hand on what subscribers ask for"
        ])
    }
    return nil
  }
}
