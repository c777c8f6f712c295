import Script
import ZeroMQ

/// An option that a user set, and that changes nothing for a socket: libzmq takes it without a word.
enum IdleOption {
  /// Says why; nil where it does change something, or may.
  static func warning(_ option: SocketOption, on socket: NamedSocket, at place: Place?) -> Diagnostic? {
    transportWarning(option, on: socket, at: place) ?? needWarning(option, on: socket, at: place)
  }

  /// Warns of those that a bind or connect just made idle.
  ///
  /// - Parameter options: The ones that the statement set, with their places; nil where all count: the socket had no
  ///   endpoint before.
  static func warn(
    of options: [(option: SocketOption, place: Place)], onlyThose: Bool, on socket: NamedSocket,
    in session: Session
  ) {
    let places = Dictionary(options.map { ($0.option.name, $0.place) }) { first, _ in first }
    for option in Set(socket.options.map(\.option)).sorted(by: { $0.name < $1.name }) {
      let place = places[option.name]
      if onlyThose, place == nil { continue }
      if let warning = warning(option, on: socket, at: place) { session.tell(.notice(warning)) }
    }
  }

  private static func transportWarning(_ option: SocketOption, on socket: NamedSocket, at place: Place?)
    -> Diagnostic?
  {
    let used = socket.endpoints.map(\.endpoint.transport)
    guard !option.transports.isEmpty, !used.isEmpty, !used.contains(where: option.transports.contains) else {
      return nil
    }
    let ours = Array(Set(used)).sorted().joined(separator: " and ")
    return Diagnostic(
      .warning, "'\(option.name)' changes nothing for '\(socket.name)', which speaks \(ours)", at: place,
      label: "it is for \(option.transports.joined(separator: ", "))")
  }

  private static func needWarning(_ option: SocketOption, on socket: NamedSocket, at place: Place?)
    -> Diagnostic?
  {
    guard let need = option.needs.flatMap(SocketOption.named(_:)), let normal = need.defaultValue,
      let value = try? socket.socket.get(need), value == normal
    else { return nil }
    let text = need.format(value)
    return Diagnostic(
      .warning,
      "'\(option.name)' changes nothing while '\(need.name)' is \(text.isEmpty ? "not set" : text)",
      at: place,
      help: ["give `\(need.name)=…` beside it, before the bind or connect"])
  }
}
