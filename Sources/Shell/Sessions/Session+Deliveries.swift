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
      deliveries.note(delivery, of: socket.name)
      if socket.type == .dealer, socket.peersWhenAsked != socket.peerCount { warnOfMissingDelimiter(socket) }
    } else if delivery.isTrouble {
      trace(.delivered(subject: socket.name, messages: 1, delivery))
    }
  }

  /// Tells, the first time, that a REP drops what a DEALER sends it.
  private func warnOfMissingDelimiter(_ socket: NamedSocket) {
    guard socket.recent.lastSentFrame?.bytes.isEmpty == false else { return }
    socket.peersWhenAsked = socket.peerCount
    guard let reason = Diagnosis.missingDelimiter(of: socket, asks: true) else { return }
    noteOnce("delimiter \(socket.name)", reason, help: [Diagnosis.delimiterCure])
  }

  /// Tells, before a wait, what explains it.
  @inline(__always)
  func tellNewsOfDeliveries() {
    if let deliveries, deliveries.hasNews { tell(deliveries.takeNews()) }
  }

  /// Tells what became of the messages of a statement that has ended.
  public func tellDeliveries() {
    if let deliveries { tell(deliveries.takeAll()) }
  }

  private func tell(_ lines: [DeliveryLog.Line]) {
    for line in lines {
      guard line.delivery.isTrouble else {
        tell(.delivered(subject: line.subject, messages: line.count, line.delivery))
        continue
      }
      let text = line.delivery.text(ofMessages: line.count)
      let help =
        line.delivery == .dropped(.noSubscriber)
        ? ["`wait subscribed` waits for one"]
        : line.delivery == .queued ? ["it goes out once a peer connects; `wait connected` waits for one"] : []
      let message = line.subject.map { "\($0): \(text)" } ?? text
      // The cure is known after the first time.
      guard isFirst(text: line.delivery.text()) else {
        tell(.notice(Diagnostic(.note, message)))
        continue
      }
      let waiting = line.delivery == .queued ? line.socket.flatMap { sockets[$0] } : nil
      tell(.notice(Diagnostic(.note, message, notes: waiting.map(Diagnosis.troubles) ?? [], help: help)))
    }
  }
}
