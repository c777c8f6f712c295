import Script
import ZeroMQ

extension Diagnosis {
  /// What was done about a peer that fills the memory.
  static func memory(
    _ finding: MemoryGuard.Finding, of connection: ConnectionTable.Connection, on socket: NamedSocket
  ) -> Diagnostic {
    let peer = DisplayText.safe(connection.peerAddress ?? "a peer at \(connection.endpoint)")
    switch finding {
    case .endlessMessage(let bytes):
      let limit = MemoryGuard.limit(of: socket).map(size) ?? ""
      return Diagnostic(
        .warning, "'\(socket.name)' cut \(peer) off: \(size(bytes)) came, and no whole message",
        notes: ["libzmq keeps the frames of a message until its last one comes, and limits each frame alone"],
        help: [
          "`\(socket.name) set maxmsgsize` to more than \(limit), then `\(socket.name) reset`, if that is no attack"
        ])
    case .subscriptions(let bytes):
      return Diagnostic(
        .warning, "'\(socket.name)' cut \(peer) off: it sent \(size(bytes)) of subscriptions",
        notes: [
          "libzmq keeps each of them, and has no limit; here it is \(size(MemoryGuard.mostSubscriptions)) a peer"
        ])
    case .noDescriptors:
      return Diagnostic(
        .warning, "no further peer can connect: this program has as many files open as it may",
        notes: ["'\(socket.name)' has \(socket.connections.all.count) connections"],
        help: ["`ulimit -n` tells and raises how many files a program may have open"])
    case .unreadAtTheEnd(let bytes):
      return Diagnostic(
        .warning,
        "'\(socket.name)' cut \(peer) off: \(size(bytes)) of it wait to be received, and the memory is at its end",
        help: [
          "`\(socket.name) recv` takes what came; a smaller `rcvhwm` or `maxmsgsize` holds the peer back sooner"
        ])
    case .unread(let bytes):
      return Diagnostic(
        .warning, "\(size(bytes)) of \(peer) wait to be received by '\(socket.name)'",
        help: [
          "`\(socket.name) recv` takes them, `\(socket.name) reset` drops them; a smaller `rcvhwm` holds the peer back"
        ])
    }
  }

  private static func size(_ bytes: Int64) -> String {
    // Whole units are enough to tell how much it is.
    let units: [(name: String, bytes: Int64)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    guard let unit = units.first(where: { bytes >= $0.bytes }) else { return "\(bytes) B" }
    return "\(bytes / unit.bytes) \(unit.name)"
  }
}
