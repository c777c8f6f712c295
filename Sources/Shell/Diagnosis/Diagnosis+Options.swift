import Script
import ZeroMQ

/// What options do to binds and connects.
extension Diagnosis {
  /// Why libzmq refused to bind or connect where an option of the socket is the reason.
  static func optionTrouble(_ error: ZMQError, _ endpoint: Endpoint, on socket: NamedSocket) -> (
    label: String, help: String
  )? {
    switch error {
    case .noDevice where socket.text(of: "bindtodevice") != nil:
      let device = socket.text(of: "bindtodevice") ?? ""
      return (
        "this machine has no network interface \(device), which 'bindtodevice' names", "`ip link` lists them"
      )
    case .notASocket where socket.number(of: "use_fd").map { $0 >= 0 } == true:
      let number = socket.number(of: "use_fd") ?? 0
      return (
        "descriptor \(number), which 'use_fd' names, is no socket that listens",
        "libzmq closes the descriptor with the endpoint: another has to be handed over, or `set use_fd -1`"
      )
    case .noThread:
      let affinity = socket.number(of: "affinity") ?? 0
      return affinity == 0
        ? ("the context has no I/O thread", "`set context io_threads 1` before the first socket")
        : (
          "the context has none of the I/O threads of 'affinity', \(affinity)",
          "`get context io_threads` tells how many there are: a bit each, from 1 on"
        )
    case .invalidArgument where ["pgm", "epgm"].contains(endpoint.transport) && isTooSlow(socket):
      return (
        "in a second, 'rate' sends less than one packet of 'multicast_maxtpdu'",
        "`rate` in kbit/s is `multicast_maxtpdu` / 125 at least: 12 for 1500 bytes"
      )
    default: return nil
    }
  }

  private static func isTooSlow(_ socket: NamedSocket) -> Bool {
    guard let rate = socket.number(of: "rate"), let size = socket.number(of: "multicast_maxtpdu") else {
      return false
    }
    // 1000 bits are 125 bytes.
    return rate * 125 < size
  }

  /// Why an endpoint has no connection where an option is the reason.
  static func optionTrouble(at attachment: NamedSocket.Attachment, of socket: NamedSocket) -> String? {
    let connections = socket.connections
    let endpoint = attachment.resolved
    guard attachment.role == .connect, !connections.ready.contains(where: { $0.endpoint == endpoint }) else {
      return nil
    }
    guard let trouble = connections.troubles[endpoint] else {
      guard connections.wasClosed(endpoint), let interval = socket.number(of: "reconnect_ivl"), interval <= 0
      else { return nil }
      return "the connection failed or was lost, and 'reconnect_ivl' is \(interval): it is not tried again"
    }
    guard trouble.event.kind == .connectRetried, attachment.endpoint.transport == "tcp" else { return nil }
    if !connections.wasAttempted(endpoint), let device = socket.text(of: "bindtodevice") {
      return "'bindtodevice' names \(device), which this machine has not, or lets nobody use"
    }
    if !connections.wasAttempted(endpoint), attachment.endpoint.host?.contains(":") == true,
      socket.number(of: "ipv6") == 0
    {
      return "IPv6 is off for this socket; `\(socket.name) set ipv6 on`, then `\(socket.name) reset`"
    }
    guard let proxy = socket.proxyAddress else { return nil }
    let tries =
      trouble.count > 1 ? "; tried \(trouble.count) times in \(trouble.since.elapsed.spokenText)" : ""
    return
      "the SOCKS proxy '\(DisplayText.safe(proxy))' lets nobody through\(tries); it goes on trying by itself"
  }
}
