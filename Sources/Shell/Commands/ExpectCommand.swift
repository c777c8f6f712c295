import Payload
import Script
import ZeroMQ

/// `expect PATTERN... [as NAME...]`, `expect nothing`
struct ExpectCommand: Command {
  static let usage = Usage(
    "expect", ["expect PATTERN... [as NAME]", "expect nothing"],
    "receive a message and compare it frame by frame",
    details: """
      A word is literal; `_` is any one frame; `...` at the end is any frames that remain. \
      `expect nothing` holds if no message comes in time: `within 200ms expect nothing`.
      """,
    example: "expect \"World from 5556\"", actsOnSocket: true)

  private enum Pattern {
    case literal(PreparedWord)
    case anyFrame(Place)
    case anyRest(Place)

    var place: Place {
      switch self {
      case .literal(let word): word.place
      case .anyFrame(let place), .anyRest(let place): place
      }
    }
  }

  private let socket: SocketReference
  private let patterns: [Pattern]
  private let expectsNothing: Bool
  private let keep: MessageTarget?
  private let place: Place

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    place = arguments.place(arguments.head.span)
    if arguments.rest.count == 1, arguments.take("nothing") {
      patterns = []
      expectsNothing = true
      keep = nil
      return
    }
    expectsNothing = false
    var patterns: [Pattern] = []
    var rest: Word?
    while let word = arguments.peek, word.bareText != "as" {
      if let rest {
        throw arguments.error("'...' stands at the end", at: rest.span, label: "frames follow it")
      }
      _ = try arguments.next("")
      switch word.bareText {
      case "_": patterns.append(.anyFrame(arguments.place(word.span)))
      case "...":
        patterns.append(.anyRest(arguments.place(word.span)))
        rest = word
      default: patterns.append(.literal(arguments.prepare(word)))
      }
    }
    if patterns.isEmpty {
      throw arguments.error(
        "'expect' needs a pattern for each frame", at: arguments.head.span,
        help: ["`expect World`; `_` is any frame, `...` any that remain; `expect nothing` for no message"])
    }
    self.patterns = patterns
    keep = try MessageTarget(&arguments)
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    if expectsNothing { return try expectNothing(on: target, in: session) }
    // The words are made before the message is taken, so that an error in them loses no message.
    var wanted: [(Pattern, [[UInt8]])] = []
    for pattern in patterns {
      if case .literal(let word) = pattern {
        wanted.append((pattern, try word.expanded(in: session)))
      } else {
        wanted.append((pattern, []))
      }
    }
    try session.receive(on: target)
    try compare(target.message, with: wanted, on: target)
    try keep?.store(from: target, in: session)
  }

  private func compare(_ message: Message, with wanted: [(Pattern, [[UInt8]])], on target: NamedSocket)
    throws(Failure)
  {
    var index = 0
    for (pattern, words) in wanted {
      switch pattern {
      case .anyRest: return
      case .anyFrame(let place):
        if index >= message.count {
          throw mismatch(message, wanted, at: place, "frame \(index + 1) is missing", target)
        }
        index += 1
      case .literal(let word):
        for bytes in words {
          if index >= message.count {
            throw mismatch(message, wanted, at: word.place, "frame \(index + 1) is missing", target)
          }
          if !message.frame(index).elementsEqual(bytes) {
            let difference = Self.difference(bytes, message.bytes(index))
            let which = message.count == 1 && wanted.count == 1 ? "" : "frame \(index + 1): "
            throw mismatch(message, wanted, at: word.place, which + difference, target)
          }
          index += 1
        }
      }
    }
    if index < message.count, let last = wanted.last {
      let more = message.count - index
      throw mismatch(
        message, wanted, at: last.0.place, "\(more) more frame\(more == 1 ? "" : "s") came after this", target
      )
    }
  }

  /// Where two frames first differ.
  private static func difference(_ expected: [UInt8], _ received: [UInt8]) -> String {
    let common = zip(expected, received).prefix { $0 == $1 }.count
    let lengths =
      expected.count == received.count ? "" : "; \(expected.count) bytes expected, \(received.count) received"
    if common == expected.count { return "the frame goes on after byte \(common)\(lengths)" }
    if common == received.count { return "the frame ends after byte \(common)\(lengths)" }
    return "they differ at byte \(common + 1)\(lengths)"
  }

  private func mismatch(
    _ message: Message, _ wanted: [(Pattern, [[UInt8]])], at place: Place, _ label: String,
    _ target: NamedSocket
  ) -> Failure {
    let expected = wanted.flatMap { pattern, words in
      switch pattern {
      case .literal: words.map(TextView.word)
      case .anyFrame: ["_"]
      case .anyRest: ["..."]
      }
    }
    return Failure(
      .mismatch,
      Diagnostic(
        .error, "'\(target.name)' received another message than expected", at: place, label: label,
        notes: ["expected: \(expected.joined(separator: " "))", "received: \(message.shownText)"]))
  }

  private func expectNothing(on target: NamedSocket, in session: Session) throws(Failure) {
    var deadline = session.currentDeadline()
    if deadline.instant == .never {
      let patience = Duration.seconds(1)
      deadline = Session.Deadline(instant: .now + patience, length: patience, isExplicit: false)
    }
    do {
      try target.receive(at: session.now)
    } catch {
      guard error == .again else { throw Diagnosis.receive(error, on: target) }
      do {
        try session.receiveSlowly(on: target, after: error, until: deadline)
      } catch let failure {
        if case .timeout = failure.kind { return }
        throw failure
      }
    }
    throw Failure(
      .mismatch,
      Diagnostic(
        .error, "'\(target.name)' received a message where none was expected", at: place,
        notes: ["received: \(target.message.shownText)"]))
  }
}
