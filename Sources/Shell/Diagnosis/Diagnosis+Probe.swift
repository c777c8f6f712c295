import Payload
import Script
import ZMTP
import ZeroMQ

/// What a probe found, in words.
extension Diagnosis {
  /// What a peer of ZeroMQ says of itself, with its holder where that can be known; nil where no such peer answered.
  static func peer(_ finding: Probe.Finding, at endpoint: Endpoint, in session: Session) -> String? {
    guard case .peer(let reading, let version) = finding.answer else { return nil }
    var parts = ["ZMTP \(version ?? "of an unknown version")"]
    switch reading {
    case .ready(let type, let id):
      parts.insert(DisplayText.safe(type.lowercased()), at: 0)
      parts.append("no security")
      if !id.isEmpty { parts.append("routing id \(TextView.quoted(id))") }
    case .secured(let mechanism):
      parts.append(
        "\(DisplayText.safe(mechanism)), which hides the socket type from those it does not let in")
    case .undecided:
      parts.append("no security, and whoever it asks (ZAP) has not let this program in yet")
    case .refused(let reason):
      parts.append("it refuses this program: \(TextView.quoted(Array(reason.utf8)))")
    case .old: parts.append("of libzmq 3 or before")
    case .foreign: return nil
    }
    if let holder = holderIfKnown(of: endpoint, finding, in: session) { parts.append(holder) }
    return parts.joined(separator: ", ") + "; it answered within \(finding.elapsed.spokenText)"
  }

  /// What to type to talk to a peer that a probe found.
  static func talking(to finding: Probe.Finding, at endpoint: Endpoint) -> [String] {
    guard case .peer(let reading, _) = finding.answer else { return [] }
    let option = finding.needsIPv6 ? " ipv6=1" : ""
    let word =
      endpoint.host == "127.0.0.1"
      ? endpoint.port.map(String.init) ?? "" : DisplayText.safe(endpoint.description)
    switch reading {
    case .ready(let name, _):
      guard let type = SocketType(name: name), let partner = type.peers.first else { return [] }
      return ["`connect \(partner.name) \(word)\(option)` talks to it"]
    case .secured("CURVE"):
      return ["`connect TYPE \(word)\(option) curve client KEY`, with its public key, talks to it"]
    case .secured("PLAIN"): return ["`connect TYPE \(word)\(option) plain client USER` talks to it"]
    default: return []
    }
  }

  /// Why no peer of ZeroMQ was found.
  static func noPeer(
    _ finding: Probe.Finding, at endpoint: Endpoint, within limit: Duration, in session: Session
  ) -> (kind: Failure.Kind, reason: String, help: [String]) {
    let isFile = endpoint.transport == "ipc"
    let holder = holderIfKnown(of: endpoint, finding, in: session)
    let who = holder.map { " (\($0))" } ?? ""
    switch finding.answer {
    case .peer(.foreign(let bytes), _):
      return (.zmq(.protocolError), foreign(bytes) + who, [])
    case .peer(let reading, _): return (.zmq(.protocolError), "\(reading)", [])
    case .silent, .unanswered:
      return noAnswer(finding, at: endpoint, within: limit, who)
    case .closed:
      return (
        .zmq(.connectionReset),
        "it took the connection and closed it before a greeting\(who): it is not ZeroMQ, or lets in other addresses "
          + "alone (tcp_accept_filter)", []
      )
    case .unresolved(let reason):
      let name = TextView.quoted(Array((endpoint.host ?? "").utf8))
      return (.zmq(.invalidArgument), "the name \(name) cannot be resolved: \(reason)", [])
    case .failed(let error) where isFile && !endpoint.isAbstract:
      return (.zmq(error), SocketFile.trouble(endpoint.address), [])
    case .failed(.connectionRefused):
      guard let holder else {
        return (
          .zmq(.connectionRefused), "nobody listens there",
          ["its program is not there (yet), or is bound to another port or another address of the machine"]
        )
      }
      return (
        .zmq(.connectionRefused),
        "nobody listens at that address; \(holder) listens at another address of this machine",
        []
      )
    case .failed(let error): return (.zmq(error), "\(error) (\(error.name))", [])
    }
  }

  /// Why nothing was said in time.
  private static func noAnswer(
    _ finding: Probe.Finding, at endpoint: Endpoint, within limit: Duration, _ who: String
  ) -> (kind: Failure.Kind, reason: String, help: [String]) {
    let process = PortHolder.here(endpoint, finding.address)
    if let process, process.isStopped {
      return (
        .timeout, "process \(process.id) (\(process.name)) has it, and is stopped",
        ["`kill -CONT \(process.id)` lets it go on"]
      )
    }
    let longer = ["`within 10s probe …` gives it longer"]
    if case .silent = finding.answer {
      return (
        .timeout,
        "it took the connection and said nothing within \(limit.scriptText)\(who): it is stopped or hangs, or is not "
          + "ZeroMQ, which greets at once", longer
      )
    }
    if process != nil {
      // What is sent to this machine itself is not lost on the way.
      return (
        .timeout,
        "its program\(who) listens, and has taken none of the connections that wait already: it hangs", longer
      )
    }
    return (
      .timeout,
      "\(finding.address.map(DisplayText.safe) ?? "it") did not answer within \(limit.scriptText): the machine is off, or a "
        + "firewall drops what is sent to the port", longer
    )
  }

  /// What a peer that speaks another protocol is, and the first of what it said.
  static func foreign(_ bytes: [UInt8]) -> String {
    let line = bytes.prefix { $0 != 0x0D && $0 != 0x0A }.prefix(40)
    let said = "it does not speak ZeroMQ's protocol: it said \(TextView.quoted(Array(line)))"
    return said + (ForeignProtocol.of(bytes).map { ", as \($0.speaker) does" } ?? "")
  }

  private static func holderIfKnown(of endpoint: Endpoint, _ finding: Probe.Finding, in session: Session)
    -> String?
  {
    for socket in session.sockets.all {
      for attachment in socket.endpoints where attachment.role == .bind {
        if attachment.resolved == endpoint.description { return "your socket '\(socket.name)'" }
      }
    }
    guard let process = PortHolder.here(endpoint, finding.address) else { return nil }
    return process.isThisProgram
      ? "a socket of this program" : "process \(process.id) (\(process.name))"
  }
}

extension PortHolder {
  /// The process that listens at an endpoint's port, where that is a port of this machine.
  fileprivate static func here(_ endpoint: Endpoint, _ address: String?) -> PortHolder? {
    guard let port = endpoint.port, let address, address.hasPrefix("127.") || address == "::1" else {
      return nil
    }
    return find(port: port)
  }
}
