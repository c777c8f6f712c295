import Script
import ZeroMQ

/// A request of ZAP may come to a socket of the user's, who wrote the handler: its password is still nobody's to see.
extension Message {
  /// Which frame is the password of a request about a PLAIN client, whatever stands before the request; nil in every
  /// other message (RFC 27).
  var passwordFrame: Int? {
    // Version, number, domain, address, routing id, mechanism, user, password.
    let length = 8
    guard count >= length, frame(count - 3).elementsEqual("PLAIN".utf8),
      frame(count - length).elementsEqual(AuthRequest.version)
    else { return nil }
    return count - 1
  }

  /// The frames as they may be shown, recorded and reported.
  var shownFrames: [[UInt8]] {
    var frames = frames
    if let passwordFrame { frames[passwordFrame] = Array(SecretWords.mask.utf8) }
    return frames
  }
}
