import Script
import ZeroMQ

/// What the options of a socket are, and what they make of its connections.
extension NamedSocket {
  /// An option that is a number.
  func number(of name: String) -> Int64? {
    guard let option = SocketOption.named(name), case .integer(let number)? = try? socket.get(option) else {
      return nil
    }
    return number
  }

  /// An option that is a text, in quotes; nil where it is empty.
  func text(of name: String) -> String? {
    guard let option = SocketOption.named(name), case .bytes(let bytes)? = try? socket.get(option),
      !bytes.isEmpty
    else { return nil }
    return "'\(DisplayText.safe(String(decoding: bytes, as: UTF8.self)))'"
  }

  /// The SOCKS proxy that it connects through, `host:port`.
  var proxyAddress: String? {
    // Asked of the user's own list first: this is asked for each event of a monitor.
    guard let option = options.last(where: { $0.option.name == "socks_proxy" })?.option,
      case .bytes(let bytes)? = try? socket.get(option),
      !bytes.isEmpty
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a connection through a SOCKS proxy is not there: libzmq 4.3.4 and 4.3.5 end the program where it is closed
  /// while it waits to be tried again.
  var waitsForProxy: Bool {
    proxyAddress != nil
      && endpoints.contains { attachment in
        attachment.role == .connect && attachment.endpoint.transport == "tcp"
          && !connections.all.contains { $0.endpoint == attachment.resolved }
      }
  }

  /// The event with the endpoint that it belongs to: libzmq tells of a bind to all addresses by the address that a
  /// client came to.
  func atOwnEndpoint(_ event: MonitorEvent) -> MonitorEvent {
    if event.kind != .accepted, let proxyAddress, event.endpoint == "tcp://\(proxyAddress)" {
      // Of a connection through a proxy, libzmq names the proxy.
      let waiting = endpoints.filter { $0.role == .connect && $0.endpoint.transport == "tcp" }
      let own = waiting.first { attachment in !connections.all.contains { $0.endpoint == attachment.resolved }
      }
      return event.moved(to: (own ?? waiting.last)?.resolved ?? event.endpoint)
    }
    if !endpoints.contains(where: { $0.isEverywhere })
      || endpoints.contains(where: { $0.resolved == event.endpoint })
    {
      return event
    }
    let port = event.endpoint.lastIndex(of: ":").map { event.endpoint[$0...] } ?? ""
    guard let own = endpoints.first(where: { $0.isEverywhere && $0.resolved.hasSuffix(port) }) else {
      return event
    }
    return event.moved(to: own.resolved)
  }
}
