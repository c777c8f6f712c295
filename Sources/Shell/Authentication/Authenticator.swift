import Synchronization
import ZeroMQ

/// The ZAP handler of the program: libzmq asks it before a peer is let in, and it decides by the ``AuthPolicy``.
///
/// It is shared by all sessions. The task `auth` answers the requests; what it may let in is set by the others.
///
/// Source: RFC 27.
final class Authenticator: Sendable {
  /// Where libzmq asks.
  static let endpoint = "inproc://zeromq.zap.01"
  /// The name of the task that answers.
  static let taskName = "auth"
  /// The domain that sockets without one are given, so that libzmq asks for NULL peers too.
  static let defaultDomain = "global"
  /// How many verdicts are kept for `auth log` and for `wait auth`; older ones are only counted.
  static let mostVerdicts = 1000
  /// How many verdicts are told in a second at most: a hostile peer may try a thousand times.
  static let mostTold = 20

  private struct State {
    var policy = AuthPolicy()
    var isRunning = false
    /// Whether each verdict is told; nil where the kind of session decides.
    var tells: Bool?
    var counts = (allowed: 0, denied: 0)
    /// Those that no `wait auth` has taken, oldest first.
    var verdicts: [AuthVerdict] = []
    /// The newest, oldest first.
    var log: [AuthVerdict] = []
    var lastRefused: AuthVerdict?
    var told = 0
    var untold = 0
    var second = Instant.past
  }

  private let state = Mutex(State())

  var isRunning: Bool { state.withLock { $0.isRunning } }
  var policy: AuthPolicy { state.withLock { $0.policy } }
  /// How many peers were let in and refused.
  var counts: (allowed: Int, denied: Int) { state.withLock { $0.counts } }
  var tells: Bool? { state.withLock { $0.tells } }
  /// The newest verdicts, oldest first.
  var log: [AuthVerdict] { state.withLock { $0.log } }

  var lastRefused: AuthVerdict? { state.withLock { $0.lastRefused } }

  func change(_ body: (inout AuthPolicy) -> Void) { state.withLock { body(&$0.policy) } }
  func setTells(_ tells: Bool) { state.withLock { $0.tells = tells } }

  /// Takes the oldest verdict of a kind that nobody has taken.
  func takeVerdict(isAllowed: Bool) -> AuthVerdict? {
    state.withLock { state in
      guard let index = state.verdicts.firstIndex(where: { $0.isAllowed == isAllowed }) else { return nil }
      return state.verdicts.remove(at: index)
    }
  }

  func didBind() { state.withLock { $0.isRunning = true } }

  /// Forgets everything: what the next `auth` begins with.
  func reset() { state.withLock { $0 = State() } }

  /// Decides on a request, and says what is to be told of it.
  func decide(on request: AuthRequest) -> (verdict: AuthVerdict, told: [String]) {
    state.withLock { state in
      let verdict = state.policy.verdict(on: request)
      if verdict.isAllowed {
        state.counts.allowed += 1
      } else {
        state.counts.denied += 1
        state.lastRefused = verdict
      }
      if state.verdicts.count == Self.mostVerdicts { state.verdicts.removeFirst() }
      state.verdicts.append(verdict)
      if state.log.count == Self.mostVerdicts { state.log.removeFirst() }
      state.log.append(verdict)
      guard state.tells == true else { return (verdict, []) }
      let told = Self.takeUntold(&state, at: .now)
      state.told += 1
      if state.told > Self.mostTold { state.untold += 1 }
      return (verdict, told + (state.told > Self.mostTold ? [] : [verdict.text]))
    }
  }

  /// When there is something to tell of verdicts that were too many to be told each; never where there is none.
  var due: Instant { state.withLock { $0.untold > 0 ? $0.second + .seconds(1) : .never } }

  /// What is to be told of verdicts that were too many.
  func takeUntold() -> [String] { state.withLock { Self.takeUntold(&$0, at: .now) } }

  private static func takeUntold(_ state: inout State, at now: Instant) -> [String] {
    guard now - state.second >= .seconds(1) else { return [] }
    let untold = state.untold
    state.second = now
    state.told = 0
    state.untold = 0
    return untold > 0 ? ["auth answered \(untold) more requests: `auth log` has the newest"] : []
  }
}
