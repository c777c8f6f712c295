import Script
import ZeroMQ

/// Why a socket could not be made, bound or connected.
extension Diagnosis {
  static func open(_ error: ZMQError, _ type: SocketType, in session: Session) -> Failure {
    var label: String?
    var help: [String] = []
    if error == .tooManySockets {
      label = "this program has \(session.sockets.all.count) sockets open"
      help = ["`close` some; `ulimit -n` tells and raises how many files a program may have open"]
    }
    return Failure(
      .zmq(error), "cannot make \(article(type)): \(error) (\(error.name))", label: label, help: help)
  }

  static func attach(
    _ error: ZMQError, _ role: Endpoint.Role, _ endpoint: Endpoint, on socket: NamedSocket,
    in session: Session
  ) -> Failure {
    let name = socket.name
    let verb = role == .bind ? "bind '\(name)' to" : "connect '\(name)' to"
    let message = "cannot \(verb) \(DisplayText.safe(endpoint.description)): \(error) (\(error.name))"
    var label: String?
    var help: [String] = []
    if let trouble = optionTrouble(error, endpoint, on: socket) {
      return Failure(.zmq(error), message, label: trouble.label, help: [trouble.help])
    }
    switch error {
    case .addressInUse
    where endpoint.description == Authenticator.endpoint && session.runtime.authenticator.isRunning:
      label = "the 'auth' of this program answers there"
      help = ["`auth stop` first: libzmq asks one handler"]
    case .addressInUse:
      let own = ownHolder(of: endpoint, in: session)
      label = own.map { "your socket '\($0.name)' is bound there" } ?? holder(of: endpoint, in: session)
      let free = own.map { "`close \($0.name)`" } ?? "close the other one"
      let socket = session.sockets[name]
      let subject = socket.map { $0.endpoints.isEmpty ? $0.type.name : name } ?? name
      help = [
        endpoint.transport == "tcp"
          ? "\(free), or let the system choose a port: `bind \(subject) :0`"
          : "choose another name, or \(free)"
      ]
    case .noDevice where (endpoint.host ?? "").contains(":") && !hasVersion6(session.sockets[name]):
      label = "IPv6 is off for this socket"
      help = [
        "made with `ipv6=1` it has IPv6; `set context ipv6 on` gives it to all that are made from then on"
      ]
    case .noDevice, .addressNotAvailable:
      label = "this machine has no interface with this address or name"
      help = [
        "bind to an address of this machine, or to all with `*:\(endpoint.port.map(String.init) ?? "PORT")`"
      ]
    case .noEntry where endpoint.transport == "ipc":
      label = "the folder of the socket file does not exist"
    case .accessDenied:
      label =
        endpoint.transport == "ipc"
        ? "the socket file may not be made there" : "ports below 1024 are the system's own"
      if endpoint.transport != "ipc" { help = ["choose a port from 1024 on"] }
    case .incompatibleProtocol:
      switch endpoint.transport {
      case "udp":
        label = "udp is for the draft types RADIO, DISH and DGRAM alone"
        help = ["tcp and ipc are for all types; many subscribers are reached over epgm and norm"]
      case "pgm", "epgm", "norm":
        label = "\(endpoint.transport) is for PUB, SUB, XPUB and XSUB alone"
      default: label = "sockets of this type cannot use \(endpoint.transport)"
      }
    case _ where error.name == "EAFNOSUPPORT" && endpoint.transport == "tipc":
      label = "the system has no TIPC: its kernel module is not loaded"
    case .tooManySockets:
      label = "this program has \(session.sockets.all.count) sockets open"
      help = ["`close` some; `ulimit -n` tells and raises how many files a program may have open"]
    default: break
    }
    return Failure(.zmq(error), message, label: label, help: help)
  }

  private static func hasVersion6(_ socket: NamedSocket?) -> Bool {
    guard let option = SocketOption.named("ipv6"), case .integer(let value)? = try? socket?.socket.get(option)
    else { return true }
    return value != 0
  }

  /// The socket of the session that has an address.
  private static func ownHolder(of endpoint: Endpoint, in session: Session) -> NamedSocket? {
    session.sockets.all.first { socket in
      socket.endpoints.contains {
        $0.role == .bind
          && ($0.resolved == endpoint.description || (endpoint.port != nil && $0.port == endpoint.port))
      }
    }
  }

  /// Who else has an address that is in use.
  private static func holder(of endpoint: Endpoint, in session: Session) -> String {
    if endpoint.transport == "ipc", SocketFile.isForeign(endpoint.address) {
      return "a file that is no socket is there, and libzmq would delete it"
    }
    if session.runtime.endpoints.isBound(endpoint.description) {
      return "a task of this program is bound there"
    }
    if endpoint.transport == "tcp", let port = endpoint.port, let process = PortHolder.find(port: port) {
      return process.isThisProgram
        ? "a task of this program is bound there" : "process \(process.id) (\(process.name)) has it"
    }
    return "another program has it"
  }
}
