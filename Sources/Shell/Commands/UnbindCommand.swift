import Script
import ZeroMQ

/// `unbind [ENDPOINT...]`, zmq_unbind(3).
struct UnbindCommand: Command {
  static let usage = Usage(
    "unbind", ["unbind [NAME] [ENDPOINT...]"], "let no more peers connect to an endpoint",
    details: "Without an endpoint, all endpoints that the socket is bound to.", example: "server unbind 5546",
    actsOnSocket: true,
    takes: [.optionalSubject(.socket), .any(.attachedEndpoint(.bind))])

  private let detaching: Detaching

  init(_ arguments: inout Arguments) throws(Diagnostic) { detaching = try Detaching(&arguments, role: .bind) }

  func run(in session: Session) throws(Failure) { try detaching.run(in: session) }
}

/// What `unbind` and `disconnect` share.
struct Detaching {
  private let role: Endpoint.Role
  private let socket: SocketReference
  private let endpoints: [EndpointWord]

  init(_ arguments: inout Arguments, role: Endpoint.Role) throws(Diagnostic) {
    self.role = role
    var reference = arguments.socket
    // `unbind server 5546` is as good as `server unbind 5546`, as it is with `bind`.
    if case .current = reference, let name = arguments.peek?.bareText, Names.isName(name), name != "localhost"
    {
      reference = arguments.preparer.socketReference(try arguments.next(""))
    }
    socket = reference
    var endpoints: [EndpointWord] = []
    while !arguments.isEmpty { endpoints.append(try EndpointWord(arguments.next(""), role: role, arguments)) }
    self.endpoints = endpoints
  }

  func run(in session: Session) throws(Failure) {
    let socket = try session.socket(socket)
    let ours = socket.endpoints.filter { $0.role == role }
    let verb = role == .bind ? "bound" : "connected"
    if ours.isEmpty {
      throw Failure(.zmq(.noEntry), "'\(socket.name)' is \(verb) to nothing", label: "nothing to undo")
    }
    var chosen: [NamedSocket.Attachment] = endpoints.isEmpty ? ours : []
    for word in endpoints {
      for endpoint in try word.endpoints(in: session) {
        guard
          let match = ours.first(where: { $0.resolved == endpoint.description || $0.endpoint == endpoint })
        else {
          throw Failure(
            .zmq(.noEntry), "'\(socket.name)' is not \(verb) to \(DisplayText.safe(endpoint.description))",
            label: "it is \(verb) to \(ours.map(\.resolved).joined(separator: ", "))")
        }
        chosen.append(match)
      }
    }
    for attachment in chosen {
      do {
        try socket.detach(attachment)
      } catch {
        guard socket.waitsForProxy, attachment.role == .connect else {
          throw Failure(
            .zmq(error), "cannot take '\(socket.name)' from \(attachment.resolved): \(error) (\(error.name))")
        }
        throw Failure(
          .zmq(error),
          "cannot take '\(socket.name)' from \(attachment.resolved) before its SOCKS proxy has let it through",
          label: "libzmq would end the program",
          help: [
            "`wait connected` first, or `close \(socket.name)` for the whole socket; `\(socket.name) reset` tries anew"
          ])
      }
    }
  }
}
