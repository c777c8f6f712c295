import Script

/// Which socket a statement acts on.
enum SocketReference {
  /// The one made or used last.
  case current
  /// The one of a name that the script makes plain, by its slot.
  case slot(Int)
  /// The one whose name is interpolated.
  case word(PreparedWord)
}

extension Session {
  /// The socket that a statement means.
  @inline(__always)
  func socket(_ reference: SocketReference) throws(Failure) -> NamedSocket {
    switch reference {
    case .current:
      if let socket = sockets.current { return socket }
    case .slot(let slot):
      if let socket = sockets[slot: slot] { return socket }
    case .word(let word):
      return try socket(named: word.bytes(in: self))
    }
    throw missingSocket(reference)
  }

  func socket(named name: [UInt8]) throws(Failure) -> NamedSocket {
    let name = String(decoding: name, as: UTF8.self)
    guard let socket = sockets[name] else { throw missingSocket(named: name) }
    return socket
  }

  private func missingSocket(_ reference: SocketReference) -> Failure {
    if case .slot(let slot) = reference { return missingSocket(named: sockets.name(ofSlot: slot)) }
    return Failure(
      .value, "there is no socket", label: "it needs one to act on",
      help: ["make one first: `bind rep 5546` or `connect req 5546`"])
  }

  private func missingSocket(named name: String) -> Failure {
    if let task = served[name]?.task {
      return Failure(
        .value,
        Diagnostic(
          .error, "'\(name)' is with the task '\(task)'", label: "the socket was handed over",
          help: ["`stop \(task)` ends the task and gives the socket back"]),
        isAboutTarget: true)
    }
    let names = sockets.all.map(\.name)
    var help: [String] = []
    if let near = nearest(to: name, in: names) {
      help.append("did you mean '\(near)'?")
    } else if names.isEmpty {
      help.append("make one first: `connect req 5546 as \(name)`")
    }
    let known = names.isEmpty ? "there is no socket yet" : "the sockets are \(names.joined(separator: ", "))"
    let label =
      taskName == nil
      ? known
      : "a task sees its own sockets alone: \(names.isEmpty ? "none yet" : names.joined(separator: ", "))"
    let message = "no socket is named '\(name)'"
    return Failure(.value, Diagnostic(.error, message, label: label, help: help), isAboutTarget: true)
  }
}
