import Script
import ZeroMQ

/// `send WORD...`: each word is one frame, zmq_send(3).
struct SendCommand: Command {
  static let usage = Usage(
    "send", ["send WORD..."], "send a message, each word one frame",
    details: """
      `send Hello` is one frame, `send "Hello World"` too, `send id "" World` is three. \
      A word that is a list or a message alone stands for as many frames. A word may name its encoding: \
      `hex:00ff`, `base64:AP8=`, `json:'{"a":1}'`, `msgpack:'{"a":1}'`, `file:PATH`, `zeros:1KiB`, `random:16`; \
      `{"a": 1}` without quotes is one frame, sent as typed.
      """,
    example: "send \"Hello World\"", actsOnSocket: true,
    takes: [.some(.frame)], needs: .sends)

  private let socket: SocketReference
  private let words: [PreparedWord]
  /// The word of a message that has one frame for certain: the fast way.
  private let single: PreparedWord?
  private let bareWordCount: Int

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    if arguments.isEmpty {
      throw arguments.error(
        "'send' needs at least one frame", at: arguments.head.span,
        help: ["`send Hello`; an empty frame is `send \"\"`"])
    }
    bareWordCount = arguments.rest.count { !$0.isQuoted && $0.literal != nil }
    words = arguments.takeFrames()
    single = words.count == 1 && !words[0].expands ? words[0] : nil
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    if session.output.isPending, session.hasCompany { try session.output.flush() }
    var routed: [[UInt8]] = []
    if let single {
      // libzmq takes it for a message without a body and drops it without a word.
      if target.type == .router || target.type == .stream { throw Self.bodyMissing(target) }
      if let constant = single.constant {
        try session.send(constant, on: target)
      } else {
        session.frames.removeAll()
        try single.append(to: session.frames, in: session)
        try session.send(session.frames.bytes, on: target)
      }
    } else {
      routed = try sendFrames(on: target, in: session)
    }
    session.noteDelivery(on: target, frames: routed)
    if session.isInteractive { explain(session) }
  }

  private func sendFrames(on target: NamedSocket, in session: Session) throws(Failure) -> [[UInt8]] {
    // All frames are made before the first is sent: an error among them leaves no half message.
    var frames: [[UInt8]] = []
    for word in words {
      if word.expands {
        frames.append(contentsOf: try word.expanded(in: session))
      } else {
        frames.append(try word.bytes(in: session))
      }
    }
    if frames.isEmpty {
      throw Failure(
        .value, "there is no frame to send", label: "the list is empty", help: ["an empty frame is `\"\"`"])
    }
    return try session.send(frames, on: target)
  }

  private static func bodyMissing(_ target: NamedSocket) -> Failure {
    Failure(
      .zmq(.invalidArgument), "cannot send on '\(target.name)': a frame is missing",
      label: "the first frame says to which peer, and nothing follows it",
      help: ["`\(target.name) recv as id body`, then `\(target.name) send $id Hello`"])
  }

  /// What a person at the prompt should know beyond that it worked.
  private func explain(_ session: Session) {
    if words.count > 1, bareWordCount == words.count {
      session.noteOnce(
        "frames", "each word was sent as a frame of its own: \(words.count) frames",
        help: ["for one frame, quote the words: `send \"…\"`"])
    }
  }
}

extension Session {
  /// Sends a message of one frame, waiting for room where peers are there to make some.
  @inline(__always)
  func send(_ frame: UnsafeRawBufferPointer, on target: NamedSocket) throws(Failure) {
    if target.takesTurns { markTurn(of: target) }
    let moment = momentOfSending
    do {
      try target.send(frame, more: false)
    } catch {
      try sendSlowly([Array(frame)], on: target, after: error)
      return
    }
    target.didSend(firstFrame: frame, at: now)
    if isTracing { trace(.sent(socket: target.name, frames: [Array(frame)], at: moment)) }
  }

  /// When a message is sent, for those who read the trace: its receiver may be told of before the sender.
  @inline(__always)
  private var momentOfSending: Instant { isTracing ? .now : now }

  /// Sends a message of several frames.
  ///
  /// - Returns: The frames as they were sent.
  @discardableResult
  func send(_ frames: [[UInt8]], on target: NamedSocket) throws(Failure) -> [[UInt8]] {
    var frames = frames
    // The short name of a random routing id.
    if target.type == .router || target.type == .stream { frames[0] = target.routingID(for: frames[0]) }
    var sent = 0
    // The monitor may know that a peer has gone before libzmq refuses what is for it.
    if target.type == .stream, target.routingIDs.hasLeft(frames[0]) {
      throw Diagnosis.send(.hostUnreachable, on: target, firstFrame: frames[0])
    }
    let lostBefore = target.lostCount
    if target.takesTurns { markTurn(of: target) }
    let moment = momentOfSending
    do {
      try target.send(frames, from: &sent)
    } catch {
      try sendSlowly(frames, from: sent, on: target, after: error)
      return frames
    }
    didSend(frames, on: target, at: moment)
    if target.lostCount > lostBefore { warnOfLoss(on: target) }
    return frames
  }

  private func didSend(_ frames: [[UInt8]], on target: NamedSocket, at moment: Instant) {
    frames[0].withUnsafeBytes { target.didSend(firstFrame: $0, frames: frames.count, at: now) }
    target.noteEnvelope(of: frames)
    if target.type == .stream, frames.count == 2, frames[1].isEmpty { target.didCloseConnection(frames[0]) }
    if isTracing { trace(.sent(socket: target.name, frames: ZAPMessage.shown(frames), at: moment)) }
  }

  /// The message was not taken: tells why, or waits until it is.
  @inline(never)
  private func sendSlowly(
    _ frames: [[UInt8]], from start: Int = 0, on target: NamedSocket, after first: ZMQError
  ) throws(Failure) {
    if first == .again, target.dropsWhenFull, try sendToTheOthers(frames, on: target) { return }
    // What the monitor has told by now decides whether there is anybody to wait for, and what the reason is.
    loop.serve()
    let deadline = currentDeadline()
    var error = first
    var sent = start
    while true {
      // A STREAM refuses so also what is for a peer that has gone, until all that came from it was received.
      if error == .again, target.routingIDs.hasLeft(frames[0]) { error = .hostUnreachable }
      guard error == .again else { throw Diagnosis.send(error, on: target, firstFrame: frames[0]) }
      // A connected socket has room again once its peer is there; a bound one waits for nobody in particular.
      if target.peerCount == 0, !target.isConnectedSomewhere, !deadline.isExplicit {
        throw Diagnosis.send(error, on: target, firstFrame: frames[0])
      }
      try noteWaitingForPeer(target, until: deadline)
      try waitForRoom(target, until: deadline)
      let moment = momentOfSending
      do {
        try target.send(frames, from: &sent)
        // What went through its connections meanwhile says nothing of it.
        target.turn = SendingTurn()
        return didSend(frames, on: target, at: moment)
      } catch let next {
        error = next
      }
      // A ROUTER is writable while any peer has room, though not the one that this message is for.
      if error == .again { try pause(until: deadline) { Diagnosis.sendTimeout(on: target, deadline) } }
    }
  }

  /// Waits until a message can be sent, or libzmq has given up every endpoint where a peer might appear.
  private func waitForRoom(_ target: NamedSocket, until deadline: Deadline) throws(Failure) {
    guard target.peerCount == 0, target.isConnectedSomewhere else {
      return try wait(for: target, .writable, until: deadline) { Diagnosis.sendTimeout(on: target, deadline) }
    }
    let isDone = try wait(until: deadline, pause: .milliseconds(10)) {
      target.peerCount == 0 && !target.isConnectedSomewhere
        || (try? target.socket.events)?.contains(.writable) ?? true
    }
    if !isDone { throw Diagnosis.sendTimeout(on: target, deadline) }
  }

  /// A PUB gives a message to the subscribers that have room for it, and drops it for the others.
  private func sendToTheOthers(_ frames: [[UInt8]], on target: NamedSocket) throws(Failure) -> Bool {
    let lostBefore = target.lostCount
    let moment = momentOfSending
    do {
      try target.send(frames)
    } catch {
      return false
    }
    didSend(frames, on: target, at: moment)
    if target.lostCount > lostBefore { warnOfLoss(on: target) }
    return true
  }

  /// Tells, the first time, that a subscriber is too far behind.
  private func warnOfLoss(on target: NamedSocket) {
    guard target.lostCount == 1 else { return }
    let limit = SocketOption.named("sndhwm").flatMap { option in
      (try? target.socket.get(option)).map { option.format($0) }
    }
    tell(
      .notice(
        Diagnostic(
          .warning, "'\(target.name)' dropped a message: a subscriber is too far behind",
          notes: limit.map { ["what a subscriber has not read yet is limited by sndhwm, \($0)"] } ?? [],
          help: [
            "`\(target.name) status` counts what was dropped; "
              + "with `\(target.name) set xpub_nodrop 1` it waits for the subscriber instead"
          ])))
  }

  /// At the prompt, waiting has no limit: so it is told after a moment what is waited for, once a statement.
  private func noteWaitingForPeer(_ target: NamedSocket, until deadline: Deadline) throws(Failure) {
    guard let deliveries, !deliveries.hasToldWait else { return }
    let moment = Deadline(
      instant: .now + .milliseconds(200), length: .milliseconds(200), isExplicit: false)
    guard deadline.instant > moment.instant else { return }
    let hasRoom = try wait(until: moment, pause: .milliseconds(10)) {
      (try? target.socket.events)?.contains(.writable) ?? true
    }
    // A ROUTER is writable while any peer has room.
    if hasRoom, target.type != .router { return }
    deliveries.hasToldWait = true
    if target.peerCount > 0 {
      note(
        "waiting to send message \(target.sentCount + 1): \(Diagnosis.fullQueue(of: target))",
        help: ["Ctrl-C gives up; then `\(target.name) reset` drops what waits"])
      return
    }
    let troubles = Diagnosis.troubles(of: target)
    let reason = troubles.isEmpty ? "no peer is there to take it" : troubles.joined(separator: "; ")
    note("waiting to send: \(reason)", help: ["Ctrl-C gives up"])
  }
}
