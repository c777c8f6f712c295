import Script
import ZeroMQ

/// A request of ZAP may come to a socket of the user's, who wrote the handler: its password is still nobody's to see.
enum ZAPMessage {
  /// Which frame is the password of a request about a PLAIN client, whatever stands before the request; nil in every
  /// other message (RFC 27).
  static func passwordFrame(in frames: [[UInt8]]) -> Int? {
    guard frames.count >= length, frames[frames.count - 3].elementsEqual("PLAIN".utf8),
      frames[frames.count - length] == AuthRequest.version
    else { return nil }
    return frames.count - 1
  }

  /// Version, number, domain, address, routing id, mechanism, user, password.
  fileprivate static let length = 8

  /// The frames of a message as they may be shown, recorded and reported.
  static func shown(_ frames: [[UInt8]]) -> [[UInt8]] {
    var frames = frames
    if let passwordFrame = passwordFrame(in: frames) { frames[passwordFrame] = Array(SecretWords.mask.utf8) }
    return frames
  }
}

extension Message {
  /// ``ZAPMessage/passwordFrame(in:)``, for what is done for each message.
  var passwordFrame: Int? {
    guard count >= ZAPMessage.length, frame(count - 3).elementsEqual("PLAIN".utf8),
      frame(count - ZAPMessage.length).elementsEqual(AuthRequest.version)
    else { return nil }
    return count - 1
  }

  /// The frames as they may be shown, recorded and reported.
  var shownFrames: [[UInt8]] { ZAPMessage.shown(frames) }
}
