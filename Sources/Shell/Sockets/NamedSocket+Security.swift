import ZeroMQ

/// What a socket shows of its security.
extension NamedSocket {
  /// Whether its peers must prove who they are: anything but NULL. `ZMQ_MECHANISM`.
  var hasMechanism: Bool { mechanism != "NULL" }

  /// NULL, PLAIN, CURVE or GSSAPI.
  var mechanism: String {
    guard let option = SocketOption.named("mechanism"), case .integer(let number)? = try? socket.get(option)
    else { return "NULL" }
    return option.specialValues[number] ?? "NULL"
  }

  /// Whether libzmq asks about NULL peers too.
  var hasZAPDomain: Bool {
    guard let option = SocketOption.named("zap_domain"), case .bytes(let domain)? = try? socket.get(option)
    else { return false }
    return !domain.isEmpty
  }

  /// Its CURVE public key.
  var publicKey: CurveKey? {
    guard let option = SocketOption.named("curve_publickey"),
      case .bytes(let bytes)? = try? socket.get(option),
      bytes.contains(where: { $0 != 0 })
    else { return nil }
    return CurveKey(bytes: bytes)
  }
}
