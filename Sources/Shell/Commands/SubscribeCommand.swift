import Script
import ZeroMQ

/// `subscribe PREFIX...`, `ZMQ_SUBSCRIBE` of zmq_setsockopt(3).
struct SubscribeCommand: Command {
  static let usage = Usage(
    "subscribe", ["subscribe PREFIX..."], "let messages through that begin with a prefix",
    details: "A SUB receives nothing before. `subscribe ''` lets all messages through.",
    example: "sub1 subscribe ''",
    actsOnSocket: true,
    takes: [.some(.frame)], needs: .subscribes)

  private let subscribing: Subscribing

  init(_ arguments: inout Arguments) throws(Diagnostic) { subscribing = try Subscribing(&arguments) }

  func run(in session: Session) throws(Failure) {
    try subscribing.run(in: session) { (socket, prefix) throws(ZMQError) in try socket.subscribe(prefix) }
  }
}

/// `unsubscribe PREFIX...`, `ZMQ_UNSUBSCRIBE` of zmq_setsockopt(3).
struct UnsubscribeCommand: Command {
  static let usage = Usage(
    "unsubscribe", ["unsubscribe PREFIX..."], "take back a `subscribe` of the same prefix",
    example: "sub1 unsubscribe ''",
    actsOnSocket: true,
    takes: [.some(.subscription)], needs: .subscribes)

  private let subscribing: Subscribing

  init(_ arguments: inout Arguments) throws(Diagnostic) { subscribing = try Subscribing(&arguments) }

  func run(in session: Session) throws(Failure) {
    try subscribing.run(in: session) { (socket, prefix) throws(ZMQError) in
      guard socket.type == .xpub || socket.subscriptions.contains(prefix) else { throw .noEntry }
      try socket.unsubscribe(prefix)
    }
  }
}

/// What both share.
private struct Subscribing {
  let verb: String
  let socket: SocketReference
  let prefixes: [PreparedWord]

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    verb = arguments.usage.name
    socket = arguments.socket
    if arguments.isEmpty {
      throw arguments.error(
        "'\(verb)' needs a prefix", at: arguments.head.span,
        help: ["`\(verb) ''` for all messages, `\(verb) PREFIX` for some"])
    }
    prefixes = arguments.takeFrames()
  }

  func run(in session: Session, _ act: (NamedSocket, [UInt8]) throws(ZMQError) -> Void) throws(Failure) {
    let target = try session.socket(socket)
    let isManual =
      target.type == .xpub
      && target.options.contains { $0.option.name.hasPrefix("xpub_manual") && $0.value == .integer(1) }
    guard target.type == .sub || target.type == .xsub || isManual else {
      throw Failure(
        .zmq(.notSupported), "cannot \(verb) on '\(target.name)': \(ZMQError.notSupported) (ENOTSUP)",
        label: "\(Diagnosis.article(target.type)) has no subscriptions; a SUB has",
        help: target.type == .xpub ? ["made with `xpub_manual=1`, it takes those of its peers by hand"] : [])
    }
    for word in prefixes {
      for prefix in try word.expanded(in: session) {
        do {
          try act(target, prefix)
        } catch {
          if error == .noEntry {
            throw Failure(
              .zmq(error),
              Diagnostic(.error, "'\(target.name)' has not subscribed to this prefix", at: word.place))
          }
          throw Failure(.zmq(error), "cannot \(verb) on '\(target.name)': \(error) (\(error.name))")
        }
      }
    }
  }
}
