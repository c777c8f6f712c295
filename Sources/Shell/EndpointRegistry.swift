import Synchronization
import ZeroMQ

/// Which endpoints the sockets of this program are bound and connected to, in all its sessions.
///
/// libzmq tells nothing of `inproc` connections, but both ends of each are ours. A connection lasts as long as the
/// bind that it was made to: when that socket is closed, the peers' connections are gone and do not come back.
final class EndpointRegistry: Sendable {
  /// An attachment's place in the registry.
  struct Token: Hashable, Sendable {
    fileprivate let number: Int
  }

  private struct Entry {
    /// The bind that is in force.
    var bind: Token?
    /// The connects, each with the bind that it belongs to, nil for one that waits for its bind.
    var connects: [Token: Token?] = [:]
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var lastNumber = 0
  }

  private let state = Mutex(State())

  func attach(_ role: Endpoint.Role, _ endpoint: String) -> Token {
    state.withLock { state in
      state.lastNumber += 1
      let token = Token(number: state.lastNumber)
      var entry = state.entries[endpoint] ?? Entry()
      switch role {
      case .bind:
        entry.bind = token
        for (connect, bind) in entry.connects where bind == nil { entry.connects[connect] = .some(token) }
      case .connect: entry.connects[token] = .some(entry.bind)
      }
      state.entries[endpoint] = entry
      return token
    }
  }

  func detach(_ token: Token, from endpoint: String) {
    state.withLock { state in
      guard var entry = state.entries[endpoint] else { return }
      if entry.bind == token { entry.bind = nil }
      entry.connects[token] = nil
      state.entries[endpoint] = entry.bind == nil && entry.connects.isEmpty ? nil : entry
    }
  }

  /// How many peers an `inproc` attachment has.
  func peerCount(of token: Token, at endpoint: String) -> Int {
    state.withLock { state in
      guard let entry = state.entries[endpoint] else { return 0 }
      if entry.bind == token { return entry.connects.values.count { $0 == token } }
      guard let bind = entry.connects[token] ?? nil else { return 0 }
      return bind == entry.bind ? 1 : 0
    }
  }

  /// Whether a socket of this program is bound to an endpoint.
  func isBound(_ endpoint: String) -> Bool { state.withLock { $0.entries[endpoint]?.bind != nil } }
}
