import Synchronization
import ZeroMQ

/// Which `inproc` endpoints the sockets of this program are bound and connected to.
///
/// libzmq tells nothing of these connections, but both ends of each are ours, in one session or another.
final class InprocRegistry: Sendable {
  private struct Uses {
    var binds = 0
    var connects = 0
  }

  private let uses = Mutex<[String: Uses]>([:])

  /// Notes that a socket was attached to an endpoint (1), or is no more (-1).
  func note(_ role: Endpoint.Role, _ endpoint: String, by change: Int) {
    uses.withLock { uses in
      var entry = uses[endpoint] ?? Uses()
      switch role {
      case .bind: entry.binds += change
      case .connect: entry.connects += change
      }
      uses[endpoint] = entry.binds == 0 && entry.connects == 0 ? nil : entry
    }
  }

  /// How many peers a socket has through an endpoint that it is attached to in this role.
  func peerCount(_ role: Endpoint.Role, _ endpoint: String) -> Int {
    uses.withLock { uses in
      guard let entry = uses[endpoint] else { return 0 }
      return role == .bind ? entry.connects : entry.binds
    }
  }
}
