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
    if let range = denied.first(where: { $0.contains(request.address) }) {
      return AuthVerdict(
        request, isAllowed: false, "`auth deny \(range)`", cure: "`auth stop`, and `auth` again without it")
    }
    if !allowed.isEmpty, !allowed.contains(where: { $0.contains(request.address) }) {
      return AuthVerdict(
        request, isAllowed: false, "`auth allow` does not name the address",
        cure: "`auth allow \(request.address)` lets it in")
    }
    switch request.credentials {
    case .none:
      return AuthVerdict(
        request, isAllowed: true, allowed.isEmpty ? "the address is not denied" : "the address is allowed")
    case .plain(let user, let password): return verdict(on: request, user, password)
    case .curve(let key): return verdict(on: request, key)
    case .unknown: return AuthVerdict(request, isAllowed: false, "auth knows NULL, PLAIN and CURVE")
    }
  }

  private func verdict(on request: AuthRequest, _ user: [UInt8], _ password: [UInt8]) -> AuthVerdict {
    let tables = [users[request.domain], users[""]].compactMap { $0 }
    if let known = tables.lazy.compactMap({ $0[user] }).first {
      return Self.isSame(known, password)
        ? AuthVerdict(request, isAllowed: true, "the password fits")
        : AuthVerdict(
          request, isAllowed: false, "another password", cure: "it is the one that `auth plain` was given")
    }
    let cure = "`auth plain USER\(Self.clause(request.domain))` lets one in"
    let elsewhere = users.filter { $0.value[user] != nil }.keys.min()
    let reason =
      users.isEmpty
      ? "no `auth plain` names a user" : "no such user" + Self.hint(elsewhere, not: request.domain)
    return AuthVerdict(request, isAllowed: false, reason, cure: cure)
  }

  private mutating func verdict(on request: AuthRequest, _ key: CurveKey) -> AuthVerdict {
    var unreadable = ""
    let own = Set([request.domain, ""])
    for domain in own {
      if keys[domain]?.isAny == true { return AuthVerdict(request, isAllowed: true, "any key is let in") }
      if keys[domain]?.keys.contains(key) == true {
        return AuthVerdict(request, isAllowed: true, "the key is known")
      }
      for index in keys[domain]?.folders.indices ?? 0..<0 {
        let path = keys[domain]?.folders[index].path ?? ""
        if keys[domain]?.folders[index].contains(key) == true {
          return AuthVerdict(request, isAllowed: true, "its certificate is in \(path)")
        }
        if let error = keys[domain]?.folders[index].error {
          unreadable = "; the folder '\(path)' cannot be read: \(error) (\(error.name))"
        }
      }
    }
    let elsewhere = keys.keys.sorted().first { domain in
      guard !own.contains(domain) else { return false }
      let isInFolder = (keys[domain]?.folders.indices ?? 0..<0).contains { index in
        keys[domain]?.folders[index].contains(key) == true
      }
      return isInFolder || keys[domain]?.isAny == true || keys[domain]?.keys.contains(key) == true
    }
    let isConfigured = own.contains { keys[$0] != nil } || elsewhere != nil
    return AuthVerdict(
      request, isAllowed: false,
      isConfigured
        ? "no certificate has this key\(Self.hint(elsewhere, not: request.domain))\(unreadable)"
        : "no `auth curve` says which keys are let in",
      cure: "`auth curve '\(key.text)'\(Self.clause(request.domain))` lets it in")
  }

  /// That a domain lets in who is refused by another.
  private static func hint(_ elsewhere: String?, not domain: String) -> String {
    guard let elsewhere else { return "" }
    return domain.isEmpty
      ? ": only in the domain '\(elsewhere)', and the socket has no zap_domain"
      : " in the domain '\(domain)': only in '\(elsewhere)'"
  }

  private static func clause(_ domain: String) -> String { domain.isEmpty ? "" : " domain=\(domain)" }

  /// Compares in a time that tells nothing of where the two differ.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
