import Script
import ZeroMQ

/// The tcp ports that the session itself has bound, and what is written for them.
struct OwnPorts {
  /// The sockets by their ports; only those whose `$NAME.port` is that port.
  private var sockets: [Int: String] = [:]

  /// Notes a bind.
  ///
  /// - Parameter isFirst: Whether it is the socket's first endpoint, which its property `port` tells.
  mutating func note(_ resolved: String, of socket: String, isFirst: Bool) {
    guard let port = Self.port(of: resolved) else { return }
    sockets[port] = isFirst ? socket : nil
  }

  /// Sockets were closed: their names mean nothing any more.
  mutating func forget(where isGone: (String) -> Bool) {
    sockets = sockets.filter { !isGone($0.value) }
  }

  /// The word of a bind's endpoint, nil where it is written as it was typed.
  static func word(_ typed: Word, bound resolved: String) -> PortWord? {
    guard let text = text(of: typed), let port = port(of: resolved),
      let endpoint = try? Endpoint(text, for: .bind)
    else { return nil }
    if endpoint.isChosenBySystem {
      return PortWord(role: .bind, number: port, isChosen: true, portable: text, literal: resolved)
    }
    guard let host = text.withoutPort(port) else { return nil }
    let portable = host.isEmpty ? ":0" : "\(host)0"
    return PortWord(role: .bind, number: port, isChosen: false, portable: portable, literal: text)
  }

  /// The word of a connect's endpoint where the session itself is bound there.
  func word(_ typed: Word) -> PortWord? {
    guard let text = Self.text(of: typed), let endpoint = try? Endpoint(text, for: .connect),
      endpoint.isLoopback,
      let port = endpoint.port, let socket = sockets[port], let host = text.withoutPort(port)
    else { return nil }
    return PortWord(
      role: .peer, number: port, isChosen: false, portable: "\(host)$\(socket).port", literal: text)
  }

  /// The same for an endpoint that no word was typed for.
  func word(connectingTo resolved: String) -> PortWord? {
    guard let port = Self.port(of: resolved), let socket = sockets[port],
      let host = resolved.withoutPort(port)
    else { return nil }
    // A port alone is one of this machine.
    let isLocal = host == "tcp://127.0.0.1:"
    return PortWord(
      role: .peer, number: port, isChosen: false, portable: "\(isLocal ? "" : host)$\(socket).port",
      literal: isLocal ? String(port) : resolved)
  }

  /// The port in what libzmq resolved.
  static func port(of resolved: String) -> Int? {
    guard resolved.hasPrefix("tcp:") || resolved.hasPrefix("ws:"), let colon = resolved.lastIndex(of: ":")
    else { return nil }
    return Int(resolved[resolved.index(after: colon)...])
  }

  /// A bare word's text: one with a `$` in quotes would need them again.
  private static func text(of word: Word) -> String? {
    guard let text = word.bareText, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    return text
  }
}

extension String {
  /// What stands before the port that it ends with; nil where it ends otherwise.
  fileprivate func withoutPort(_ port: Int) -> String? {
    let digits = String(port)
    guard hasSuffix(digits) else { return nil }
    let host = String(dropLast(digits.count))
    return host.isEmpty || host.hasSuffix(":") ? host : nil
  }
}
