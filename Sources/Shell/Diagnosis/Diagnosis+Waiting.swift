import Payload
import Script
import ZeroMQ

/// Why a wait for a message goes on, for the person who waits for it.
extension Diagnosis {
  /// What is told of a wait: why nothing comes, and how it ends.
  struct Wait {
    let reason: String
    var notes: [String] = []
    let help: String
  }

  static let endOfWait = "Ctrl-C ends the wait"

  /// That every peer is a socket of the same prompt, which can do nothing while this one waits; nil where there are
  /// others.
  static func ownPeers(of socket: NamedSocket, among sockets: [NamedSocket]) -> Wait? {
    var own: [NamedSocket] = []
    for attachment in socket.endpoints {
      own += sockets.filter { other in
        other !== socket
          && other.endpoints.contains { $0.role != attachment.role && $0.resolved == attachment.resolved }
      }
    }
    guard let first = own.first, own.count == socket.peerCount else { return nil }
    guard own.count == 1 else {
      let names = own.map { "'\($0.name)'" }.joined(separator: ", ")
      return Wait(
        reason: "the peers of '\(socket.name)' are your sockets \(names), which do nothing while this waits",
        notes: troubles(of: socket), help: "\(endOfWait); then it is the turn of one of them")
    }
    return Wait(
      reason:
        "the peer of '\(socket.name)' is your socket '\(first.name)', which does nothing while this waits",
      notes: troubles(of: socket),
      help: "\(endOfWait)\(turn(of: first, before: socket).map { "; then \($0)" } ?? "")")
  }

  /// The statements with which a socket sends, and receives before where it has to; nil where its turn is over.
  private static func turn(of socket: NamedSocket, before waiting: NamedSocket) -> String? {
    let name = socket.name
    switch socket.type {
    case .rep where waiting.sentCount == 0, .router where waiting.sentCount == 0:
      return "`\(waiting.name) send Hello`: it is asked first"
    case .rep where socket.lastAction != .received: return "`\(name) recv` and `\(name) send World`"
    case .rep: return "`\(name) send World`"
    case .router: return "`\(name) recv` and `\(name) to @last World`"
    case .req where socket.lastAction == .sent: return nil
    default: return socket.type.canSend ? "`\(name) send Hello`" : nil
    }
  }

  /// What is waited for and who is there, where nothing is known to be wrong.
  ///
  /// - Parameter patience: How long the wait has gone on.
  static func patience(with socket: NamedSocket, after patience: Duration) -> Wait {
    let span = patience.spokenText
    let there = peersThere(of: socket)
    let name = socket.name
    switch socket.type {
    case .req:
      let request = "no reply yet: \(pendingRequest(on: socket, shortly: true))"
      let isPlaced = if case .sent(_, isThere: true) = socket.whereabouts() { true } else { false }
      let who = isPlaced ? "" : ", \(there.names)"
      let which = isPlaced || there.count == 1 ? "which is there and does not answer" : "which are there"
      return Wait(
        reason: "\(request)\(who), \(which)",
        help: "\(endOfWait); then `\(name) reset` drops the request")
    case .sub where !socket.subscriptions.contains([]), .xsub where !socket.subscriptions.contains([]):
      let prefixes = socket.subscriptions.map { TextView.quoted($0) }.joined(separator: " or ")
      return Wait(
        reason: "nothing that begins with \(prefixes) came for \(span)\(there.text)\(lastReceived(socket))",
        help: "\(endOfWait); then `\(name) subscribe ''` asks for all that is published")
    case .rep:
      return Wait(reason: "no request came for \(span)\(there.text)\(lastReceived(socket))", help: endOfWait)
    default:
      return Wait(
        reason: "no message came for \(span)\(there.text)\(lastReceived(socket))", notes: cutOff(socket),
        help: endOfWait)
    }
  }

  private static func lastReceived(_ socket: NamedSocket) -> String {
    socket.receivedCount == 0 ? "" : "; the last one came \(ago(socket.receivedAt))"
  }

  /// So many peers are named.
  private static let mostNamed = 3

  private static func peersThere(of socket: NamedSocket) -> (count: Int, names: String, text: String) {
    let peers = socket.peers
    let names = peers.prefix(mostNamed).map { DisplayText.safe($0.address) }.joined(separator: ", ")
    let more = peers.count > mostNamed ? ", …" : ""
    let count = peers.count == 1 ? "1 peer is there" : "\(peers.count) peers are there"
    return (peers.count, names + more, peers.isEmpty ? "" : "; \(count), \(names)\(more)")
  }
}
