import Payload
import Script
import ZeroMQ

/// `wait connected|disconnected|readable|writable|subscribed|unsubscribed [TOPIC]`, `wait TASK`
struct WaitCommand: Command {
  static let usage = Usage(
    "wait",
    [
      "wait connected [N]", "wait disconnected", "wait readable [SOCKET...] [as NAME]", "wait writable",
      "wait subscribed [PREFIX [N]]", "wait unsubscribed [PREFIX]",
      "wait TASK", "wait auth allowed|denied [as NAME]",
    ],
    "wait for a fact instead of sleeping",
    details: """
      `wait connected 2` waits for two peers; `wait subscribed news` until a PUB has a subscriber to that prefix, \
      `wait subscribed news 3` until it has three, and `wait unsubscribed news` until it has none any more; \
      `wait disconnected` until a peer has left since the last `wait connected`, or from now on, or none is there; \
      `wait readable a b as first` until one of two sockets has a message, and `$first` is that one, \
      where both have one the one that was told longest ago; \
      `wait worker` until that task has ended; `wait auth denied as who` until a peer was refused.
      """,
    example: "client wait connected", actsOnSocket: true,
    takes: [
      .one(
        .word("auth", "until a peer was let in or refused", .any),
        .word("connected", "until a peer is connected, or so many", .any),
        .word("disconnected", "until a connection is lost", .any),
        .word("readable", "until a message is there", .receives),
        .word("writable", "until a message can be sent", .sends),
        .word("subscribed", "until somebody subscribes", .publishes),
        .word("unsubscribed", "until nobody subscribes any more", .publishes), .task),
      .any(
        .after(["auth"], .word("allowed", "until one was let in", .any)),
        .after(["auth"], .word("denied", "until one was refused", .any)), .after(["readable"], .socket),
        .after(["allowed", "denied"], .word("as", "keep the verdict in a variable", .any))),
    ])

  private enum Fact {
    case connected(PreparedWord?)
    case disconnected
    /// Of any of these sockets, or of the one before the command where there are none.
    case readable([SocketReference], slot: Int?)
    case writable
    case subscribed(PreparedWord?, count: PreparedWord?)
    case unsubscribed(PreparedWord?)
    case task(PreparedWord)
    case verdict(isAllowed: Bool, slot: Int?)
  }

  private let socket: SocketReference
  private let fact: Fact

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    let word = try arguments.next("something to wait for")
    switch word.bareText {
    case "connected": fact = .connected(try Self.optional(&arguments))
    case "disconnected": fact = .disconnected
    case "readable": fact = try Self.readable(&arguments)
    case "writable": fact = .writable
    case "subscribed": fact = .subscribed(try Self.optional(&arguments), count: try Self.optional(&arguments))
    case "unsubscribed": fact = .unsubscribed(try Self.optional(&arguments))
    case "auth": fact = try Self.verdict(&arguments)
    default:
      if let name = word.bareText, !arguments.preparer.isKnownTask(name) {
        let facts = ["connected", "disconnected", "readable", "writable", "subscribed", "unsubscribed"]
        let near = didYouMean(name, among: facts + arguments.preparer.taskNames)
        throw arguments.error("no task is named '\(DisplayText.safe(name))'", at: word.span, label: near)
      }
      fact = .task(arguments.prepare(word))
    }
  }

  private static func optional(_ arguments: inout Arguments) throws(Diagnostic) -> PreparedWord? {
    arguments.isEmpty ? nil : arguments.prepare(try arguments.next(""))
  }

  private static func readable(_ arguments: inout Arguments) throws(Diagnostic) -> Fact {
    var sockets: [SocketReference] = []
    while let word = arguments.peek {
      if arguments.take("as") { return .readable(sockets, slot: try arguments.nextVariable()) }
      sockets.append(arguments.preparer.socketReference(word))
      _ = try arguments.next("")
    }
    return .readable(sockets, slot: nil)
  }

  private static func verdict(_ arguments: inout Arguments) throws(Diagnostic) -> Fact {
    let isAllowed = arguments.take("allowed")
    guard isAllowed || arguments.take("denied") else {
      throw arguments.error(
        "'wait auth' waits for 'allowed' or 'denied'", at: (arguments.peek ?? arguments.head).span)
    }
    return .verdict(isAllowed: isAllowed, slot: arguments.take("as") ? try arguments.nextVariable() : nil)
  }

  func run(in session: Session) throws(Failure) {
    switch fact {
    case .verdict(let isAllowed, let slot): try waitForVerdict(isAllowed, slot, in: session)
    case .task(let word): try waitForTask(word.text(in: session), in: session)
    case .connected(let word): try waitConnected(word, in: session)
    case .disconnected: try waitDisconnected(in: session)
    case .readable(let sockets, let slot): try waitReadable(sockets, slot, in: session)
    case .writable: try waitReady(session.socket(socket), .writable, in: session)
    case .subscribed(let word, let count):
      let wanted = try number(count, of: "subscribers", in: session)
      try waitSubscribed(word, in: session) { $0 >= wanted }
    case .unsubscribed(let word): try waitSubscribed(word, in: session) { $0 == 0 }
    }
  }

  private func waitConnected(_ word: PreparedWord?, in session: Session) throws(Failure) {
    let target = try monitored(in: session)
    let wanted = try number(word, of: "peers", in: session)
    let deadline = session.currentDeadline()
    func found() -> String { "'\(target.name)' has \(NamedSocket.peerText(target.peerCount))" }
    let held = try session.waitTelling(found, of: target, until: deadline, pause: Self.pause(for: target)) {
      target.peerCount >= wanted
    }
    guard held else { throw timeout(deadline, found(), notes: Diagnosis.troubles(of: target)) }
    target.lostWhenWaited = target.lostPeerCount
  }

  /// Waits until a peer has left; one that left already will do where no other is there, but one that never came will
  /// not. A peer that has gone and come back counts too, where it was waited for before: it went after that.
  private func waitDisconnected(in session: Session) throws(Failure) {
    let target = try monitored(in: session)
    let begin = target.lostPeerCount
    let lostBefore = target.lostWhenWaited ?? begin
    // Of the last peer over `inproc` it is not told that it left.
    let isInproc = target.endpoints.contains(where: \.isInproc)
    let deadline = session.currentDeadline()
    let held = try session.wait(until: deadline, pause: Self.pause(for: target)) {
      let lost = target.lostPeerCount
      return lost > lostBefore || (target.peerCount == 0 && (lost > 0 || isInproc))
    }
    guard held else {
      let isThere = target.peerCount > 0
      let label = "'\(target.name)' \(isThere ? "is still connected" : "has had no peer that could leave")"
      throw timeout(deadline, label, notes: isThere ? [] : Diagnosis.troubles(of: target))
    }
    if begin > lostBefore, target.peerCount > 0 {
      session.note("a peer has gone since the last wait: \(NamedSocket.peerText(target.peerCount)) now")
    }
    target.lostWhenWaited = target.lostPeerCount
  }

  /// How many are to be waited for: one, unless a word says more.
  private func number(_ word: PreparedWord?, of what: String, in session: Session) throws(Failure) -> Int {
    guard let word else { return 1 }
    let text = try word.text(in: session)
    if let number = Int(text), number > 0 { return number }
    throw Failure(
      .value,
      Diagnostic(
        .error, "'\(DisplayText.safe(text))' is no number of \(what)", at: word.place, label: "1 or more"))
  }

  private func waitSubscribed(
    _ word: PreparedWord?, in session: Session, until isEnough: (_ count: Int) -> Bool
  ) throws(Failure) {
    let target = try session.socket(socket)
    guard target.tellsTopics else {
      let help: [String] =
        switch target.type {
        case .xpub: ["an XPUB receives its subscriptions as messages: `expect subscribe:news` waits for one"]
        case .pub:
          ["with `conflate` a PUB keeps its subscriptions to itself; `wait connected` waits for a peer"]
        default: []
        }
      throw Failure(
        .zmq(.notSupported), "'\(target.name)' has no subscribers that are known",
        label: target.type == .pub
          ? "it keeps the last message alone" : "\(Diagnosis.article(target.type)) is no PUB",
        help: help)
    }
    let prefix = try word?.bytes(in: session)
    let what = prefix.map { " to \(TextView.quoted($0))" } ?? ""
    let deadline = session.currentDeadline()
    func found() -> String {
      let count = target.topics.count(prefix)
      let who = count == 0 ? "no subscriber" : count == 1 ? "1 subscriber" : "\(count) subscribers"
      return "'\(target.name)' has \(who)\(what)"
    }
    let held = try session.waitTelling(found, of: target, until: deadline) {
      isEnough(target.topics.count(prefix))
    }
    if !held { throw timeout(deadline, found(), notes: []) }
  }

  /// The first of several that is readable; where more are, the one that was told longest ago.
  private func waitReadable(_ references: [SocketReference], _ slot: Int?, in session: Session)
    throws(Failure)
  {
    var ready = try session.socket(references.first ?? socket)
    if references.count > 1 {
      var wanted: [(socket: NamedSocket, events: PollEvents)] = []
      for reference in references {
        let target = try session.socket(reference)
        try check(target, .readable)
        wanted.append((target, .readable))
      }
      let deadline = session.currentDeadline()
      let index = try session.wait(forAny: wanted, until: deadline) {
        let names = wanted.map { "'\($0.socket.name)'" }.joined(separator: ", ")
        let label = "none of \(names) is readable"
        return timeout(deadline, label, notes: wanted.flatMap { Diagnosis.troubles(of: $0.socket) })
      }
      ready = wanted[index].socket
    } else {
      try waitReady(ready, .readable, in: session)
    }
    if let slot { session.frame.values[slot] = .socket(ready.name) }
  }

  private func check(_ target: NamedSocket, _ events: PollEvents) throws(Failure) {
    guard events == .readable ? target.type.canReceive : target.type.canSend else {
      let only = events == .readable ? "sends" : "receives"
      throw Failure(
        .zmq(.notSupported), "'\(target.name)' is never \(events == .readable ? "readable" : "writable")",
        label: "\(Diagnosis.article(target.type)) only \(only)")
    }
  }

  private func waitReady(_ target: NamedSocket, _ events: PollEvents, in session: Session) throws(Failure) {
    try check(target, events)
    let deadline = session.currentDeadline()
    try session.wait(for: target, events, until: deadline) {
      timeout(
        deadline, "'\(target.name)' is not \(events == .readable ? "readable" : "writable")",
        notes: Diagnosis.troubles(of: target))
    }
  }

  /// Takes the oldest verdict that was not waited for yet.
  private func waitForVerdict(_ isAllowed: Bool, _ slot: Int?, in session: Session) throws(Failure) {
    let authenticator = session.runtime.authenticator
    guard authenticator.isRunning else {
      throw Failure(
        .value, "no 'auth' is running, so there is no verdict to wait for",
        help: ["`auth allow`, `auth deny`, `auth plain` and `auth curve` start it"])
    }
    var found: AuthVerdict?
    // Another thread decides, which wakes nobody here.
    try wait(
      in: session, pause: .milliseconds(5), "no peer was \(isAllowed ? "let in" : "refused")"
    ) {
      found = authenticator.takeVerdict(isAllowed: isAllowed)
      return found != nil
    }
    if let slot, let found { session.frame.values[slot] = found.values }
  }

  private func waitForTask(_ name: String, in session: Session) throws(Failure) {
    guard let task = session.tasks[name] else {
      throw Failure(
        .value, "no task named '\(DisplayText.safe(name))' was started", help: ["`tasks` lists them"])
    }
    // What it waits for is asked once the limit has run out, while it still does.
    try wait(in: session, "the task '\(name)' is still running", notes: task.wait.text.map { [$0] } ?? []) {
      task.state != .running
    }
    if case .failed(let status) = task.state {
      throw Failure(.task(exitStatus: status.rawValue), "the task '\(name)' failed")
    }
  }

  /// What another thread does with an `inproc` endpoint wakes nobody here.
  private static func pause(for target: NamedSocket) -> Duration? {
    target.endpoints.contains(where: \.isInproc) ? .milliseconds(10) : nil
  }

  private func wait(
    in session: Session, pause: Duration? = nil, _ reason: @autoclosure () -> String,
    notes: @autoclosure () -> [String] = [], for condition: () -> Bool
  ) throws(Failure) {
    let deadline = session.currentDeadline()
    guard try !session.wait(until: deadline, pause: pause, for: condition) else { return }
    throw timeout(deadline, reason(), notes: notes())
  }

  private func timeout(_ deadline: Deadline, _ label: String, notes: [String]) -> Failure {
    Failure(.timeout, "waited \(deadline.length.scriptText) in vain", label: label, notes: notes)
  }

  /// The socket, whose connections must be known to wait for them.
  private func monitored(in session: Session) throws(Failure) -> NamedSocket {
    let target = try session.socket(socket)
    if target.endpoints.isEmpty {
      throw Failure(
        .value, "'\(target.name)' is neither bound nor connected", label: "so no peer can come",
        help: ["`bind \(target.name) 5546` or `connect \(target.name) 5546` first"])
    }
    if target.monitor == nil, !target.endpoints.contains(where: \.isInproc) {
      throw Failure(
        .zmq(.notSupported), "the peers of '\(target.name)' cannot be known",
        label: "libzmq tells nothing of \(target.endpoints[0].endpoint.transport) connections",
        help: ["`wait writable` waits until a message can be sent"])
    }
    return target
  }
}
