import Script
import ZeroMQ

/// `curve server …`, `curve client …`, `plain server`, `plain client …`: how a socket and its peers know each other.
///
/// It stands behind `bind`, `connect` and `socket`, or is a command of its own.
struct SecurityClause {
  private enum Role {
    /// With a certificate or a secret key; nil for new keys.
    case curveServer(CurveWord?)
    /// With the server's public key, and a certificate or secret key of its own; nil for new keys.
    case curveClient(server: CurveWord, own: CurveWord?)
    case plainServer
    case plainClient(user: PreparedWord, PasswordSource)
  }

  private let role: Role
  private let place: Place

  static let curveSynopsis = ["curve server [CERT|KEY]", "curve client SERVERKEY|CERT [CERT|KEY]"]
  static let plainSynopsis = ["plain server", "plain client USER [$env.NAME|from FILE]"]

  /// The words that begin one.
  static let keywords = ["curve", "plain"]

  /// Takes a clause where the next word begins one.
  init?(_ arguments: inout Arguments) throws(Diagnostic) {
    guard let word = arguments.peek, let mechanism = word.bareText, Self.keywords.contains(mechanism) else {
      return nil
    }
    _ = arguments.take(mechanism)
    self = try SecurityClause(mechanism, at: word.span, &arguments)
  }

  /// Takes what follows `curve` or `plain`.
  init(_ mechanism: String, at span: Span, _ arguments: inout Arguments) throws(Diagnostic) {
    place = arguments.place(span)
    let help = [
      "usage: "
        + (mechanism == "curve" ? Self.curveSynopsis : Self.plainSynopsis).map { "`\($0)`" }.joined(
          separator: " or ")
    ]
    let word = arguments.peek
    if arguments.take("server") {
      role = mechanism == "curve" ? .curveServer(Self.optionalKey(&arguments)) : .plainServer
    } else if arguments.take("client") {
      guard !Self.isAtEnd(arguments) else {
        let what = mechanism == "curve" ? "the server's public key or certificate" : "the name of a user"
        throw arguments.error("'\(mechanism) client' needs \(what)", at: span, help: help)
      }
      if mechanism == "curve" {
        let server = CurveWord(try arguments.next(""), arguments)
        role = .curveClient(server: server, own: Self.optionalKey(&arguments))
      } else {
        let user = arguments.prepare(try arguments.next(""))
        role = .plainClient(user: user, try PasswordSource(&arguments))
      }
    } else {
      throw arguments.error(
        "'\(mechanism)' needs 'server' or 'client'", at: word?.span ?? span, label: "which of them is it?",
        help: help)
    }
  }

  private static func optionalKey(_ arguments: inout Arguments) -> CurveWord? {
    guard !isAtEnd(arguments), let word = try? arguments.next("") else { return nil }
    return CurveWord(word, arguments)
  }

  /// Whether the words that are left belong to the statement around it: `as NAME`, `option=value`.
  private static func isAtEnd(_ arguments: Arguments) -> Bool {
    guard let word = arguments.peek else { return true }
    return word.bareText == "as" || word.assignment.map { SocketOption.named($0.name) != nil } ?? false
  }

  func apply(to socket: NamedSocket, in session: Session) throws(Failure) {
    guard socket.type != .stream else {
      throw Failure(
        .zmq(.notSupported), "'\(socket.name)' cannot be secured", label: "a STREAM speaks plain TCP")
    }
    switch role {
    case .curveServer(let word):
      let keys = try pair(word, in: session)
      try set("curve_server", .integer(1), of: socket)
      try set(keys, of: socket)
      if word == nil {
        session.note(
          "the public key of '\(socket.name)' is \(keys.publicKey.text)",
          help: ["a client: `connect TYPE ENDPOINT curve client '\(keys.publicKey.text)'`"])
      }
      if !session.runtime.isAsked {
        session.noteOnce(
          "curve", "every client that knows the public key of '\(socket.name)' is let in",
          help: ["`auth curve FOLDER` lets only those in whose certificates are there"])
      }
    case .curveClient(let server, let own):
      let serverKey = try server.publicKey(in: session)
      let keys = try pair(own, in: session)
      try set("curve_serverkey", .bytes(serverKey.bytes), of: socket)
      try set(keys, of: socket)
    case .plainServer:
      try set("plain_server", .integer(1), of: socket)
      if !session.runtime.isAsked {
        session.note(
          "nobody is let in by '\(socket.name)' yet: a PLAIN server asks the `auth` of this program",
          help: ["`auth plain USER` lets a user in"])
      }
    case .plainClient(let user, let source):
      let name = try user.bytes(in: session)
      let password = try source.password(of: name, in: session)
      try setText("plain_username", name, of: socket)
      try setText("plain_password", password, of: socket)
    }
    warnIfLate(socket, session)
  }

  /// The pair of keys that a word means, or new ones.
  private func pair(_ word: CurveWord?, in session: Session) throws(Failure) -> CurveCertificate {
    if let word { return try word.pair(in: session) }
    do {
      return try CurveCertificate.make()
    } catch {
      throw Failure(.zmq(error), "cannot make keys: \(error) (\(error.name))")
    }
  }

  private func set(_ keys: CurveCertificate, of socket: NamedSocket) throws(Failure) {
    guard let secretKey = keys.secretKey else { return }
    try set("curve_publickey", .bytes(keys.publicKey.bytes), of: socket)
    try set("curve_secretkey", .bytes(secretKey.bytes), of: socket)
  }

  private func setText(_ name: String, _ text: [UInt8], of socket: NamedSocket) throws(Failure) {
    guard let option = SocketOption.named(name) else { return }
    let value: OptionValue
    do {
      value = try option.parse(text)
    } catch {
      throw Failure(.value, Diagnostic(.error, error.message, at: place))
    }
    try set(name, value, of: socket)
  }

  private func set(_ name: String, _ value: OptionValue, of socket: NamedSocket) throws(Failure) {
    guard let option = SocketOption.named(name) else { return }
    do {
      try socket.set(option, to: value)
    } catch {
      throw Failure(
        .zmq(error),
        Diagnostic(.error, "cannot secure '\(socket.name)': \(error) (\(error.name))", at: place, label: name)
      )
    }
  }

  /// libzmq takes the options and ignores them for what is bound or connected already.
  private func warnIfLate(_ socket: NamedSocket, _ session: Session) {
    guard !socket.endpoints.isEmpty else { return }
    session.tell(
      .notice(
        Diagnostic(
          .warning, "what '\(socket.name)' is bound or connected to already is not secured by this",
          at: place, label: "it counts from the next bind or connect on",
          help: ["`\(socket.name) reset` makes the socket again, secured"])))
  }
}

/// A CURVE key, or the file that has it.
struct CurveWord {
  private let word: PreparedWord
  private let folder: String

  init(_ word: Word, _ arguments: Arguments) {
    self.word = arguments.prepare(word)
    folder = arguments.preparer.source.folder
  }

  /// The public key of somebody else.
  func publicKey(in session: Session) throws(Failure) -> CurveKey {
    let text = try word.text(in: session)
    if let key = CurveKey(text: text) { return key }
    do throws(Failure) {
      return try CertificateFiles.readPublic(path(text), stoppedBy: session.interrupt)
    } catch {
      throw located(error, text)
    }
  }

  /// The pair of somebody who has its secret key.
  func pair(in session: Session) throws(Failure) -> CurveCertificate {
    let text = try word.text(in: session)
    if let key = CurveKey(text: text) {
      do {
        return try CurveCertificate(secretKey: key)
      } catch {
        throw Failure(.zmq(error), "cannot make keys: \(error) (\(error.name))")
      }
    }
    let certificate: CurveCertificate
    do throws(Failure) {
      certificate = try CertificateFiles.read(path(text), stoppedBy: session.interrupt)
    } catch {
      throw located(error, text)
    }
    guard certificate.secretKey != nil else {
      throw Failure(
        .value,
        Diagnostic(
          .error, "the certificate '\(text)' has no secret key", at: word.place,
          label: "it is the one to give away",
          help: ["the owner's is beside it: '\(text)\(CertificateFiles.secretSuffix)'"]))
    }
    if CertificateFiles.isExposed(path(text)) {
      session.tell(
        .notice(
          Diagnostic(
            .warning, "others can read the secret key of '\(text)'", at: word.place,
            help: ["`chmod 600` keeps it secret"])))
    }
    if let stray = CertificateFiles.strayPublicKey(path(text), besides: certificate) {
      session.tell(
        .notice(
          Diagnostic(
            .warning, "'\(text)' has another public key than '\(text)\(CertificateFiles.secretSuffix)'",
            at: word.place, label: "the one that fits is '\(certificate.publicKey.text)'",
            notes: ["who was given '\(stray.text)' is turned away"],
            help: ["`keygen \(text) --force` makes a new pair"])))
    }
    return certificate
  }

  private func path(_ text: String) -> String { FileContents.path(text, relativeTo: folder) }

  /// What was meant as a key must not be shown as the name of a file.
  private func located(_ failure: Failure, _ text: String) -> Failure {
    let looksLikeKey = SecretWords.isKey(text) && !FileContents.exists(path(text))
    guard looksLikeKey else { return failure.located(at: word.place) }
    let count = text.utf8.count
    return Failure(
      .value,
      Diagnostic(
        .error, "this is neither a CURVE key nor the file of a certificate", at: word.place,
        label: count == CurveKey.textCount
          ? "a character in it is none of Z85's" : "a key has 40 characters, this has \(count)",
        help: ["keys stand in single quotes: `curve client 'KEY'`"]))
  }
}
