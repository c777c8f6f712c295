import Script

/// A socket on its way from one thread to another and back.
///
/// It is unchecked `Sendable` because only one thread has the socket at a time: the one that took it, and after that
/// has ended, the one that joined it. Starting and joining a thread are full memory barriers, as zmq(7) asks for.
final class SocketTransfer: @unchecked Sendable {
  private var socket: NamedSocket?
  /// What stays true of the socket while it is away: its endpoint, port, name and type.
  let properties: [String: Value]

  /// As it was when it was handed over.
  let form: SocketForm

  /// Its type, and where it is bound and connected, as `sockets` lists them.
  let typeName: String
  let endpointText: String

  /// The task that has it.
  let task: String

  init(_ socket: NamedSocket, to task: String) {
    self.socket = socket
    self.task = task
    form = SocketForm(socket)
    typeName = socket.type.name
    endpointText = socket.endpointText
    var properties: [String: Value] = ["name": .text(socket.name), "type": .text(socket.type.name)]
    if let first = socket.endpoints.first {
      properties["endpoint"] = .text(first.resolved)
      properties["port"] = first.port.map { .integer(Int64($0)) }
    }
    if let key = socket.publicKey { properties["publickey"] = .text(key.text) }
    self.properties = properties
  }

  /// The socket, nil where the task closed it.
  func take() -> NamedSocket? {
    defer { socket = nil }
    return socket
  }

  func give(back socket: NamedSocket) { self.socket = socket }
}

extension NamedSocket {
  /// Where it is bound and connected, in words.
  var endpointText: String {
    endpoints.map { "\($0.role == .bind ? "bind" : "connect") \(DisplayText.safe($0.resolved))" }
      .joined(separator: ", ")
  }
}
