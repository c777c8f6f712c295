import Payload
import Script
import ZeroMQ

/// `recv [as NAME...]`, zmq_msg_recv(3).
struct RecvCommand: Command {
  static let usage = Usage(
    "recv", ["recv", "recv as NAME", "recv as NAME NAME..."], "receive a message and show it, or keep it",
    details: """
      A message is shown as words that can be typed back. `recv as reply` keeps it in `$reply` and shows nothing; \
      `recv as id _ body` takes its frames apart, `_` leaves one out, and `recv as id rest...` keeps those that remain \
      as a list. \
      It waits until a message comes: `within 500ms recv` no longer than that.
      """,
    example: "recv as reply", actsOnSocket: true,
    keeps: .variables, needs: .receives)

  private let socket: SocketReference
  private let keep: MessageTarget?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    keep = try MessageTarget(&arguments)
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    try session.receive(on: target)
    if let keep {
      try keep.store(from: target, in: session)
    } else {
      try session.show(target.message, of: target)
    }
  }
}

/// `as NAME`, `as NAME _ NAME`: where a received message is kept.
struct MessageTarget {
  private enum Names {
    case whole(Int)
    /// A slot for each frame, nil where `_` leaves it out.
    case frames([Int?], rest: Rest?)
  }

  /// What the last name takes where it ends in `...`: the frames that remain, or nothing for `...` alone.
  private struct Rest {
    let slot: Int?
  }

  private let names: Names

  /// Takes `as NAME...` where it is next.
  init?(_ arguments: inout Arguments) throws(Diagnostic) {
    guard arguments.take("as") else { return nil }
    var slots: [Int?] = []
    var rest: Rest?
    repeat {
      if arguments.peek?.bareText?.hasSuffix("...") == true {
        let isUnnamed = arguments.take("...") || arguments.take("_...")
        rest = Rest(slot: isUnnamed ? nil : try arguments.nextVariable(before: "..."))
        guard let word = arguments.peek else { continue }
        throw arguments.error("'...' stands only at the end", at: word.span, label: "this is behind it")
      }
      if arguments.take("_") { slots.append(nil) } else { slots.append(try arguments.nextVariable()) }
    } while !arguments.isEmpty
    if rest == nil, slots.count == 1, let slot = slots[0] {
      names = .whole(slot)
    } else {
      names = .frames(slots, rest: rest)
    }
  }

  /// Keeps the message that a socket received last.
  func store(from target: NamedSocket, in session: Session) throws(Failure) {
    switch names {
    case .whole(let slot): target.keepMessage(in: session.frame.values + slot)
    case .frames(let slots, let rest): try store(target.message, in: slots, rest, session)
    }
  }

  /// Keeps a message that is nobody else's.
  func store(_ message: Message, in session: Session) throws(Failure) {
    switch names {
    case .whole(let slot): session.frame.values[slot] = .message(ReceivedMessage(message))
    case .frames(let slots, let rest): try store(message, in: slots, rest, session)
    }
  }

  private func store(_ message: Message, in slots: [Int?], _ rest: Rest?, _ session: Session) throws(Failure)
  {
    guard slots.count == message.count || (rest != nil && slots.count < message.count) else {
      let least = rest == nil ? "" : "at least "
      throw Failure(
        .mismatch,
        "expected \(least)\(slots.count) frame\(slots.count == 1 ? "" : "s"), received \(message.count)",
        label: "a name for each frame", notes: ["received: \(message.shownText)"])
    }
    for (index, slot) in slots.enumerated() {
      if let slot { session.frame.values[slot] = .bytes(message.bytes(index)) }
    }
    guard let slot = rest?.slot else { return }
    session.frame.values[slot] = .list((slots.count..<message.count).map { .bytes(message.bytes($0)) })
  }
}

extension Session {
  /// Receives the next message into the socket's ``NamedSocket/message``, waiting where none is there.
  @inline(__always)
  func receive(on target: NamedSocket) throws(Failure) {
    do {
      try target.receive(at: now)
    } catch {
      try receiveSlowly(on: target, after: error, until: currentDeadline())
    }
    if isTracing { trace(.received(socket: target.name, frames: target.message.shownFrames)) }
  }

  /// No message was there: tells why, or waits for one.
  @inline(never)
  func receiveSlowly(
    on target: NamedSocket, after first: ZMQError, until deadline: Deadline
  ) throws(Failure) {
    loop.receiver = target
    defer { loop.receiver = nil }
    var error = first
    var hasNoted = !isInteractive
    while true {
      tellMalformed(target)
      guard error == .again else {
        loop.serve()
        throw Diagnosis.receive(error, on: target)
      }
      if hasNoted {
        try wait(for: target, .readable, until: deadline) {
          Diagnosis.receiveTimeout(on: target, deadline)
        }
      } else {
        hasNoted = true
        try waitAndTell(target, until: deadline)
      }
      do {
        try target.receive(at: now, isAnnounced: true)
        return
      } catch let next {
        error = next
      }
      if error == .again { try pause(until: deadline) { Diagnosis.receiveTimeout(on: target, deadline) } }
    }
  }

  /// Tells, the first time, that a REP dropped what was no request.
  private func tellMalformed(_ target: NamedSocket) {
    guard target.hasUntoldMalformed else { return }
    target.hasUntoldMalformed = false
    tell(
      .notice(
        Diagnostic(
          .warning, "'\(target.name)' dropped a message that is no request",
          notes: ["before the body, a REP needs an empty frame, which a REQ adds by itself"],
          help: ["from a DEALER: `send \"\" Hello`; `\(target.name) status` counts what was dropped"])))
  }

  /// At the prompt, where waiting has no limit, it is told why nothing may come: after a moment where something is
  /// wrong, after a while in any case. Once a statement: a loop waits again and again.
  private func waitAndTell(_ target: NamedSocket, until deadline: Deadline) throws(Failure) {
    if !hasToldSilence, try isSilent(target, for: .milliseconds(300), of: deadline) {
      if let wait = Diagnosis.ownPeers(of: target, among: sockets.all) {
        tell(wait)
      } else if let reason = Diagnosis.reasonForSilence(of: target) {
        let cure = Diagnosis.fittingConnect(insteadOf: target)
        tell(Diagnosis.Wait(reason: reason, help: Diagnosis.endOfWait + (cure.map { "; then \($0)" } ?? "")))
      } else if try isSilent(target, for: Self.patience, of: deadline) {
        tell(Diagnosis.patience(with: target, after: Self.patience))
      }
    }
    try wait(for: target, .readable, until: deadline) {
      Diagnosis.receiveTimeout(on: target, deadline)
    }
  }

  /// Whether nothing comes for so long, and the wait goes on behind that.
  private func isSilent(_ target: NamedSocket, for span: Duration, of deadline: Deadline) throws(Failure)
    -> Bool
  {
    let moment = Instant.now + span
    guard deadline.instant > moment else { return false }
    return try !wait(for: target, .readable, until: moment)
  }

  /// Writes a message to standard output: its frames as words that can be typed back.
  func show(_ message: Message, of socket: NamedSocket) throws(Failure) {
    let view = socket.view
    let alias = alias(of: message, on: socket)
    if let terminal, view?.name != "raw" {
      let (lines, isShortened) = MessageDisplay(
        terminal, as: view, on: socket.type, alias: alias, notice: socket.streams.notice
      ).lines(of: message)
      for line in lines { try output.writeLine(line) }
      if isShortened {
        noteOnce(
          "shortened", "a long message is shown in part",
          help: ["`recv as x` keeps one whole; `print $x` shows all of it"])
      }
      return
    }
    try output.writeLine { (buffer) throws(Failure) in
      append(message, as: view, alias: alias, to: buffer)
    }
  }

  /// What the random routing id of a message is called at the prompt, where it says nothing to anybody.
  func alias(of message: Message, on socket: NamedSocket) -> String? {
    guard isInteractive, message.count > 0, message.frame(0).first == 0 else { return nil }
    return socket.routingIDs.alias(of: message.bytes(0))
  }

  /// Adds a message in one line: its frames as words that can be typed back.
  func append(_ message: Message, as view: View?, alias: String? = nil, to buffer: ByteBuffer) {
    let passwordFrame = message.passwordFrame
    for index in 0..<message.count {
      if index > 0 { buffer.append(UInt8(ascii: " ")) }
      let frame = message.frame(index)
      if index == 0, let alias {
        buffer.append(alias)
      } else if index == passwordFrame {
        buffer.append(SecretWords.mask)
      } else if isInteractive, frame.count > MessageDisplay.mostShown {
        buffer.append(TextView.shortened(frame, to: MessageDisplay.mostShown))
      } else if let view {
        view.append(frame) { buffer.append($0) }
      } else {
        TextView.append(frame) { buffer.append($0) }
      }
    }
  }
}

extension Message {
  /// The frames as words that can be typed back, long ones shortened.
  public static func shownText(of frames: [[UInt8]]) -> String {
    frames.map { shownText(of: $0) }.joined(separator: " ")
  }

  /// A frame as a word, of a long one what is at a byte and thereafter.
  static func shownText(of frame: [UInt8], around byte: Int = 0) -> String {
    guard frame.count > mostShown else { return TextView.word(frame) }
    // Some of what is before it tells where that is.
    let start = byte < mostShown ? 0 : min(byte - mostShown / 4, frame.count - mostShown)
    return frame.withUnsafeBytes { TextView.shortened($0, from: start, to: mostShown) }
  }

  /// How many bytes of a frame an error shows.
  private static let mostShown = 200

  var shownText: String { Self.shownText(of: shownFrames) }
}
