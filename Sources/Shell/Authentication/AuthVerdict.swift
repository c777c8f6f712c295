import ZeroMQ

/// What became of a request.
struct AuthVerdict: Sendable {
  /// Who asked; the password is not kept.
  let request: AuthRequest
  let isAllowed: Bool
  /// Why, in words.
  let reason: String
  /// What would let the peer in, where a statement does.
  let cure: String?
  /// When it was given.
  let at = TimeOfDay.now

  init(_ request: AuthRequest, isAllowed: Bool, _ reason: String, cure: String? = nil) {
    self.request = request.withoutSecrets
    self.isAllowed = isAllowed
    self.reason = reason
    self.cure = cure
  }

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

  /// Who it was about, from where, in a line.
  var who: String {
    let domain = request.domain.isEmpty ? "" : ", domain '\(request.domain)'"
    return "\(AddressRange.spoken(request.address)) (\(request.who)\(domain))"
  }

  /// The verdict in a line.
  var text: String { "auth \(isAllowed ? "let in" : "refused") \(who): \(reason)" }

  /// The verdict in the columns of a table.
  var row: [String] {
    [
      at.description, isAllowed ? "let in" : "refused", AddressRange.spoken(request.address), request.who,
      request.domain.isEmpty ? "no domain" : "domain '\(request.domain)'", reason,
    ]
  }
}
