import Payload
import ZeroMQ

/// What libzmq asks before it lets a peer in: a request of ZAP.
///
/// Source: RFC 27.
struct AuthRequest: Sendable {
  /// What the peer shows of itself.
  enum Credentials: Sendable {
    case none
    case plain(user: [UInt8], password: [UInt8])
    case curve(CurveKey)
    /// Of a mechanism that is not known here.
    case unknown
  }

  /// The number to answer with.
  let id: [UInt8]
  let domain: String
  /// The address of the peer, without its port.
  let address: String
  /// NULL, PLAIN, CURVE or GSSAPI.
  let mechanism: String
  private(set) var credentials: Credentials

  /// The version of ZAP.
  static let version = Array("1.0".utf8)

  /// Reads the frames of a request; nil where they are none.
  init?(_ frames: [[UInt8]]) {
    guard frames.count >= 6, frames[0] == Self.version else { return nil }
    id = frames[1]
    domain = String(decoding: frames[2], as: UTF8.self)
    address = String(decoding: frames[3], as: UTF8.self)
    mechanism = String(decoding: frames[5], as: UTF8.self)
    switch (mechanism, frames.count) {
    case ("NULL", 6): credentials = .none
    case ("PLAIN", 8): credentials = .plain(user: frames[6], password: frames[7])
    case ("CURVE", 7):
      guard let key = CurveKey(bytes: frames[6]) else { return nil }
      credentials = .curve(key)
    default: credentials = .unknown
    }
  }

  /// The name that messages of the peer carry as their `User-Id`.
  var userID: [UInt8] {
    switch credentials {
    case .plain(let user, _): user
    case .curve(let key): Array(key.text.utf8)
    case .none, .unknown: []
    }
  }

  /// The same without a password: what is kept of a request.
  var withoutSecrets: AuthRequest {
    guard case .plain(let user, _) = credentials else { return self }
    var request = self
    request.credentials = .plain(user: user, password: [])
    return request
  }

  /// Who asks, in words: never a password.
  var who: String {
    switch credentials {
    case .plain(let user, _): "\(mechanism) user \(TextView.quoted(user))"
    case .curve(let key): "\(mechanism) key '\(key.text)'"
    case .none, .unknown: mechanism
    }
  }
}
