import Synchronization

/// What a proxy and those who watch it share: whether it runs, and what it has moved.
final class ProxyControl: Sendable {
  /// One direction, or the copies for the capture socket.
  struct Way: Sendable {
    let from: String
    let to: String
    var messages = 0
    var bytes = 0
    /// What could not be routed, or had no room in the capture socket.
    var dropped = 0
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
