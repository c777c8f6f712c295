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
}
