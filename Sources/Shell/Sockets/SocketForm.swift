import ZeroMQ

/// What a socket was made of: enough to make one like it.
struct SocketForm {
  let name: String
  let type: SocketType
  let endpoints: [NamedSocket.Attachment]
  let options: [(option: SocketOption, value: OptionValue)]
  let subscriptions: [[UInt8]]

  init(_ socket: NamedSocket) {
    name = socket.name
    type = socket.type
    endpoints = socket.endpoints
    options = socket.options
    subscriptions = socket.subscriptions
  }
}
