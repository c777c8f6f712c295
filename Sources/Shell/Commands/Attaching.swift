import Script
import ZeroMQ

/// What `bind` and `connect` share: `TYPE|NAME ENDPOINT... [as NAME] [option=value ...]`.
struct Attaching {
  private let role: Endpoint.Role
  private let subject: SocketSubject
  private let endpoints: [EndpointWord]
  private let options: [OptionAssignment]
  private let security: SecurityClause?

  init(_ arguments: inout Arguments, role: Endpoint.Role) throws(Diagnostic) {
    self.role = role
    let subjectWord = try Self.takeSubject(&arguments)
    var endpoints: [EndpointWord] = []
    var options: [OptionAssignment] = []
    var nameWord: Word?
    var security: SecurityClause?
    while let word = arguments.peek {
      if arguments.take("as") {
        nameWord = try arguments.next("a name after 'as'")
      } else if let clause = try SecurityClause(&arguments) {
        security = clause
      } else if let assignment = try OptionAssignment(word, arguments) {
        options.append(assignment)
        _ = try arguments.next("")
      } else {
        endpoints.append(try EndpointWord(arguments.next("an endpoint"), role: role, arguments))
      }
    }
    if endpoints.isEmpty {
      throw arguments.error(
        "'\(arguments.usage.name)' needs an endpoint", at: (subjectWord ?? arguments.head).span,
        label: "an endpoint stands after this",
        help: [
          "`5546` is a port of this machine, `host:5546` one of another, `:0` a free one, `./name` a socket file"
        ])
    }
    subject = try SocketSubject(subjectWord, nameWord, arguments)
    try subject.check(options)
    self.endpoints = endpoints
    self.options = options
    self.security = security
  }

  /// The TYPE or NAME, unless the socket stood before the command.
  private static func takeSubject(_ arguments: inout Arguments) throws(Diagnostic) -> Word? {
    guard case .current = arguments.socket else { return nil }
    let verb = arguments.usage.name
    let word = try arguments.next("a socket type or a socket's name")
    if let literal = word.literal, !Names.isName(String(decoding: literal, as: UTF8.self)) {
      let type = verb == "bind" ? "rep" : "req"
      let text = DisplayText.safe(String(decoding: literal, as: UTF8.self))
      throw arguments.error(
        "'\(verb)' needs a socket type or a socket's name before the endpoint", at: word.span,
        label: "this is an endpoint already",
        help: ["`\(verb) \(type) \(text)`, or `\(verb) NAME \(text)` for a socket that you have"])
    }
    return word
  }

  func run(in session: Session) throws(Failure) { _ = try attach(in: session) }

  /// Does it, and gives the socket.
  func attach(in session: Session) throws(Failure) -> NamedSocket {
    let (socket, isNew) = try subject.resolve(with: options, in: session)
    let hadEndpoints = !socket.endpoints.isEmpty
    do {
      try security?.apply(to: socket, in: session)
      for endpoint in endpoints {
        for endpoint in try endpoint.endpoints(in: session) { try attach(endpoint, to: socket, in: session) }
      }
    } catch {
      // A socket that got no further was never asked for.
      if isNew {
        session.sockets.remove(socket)
        if session.isTracing { session.trace(.closed(socket: socket.name)) }
      }
      throw error
    }
    session.sockets.use(socket)
    if !socket.options.isEmpty {
      let places = options.map { (option: $0.option, place: $0.namePlace) }
      IdleOption.warn(of: places, onlyThose: hadEndpoints, on: socket, in: session)
    }
    if role == .connect { try tellConnections(of: socket, in: session) }
    return socket
  }

  private func attach(_ endpoint: Endpoint, to socket: NamedSocket, in session: Session) throws(Failure) {
    // Also where it fails: the socket may have got its monitor.
    defer { session.sockets.didChange() }
    do {
      switch role {
      case .bind:
        let resolved = try socket.bind(endpoint)
        session.tell(.bound(socket: socket.name, endpoint: resolved))
        if socket.endpoints.last?.isEverywhere == true { noteOpenness(of: socket, in: session) }
      case .connect:
        try socket.connect(endpoint)
        session.tell(.connecting(socket: socket.name, endpoint: endpoint.description))
        session.warnOfCompanions(of: socket)
      }
      warnOfOpenTransport(endpoint, socket, in: session)
    } catch {
      throw Diagnosis.attach(error, role, endpoint, on: socket, in: session)
    }
  }

  /// Says once that everybody may come.
  private func noteOpenness(of socket: NamedSocket, in session: Session) {
    guard !socket.hasMechanism, !session.runtime.authenticator.isRunning else { return }
    session.noteOnce(
      "open", "'\(socket.name)' lets everybody in who reaches this machine, and encrypts nothing",
      help: ["`bind … curve server` secures it; `bind \(socket.type.name) 5546` is for this machine alone"])
  }

  /// libzmq takes keys and passwords for every transport, and asks for them over those alone that shake hands.
  private func warnOfOpenTransport(_ endpoint: Endpoint, _ socket: NamedSocket, in session: Session) {
    let isMulticast = ["norm", "pgm", "epgm"].contains(endpoint.transport)
    guard
      isMulticast && session.runtime.isAsked
        || socket.hasMechanism && (isMulticast || endpoint.transport == "inproc")
    else { return }
    session.tell(
      .notice(
        Diagnostic(
          .warning,
          "'\(socket.name)' is not secured over \(endpoint.transport): libzmq asks nobody there who they are",
          notes: isMulticast ? ["who can reach it may read and send, and nothing is encrypted"] : [],
          help: isMulticast ? ["tcp, ipc and ws know security"] : ["peers over inproc are of this program"])))
  }

  /// At the prompt, a moment is given to the handshake, because `connect` itself succeeds to nobody.
  private func tellConnections(of socket: NamedSocket, in session: Session) throws(Failure) {
    guard session.isInteractive, socket.monitor != nil else { return }
    let connects = socket.endpoints.filter { $0.role == .connect && $0.endpoint.transport != "inproc" }
      .suffix(8)
    // Over a slow network, or on a busy machine, it takes some of it; what is refused is known at once.
    let moment = Deadline(instant: .now + .seconds(1), length: .seconds(1), isExplicit: false)
    // What is said here is not said again.
    session.teller?.isQuiet = { $0 === socket }
    defer { session.teller?.isQuiet = { _ in false } }
    func isReady(_ attachment: NamedSocket.Attachment) -> Bool {
      socket.connections.ready.contains { $0.endpoint == attachment.resolved }
    }
    _ = try session.wait(until: moment) {
      connects.allSatisfy {
        isReady($0)
          || socket.connections.silent(at: $0.resolved) == nil && Diagnosis.trouble(at: $0, of: socket) != nil
      }
    }
    for attachment in connects {
      if isReady(attachment) {
        session.note("'\(socket.name)' is connected to \(attachment.resolved)")
      } else if let trouble = Diagnosis.trouble(at: attachment, of: socket) {
        session.note(
          "\(attachment.resolved): \(trouble)",
          help: Diagnosis.fittingConnect(instead: attachment, of: socket).map { [$0] } ?? [])
        session.teller?.didTellTrouble(of: socket, at: attachment.resolved)
      } else {
        session.note("\(attachment.resolved) has not answered yet; `wait connected` waits for it")
      }
    }
  }
}

/// The socket that `bind`, `connect` and `socket` make or go on with.
struct SocketSubject {
  private enum Target {
    case make(SocketType)
    case existing(SocketReference)
    /// Told apart when it runs: the word is interpolated.
    case either(PreparedWord)
  }

  private let target: Target
  private let name: PreparedWord?
  private let place: Place
  private let makesOnly: Bool

  /// - Parameters:
  ///   - word: The TYPE or NAME; nil where a socket stood before the command.
  ///   - makesOnly: Whether a TYPE alone will do.
  init(_ word: Word?, _ nameWord: Word?, _ arguments: Arguments, makesOnly: Bool = false)
    throws(Diagnostic)
  {
    self.makesOnly = makesOnly
    place = arguments.place((word ?? arguments.head).span)
    if let word {
      if let type = word.bareText.flatMap(SocketType.init(name:)) {
        target = .make(type)
      } else if let text = word.bareText, makesOnly, arguments.preparer.isKnownSocket(text) {
        throw arguments.error(
          "'\(text)' is a socket already", at: word.span, label: "a socket type stands here",
          help: [
            "`use \(text)` makes it the current one; `\(arguments.usage.name) rep as NAME` makes a new one"
          ])
      } else if let text = word.bareText, nameWord != nil || makesOnly,
        !arguments.preparer.isKnownSocket(text)
      {
        // With `as` a type was meant, whatever is named further down.
        let (label, help) = SocketType.advice(for: text)
        throw arguments.error("'\(text)' is no socket type", at: word.span, label: label, help: help)
      } else if word.literal != nil {
        target = .existing(arguments.preparer.socketReference(word, orType: true))
      } else {
        target = .either(arguments.prepare(word))
      }
    } else {
      target = .existing(arguments.socket)
    }
    if let nameWord {
      if case .existing = target {
        throw arguments.error(
          "'as' names a new socket, and this one has its name", at: nameWord.span,
          help: ["write the socket's type to make a new one: `\(arguments.usage.name) req … as NAME`"])
      }
      if let literal = nameWord.literal {
        let text = String(decoding: literal, as: UTF8.self)
        // Declared also where it is refused: one error is enough, and what uses the name is none.
        arguments.preparer.declareSocket(text)
        if let reason = ReservedNames.refusal(of: text) {
          throw arguments.error(
            "a socket cannot be named '\(DisplayText.safe(text))'", at: nameWord.span, label: reason, help: []
          )
        }
      } else {
        arguments.preparer.declareSocket(nil)
      }
      name = arguments.prepare(nameWord)
    } else {
      name = nil
    }
  }

  /// Refuses options that the type does not have, where the type is plain.
  func check(_ options: [OptionAssignment]) throws(Diagnostic) {
    guard case .make(let type) = target else { return }
    for option in options { try option.check(type) }
  }

  /// The socket, made with the options or given them.
  func resolve(with options: [OptionAssignment], in session: Session) throws(Failure) -> (
    NamedSocket, isNew: Bool
  ) {
    switch target {
    case .make(let type): return (try make(type, options, in: session), true)
    case .existing(let reference):
      return (try adopt(try session.socket(reference), options, in: session), false)
    case .either(let word):
      let text = try word.text(in: session)
      if let type = SocketType(name: text) { return (try make(type, options, in: session), true) }
      if makesOnly || session.sockets[text] == nil { throw noSubject(text, in: session) }
      return (try adopt(try session.socket(named: Array(text.utf8)), options, in: session), false)
    }
  }

  private func noSubject(_ text: String, in session: Session) -> Failure {
    let (label, help) = SocketType.advice(for: text, among: makesOnly ? [] : session.sockets.all.map(\.name))
    let what = makesOnly ? "is no socket type" : "is neither a socket type nor a socket"
    return Failure(
      .value,
      Diagnostic(
        .error, "'\(DisplayText.safe(text))' \(what)", at: place, label: label, help: help))
  }

  private func adopt(_ socket: NamedSocket, _ options: [OptionAssignment], in session: Session)
    throws(Failure) -> NamedSocket
  {
    for assignment in options { try assignment.apply(to: socket, in: session) }
    return socket
  }

  private func make(_ type: SocketType, _ options: [OptionAssignment], in session: Session) throws(Failure)
    -> NamedSocket
  {
    let chosen = try name?.text(in: session)
    if let chosen {
      if let reason = ReservedNames.refusal(of: chosen) {
        throw Failure(.value, "a socket cannot be named '\(DisplayText.safe(chosen))'", label: reason)
      }
      if let task = session.served[chosen]?.task {
        throw Failure(
          .value, "a socket named '\(chosen)' is there already", label: "a task serves it",
          help: ["`stop \(task)` ends the task and gives the socket back"])
      }
      if let taken = session.sockets[chosen] {
        throw Failure(
          .value, "a socket named '\(chosen)' is there already",
          label: "it is \(Diagnosis.article(taken.type))",
          help: ["`close \(chosen)` first, choose another name, or add endpoints to it: `bind \(chosen) …`"])
      }
    }
    let socketName = chosen ?? session.sockets.freshName(for: type)
    let socket: NamedSocket
    do {
      socket = try NamedSocket(name: socketName, type: type, in: session.runtime)
    } catch {
      throw Diagnosis.open(error, type, in: session)
    }
    for assignment in options { try assignment.apply(to: socket, in: session) }
    session.sockets.add(socket)
    if session.isTracing { session.trace(.opened(socket: socketName, type: type)) }
    return socket
  }
}

/// An endpoint of a statement: checked beforehand where it is plain, when it runs where it is interpolated.
struct EndpointWord {
  private let role: Endpoint.Role
  private let word: PreparedWord
  var place: Place { word.place }
  private let constant: Endpoint?

  init(_ word: Word, role: Endpoint.Role, _ arguments: Arguments) throws(Diagnostic) {
    self.role = role
    self.word = arguments.prepare(word)
    guard let literal = word.literal else {
      constant = nil
      return
    }
    do {
      constant = try Endpoint(String(decoding: literal, as: UTF8.self), for: role)
    } catch {
      throw Self.diagnostic(error, literal, Place(arguments.preparer.source, Self.span(of: error, in: word)))
    }
  }

  /// The endpoints that the word stands for: several where it is a list.
  func endpoints(in session: Session) throws(Failure) -> [Endpoint] {
    if let constant { return [constant] }
    var endpoints: [Endpoint] = []
    for bytes in try word.expanded(in: session) {
      do {
        endpoints.append(try Endpoint(String(decoding: bytes, as: UTF8.self), for: role))
      } catch {
        throw Failure(.zmq(.invalidArgument), Self.diagnostic(error, bytes, word.place))
      }
    }
    return endpoints
  }

  private static func diagnostic(_ error: EndpointError, _ text: [UInt8], _ place: Place) -> Diagnostic {
    Diagnostic(
      .error, "'\(DisplayText.safe(String(decoding: text, as: UTF8.self)))' is no endpoint", at: place,
      label: error.reason, help: error.help.map { [$0] } ?? [])
  }

  /// The part of the word that is wrong; a quoted word has its quote before it.
  private static func span(of error: EndpointError, in word: Word) -> Span {
    if word.isQuoted { return word.span }
    let start = word.span.start + error.range.lowerBound
    let end = word.span.start + error.range.upperBound
    return start < end && end <= word.span.end ? Span(start, end) : word.span
  }
}
