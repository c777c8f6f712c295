import ZeroMQ

/// Whom the `auth` of the program lets in.
struct AuthPolicy: Sendable {
  /// Where not empty, nobody else is let in.
  var allowed: [AddressRange] = []
  /// Who is never let in, whatever the rest says.
  var denied: [AddressRange] = []
  /// The passwords of the users of each domain; the domain "" is every one.
  var users: [String: [[UInt8]: [UInt8]]] = [:]
  /// The keys of each domain.
  var keys: [String: KeySet] = [:]

  /// Which CURVE clients are let in.
  struct KeySet: Sendable {
    var isAny = false
    var folders: [CertificateFolder] = []
    var keys: Set<CurveKey> = []
  }

  /// Decides. Folders are looked at anew where they have changed.
  mutating func verdict(on request: AuthRequest) -> AuthVerdict {
    func verdict(_ isAllowed: Bool, _ reason: String) -> AuthVerdict {
      AuthVerdict(request: request, isAllowed: isAllowed, reason: reason)
    }
    if let range = denied.first(where: { $0.contains(request.address) }) {
      return verdict(false, "`auth deny \(range)`")
    }
    if !allowed.isEmpty, !allowed.contains(where: { $0.contains(request.address) }) {
      return verdict(false, "`auth allow` does not name the address")
    }
    switch request.credentials {
    case .none: return verdict(true, allowed.isEmpty ? "the address is not denied" : "the address is allowed")
    case .plain(let user, let password):
      let tables = [users[request.domain], users[""]].compactMap { $0 }
      guard let known = tables.lazy.compactMap({ $0[user] }).first else {
        return verdict(false, users.isEmpty ? "no `auth plain` names a user" : "no such user")
      }
      return Self.isSame(known, password)
        ? verdict(true, "the password fits") : verdict(false, "another password")
    case .curve(let key):
      var isConfigured = false
      var unreadable = ""
      for domain in Set([request.domain, ""]) where keys[domain] != nil {
        isConfigured = true
        if keys[domain]?.isAny == true { return verdict(true, "any key is let in") }
        if keys[domain]?.keys.contains(key) == true { return verdict(true, "the key is known") }
        for index in keys[domain]?.folders.indices ?? 0..<0 {
          if keys[domain]?.folders[index].contains(key) == true {
            return verdict(true, "its certificate is in \(keys[domain]?.folders[index].path ?? "")")
          }
          if let error = keys[domain]?.folders[index].error {
            unreadable =
              "; the folder '\(keys[domain]?.folders[index].path ?? "")' cannot be read: \(error) (\(error.name))"
          }
        }
      }
      return verdict(
        false,
        isConfigured
          ? "no certificate has this key\(unreadable)" : "no `auth curve` says which keys are let in")
    case .unknown: return verdict(false, "auth knows NULL, PLAIN and CURVE")
    }
  }

  /// Compares in a time that tells nothing of where the two differ.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
