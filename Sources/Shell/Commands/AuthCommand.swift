import Payload
import Script
import ZeroMQ

/// `auth`: who is let in; ZAP, RFC 27.
struct AuthCommand: Command {
  static let usage = Usage(
    "auth",
    [
      "auth", "auth allow ADDRESS...", "auth deny ADDRESS...",
      "auth plain USER [$env.NAME|from FILE] [domain=NAME]", "auth curve FOLDER|KEY...|any [domain=NAME]",
      "auth log [as NAME]", "auth log on|off", "auth stop",
    ],
    "decide which peers the sockets of this program let in",
    details: """
      The first `auth` starts a task of this name that libzmq asks before it lets a peer in (ZAP). Addresses may be \
      ranges, `10.0.0.0/8`, or `ipc`, and a denied one is refused whatever else holds. A CURVE client is let in where its \
      certificate is in the folder, whose files may come and go; a PLAIN client with the password of the user. \
      `domain=` restricts it to sockets with that `zap_domain`. `auth` alone tells what holds, `auth log` the newest \
      verdicts, `auth log on` each as it is given, and `wait auth denied as who` waits for one: `$who` is the verdict, \
      the mechanism, the address, the user or key, the domain and the reason, and `auth log as log` a list of such. \
      `help security` shows the whole.
      """,
    example: "auth deny 192.0.2.0/24; auth stop",
    takes: [
      .optional(
        .word("allow", "let addresses in", .any), .word("curve", "let in whose key is known", .any),
        .word("deny", "refuse addresses", .any), .word("log", "show each request", .any),
        .word("plain", "let in who has a password", .any), .word("stop", "ask nobody any more", .any)),
      .any(
        .after(["log"], .word("off", "", .any)), .after(["log"], .word("on", "", .any)),
        .after(["from"], .file),
        .after(["curve"], .word("any", "every key", .any)), .after(["curve"], .file)),
    ])

  private enum Action {
    case status
    case addresses([PreparedWord], isAllowed: Bool)
    case plain(user: PreparedWord, PasswordSource, domain: PreparedWord?)
    case curve([PreparedWord], folder: String, domain: PreparedWord?)
    case log(Bool)
    /// Shown, or kept in a variable.
    case showLog(slot: Int?)
    case stop
  }

  private static let actions = ["allow", "curve", "deny", "log", "plain", "stop"]

  private let action: Action

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    guard !arguments.isEmpty else {
      action = .status
      return
    }
    let word = try arguments.next("")
    switch word.bareText {
    case "allow", "deny":
      let verb = word.bareText ?? ""
      guard !arguments.isEmpty else {
        throw arguments.error("'auth \(verb)' needs an address", at: word.span)
      }
      for word in arguments.rest {
        if let literal = word.literal { try Self.checkAddress(literal, at: arguments.place(word.span)) }
      }
      action = .addresses(arguments.takeAll(), isAllowed: verb == "allow")
    case "plain":
      guard !arguments.isEmpty else {
        throw arguments.error("'auth plain' needs the name of a user", at: word.span)
      }
      let user = arguments.prepare(try arguments.next(""))
      let source = try PasswordSource(&arguments)
      action = .plain(user: user, source, domain: try Self.takeDomain(&arguments))
    case "curve":
      var words: [PreparedWord] = []
      while let next = arguments.peek, next.assignment?.name != "domain" {
        words.append(arguments.prepare(try arguments.next("")))
      }
      guard !words.isEmpty else {
        throw arguments.error("'auth curve' needs a folder of certificates, keys, or 'any'", at: word.span)
      }
      action = .curve(
        words, folder: arguments.preparer.source.folder, domain: try Self.takeDomain(&arguments))
    case "log":
      if arguments.isEmpty {
        action = .showLog(slot: nil)
      } else if arguments.take("as") {
        action = .showLog(slot: try arguments.nextVariable())
      } else if arguments.take("on") {
        action = .log(true)
      } else if arguments.take("off") {
        action = .log(false)
      } else {
        throw arguments.error("'auth log' is on or off", at: (arguments.peek ?? word).span)
      }
    case "stop": action = .stop
    default:
      let near = word.bareText.flatMap { didYouMean($0, among: Self.actions) }
      throw arguments.error("'auth' cannot do that", at: word.span, label: near)
    }
  }

  private static func takeDomain(_ arguments: inout Arguments) throws(Diagnostic) -> PreparedWord? {
    guard let assignment = arguments.peek?.assignment, assignment.name == "domain" else { return nil }
    _ = try arguments.next("")
    return arguments.prepare(assignment.value)
  }

  private static func checkAddress(_ bytes: [UInt8], at place: Place) throws(Diagnostic) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard AddressRange(text) == nil else { return }
    throw Diagnostic(
      .error, "'\(DisplayText.safe(text))' is no address", at: place,
      help: ["`127.0.0.1`, `10.0.0.0/8`, `::1`, `ipc`: names are not resolved here"])
  }

  func run(in session: Session) throws(Failure) {
    let authenticator = session.runtime.authenticator
    if decides { try session.checkAuthenticator() }
    switch action {
    case .status: try tellStatus(in: session)
    case .log(let isOn): authenticator.setTells(isOn)
    case .showLog(let slot): try showLog(slot, in: session)
    case .stop: try stop(in: session)
    case .addresses(let words, let isAllowed):
      var ranges: [AddressRange] = []
      for word in words {
        for text in try word.expanded(in: session) {
          do {
            try Self.checkAddress(text, at: word.place)
          } catch {
            throw Failure(.value, error)
          }
          if let range = AddressRange(String(decoding: text, as: UTF8.self)) { ranges.append(range) }
        }
      }
      authenticator.change { policy in
        if isAllowed { policy.allowed += ranges } else { policy.denied += ranges }
      }
      try session.startAuthenticator()
    case .plain(let user, let source, let domain):
      let name = try user.bytes(in: session)
      let password = try source.password(of: name, in: session)
      let domain = try domain?.text(in: session) ?? ""
      authenticator.change { $0.users[domain, default: [:]][name] = password }
      try session.startAuthenticator()
    case .curve(let words, let folder, let domain):
      let domain = try domain?.text(in: session) ?? ""
      var set = authenticator.policy.keys[domain] ?? AuthPolicy.KeySet()
      for word in words { try add(word, relativeTo: folder, to: &set, in: session) }
      authenticator.change { [set] in $0.keys[domain] = set }
      try session.startAuthenticator()
    }
  }

  /// Whether it says who is let in.
  private var decides: Bool {
    switch action {
    case .addresses, .plain, .curve: true
    case .status, .log, .showLog, .stop: false
    }
  }

  private func add(
    _ word: PreparedWord, relativeTo folder: String, to set: inout AuthPolicy.KeySet, in session: Session
  ) throws(Failure) {
    for bytes in try word.expanded(in: session) {
      let text = String(decoding: bytes, as: UTF8.self)
      if text == "any" {
        set.isAny = true
      } else if let key = CurveKey(text: text) {
        set.keys.insert(key)
      } else {
        let path = FileContents.path(text, relativeTo: folder)
        do {
          let certificates = try CertificateFolder(path)
          set.folders.removeAll { $0.path == path }
          set.folders.append(certificates)
          session.note("\(certificates.count) keys are let in by the certificates in '\(text)'")
        } catch {
          throw Failure(
            .zmq(error),
            Diagnostic(
              .error, "cannot read the folder '\(DisplayText.safe(text))': \(error) (\(error.name))",
              at: word.place, help: ["a folder of certificates, a key of 40 characters, or `any`"]))
        }
      }
    }
  }

  private func stop(in session: Session) throws(Failure) {
    guard session.runtime.authenticator.isRunning else {
      throw Failure(.value, "no 'auth' is running")
    }
    guard session.tasks[Authenticator.taskName] != nil else {
      throw Failure(
        .value, "'auth' was started by another task", label: "only who started it can stop it")
    }
    session.stopAuthenticator()
    let bound = session.sockets.all.filter { socket in
      socket.endpoints.contains { $0.role == .bind && !$0.isInproc }
    }
    for socket in bound where socket.hasZAPDomain || socket.mechanism == "PLAIN" {
      session.note(
        "'\(socket.name)' lets nobody in any more: it has nobody to ask",
        help: ["`\(socket.name) reset` makes it again, and it asks nobody"])
    }
  }

  private func showLog(_ slot: Int?, in session: Session) throws(Failure) {
    let log = session.runtime.authenticator.log
    if let slot {
      session.frame.values[slot] = .list(log.map(\.values))
    } else if log.isEmpty {
      session.note("nobody has asked to be let in yet")
    } else {
      try session.present(TextTable.lines(log.map(\.row)).map { DisplayText.safe($0) })
    }
  }

  private func tellStatus(in session: Session) throws(Failure) {
    let authenticator = session.runtime.authenticator
    guard authenticator.isRunning else {
      session.note(
        session.runtime.hasOwnHandler
          ? "no 'auth' is running: a socket at \(Authenticator.endpoint) decides"
          : "no 'auth' is running: NULL and CURVE peers are let in, PLAIN ones are not")
      return
    }
    let policy = authenticator.policy
    let counts = authenticator.counts
    var rows = [["auth", "\(counts.allowed) let in, \(counts.denied) refused"]]
    for range in policy.allowed { rows.append(["allow", range.description]) }
    for range in policy.denied { rows.append(["deny", range.description]) }
    for (domain, users) in policy.users.sorted(by: { $0.key < $1.key }) {
      for user in users.keys.map({ TextView.quoted($0) }).sorted() {
        rows.append(["plain", user + Self.suffix(domain)])
      }
    }
    for (domain, keys) in policy.keys.sorted(by: { $0.key < $1.key }) {
      if keys.isAny { rows.append(["curve", "any" + Self.suffix(domain)]) }
      for key in keys.keys.map(\.text).sorted() { rows.append(["curve", key + Self.suffix(domain)]) }
      for folder in keys.folders {
        rows.append(["curve", "\(folder.path): \(folder.count) keys" + Self.suffix(domain)])
      }
    }
    rows.append(["log", authenticator.tells == true ? "on" : "off"])
    for line in TextTable.lines(rows) { try session.output.writeLine(DisplayText.safe(line)) }
  }

  private static func suffix(_ domain: String) -> String { domain.isEmpty ? "" : " (domain '\(domain)')" }
}
