import Synchronization

/// The connections that this program made to find out what listens: its own sockets, also those of tasks, see a client that
/// leaves before the handshake, and need not tell of it.
enum OwnProbes {
  private static let made = Mutex<[(place: String, at: Instant)]>([])
  /// So long it takes at most until the socket is told of it.
  private static let memory = Duration.seconds(5)

  /// Notes a connection to a tcp port, as `:5546`, or to the address of an ipc endpoint.
  static func note(_ place: String) {
    made.withLock { made in
      made.removeAll { $0.at.elapsed > memory }
      made.append((place, .now))
    }
  }

  /// Whether a client that left a bound endpoint was one of these; each counts once.
  static func take(at endpoint: String) -> Bool {
    made.withLock { made in
      guard let index = made.firstIndex(where: { endpoint.hasSuffix($0.place) && $0.at.elapsed <= memory })
      else { return false }
      made.remove(at: index)
      return true
    }
  }
}
