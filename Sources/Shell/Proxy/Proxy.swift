import Payload
import Script
import ZeroMQ

/// Moves messages between two sockets in both directions, as far as their types send and receive, until it is stopped.
///
/// A queue (ROUTER and DEALER), a forwarder (XSUB and XPUB) and a streamer (PULL and PUSH) in one, as zmq_proxy(3) is.
/// It is a loop of our own: zmq_proxy_steerable(3) hears neither Ctrl-C nor monitors, and waits for its capture socket.
final class Proxy {
  /// How many messages go one way before the other gets its turn, as in libzmq.
  private static let burst = 1000
  /// How often a proxy that was paused looks whether it shall go on.
  private static let pause = Duration.milliseconds(10)
  /// How often a proxy in which messages wait looks why.
  private static let glance = Duration.milliseconds(200)
  /// How many messages are told in a second at most to those who watch.
  static let mostTold = 100

  private static let usualPairs =
    "ROUTER and DEALER, XSUB and XPUB, PULL and PUSH are joined most often"

  /// One direction.
  private struct Way {
    let from: NamedSocket
    let to: NamedSocket
    let forwarder: MessageForwarder
    /// How many messages the sockets were told of.
    var noted = 0
    /// Whether a message waits that its destination does not take.
    var isStalled = false
  }

  private var ways: [Way]
  private let capture: NamedSocket?
  let control: ProxyControl
  private let session: Session
  /// How many copies the capture socket was told of.
  private var noted = 0
  private var told = 0
  private var untold = 0
  private var second = Instant.past

  /// Joins two sockets.
  ///
  /// - Throws: A ``Failure`` where nothing can go either way.
  init(
    _ name: String, _ front: NamedSocket, _ back: NamedSocket, _ capture: NamedSocket?, in session: Session
  )
    throws(Failure)
  {
    if let capture, !capture.type.canSend {
      throw Failure(
        .zmq(.notSupported), "'\(capture.name)' cannot take copies",
        label: "\(Diagnosis.article(capture.type)) sends nothing",
        help: ["a PUB, PUSH, DEALER or PAIR takes them"])
    }
    guard front !== back, capture !== front, capture !== back else {
      throw Failure(.value, "a proxy needs different sockets", label: "one of them stands here twice")
    }
    if let reason = ProxyPair.obstacle(front.type, back.type) {
      throw Failure(
        .zmq(.notSupported), "'\(front.name)' and '\(back.name)' cannot be joined",
        label: "\(Diagnosis.article(front.type)) and \(Diagnosis.article(back.type)): \(reason)",
        help: [Self.usualPairs])
    }
    ways = [(front, back), (back, front)].compactMap { from, to in
      guard from.type.canReceive, to.type.canSend else { return nil }
      return Way(
        from: from, to: to,
        forwarder: MessageForwarder(from: from.socket, to: to.socket, capture: capture?.socket))
    }
    guard !ways.isEmpty else {
      throw Failure(
        .zmq(.notSupported), "nothing can go from '\(front.name)' to '\(back.name)' or back",
        label: "\(Diagnosis.article(front.type)) and \(Diagnosis.article(back.type))",
        help: [Self.usualPairs])
    }
    self.capture = capture
    self.session = session
    control = ProxyControl(
      name: name,
      ways: ways.map { .init(from: $0.from.name, to: $0.to.name) }
        + (capture.map { [.init(from: "both", to: $0.name)] } ?? []))
  }

  /// Runs until a `within` around it ends, it is stopped, or libzmq refuses.
  func run() throws(Failure) {
    session.runtime.proxies.add(control)
    defer { session.runtime.proxies.remove(control) }
    let outlets = ways.map(\.to) + (capture.map { [$0] } ?? [])
    for outlet in outlets { outlet.dropSilently(true) }
    defer { for outlet in outlets { outlet.dropSilently(false) } }
    while true {
      try session.checkInterrupt()
      try session.tick()
      guard let isIdle = try control.turn({ isWatched throws(Failure) in try turn(isWatched) }) else {
        let control = control
        _ = try session.wait(until: session.deadlineOfLoop, pause: Self.pause) { !control.isPaused }
        continue
      }
      if isIdle { try waitForMore() }
    }
  }

  /// Moves a burst in each direction.
  private func turn(_ isWatched: Bool) throws(Failure) -> (ways: [ProxyControl.Way], isIdle: Bool) {
    for way in ways where (way.forwarder.watcher != nil) != isWatched {
      way.forwarder.watcher = isWatched ? watcher(way.from, way.to) : nil
    }
    // Told also where libzmq refuses.
    defer { note() }
    var isIdle = true
    for index in ways.indices { isIdle = try move(index) && isIdle }
    return (counts, isIdle)
  }

  /// Moves one burst. Returns whether nothing more goes this way now.
  private func move(_ index: Int) throws(Failure) -> Bool {
    do {
      let outcome = try ways[index].forwarder.run(atMost: Self.burst)
      ways[index].isStalled = outcome == .full && isFull(ways[index])
      return outcome != .moved
    } catch {
      let way = ways[index]
      throw Failure(
        .zmq(error), "cannot go on from '\(way.from.name)' to '\(way.to.name)': \(error) (\(error.name))")
    }
  }

  /// Waits for what each direction lacks: a message, or room for the one that is there.
  private func waitForMore() throws(Failure) {
    var wanted: [(socket: NamedSocket, events: PollEvents)] = []
    for way in ways {
      wanted.append(isFull(way) ? (way.to, .writable) : (way.from, .readable))
    }
    let limit = session.deadlineOfLoop
    // That a socket which takes nothing gets a peer, or loses it, is told by nothing that is waited for.
    let isStalled = ways.contains(where: \.isStalled)
    let look = isStalled ? min(limit.instant, .now + Self.glance) : limit.instant
    let end = Deadline(instant: look, length: limit.length, isExplicit: limit.isExplicit)
    do {
      _ = try session.wait(forAny: wanted, until: end) {
        Failure(.timeout, "the time limit ran out", label: "the proxy was still running")
      }
    } catch {
      guard case .timeout = error.kind, Instant.now < limit.instant else { throw error }
    }
  }

  /// Whether a message is there that has not gone on.
  private func isFull(_ way: Way) -> Bool {
    way.forwarder.isHolding || (try? way.from.socket.events.contains(.readable)) == true
  }

  /// Tells the sockets what was moved.
  private func note() {
    for index in ways.indices {
      let way = ways[index]
      let count = way.forwarder.messageCount
      way.from.didForward(received: count - way.noted, sent: 0)
      way.to.didForward(received: 0, sent: count - way.noted)
      ways[index].noted = count
    }
    guard let capture else { return }
    let captured = ways.reduce(0) {
      $0 + $1.forwarder.messageCount + $1.forwarder.unroutableCount - $1.forwarder.uncapturedCount
    }
    capture.didForward(received: 0, sent: captured - noted)
    noted = captured
  }

  /// What was moved so far, and copied.
  private var counts: [ProxyControl.Way] {
    var rows = ways.map { way in
      ProxyControl.Way(
        from: way.from.name, to: way.to.name, messages: way.forwarder.messageCount,
        bytes: way.forwarder.byteCount, dropped: way.forwarder.unroutableCount,
        stall: way.isStalled ? way.to.peerCount == 0 ? .noPeer : .full : nil)
    }
    guard let capture else { return rows }
    let uncaptured = ways.reduce(0) { $0 + $1.forwarder.uncapturedCount }
    let seen = rows.reduce(0) { $0 + $1.messages + $1.dropped }
    rows.append(
      .init(
        from: "both", to: capture.name, messages: seen - uncaptured, bytes: rows.reduce(0) { $0 + $1.bytes },
        dropped: uncaptured))
    return rows
  }

  private func watcher(_ from: NamedSocket, _ to: NamedSocket) -> (Message) -> Void {
    { [unowned self] message in tell(message, from, to) }  // the forwarder is this proxy's own
  }

  private func tell(_ message: Message, _ from: NamedSocket, _ to: NamedSocket) {
    let now = Instant.now
    if now - second > .seconds(1) {
      if untold > 0 { tell("\(untold) more messages passed") }
      second = now
      told = 0
      untold = 0
    }
    told += 1
    guard told <= Self.mostTold else {
      untold += 1
      return
    }
    // A message of a ROUTER or STREAM begins with a routing id.
    let addressing = [from, to].first { $0.type == .router || $0.type == .stream }
    let alias = addressing?.alias(ofPassing: message)
    tell("\(from.name) → \(to.name): \(message.shortText(alias, as: from.view))")
  }

  private func tell(_ text: String) {
    session.runtime.sink.handle(.notice(Diagnostic(.note, text)), task: nil)
  }
}

extension Message {
  /// The frames as words, cut where they are long; the first may have a short name.
  fileprivate func shortText(_ alias: String?, as view: View?) -> String {
    let most = 60  // bytes of a frame: what a line has room for
    // What it shows as it is may drive the terminal, and a line of its own it is not.
    let view = view?.name == "raw" ? nil : view
    return (0..<count).map { index in
      if index == 0, let alias { return alias }
      let bytes = frame(index)
      if bytes.count <= most, let view { return String(decoding: view.text(Array(bytes)), as: UTF8.self) }
      let text = Message.shownText(of: [Array(bytes.prefix(most))])
      return bytes.count > most ? "\(text)… (\(bytes.count) bytes)" : text
    }.joined(separator: " ")
  }
}
