import ZeroMQ

/// Which events of connections a person is told.
struct ToldEvents: Equatable, CustomStringConvertible {
  /// What can happen to a connection, for people.
  enum Happening: String, CaseIterable {
    /// A peer is there.
    case connected
    /// A peer has gone.
    case disconnected
    /// A connection ended before the handshake was done.
    case refused
    /// Nobody listens: told once, until somebody does.
    case retried
  }

  var happenings: Set<Happening> = []
  /// Whether everything that the monitor says is told, each time, in libzmq's words.
  var isEvery = false

  static let standard = ToldEvents(happenings: Set(Happening.allCases))
  static let every = ToldEvents(isEvery: true)
  static let none = ToldEvents()

  var description: String {
    if isEvery { return "all" }
    if self == .standard { return "default" }
    return happenings.isEmpty
      ? "off" : Happening.allCases.filter(happenings.contains).map(\.rawValue).joined(separator: " ")
  }
}

extension ConnectionTable.Change {
  /// What it is for people.
  var happening: ToldEvents.Happening {
    switch self {
    case .connected: .connected
    case .lost: .disconnected
    case .refused: .refused
    case .retried: .retried
    }
  }
}
