import Script
import ZeroMQ

/// `probe ENDPOINT... [as NAME]`
struct ProbeCommand: Command {
  static let usage = Usage(
    "probe", ["probe ENDPOINT... [as NAME]"],
    "ask what listens at endpoints: socket type, version, security, program",
    details: """
      No socket is needed and no message is sent: the greeting tells, and what is no ZeroMQ is told as what it is. \
      It fails where no peer of ZeroMQ answers within 2 s, or within the `within` around it, and says why. \
      `probe 5546 as peer` prints nothing: `$peer[0]` is the socket type (empty where security hides it), `$peer[1]` \
      the mechanism, `$peer[2]` the version of ZMTP.
      """,
    example: "probe 5546", takes: [.some(.endpoint(.connect))], keeps: .variable)

  /// How long a peer may take: it answers at once, and a lost packet is sent again after a second.
  private static let patience = Duration.seconds(2)
  /// So many are asked at a time, each by a thread.
  private static let mostAtATime = 32

  private let endpoints: [EndpointWord]
  private let slot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var endpoints: [EndpointWord] = []
    var slot: Int?
    while !arguments.isEmpty {
      if arguments.take("as") {
        slot = try arguments.nextVariable()
        break
      }
      endpoints.append(try EndpointWord(arguments.next("an endpoint"), role: .connect, arguments))
    }
    if endpoints.isEmpty {
      throw arguments.error(
        "'probe' needs an endpoint", at: arguments.head.span, label: "an endpoint stands after this",
        help: [
          "`probe 5546` asks a port of this machine, `probe host:5546` one of another, `probe ./name` a file"
        ])
    }
    if slot != nil, endpoints.count > 1 {
      throw arguments.error(
        "'as' keeps what one endpoint says", at: arguments.head.span, help: ["one `probe` for each"])
    }
    self.endpoints = endpoints
    self.slot = slot
  }

  func run(in session: Session) throws(Failure) {
    var asked: [(endpoint: Endpoint, place: Place)] = []
    for word in endpoints {
      for endpoint in try word.endpoints(in: session) {
        guard ["tcp", "ipc"].contains(endpoint.transport) else {
          throw Self.unreachable(endpoint, word.place)
        }
        asked.append((endpoint, word.place))
      }
    }
    let deadline = session.deadline
    let limit = deadline.isExplicit ? max(.zero, deadline.instant - .now) : Self.patience
    let told = deadline.isExplicit ? deadline.length : limit
    var failures: [Failure] = []
    var rest = asked[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.mostAtATime)
      rest = rest.dropFirst(part.count)
      for (probe, place) in zip(
        try finish(part.map(\.endpoint), within: limit, in: session), part.map(\.place))
      {
        if let failure = try tell(probe, at: place, within: told, isAlone: asked.count == 1, in: session) {
          failures.append(failure)
        }
      }
    }
    guard let first = failures.first else { return }
    if asked.count == 1 { throw first }
    throw Failure(
      first.kind,
      Diagnostic(
        .error, "\(failures.count) of \(asked.count) endpoints have no peer of ZeroMQ",
        at: first.diagnostic.place))
  }

  /// Asks some endpoints side by side.
  private func finish(_ endpoints: [Endpoint], within limit: Duration, in session: Session) throws(Failure)
    -> [Probe]
  {
    var probes: [Probe] = []
    do {
      for endpoint in endpoints { probes.append(try Probe(endpoint, within: limit)) }
    } catch {
      throw Failure(.zmq(error), "cannot start a thread: \(error) (\(error.name))")
    }
    // A name that is being looked up is waited for; Ctrl-C ends that.
    _ = try session.wait(until: .none, pause: .milliseconds(1)) { probes.allSatisfy { $0.finding != nil } }
    return probes
  }

  /// Says what was found.
  ///
  /// - Returns: The failure where it is no peer of ZeroMQ.
  private func tell(
    _ probe: Probe, at place: Place, within limit: Duration, isAlone: Bool, in session: Session
  )
    throws(Failure) -> Failure?
  {
    guard let finding = probe.finding else { return nil }
    let endpoint = DisplayText.safe(probe.endpoint.description)
    if let peer = Diagnosis.peer(finding, at: probe.endpoint, in: session) {
      if let slot {
        session.frame.values[slot] = .list(finding.words.map { .text($0) })
        return nil
      }
      try session.output.writeLine("\(endpoint): \(peer)")
      if session.isInteractive {
        for line in Diagnosis.talking(to: finding, at: probe.endpoint) { session.note(line) }
      }
      return nil
    }
    let (kind, reason, help) = Diagnosis.noPeer(finding, at: probe.endpoint, within: limit, in: session)
    if !isAlone { try session.output.writeLine("\(endpoint): \(reason)") }
    return Failure(
      kind,
      Diagnostic(.error, "no peer of ZeroMQ answers at \(endpoint)", at: place, label: reason, help: help))
  }

  private static func unreachable(_ endpoint: Endpoint, _ place: Place) -> Failure {
    let help =
      endpoint.transport == "inproc"
      ? "`sockets` and `tasks` list what this program has bound" : "only tcp and ipc can be probed"
    return Failure(
      .zmq(.protocolNotSupported),
      Diagnostic(.error, "nobody can be asked over \(endpoint.transport)", at: place, help: [help]))
  }
}

extension Probe.Finding {
  /// The socket type, the mechanism and the version, each empty where it is not known.
  fileprivate var words: [String] {
    guard case .peer(let reading, let version) = answer else { return [] }
    switch reading {
    case .ready(let type, _): return [type.lowercased(), "NULL", version ?? ""]
    case .secured(let mechanism), .undecided(let mechanism): return ["", mechanism, version ?? ""]
    default: return ["", "", version ?? ""]
    }
  }
}
