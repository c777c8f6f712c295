import Script
import ZeroMQ

/// `to PEER WORD...`: a message of a ROUTER or STREAM to one peer.
struct ToCommand: Command {
  static let usage = Usage(
    "to", ["to PEER WORD..."], "send a message to one peer of a ROUTER or STREAM",
    details: """
      PEER is a routing id: a word, `$id`, `hex:…`, or the short name of a random one, `@1`, which `peers` lists; `@last` \
      is whoever sent the message received last. \
      The empty frame that a REQ needs before the body is added for a peer that is one, unless it is there; of one with \
      `req_correlate`, its number stands before it: `to $request[0] $request[1] "" World`. \
      `to @1 ""` of a STREAM closes the connection.
      """,
    example: "router1 to @1 World", actsOnSocket: true,
    takes: [.some(.frame)], needs: .sends)

  private let socket: SocketReference
  private let peer: PreparedWord
  private let words: [PreparedWord]

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    peer = arguments.preparer.prepareFrame(try arguments.next("a peer"))
    if arguments.isEmpty {
      throw arguments.error(
        "'to' needs at least one frame", at: arguments.head.span, help: ["`to @1 Hello`"])
    }
    words = arguments.takeFrames()
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    guard target.type == .router || target.type == .stream else {
      throw Failure(
        .zmq(.notSupported), "cannot send to one peer of '\(target.name)'",
        label: "\(Diagnosis.article(target.type)) chooses its peers itself; a ROUTER is told",
        help: ["`\(target.name) send …`"])
    }
    let id = target.routingID(for: try peer.bytes(in: session))
    var frames = [id]
    for word in words { frames += try word.expanded(in: session) }
    if target.typeOfPeer(id) == .req, !Envelope(ofMessage: frames, toPeer: true).suitsREQ {
      frames.insert([], at: 1)
    }
    try session.send(frames, on: target)
    session.noteDelivery(on: target, frames: [id] + frames.suffix(1))
  }
}
