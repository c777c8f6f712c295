import Script
import ZeroMQ

/// `expect PATTERN... [as NAME...]`, `expect nothing`
struct ExpectCommand: Command {
  static let usage = Usage(
    "expect", ["expect PATTERN... [as NAME]", "expect nothing"],
    "receive a message and compare it frame by frame",
    details: """
      A word is literal, also one with an encoding (`hex:00ff`); `_` is any one frame; `...` at the end is any frames \
      that remain. `re:'World from (?<port>\\d+)'` is a regular expression for the whole frame, whose named groups \
      become variables; `glob:'World*'` has `*`, `?` and `[a-z]`; `json:'{"ok":true}'`, or the JSON without quotes, \
      asks for these members and leaves others free. \
      `expect nothing` holds if no message comes in time: `within 200ms expect nothing`.
      """,
    example: "expect \"World from 5556\"", actsOnSocket: true,
    takes: [.some(.pattern)], keeps: .variables, needs: .receives)

  private let socket: SocketReference
  private let target: MessageTarget?
  /// Nil for `expect nothing`.
  private let preparedPattern: PreparedPattern?
  private let place: Place

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    place = arguments.place(arguments.head.span)
    if arguments.rest.count == 1, arguments.take("nothing") {
      preparedPattern = nil
      target = nil
    } else {
      preparedPattern = try PreparedPattern(&arguments)
      target = try MessageTarget(&arguments)
    }
  }

  /// Whether it is `expect nothing`.
  var expectsNothing: Bool { preparedPattern == nil }

  func run(in session: Session) throws(Failure) {
    let socket = try self.target(in: session)
    guard let preparedPattern else { return try expectNothing(on: socket, in: session) }
    // The words are evaluated before the message is taken, so that an error in them loses no message.
    let pattern = try preparedPattern.evaluate(in: session)
    do {
      try session.receive(on: socket)
    } catch {
      session.traceExpectation(on: socket, pattern.text, holds: false)
      throw error
    }
    // Where the script is written anew, what came is what should have been expected.
    let mismatch =
      session.accepts(socket.message, for: pattern) ? nil : pattern.mismatch(socket.message)
    session.traceExpectation(on: socket, pattern.text, holds: mismatch == nil)
    if let mismatch {
      session.loop.serve()
      throw Failure(
        .mismatch,
        Diagnostic(
          .error, "'\(socket.name)' received another message than expected", at: mismatch.place,
          label: mismatch.label,
          notes: pattern.notes(beside: socket.message)
            + Diagnosis.lastEvents(of: socket, skippingLast: 1)))
    }
    pattern.capture(socket.message, in: session)
    try target?.store(from: socket, in: session)
  }

  // MARK: For `unordered`

  func target(in session: Session) throws(Failure) -> NamedSocket { try session.socket(socket) }

  func pattern(in session: Session) throws(Failure) -> MessagePattern {
    try preparedPattern?.evaluate(in: session) ?? MessagePattern(frames: [], rest: nil, place: place)
  }

  /// Keeps a message that matched and that nobody else needs, where the statement says so.
  func keep(_ message: Message, matching pattern: MessagePattern, in session: Session) throws(Failure) {
    pattern.capture(message, in: session)
    try target?.store(message, in: session)
  }

  private func expectNothing(on socket: NamedSocket, in session: Session) throws(Failure) {
    var deadline = session.currentDeadline()
    if deadline.instant == .never {
      let patience = Duration.seconds(1)
      deadline = Deadline(instant: .now + patience, length: patience, isExplicit: false)
    }
    do {
      try socket.receive(at: session.now)
    } catch {
      guard error == .again else { throw Diagnosis.receive(error, on: socket) }
      do {
        try session.receiveSlowly(on: socket, after: error, until: deadline)
      } catch let failure {
        if case .timeout = failure.kind {
          return session.traceExpectation(on: socket, "nothing", holds: true)
        }
        throw failure
      }
    }
    session.loop.serve()
    if session.isTracing {
      session.trace(.received(socket: socket.name, frames: socket.message.shownFrames))
      session.traceExpectation(on: socket, "nothing", holds: false)
    }
    throw Failure(
      .mismatch,
      Diagnostic(
        .error, "'\(socket.name)' received a message where none was expected", at: place,
        notes: ["received: \(socket.message.shownText)"] + Diagnosis.lastEvents(of: socket, skippingLast: 1)))
  }
}

extension Session {
  /// Tells what became of an expectation, where anybody wants to know.
  @inline(__always)
  func traceExpectation(on socket: NamedSocket, _ pattern: @autoclosure () -> String, holds: Bool) {
    if isTracing { trace(.expected(socket: socket.name, pattern: pattern(), holds: holds)) }
  }
}
