/// What stands before the body of the message of several frames that a DEALER or ROUTER sent last.
///
/// A REP and a REQ find the body behind an empty frame (RFC 28), which a REQ and a REP send by themselves and these do not.
struct Envelope {
  /// The peer that a ROUTER sent it to.
  private(set) var peer: [UInt8] = []
  /// Whether a REP finds the body, behind an envelope of any length.
  private(set) var suitsREP = false
  /// Whether a REQ does, right behind the empty frame.
  private(set) var suitsREQ = false

  init() {}

  init(ofMessage frames: [[UInt8]], toPeer isAddressed: Bool) {
    if isAddressed { peer = frames[0] }
    let rest = frames.dropFirst(isAddressed ? 1 : 0)
    // The last frame is the body, also where it is empty.
    guard let delimiter = rest.dropLast().firstIndex(where: \.isEmpty) else { return }
    suitsREP = true
    // With `req_correlate`, the number of the request stands before it: 4 bytes.
    suitsREQ =
      delimiter == rest.startIndex || delimiter == rest.startIndex + 1 && rest[rest.startIndex].count == 4
  }
}
