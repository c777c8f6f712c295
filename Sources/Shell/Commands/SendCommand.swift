import Script
import ZeroMQ

/// `send WORD...`: each word is one frame, zmq_send(3).
struct SendCommand: Command {
  static let usage = Usage(
    "send", ["send WORD..."], "send a message, each word one frame",
    details: """
      `send Hello` is one frame, `send "Hello World"` too, `send id "" World` is three. \
      A word that is a list or a message alone stands for as many frames.
      """,
    example: "send \"Hello World\"", actsOnSocket: true)

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
    words = arguments.takeAll()
    single = words.count == 1 && !words[0].expands ? words[0] : nil
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    if let single {
      if let constant = single.constant {
        try session.send(constant, on: target)
      } else {
        session.frames.removeAll()
        try single.append(to: session.frames, in: session)
        try session.send(session.frames.bytes, on: target)
      }
    } else {
      try sendFrames(on: target, in: session)
    }
    if session.isInteractive { explain(target, in: session) }
  }

  private func sendFrames(on target: NamedSocket, in session: Session) throws(Failure) {
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
    try session.send(frames, on: target)
  }

  /// What a person at the prompt should know beyond that it worked.
  private func explain(_ target: NamedSocket, in session: Session) {
    if words.count > 1, bareWordCount == words.count {
      session.noteOnce(
        "frames", "each word was sent as a frame of its own: \(words.count) frames",
        help: ["for one frame, quote the words: `send \"…\"`"])
    }
    if target.type == .pub, !target.endpoints.isEmpty, !target.lastMessageHadSubscriber {
      session.note("no subscriber: dropped", help: ["`wait subscribed` waits for one"])
    } else if target.peerCount == 0, target.type != .pub {
      session.note("queued: no peer is connected yet")
    }
  }
}

extension Session {
  /// Sends a message of one frame, waiting for room where peers are there to make some.
  @inline(__always)
  func send(_ frame: UnsafeRawBufferPointer, on target: NamedSocket) throws(Failure) {
    do {
      try target.send(frame, more: false)
    } catch {
      try sendSlowly([Array(frame)], on: target, after: error)
      return
    }
    target.didSend(firstFrame: frame, at: now)
    if isTracing { tell(.sent(socket: target.name, frames: [Array(frame)])) }
  }

  /// Sends a message of several frames.
  func send(_ frames: [[UInt8]], on target: NamedSocket) throws(Failure) {
    do {
      try target.send(frames)
    } catch {
      try sendSlowly(frames, on: target, after: error)
      return
    }
    didSend(frames, on: target)
  }

  private func didSend(_ frames: [[UInt8]], on target: NamedSocket) {
    frames[0].withUnsafeBytes { target.didSend(firstFrame: $0, at: now) }
    if isTracing { tell(.sent(socket: target.name, frames: frames)) }
  }

  /// The message was not taken: tells why, or waits until it is.
  @inline(never)
  private func sendSlowly(_ frames: [[UInt8]], on target: NamedSocket, after first: ZMQError) throws(Failure)
  {
    let deadline = currentDeadline()
    var error = first
    while true {
      guard error == .again else { throw Diagnosis.send(error, on: target, firstFrame: frames[0]) }
      // What the monitor has told by now decides whether there is anybody to wait for.
      loop.serve()
      // A connected socket has room again once its peer is there; a bound one waits for nobody in particular.
      if target.peerCount == 0, !target.isConnectedSomewhere, !deadline.isExplicit {
        throw Diagnosis.send(error, on: target, firstFrame: frames[0])
      }
      try wait(for: target, .writable, until: deadline) { Diagnosis.sendTimeout(on: target, deadline) }
      do {
        try target.send(frames)
        break
      } catch let next {
        error = next
      }
    }
    didSend(frames, on: target)
  }
}
