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
  let credentials: Credentials

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

  /// Who asks, in words: never a password.
  var who: String {
    switch credentials {
    case .plain(let user, _): "\(mechanism) user \(TextView.quoted(user))"
    case .curve(let key): "\(mechanism) key '\(key.text)'"
    case .none, .unknown: mechanism
    }
  }
}

/// What became of a request.
struct AuthVerdict: Sendable {
  let request: AuthRequest
  let isAllowed: Bool
  /// Why, in words.
  let reason: String

  /// The frames of the answer: 200 lets in, 400 refuses (RFC 27).
  var reply: [[UInt8]] {
    [
      AuthRequest.version, request.id, Array((isAllowed ? "200" : "400").utf8),
      Array((isAllowed ? "OK" : "refused").utf8),
      isAllowed ? request.userID : [], [],
    ]
  }

  /// What a script is given: the verdict, the mechanism, the address, the user or key, the domain and the reason.
  var values: Value {
    .list([
      .text(isAllowed ? "allowed" : "denied"), .text(request.mechanism), .text(request.address),
      .bytes(request.userID), .text(request.domain), .text(reason),
    ])
  }

  /// The verdict in a line.
  var text: String {
    let domain = request.domain.isEmpty ? "" : ", domain '\(request.domain)'"
    let address = AddressRange.spoken(request.address)
    return "auth \(isAllowed ? "let in" : "refused") \(address) (\(request.who)\(domain)): \(reason)"
  }
}
