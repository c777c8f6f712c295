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

  /// A socket that is attached.
  struct Peer: Sendable {
    let name: String
    let type: SocketType
    /// The routing id that it was given; empty for none.
    let routingID: [UInt8]
    /// When it was attached; of a peer, when both were.
    var since = Instant.now
    /// How many peers it has had over `inproc`.
    fileprivate(set) var metCount = 0
  }

  private struct Entry {
    /// Whose the attachments are.
    var peers: [Token: Peer] = [:]
    /// The bind that is in force.
    var bind: Token?
    /// The connects, each with the bind that it belongs to, nil for one that waits for its bind.
    var connects: [Token: Token?] = [:]

    mutating func noteMeeting(_ connect: Token, _ bind: Token) {
      peers[connect]?.metCount += 1
      peers[bind]?.metCount += 1
    }

    func peers(of token: Token) -> [Token] {
      if bind == token { return connects.filter { $0.value == token }.map(\.key) }
      guard let bind = connects[token] ?? nil, bind == self.bind else { return [] }
      return [bind]
    }
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var lastNumber = 0
  }

  private let state = Mutex(State())

  func attach(_ role: Endpoint.Role, _ endpoint: String, _ peer: Peer) -> Token {
    state.withLock { state in
      state.lastNumber += 1
      let token = Token(number: state.lastNumber)
      var entry = state.entries[endpoint] ?? Entry()
      entry.peers[token] = peer
      switch role {
      case .bind:
        entry.bind = token
        for (connect, bind) in entry.connects where bind == nil {
          entry.connects[connect] = .some(token)
          entry.noteMeeting(connect, token)
        }
      case .connect:
        entry.connects[token] = .some(entry.bind)
        if let bind = entry.bind { entry.noteMeeting(token, bind) }
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
      entry.peers[token] = nil
      state.entries[endpoint] = entry.bind == nil && entry.connects.isEmpty ? nil : entry
    }
  }

  /// How many peers an `inproc` attachment has.
  func peerCount(of token: Token, at endpoint: String) -> Int {
    state.withLock { $0.entries[endpoint]?.peers(of: token).count ?? 0 }
  }

  /// The peers of an `inproc` attachment, in the order in which they came.
  func peers(of token: Token, at endpoint: String) -> [Peer] {
    state.withLock { state in
      guard let entry = state.entries[endpoint] else { return [] }
      let since = entry.peers[token]?.since ?? .past
      return entry.peers(of: token).sorted { $0.number < $1.number }.compactMap { peer in
        guard var peer = entry.peers[peer] else { return nil }
        peer.since = max(peer.since, since)
        return peer
      }
    }
  }

  /// How many peers an `inproc` attachment has had.
  func metCount(of token: Token, at endpoint: String) -> Int {
    state.withLock { $0.entries[endpoint]?.peers[token]?.metCount ?? 0 }
  }

  /// The other sockets of this program that are attached to an endpoint in the same way.
  func companions(of token: Token, at endpoint: String) -> [Peer] {
    state.withLock { state in
      guard let entry = state.entries[endpoint], entry.connects[token] != nil else { return [] }
      return entry.connects.keys.filter { $0 != token }.sorted { $0.number < $1.number }
        .compactMap { entry.peers[$0] }
    }
  }

  /// The socket of this program that is bound to an endpoint.
  func binder(of endpoint: String) -> Peer? {
    state.withLock { state in
      guard let entry = state.entries[endpoint], let bind = entry.bind else { return nil }
      return entry.peers[bind]
    }
  }

  /// Whether a socket of this program is bound to an endpoint.
  func isBound(_ endpoint: String) -> Bool { state.withLock { $0.entries[endpoint]?.bind != nil } }
}
