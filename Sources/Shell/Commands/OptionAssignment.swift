import Script
import ZeroMQ

/// `option=value` at the creation of a socket, and the two words of `set`.
struct OptionAssignment {
  let option: SocketOption
  private let place: Place
  let namePlace: Place
  private let word: PreparedWord
  /// The value where it is plain.
  private let constant: OptionValue?
  /// Whether it stands as `name=value`.
  private let isAssignment: Bool

  /// Reads `name=value`; nil where the word has not that form.
  init?(_ word: Word, _ arguments: Arguments) throws(Diagnostic) {
    guard let (name, value) = word.assignment else { return nil }
    let nameSpan = Span(word.span.start, word.span.start + name.utf8.count)
    self = try OptionAssignment(name, at: nameSpan, value, arguments, isAssignment: true)
  }

  /// Takes an option's name and the word of its value.
  init(
    _ name: String, at nameSpan: Span, _ value: Word, _ arguments: Arguments, isAssignment: Bool = false
  ) throws(Diagnostic) {
    self.isAssignment = isAssignment
    option = try Self.find(name, at: nameSpan, arguments)
    place = arguments.place(value.span)
    namePlace = arguments.place(nameSpan)
    word = arguments.prepare(value)
    guard option.access.isWritable else {
      throw arguments.error(
        "'\(option.name)' can only be read", at: nameSpan, help: ["`get \(option.name)` shows it"])
    }
    guard let literal = value.literal else {
      constant = nil
      return
    }
    do {
      constant = try option.parse(literal)
    } catch {
      throw Self.diagnostic(error, option, place, isAssignment)
    }
  }

  /// The option of a name, or an error that offers the nearest.
  static func find(_ name: String, at span: Span, _ arguments: Arguments) throws(Diagnostic) -> SocketOption {
    if let option = SocketOption.named(name) { return option }
    let near = didYouMean(name, among: SocketOption.all.map(\.name))
    throw arguments.error(
      "unknown option '\(DisplayText.safe(name))'", at: span, label: near,
      help: near == nil ? ["`help options` lists them"] : [])
  }

  /// Refuses a socket type that does not have the option.
  func check(_ type: SocketType) throws(Diagnostic) {
    guard !option.types.contains(type) else { return }
    throw Diagnostic(
      .error, "\(Diagnosis.article(type)) has no option '\(option.name)'", at: namePlace,
      label: "it is for \(option.types.map { $0.name.uppercased() }.sorted().joined(separator: ", "))")
  }

  func apply(to socket: NamedSocket, in session: Session) throws(Failure) {
    do throws(Diagnostic) {
      try check(socket.type)
    } catch {
      throw Failure(.zmq(.invalidArgument), error)
    }
    let value = try value(in: session)
    let before = socket.socket
    // Some are given to a new socket of libzmq's, which the event loop has to wait for from then on.
    defer { if socket.socket !== before { session.sockets.didChange() } }
    do {
      switch option.name {
      case "subscribe": try socket.subscribe(bytes(of: value))
      case "unsubscribe": try socket.unsubscribe(bytes(of: value))
      default: try socket.set(option, to: value)
      }
    } catch {
      throw refused(error, on: socket)
    }
    if let warning = SystemLimit.warning(option, value, at: place) { session.tell(.notice(warning)) }
    warnIfLate(socket, session)
  }

  private func value(in session: Session) throws(Failure) -> OptionValue {
    if let constant { return constant }
    let text = try word.bytes(in: session)
    do {
      return try option.parse(text)
    } catch {
      throw Failure(.zmq(.invalidArgument), Self.diagnostic(error, option, place, isAssignment))
    }
  }

  private func bytes(of value: OptionValue) -> [UInt8] {
    if case .bytes(let bytes) = value { bytes } else { [] }
  }

  private func refused(_ error: ZMQError, on socket: NamedSocket) -> Failure {
    if !option.isAvailable {
      return Failure(.zmq(error), Self.unavailable(option, at: namePlace))
    }
    return Failure(
      .zmq(error),
      Diagnostic(
        .error, "cannot set '\(option.name)' of '\(socket.name)': \(error) (\(error.name))", at: place,
        label: option.summary, help: ["`help options \(option.name)` tells what it takes"]))
  }

  /// What the library that is linked lacks.
  static func unavailable(_ option: SocketOption, at place: Place?) -> Diagnostic {
    Diagnostic(
      .error, "libzmq \(ZeroMQLibrary.versionText) has no option '\(option.name)'", at: place,
      label: option.absence)
  }

  /// libzmq takes some options and ignores them for what is bound or connected already.
  private func warnIfLate(_ socket: NamedSocket, _ session: Session) {
    let message: String
    let label: String
    if !socket.endpoints.isEmpty, let warning = IdleOption.warning(option, on: socket, at: namePlace) {
      return session.tell(.notice(warning))
    }
    switch option.effect {
    case .nextConnection where !socket.endpoints.isEmpty:
      message = "'\(option.name)' does not change what '\(socket.name)' is bound or connected to already"
      label = "it counts from the next bind or connect on"
    case .nextPeer where socket.peerCount > 0:
      message = "'\(option.name)' is nothing to the peers that '\(socket.name)' has already"
      label = "it counts for those that come from now on"
    default: return
    }
    session.tell(
      .notice(
        Diagnostic(
          .warning, message, at: place, label: label,
          help: [
            option.name == "use_fd"
              ? "`\(socket.name) bind …` takes it"
              : "`\(socket.name) reset` makes the socket again, with the option"
          ])))
  }

  private static func diagnostic(
    _ error: OptionError, _ option: SocketOption, _ place: Place, _ isAssignment: Bool
  ) -> Diagnostic {
    let instead = error.instead.map {
      "`\(isAssignment ? "\(option.name)=" : "set \(option.name) ")\($0)` would do"
    }
    return Diagnostic(.error, error.message, at: place, help: [error.help, instead].compactMap(\.self))
  }
}

extension Word {
  /// The name and the value of `name=value`; nil where the word has not that form.
  var assignment: (name: String, value: Word)? {
    guard case .text(let bytes)? = parts.first,
      let equals = bytes.prefix(bareCount).firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    let name = String(decoding: bytes[..<equals], as: UTF8.self)
    guard Names.isName(name) else { return nil }
    var value = self
    value.parts[0] = .text(Array(bytes[(equals + 1)...]))
    if bytes.count == equals + 1 { value.parts.removeFirst() }
    value.bareCount = max(0, bareCount - equals - 1)
    value.span = Span(min(span.start + equals + 1, span.end), span.end)
    return (name, value)
  }
}
