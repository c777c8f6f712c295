import ZeroMQ

extension NamedSocket {
  /// One bind or connect.
  struct Attachment {
    let role: Endpoint.Role
    let endpoint: Endpoint
    /// As libzmq resolved it, such as `tcp://127.0.0.1:43211` for a bind to port 0.
    let resolved: String
    let token: EndpointRegistry.Token
    /// When it was made.
    let since: Instant
    /// How many messages the socket had sent before.
    let sentBefore: Int
    /// The number of the socket file that a bind over `ipc` made.
    let fileNumber: UInt64?
    /// The routing id that `connect_routing_id` gave its peer.
    var peerID: OptionValue?

    var isInproc: Bool { endpoint.transport == "inproc" }

    /// Whether it is a bind to all addresses of this machine.
    var isEverywhere: Bool {
      role == .bind && ["://0.0.0.0:", "://[::]:"].contains { resolved.contains($0) }
    }

    /// The TCP port, also one that the system chose.
    var port: Int? {
      guard endpoint.transport != "ipc", endpoint.transport != "inproc",
        let colon = resolved.lastIndex(of: ":")
      else { return nil }
      return Int(resolved[resolved.index(after: colon)...])
    }
  }
}
