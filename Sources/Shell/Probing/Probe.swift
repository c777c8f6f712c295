import Synchronization
import ZMTP
import ZeroMQ

/// Finds out what listens at an endpoint, without libzmq: it takes part in no conversation, and the peer sees a
/// connection that ends before the handshake.
///
/// A thread of its own does it, because names are looked up in a call that nothing can stop.
final class Probe: Sendable {
  /// What was found out about an endpoint.
  struct Finding: Sendable {
    /// The address that was asked, as numbers; nil of ipc, and of a name that cannot be resolved.
    var address: String?
    /// Whether IPv4 had no answer and IPv6 had.
    var needsIPv6 = false
    var answer: Answer
    /// From the start of the connection to the answer.
    var elapsed = Duration.zero
  }

  enum Answer: Sendable {
    /// Something answered; the version where it speaks ZMTP.
    case peer(PeerReading, version: String?)
    /// The connection was made, and nothing was said.
    case silent
    /// The connection was made, and closed by the peer before it said anything.
    case closed
    /// There is no connection.
    case failed(ZMQError)
    /// Nobody answered.
    case unanswered
    /// The name has no address, and why.
    case unresolved(String)
  }

  let endpoint: Endpoint
  private let result: Result

  private final class Result: Sendable {
    let finding = Mutex<Finding?>(nil)
  }

  /// Begins to ask.
  ///
  /// - Parameter limit: How long the peer may take to answer.
  /// - Throws: The error of pthread_create(3), such as `EAGAIN`.
  init(_ endpoint: Endpoint, within limit: Duration) throws(ZMQError) {
    self.endpoint = endpoint
    let result = Result()
    self.result = result
    // A resolver's modules want some of the stack.
    let thread = try WorkerThread(stackSize: 512 << 10) {
      let finding = Self.find(endpoint, within: limit)
      result.finding.withLock { $0 = finding }
    }
    // Nobody waits for it: the user may have lost patience with a name that is still being looked up.
    thread.detach()
  }

  /// What was found out; nil while it is under way.
  var finding: Finding? { result.finding.withLock { $0 } }

  private static func find(_ endpoint: Endpoint, within limit: Duration) -> Finding {
    guard let host = endpoint.host, let port = endpoint.port else {
      return ask(until: .now + limit) { RawConnection(ipc: endpoint) }
    }
    let (addresses, failure) = HostAddresses.find(host)
    guard !addresses.isEmpty else {
      return Finding(answer: .unresolved(failure ?? "it has no address"))
    }
    let end = Instant.now + limit
    var first: Finding?
    for (index, address) in addresses.enumerated() {
      // An address that does not answer leaves time for the others.
      let share = (end - .now) / (addresses.count - index)
      var finding = ask(until: .now + share) { RawConnection(host: address, port: port) }
      finding.address = address
      if case .failed = finding.answer {
      } else if case .unanswered = finding.answer {
      } else {
        finding.needsIPv6 = address.contains(":") && addresses.contains { !$0.contains(":") }
        return finding
      }
      first = first ?? finding
    }
    return first ?? Finding(answer: .unanswered)
  }

  private static func ask(until limit: Instant, _ connect: () -> RawConnection?) -> Finding {
    let start = Instant.now
    // The rest of the time is for those who wait for the end of a line.
    let patience = (limit - start) / 4 * 3
    var version: String?
    guard let connection = connect() else { return Finding(answer: .failed(.nameTooLong)) }
    let answer = connection.ask(
      PeerReading.questions, until: start + patience,
      { bytes in
        version = Greeting(bytes)?.versionText ?? version
        return PeerReading.read(bytes)
      }, readUnfinished: PeerReading.readUnfinished,
      toTheSilent: (PeerReading.lineEnds, limit - start - patience))
    let elapsed = start.elapsed
    switch answer {
    case .reading(let reading): return Finding(answer: .peer(reading, version: version), elapsed: elapsed)
    case .failed(let error): return Finding(answer: .failed(error), elapsed: elapsed)
    case .unanswered: return Finding(answer: .unanswered, elapsed: elapsed)
    case .closed: return Finding(answer: .closed, elapsed: elapsed)
    case .silent: return Finding(answer: .silent, elapsed: elapsed)
    }
  }
}
