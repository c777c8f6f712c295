import Script
import ZeroMQ

/// What became of messages that were sent: told at the prompt, a line a statement, and in the trace.
extension Session {
  /// Notes what became of the message that a socket sent last. Scripts are spared, unless they are traced.
  ///
  /// - Parameter frames: Its frames, where the first of them says to whom it goes.
  @inline(__always)
  func noteDelivery(on socket: NamedSocket, frames: [[UInt8]] = []) {
    if isInteractive || isTracing { noteNow(socket, frames) }
  }

  @inline(never)
  private func noteNow(_ socket: NamedSocket, _ frames: [[UInt8]]) {
    let isClosing = socket.type == .stream && frames.count == 2 && frames[1].isEmpty
    var delivery = socket.delivery(to: frames.first, isClosing: isClosing)
    if delivery.isTrouble, deliveries?.isSame(delivery, of: socket.name) != true {
      // A peer may have come that nobody has looked for; a loop looks now and then.
      loop.serve()
      delivery = socket.delivery(to: frames.first, isClosing: isClosing)
    }
    if let deliveries {
      let isSame = deliveries.isSame(delivery, of: socket.name)
      deliveries.note(delivery, of: socket.name)
      switch socket.type {
      case .dealer where socket.peersWhenAsked != socket.peerCount: warnOfMissingDelimiter(socket)
      case .router where !isSame && !socket.envelope.suitsREQ: warnOfMissingDelimiter(socket)
      default: break
      }
    } else if delivery.isTrouble {
      trace(.delivered(subject: socket.name, messages: 1, delivery))
    }
  }

  /// Tells, the first time, that a REP drops what a DEALER sends it, or that a REQ hangs up on a ROUTER.
  private func warnOfMissingDelimiter(_ socket: NamedSocket) {
    if socket.type == .dealer {
      guard let first = socket.recent.lastSentFrame, first.isOnly || !socket.envelope.suitsREP else { return }
      socket.peersWhenAsked = socket.peerCount
    }
    guard let reason = Diagnosis.missingDelimiter(of: socket, asks: true) else { return }
    noteOnce("delimiter \(socket.name)", reason, help: [Diagnosis.delimiterCure(for: socket)])
  }

  /// Tells, before a wait, what explains it.
  @inline(__always)
  func tellNewsOfDeliveries() {
    if let deliveries, deliveries.hasNews { tell(deliveries.takeNews()) }
  }

  /// Tells what became of the messages of a statement that has ended.
  public func tellDeliveries() {
    guard let deliveries else { return }
    locateMessage(in: deliveries)
    tell(deliveries.takeAll())
  }

  /// Notes, before a message is sent, what is needed to see which of several endpoints gets it.
  @inline(never)
  func markTurn(of target: NamedSocket) {
    // Of a REQ, a message is under way alone. Of the others, those that a person types are.
    guard target.type == .req || isInteractive && now - target.sentAt > NamedSocket.patienceOfTurns else {
      return
    }
    target.markTurn()
  }

  /// Looks which of several endpoints got the one message of a statement. It takes a moment until it can be seen.
  private func locateMessage(in deliveries: DeliveryLog) {
    guard let name = deliveries.unlocated?.socket, let socket = sockets[name], socket.takesTurns else {
      return
    }
    let patience = NamedSocket.patienceOfTurns * 2
    let deadline = Deadline(instant: .now + patience, length: patience, isExplicit: false)
    var place = Whereabouts.unknown
    // Who interrupts it needs no answer.
    _ = try? wait(until: deadline, pause: .milliseconds(1)) {
      place = socket.whereabouts()
      return place != .unknown
    }
    switch place {
    case .sent(let endpoint, _): deliveries.locate(.endpoint(endpoint))
    case .queued(let endpoints): deliveries.locate(.queuedFor(endpoints))
    case .unknown: break
    }
  }

  private func tell(_ lines: [DeliveryLog.Line]) {
    for line in lines {
      guard line.delivery.isTrouble else {
        tell(.delivered(subject: line.subject, messages: line.count, line.delivery))
        continue
      }
      let text = line.delivery.text(ofMessages: line.count)
      let help = Self.help(for: line.delivery)
      let message = line.subject.map { "\($0): \(text)" } ?? text
      // The cure is known after the first time.
      guard isFirst(text: line.delivery.text()) else {
        tell(.notice(Diagnostic(.note, message)))
        continue
      }
      let waiting = line.delivery == .queued ? line.socket.flatMap { sockets[$0] } : nil
      // At a peer of a type that does not fit, no wait helps.
      let cure = waiting.flatMap { Diagnosis.fittingConnect(insteadOf: $0) }
      tell(
        .notice(
          Diagnostic(
            .note, message, notes: waiting.map(Diagnosis.troubles) ?? [], help: cure.map { [$0] } ?? help)))
    }
  }
  private static func help(for delivery: Delivery) -> [String] {
    switch delivery {
    case .dropped(.noSubscriber): ["`wait subscribed` waits for one"]
    case .queued: ["it goes out once a peer connects; `wait connected` waits for one"]
    case .queuedFor: ["each endpoint has its turn; with `immediate=1` those without a peer have none"]
    default: []
    }
  }
}
