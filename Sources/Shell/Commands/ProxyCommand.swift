import Payload
import Script
import ZeroMQ

/// `proxy FRONT BACK [CAPTURE] [as NAME]`, zmq_proxy(3).
struct ProxyCommand: Command {
  static let usage = Usage(
    "proxy",
    [
      "proxy FRONT BACK [CAPTURE] [as NAME]", "proxy pause|resume|stop NAME", "proxy watch|unwatch NAME",
      "proxy",
    ],
    "hand what one socket receives to another, and back, until stopped",
    details: """
      FRONT and BACK are sockets: ROUTER and DEALER make a queue of requests, XSUB and XPUB a forwarder of messages and \
      subscriptions, PULL and PUSH a streamer. CAPTURE is sent a copy of each message, and drops what it has no room \
      for. With `as NAME` it runs as a task of that name, which has the sockets until it is stopped; without, it runs \
      until Ctrl-C, or the end of the `within` or the task around it: `task broker { …; proxy front back }`. `proxy` \
      alone tells the proxies and what they moved, and `stalled` where messages wait that a socket does not take; \
      `proxy watch NAME` shows each message.
      """,
    example:
      "bind pull inproc://p as front; bind push inproc://q as back; proxy front back as streamer; proxy stop streamer",
    takes: [
      .optional(
        .word("pause", "let a proxy hold what comes", .any), .word("resume", "let it go on", .any),
        .word("stop", "end it and take its sockets back", .any), .word("unwatch", "show nothing", .any),
        .word("watch", "show each message", .any), .socket),
      .one(.after(Self.verbs, .task), .notAfter(Self.verbs, .socket)),
      .optional(.notAfter(Self.verbs, .socket)),
    ], keeps: .task)

  /// What is done to a proxy that runs.
  private static let verbs = ["pause", "resume", "stop", "unwatch", "watch"]

  private enum Action {
    case run([(socket: SocketReference, place: Place)], name: PreparedWord?)
    case pause(PreparedWord, Bool)
    case watch(PreparedWord, Bool)
    case stop(PreparedWord)
    case tell
  }

  private let action: Action
  /// The name of the proxy that the script itself runs.
  private static let ownName = "proxy"

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    guard let first = arguments.peek else {
      action = .tell
      return
    }
    switch first.bareText {
    case "pause", "resume", "stop", "watch", "unwatch":
      _ = try arguments.next("")
      let name = arguments.prepare(try arguments.next("the name of a proxy"))
      action =
        switch first.bareText {
        case "pause": .pause(name, true)
        case "resume": .pause(name, false)
        case "watch": .watch(name, true)
        case "unwatch": .watch(name, false)
        default: .stop(name)
        }
      return
    default: break
    }
    var sockets: [(socket: SocketReference, place: Place)] = []
    var name: PreparedWord?
    while let word = arguments.peek, sockets.count < 3 || word.bareText == "as" {
      if arguments.take("as") {
        let word = try arguments.next("a name after 'as'")
        if let literal = word.literal {
          try Self.check(String(decoding: literal, as: UTF8.self), at: arguments.place(word.span))
        }
        arguments.preparer.declareTask(word.bareText)
        name = arguments.prepare(word)
        break
      }
      sockets.append((arguments.preparer.socketReference(word), arguments.place(word.span)))
      _ = try arguments.next("")
    }
    guard sockets.count > 1 else {
      throw arguments.error("'proxy' needs two sockets", at: arguments.head.span)
    }
    action = .run(sockets, name: name)
  }

  private static func check(_ name: String, at place: Place) throws(Diagnostic) {
    guard let reason = ReservedNames.refusal(of: name) else { return }
    throw Diagnostic(
      .error, "a proxy cannot be named '\(DisplayText.safe(name))'", at: place, label: reason)
  }

  func run(in session: Session) throws(Failure) {
    switch action {
    case .tell: try tell(in: session)
    case .pause(let word, let isPaused): try proxy(word, in: session).setPaused(isPaused)
    case .watch(let word, let isWatched): try proxy(word, in: session).setWatched(isWatched)
    case .stop(let word):
      let proxy = try proxy(word, in: session)
      let name = proxy.name
      guard let task = session.tasks[name] else {
        throw Failure(
          .value,
          Diagnostic(
            .error, "'\(name)' is no task of this session", at: word.place, label: "who runs it stops it"))
      }
      session.stop(task)
    case .run(let references, let name):
      var sockets: [NamedSocket] = []
      for reference in references {
        do {
          sockets.append(try session.socket(reference.socket))
        } catch {
          throw error.located(at: reference.place)
        }
      }
      let capture = sockets.count > 2 ? sockets[2] : nil
      if let warning = ProxyPair.silence(sockets, at: references.map(\.place)) {
        session.tell(.notice(warning))
      }
      guard let name else {
        let proxy = try Proxy(
          session.taskName ?? Self.ownName, sockets[0], sockets[1], capture, in: session)
        session.note("messages go on \(proxy.control.route)", help: ["Ctrl-C ends it"])
        do {
          try proxy.run()
        } catch {
          let summary = "the proxy has ended: \(proxy.control.summary)"
          if case .interrupted = error.kind { session.parting = summary } else { session.note(summary) }
          throw error
        }
        return
      }
      try start(try name.text(in: session), at: name.place, sockets, in: session)
    }
  }

  private func start(_ name: String, at place: Place, _ sockets: [NamedSocket], in session: Session)
    throws(Failure)
  {
    do {
      try Self.check(name, at: place)
    } catch {
      throw Failure(.value, error)
    }
    // What is wrong with the sockets is told here, and not by the task.
    let proxy = try Proxy(name, sockets[0], sockets[1], sockets.count > 2 ? sockets[2] : nil, in: session)
    let transfers = sockets.map { SocketTransfer($0, to: name) }
    for socket in sockets { session.sockets.detach(socket) }
    do {
      try session.startTask(name, scope: Scope()) { session in session.runProxy(name, transfers) }
    } catch {
      for socket in sockets { session.sockets.add(socket) }
      throw error
    }
    for (socket, transfer) in zip(sockets, transfers) { session.served[socket.name] = transfer }
    session.note(
      "'\(name)' hands messages on \(proxy.control.route)",
      help: ["`proxy` tells what it moved, `proxy watch \(name)` shows it, `proxy stop \(name)` ends it"])
  }

  private func proxy(_ word: PreparedWord, in session: Session) throws(Failure) -> ProxyControl {
    let name = try word.text(in: session)
    let proxies = session.runtime.proxies
    // One that was just started may be about to begin.
    if session.tasks[name]?.state == .running {
      _ = try session.wait(until: session.currentDeadline(), pause: .milliseconds(1)) {
        proxies[name] != nil || session.tasks[name]?.state != .running
      }
    }
    if let proxy = proxies[name] { return proxy }
    throw Failure(
      .value,
      Diagnostic(
        .error, "no proxy named '\(DisplayText.safe(name))' is running", at: word.place,
        label: didYouMean(name, among: proxies.all.map(\.name) + session.tasks.all.map(\.name)),
        help: ["`proxy` lists them"]))
  }

  private func tell(in session: Session) throws(Failure) {
    let proxies = session.runtime.proxies.all
    if proxies.isEmpty {
      session.note("no proxy is running", help: ["`proxy FRONT BACK as NAME` starts one"])
      return
    }
    var rows = [["NAME", "STATE", "FROM", "TO", "MESSAGES", "BYTES", "DROPPED"]]
    for proxy in proxies {
      for way in proxy.ways {
        rows.append([
          proxy.name, proxy.isPaused ? "paused" : way.stall != nil ? "stalled" : "running", way.from, way.to,
          "\(way.messages)",
          "\(way.bytes)", "\(way.dropped)",
        ])
      }
    }
    for line in TextTable.lines(rows) { try session.output.writeLine(line) }
    for reason in proxies.flatMap(\.stalls) { session.note(reason) }
  }
}

extension Session {
  /// Runs a proxy in a task that was handed its sockets, and gives them back.
  fileprivate func runProxy(_ name: String, _ transfers: [SocketTransfer]) -> Outcome {
    let sockets = transfers.compactMap { $0.take() }
    for socket in sockets {
      socket.moveToCurrentThread()
      self.sockets.add(socket)
    }
    defer {
      for (socket, transfer) in zip(sockets, transfers) {
        self.sockets.detach(socket)
        transfer.give(back: socket)
      }
    }
    return run { session throws(Failure) in
      try Proxy(name, sockets[0], sockets[1], sockets.count > 2 ? sockets[2] : nil, in: session).run()
    }
  }
}
