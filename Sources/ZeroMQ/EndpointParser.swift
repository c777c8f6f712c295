#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the text of an ``Endpoint``. Offsets are of bytes, so that an error names its place in the text.
struct EndpointParser {
  let bytes: [UInt8]
  let role: Endpoint.Role

  init(text: String, role: Endpoint.Role) {
    bytes = Array(text.utf8)
    self.role = role
  }

  func endpoint() throws(EndpointError) -> Endpoint {
    guard !bytes.isEmpty else {
      throw EndpointError(
        "the endpoint is empty", range: 0..<0, help: "such as `tcp://127.0.0.1:5555` or `5555`")
    }
    if let control = bytes.firstIndex(where: { $0 < 0x20 || $0 == 0x7f }) {
      throw EndpointError("an endpoint holds no control character", range: control..<control + 1)
    }
    if let colon = separator() {
      return try full(colon)
    }
    return try short()
  }

  // MARK: transport://address

  private func separator() -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: "://".utf8) }
  }

  private func full(_ colon: Int) throws(EndpointError) -> Endpoint {
    let transport = text(0..<colon)
    let address = colon + 3..<bytes.count
    guard ZeroMQLibrary.transports.contains(transport) else {
      throw unknownTransport(transport, 0..<colon, rest: text(address))
    }
    guard ZeroMQLibrary.speaks(transport) else {
      throw EndpointError(
        "this libzmq (\(ZeroMQLibrary.versionText)) was built without \(transport)", range: 0..<colon)
    }
    guard !address.isEmpty else {
      throw EndpointError(
        "no address follows \(transport)://", range: 0..<bytes.count, help: example(transport))
    }
    switch transport {
    case "tcp", "udp": return try tcp(transport, address)
    case "ws", "wss": return try webSocket(transport, address)
    case "ipc": return try ipc(address)
    case "inproc": return try inproc(address)
    case "norm": return try norm(address)
    default: return Endpoint(transport: transport, address: text(address))
    }
  }

  private func unknownTransport(_ transport: String, _ range: Range<Int>, rest: String) -> EndpointError {
    let reason =
      transport.isEmpty ? "no transport stands before ://" : "'\(transport)' is no transport of ZeroMQ"
    if transport == "http" || transport == "https" {
      return EndpointError(
        reason, range: range,
        help: "ZeroMQ speaks tcp, with a protocol that no web server understands: `tcp://host:port`")
    }
    let lower = transport.lowercased()
    let near = ZeroMQLibrary.transports
      .map { (name: $0, distance: distance(lower, $0)) }
      .filter { $0.distance <= max(1, $0.name.count / 2) && $0.distance < 3 }
      .min { ($0.distance, rank($0.name, lower)) < ($1.distance, rank($1.name, lower)) }
    let help = near.map { "did you mean `\($0.name)://\(rest)`?" }
    return EndpointError(reason, range: range, help: help ?? "such as tcp, ipc or inproc")
  }

  /// Of equally near names, one of the same letters is meant (`icp`), else the most common (`itpc`).
  private func rank(_ transport: String, _ typed: String) -> Int {
    if transport.sorted() == typed.sorted() {
      return 0
    }
    let common = ["tcp", "ipc", "inproc", "ws", "wss"]
    return 1 + (common.firstIndex(of: transport) ?? common.count)
  }

  private func example(_ transport: String) -> String? {
    switch transport {
    case "tcp", "ws", "wss": "such as `\(transport)://127.0.0.1:5555`"
    case "ipc": "a path, such as `ipc:///tmp/name`"
    case "inproc": "a name, such as `inproc://name`"
    default: nil
    }
  }

  // MARK: less than that

  private func short() throws(EndpointError) -> Endpoint {
    let all = 0..<bytes.count
    let whole = text(all)
    if bytes[0] == UInt8(ascii: "@") {
      return try ipc(all)
    }
    if bytes.contains(UInt8(ascii: "/")), bytes[0] == UInt8(ascii: "/") || bytes[0] == UInt8(ascii: ".") {
      return try ipc(all)
    }
    if whole == "*" {
      guard role == .bind else {
        throw wildcard(all)
      }
      return loopback(nil)
    }
    if let first = bytes.firstIndex(of: UInt8(ascii: ":")) {
      let name = text(0..<first)
      let rest = text(first + 1..<bytes.count)
      if ZeroMQLibrary.transports.contains(name), rest.hasPrefix("/") || rest.contains(":") {
        throw EndpointError(
          "'://' is to follow \(name)", range: 0..<first + 1,
          help: "did you mean `\(name)://\(rest.drop { $0 == "/" })`?")
      }
      if first == 0 {
        return loopback(try port(1..<bytes.count))
      }
      return try tcp("tcp", all)
    }
    let isAddress = whole.contains(".") && whole.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    if !isAddress, isDigit(bytes[0]) || "+-".utf8.contains(bytes[0]) {
      return loopback(try port(all))
    }
    throw EndpointError(
      "'\(whole)' is no endpoint", range: all,
      help: "a host wants its port: `\(whole):5555`; a path begins with `/` or `./`")
  }

  private func loopback(_ port: Int?) -> Endpoint {
    let address = "127.0.0.1:" + (port.map { String($0) } ?? "*")
    return Endpoint(transport: "tcp", address: address, host: "127.0.0.1", port: port)
  }

  // MARK: tcp, udp, ws, wss

  private func tcp(_ transport: String, _ range: Range<Int>) throws(EndpointError) -> Endpoint {
    guard let semicolon = bytes[range].firstIndex(of: UInt8(ascii: ";")) else {
      return try hostAndPort(transport, range)
    }
    guard role == .connect else {
      throw EndpointError(
        "only a connect has a source address before ';'", range: range.lowerBound..<semicolon + 1)
    }
    // The source is what the near end is bound to, where any interface and any port will do.
    _ = try EndpointParser(text: text(0..<bytes.count), role: .bind)
      .hostAndPort(transport, range.lowerBound..<semicolon)
    let peer = try hostAndPort(transport, semicolon + 1..<range.upperBound)
    return Endpoint(transport: transport, address: text(range), host: peer.host, port: peer.port)
  }

  private func webSocket(_ transport: String, _ range: Range<Int>) throws(EndpointError) -> Endpoint {
    let end = bytes[range].firstIndex(of: UInt8(ascii: "/")) ?? range.upperBound
    let server = try hostAndPort(transport, range.lowerBound..<end)
    return Endpoint(
      transport: transport, address: server.address + text(end..<range.upperBound), host: server.host,
      port: server.port)
  }

  private func hostAndPort(_ transport: String, _ range: Range<Int>) throws(EndpointError) -> Endpoint {
    guard let colon = bytes[range].lastIndex(of: UInt8(ascii: ":")),
      !bytes[colon..<range.upperBound].contains(UInt8(ascii: "]"))
    else {
      let address = text(range)
      let prefix = range.lowerBound == 0 ? "" : transport + "://"
      let isPort = !address.isEmpty && address.utf8.allSatisfy(isDigit)
      throw EndpointError(
        isPort ? "'\(address)' has no host" : "'\(address)' has no port",
        range: range,
        help: isPort
          ? "such as `\(transport)://127.0.0.1:\(address)`" : "such as `\(prefix)\(address):5555`")
    }
    let host = try host(range.lowerBound..<colon, before: text(colon..<range.upperBound))
    let port = try port(colon + 1..<range.upperBound)
    return Endpoint(transport: transport, address: text(range), host: host, port: port)
  }

  private func host(_ range: Range<Int>, before port: String) throws(EndpointError) -> String {
    let host = text(range)
    if host.isEmpty {
      throw EndpointError(
        "no host stands before '\(port)'", range: range.lowerBound..<range.lowerBound + port.utf8.count,
        help: role == .bind
          ? "`127.0.0.1\(port)` for this machine only, `*\(port)` for every interface"
          : "such as `127.0.0.1\(port)`")
    }
    if host == "*" {
      guard role == .bind else {
        throw wildcard(range)
      }
      return host
    }
    if let odd = bytes[range].firstIndex(where: { $0 <= 0x20 || "/?#@\\\"'*".utf8.contains($0) }) {
      let character = text(odd..<odd + 1)
      throw EndpointError(
        character == " " ? "a host holds no blank" : "a host holds no '\(character)'", range: odd..<odd + 1)
    }
    if host.hasPrefix("[") {
      return try bracketed(host, range)
    }
    if host.contains(":") {
      guard isIPv6(host) else {
        throw EndpointError("a host holds no ':'", range: range)
      }
      throw EndpointError(
        "an IPv6 address stands in brackets", range: range, help: "such as `[\(host)]\(port)`")
    }
    if host.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) {
      let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
      if let number = numbers.first(where: { (Int($0) ?? 256) > 255 }) {
        let why = number.isEmpty ? "a number is missing" : "\(number) is beyond 255"
        throw EndpointError("'\(host)' is no IPv4 address: \(why)", range: range)
      }
      if numbers.count > 4 {
        throw EndpointError("'\(host)' is no IPv4 address: it has \(numbers.count) numbers", range: range)
      }
    }
    return host
  }

  private func bracketed(_ host: String, _ range: Range<Int>) throws(EndpointError) -> String {
    let inside = host.dropFirst().prefix { $0 != "]" }
    // The scope, such as %eth0, is the system's to check.
    let numbers = String(inside.prefix { $0 != "%" })
    guard host.hasSuffix("]"), host.utf8.count == inside.utf8.count + 2, isIPv6(numbers) else {
      throw EndpointError("'\(host)' is no IPv6 address", range: range, help: "such as `[::1]`")
    }
    return String(inside)
  }

  private func isIPv6(_ text: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET6, text, &address) == 1
  }

  private func wildcard(_ range: Range<Int>) -> EndpointError {
    EndpointError(
      "'*' is every interface of this machine, which only a bind can have", range: range,
      help: "connect to one address: `127.0.0.1`, or the host's name")
  }

  /// Reads a port; `nil` where the system is to choose one.
  private func port(_ range: Range<Int>) throws(EndpointError) -> Int? {
    let port = text(range)
    guard !port.isEmpty else {
      throw EndpointError("no port follows ':'", range: range.lowerBound - 1..<range.upperBound)
    }
    if port == "*" || port.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) {
      guard role == .bind else {
        throw EndpointError(
          "'\(port)' asks for a free port, which only a bind can do", range: range,
          help: "connect to the port that the peer is bound to")
      }
      return nil
    }
    let digits = port.utf8.prefix(while: isDigit)
    if digits.count == port.utf8.count {
      guard let number = Int(port), number <= 65535 else {
        throw EndpointError("port \(port) is beyond 65535", range: range)
      }
      return number
    }
    if port.hasPrefix("-"), port.count > 1, port.dropFirst().utf8.allSatisfy(isDigit) {
      throw EndpointError("port \(port) is negative", range: range, help: "a port is 1 … 65535")
    }
    let junk = range.lowerBound + digits.count..<range.upperBound
    if digits.isEmpty {
      throw EndpointError("'\(port)' is no port", range: range, help: "a port is 1 … 65535")
    }
    let help = Int(port.prefix(digits.count)).map { "did you mean `\($0)`?" }
    throw EndpointError("'\(text(junk))' follows the port", range: junk, help: help)
  }

  /// Checks `[id,][interface;]address:port` in full: given one that it cannot use, libzmq aborts the program.
  private func norm(_ range: Range<Int>) throws(EndpointError) -> Endpoint {
    var start = range.lowerBound
    if let comma = bytes[range].firstIndex(of: UInt8(ascii: ",")) {
      guard UInt32(text(start..<comma)) != nil else {
        throw EndpointError("'\(text(start..<comma))' is no node id, a number", range: start..<comma)
      }
      start = comma + 1
    }
    if let semicolon = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: ";")) {
      let interface = text(start..<semicolon)
      guard if_nametoindex(interface) != 0 else {
        throw EndpointError("this machine has no interface '\(interface)'", range: start..<semicolon)
      }
      start = semicolon + 1
    }
    let group = try hostAndPort("norm", start..<range.upperBound)
    let host = group.host ?? ""
    var address = in_addr()
    guard isIPv6(host) || inet_pton(AF_INET, host, &address) == 1, group.port != nil else {
      throw EndpointError(
        "'\(group.address)' is no address in numbers with a port", range: start..<range.upperBound,
        help: "such as `norm://239.192.1.1:5555`")
    }
    return Endpoint(transport: "norm", address: text(range), host: host, port: group.port)
  }

  // MARK: ipc, inproc

  private func ipc(_ range: Range<Int>) throws(EndpointError) -> Endpoint {
    let path = text(range)
    if path == "*", role == .connect {
      throw EndpointError(
        "'*' asks for a path of the system's choice, which only a bind can do", range: range,
        help: "connect to the path that the peer is bound to")
    }
    if path.hasPrefix("@") {
      #if os(Linux) || os(Android)
        guard path.utf8.count > 1 else {
          throw EndpointError("no name follows '@'", range: range, help: "such as `@name`")
        }
      #else
        throw EndpointError(
          "'\(path)' is an abstract name, which only Linux has", range: range,
          help: "a path will do: `/tmp/\(path.dropFirst())`")
      #endif
    }
    // The zero byte that ends the path has to find room as well: 107 bytes on Linux, 103 on macOS.
    let limit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    guard range.count <= limit else {
      throw EndpointError(
        "the path has \(range.count) bytes, and the system takes \(limit)", range: range,
        help: "use a shorter one, or one from the working folder: `./name`")
    }
    return Endpoint(transport: "ipc", address: path)
  }

  private func inproc(_ range: Range<Int>) throws(EndpointError) -> Endpoint {
    // zmq_inproc(7) says so; the library itself takes more.
    guard range.count <= 256 else {
      throw EndpointError("the name has \(range.count) bytes, and inproc takes 256", range: range)
    }
    return Endpoint(transport: "inproc", address: text(range))
  }

  // MARK: helpers

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// How many letters differ, where two that changed places count once.
  private func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var rows = [Array(0...right.count)]
    for i in 0..<left.count {
      var row = [i + 1]
      for j in 0..<right.count {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
