import Synchronization

/// What a proxy and those who watch it share: whether it runs, and what it has moved.
final class ProxyControl: Sendable {
  /// What a socket lacks that takes nothing.
  enum Stall: Sendable { case noPeer, full }

  /// One direction, or the copies for the capture socket.
  struct Way: Sendable {
    let from: String
    let to: String
    var messages = 0
    var bytes = 0
    /// What could not be routed, or had no room in the capture socket.
    var dropped = 0
    /// Why a message waits that its destination does not take now; nil where none does.
    var stall: Stall?

    /// What went this way, in words.
    var summary: String {
      let lost = dropped > 0 ? " (\(dropped) dropped)" : ""
      return "\(messages) message\(messages == 1 ? "" : "s") from '\(from)' to '\(to)'\(lost)"
    }
  }

  private struct State {
    var isPaused = false
    var isWatched = false
    var ways: [Way]
  }

  let name: String
  private let state: Mutex<State>

  init(name: String, ways: [Way]) {
    self.name = name
    state = Mutex(State(ways: ways))
  }

  var isPaused: Bool { state.withLock { $0.isPaused } }
  var ways: [Way] { state.withLock { $0.ways } }

  /// Why messages wait, in words.
  var stalls: [String] {
    ways.compactMap { way in
      switch way.stall {
      case .noPeer: "messages from '\(way.from)' wait: '\(way.to)' has no peer"
      case .full: "messages from '\(way.from)' wait: '\(way.to)' takes none now, its peers are behind"
      case nil: nil
      }
    }
  }

  /// Between which sockets it moves messages, in words.
  var route: String {
    let ways = ways
    guard let first = ways.first else { return "" }
    let isBothWays = ways.contains { $0.from == first.to && $0.to == first.from }
    return isBothWays ? "between '\(first.from)' and '\(first.to)'" : "from '\(first.from)' to '\(first.to)'"
  }

  /// What it moved, in words.
  var summary: String { ways.map(\.summary).joined(separator: ", ") }

  func setPaused(_ isPaused: Bool) { state.withLock { $0.isPaused = isPaused } }
  func setWatched(_ isWatched: Bool) { state.withLock { $0.isWatched = isWatched } }

  /// Does one turn of the proxy, unless it is paused. Who pauses it meanwhile waits for the end of the turn, so that
  /// nothing passes once it is paused.
  ///
  /// - Parameters:
  ///   - body: Moves messages, given whether it is watched, and returns what was moved so far and whether there is no
  ///     more to move now.
  /// - Returns: Whether there is no more to move now; nil where the proxy is paused.
  func turn(_ body: (Bool) throws(Failure) -> (ways: [Way], isIdle: Bool)) throws(Failure) -> Bool? {
    try state.withLock { state throws(Failure) in
      if state.isPaused { return nil }
      let (ways, isIdle) = try body(state.isWatched)
      state.ways = ways
      return isIdle
    }
  }
}

/// The proxies of the program that run now, in all its sessions.
final class ProxyTable: Sendable {
  private let proxies = Mutex<[String: ProxyControl]>([:])

  var all: [ProxyControl] { proxies.withLock { $0.values.sorted { $0.name < $1.name } } }
  subscript(name: String) -> ProxyControl? { proxies.withLock { $0[name] } }
  func add(_ proxy: ProxyControl) { proxies.withLock { $0[proxy.name] = proxy } }
  func remove(_ proxy: ProxyControl) {
    proxies.withLock { if $0[proxy.name] === proxy { $0[proxy.name] = nil } }
  }
}
