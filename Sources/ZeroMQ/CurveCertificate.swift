/// A pair of CURVE keys, or the public one of somebody else, with what is told of their owner.
///
/// Its text is that of CZMQ's certificates (`zcert`), which pyzmq's `zmq.auth` writes and reads too: a public one to
/// give away, and a secret one to keep.
///
/// ```swift
/// let certificate = try CurveCertificate.make()
/// print(certificate.text(withSecret: false, tool: "example", date: "today"))
/// let again = try CurveCertificate(text: certificate.text(withSecret: true, tool: "example", date: "today"))
/// assert(again == certificate)
/// ```
///
/// Law: `CurveCertificate(text: x.text(withSecret: true, …)) == x` for keys that belong together.
///
/// Source: `zcert(7)` of CZMQ, RFC 4 (ZPL).
public struct CurveCertificate: Hashable, Sendable {
  /// The key that the others are given.
  public let publicKey: CurveKey
  /// The key to keep; `nil` in the certificate of somebody else.
  public let secretKey: CurveKey?
  /// What is told of the owner, such as `name`, in the order of the text.
  public let metadata: [Field]

  /// A line of the metadata.
  public struct Field: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// Joins a name and a value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Joins keys. Whether they belong together is not looked at.
  public init(publicKey: CurveKey, secretKey: CurveKey? = nil, metadata: [Field] = []) {
    self.publicKey = publicKey
    self.secretKey = secretKey
    self.metadata = metadata
  }

  /// Makes a new pair of keys.
  ///
  /// - Throws: ``ZMQError/notSupported`` where the library was built without CURVE.
  public static func make(metadata: [Field] = []) throws(ZMQError) -> CurveCertificate {
    let pair = try CurveKey.pair()
    return CurveCertificate(publicKey: pair.publicKey, secretKey: pair.secretKey, metadata: metadata)
  }

  /// The pair that belongs to a secret key.
  ///
  /// - Throws: ``ZMQError/notSupported`` where the library was built without CURVE.
  public init(secretKey: CurveKey) throws(ZMQError) {
    self.init(publicKey: try secretKey.publicKey(), secretKey: secretKey)
  }

  /// Reads the text of a certificate.
  ///
  /// - Parameter text: Sections and `name = value` below them, as CZMQ and pyzmq write it.
  /// - Throws: ``OptionError`` that says what is missing or wrong, such as two keys that do not belong together; it never
  ///   quotes a key.
  public init(text: String) throws(OptionError) {
    var section = ""
    var keys: [String: CurveKey] = [:]
    var metadata: [Field] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let body = line.drop { $0 == " " || $0 == "\t" }
      guard let first = body.first, first != "#" else { continue }
      guard let equals = body.firstIndex(of: "="), body.startIndex > line.startIndex else {
        section = String(body.prefix { $0 != " " && $0 != "\t" && $0 != "=" && $0 != "#" })
        continue
      }
      let name = String(body[..<equals]).trimmingBlanks
      let value = Self.value(body[body.index(after: equals)...])
      switch (section, name) {
      case ("curve", "public-key"), ("curve", "secret-key"):
        guard let key = CurveKey(text: value) else {
          throw OptionError("its \(name) is no CURVE key of 40 characters of Z85")
        }
        keys[name] = key
      case ("metadata", _): metadata.append(Field(name, value))
      default: break
      }
    }
    let secretKey = keys["secret-key"]
    guard let publicKey = keys["public-key"] ?? (try? secretKey?.publicKey()) else {
      throw OptionError("it has no public-key", help: "`keygen FILE` makes a certificate")
    }
    // A library without CURVE cannot tell, and cannot use them either.
    if let fitting = try? secretKey?.publicKey(), fitting != publicKey {
      throw OptionError(
        "its public-key and its secret-key are of two pairs", help: "`keygen FILE --force` makes a new one")
    }
    self.init(publicKey: publicKey, secretKey: secretKey, metadata: metadata)
  }

  /// The text of the certificate.
  ///
  /// - Parameters:
  ///   - withSecret: Whether the secret key, where there is one, is in it.
  ///   - tool: The name of the program that writes it, for the comment.
  ///   - date: The time, for the comment.
  public func text(withSecret: Bool, tool: String, date: String) -> String {
    var lines = ["#   ****  Generated on \(date) by \(tool)  ****"]
    if withSecret, secretKey != nil {
      lines += [
        "#   ZeroMQ CURVE **Secret** Certificate",
        "#   DO NOT PROVIDE THIS FILE TO OTHER USERS nor change its permissions.",
      ]
    } else {
      lines += [
        "#   ZeroMQ CURVE Public Certificate",
        "#   Exchange securely, or use a secure mechanism to verify the contents",
        "#   of this file after exchange. Store public certificates in your home",
        "#   directory, in the .curve subdirectory.",
      ]
    }
    lines += ["", "metadata"]
    lines += metadata.map { "    \($0.name) = \(Self.quoted($0.value))" }
    lines += ["curve", "    public-key = \"\(publicKey.text)\""]
    if withSecret, let secretKey { lines.append("    secret-key = \"\(secretKey.text)\"") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Z85 has no quotes, so a key is never cut.
  private static func value(_ text: Substring) -> String {
    let text = text.drop { $0 == " " || $0 == "\t" }
    if let quote = text.first, quote == "\"" || quote == "'" {
      return String(text.dropFirst().prefix { $0 != quote })
    }
    return String(text.prefix { $0 != " " && $0 != "\t" && $0 != "#" })
  }

  /// ZPL has no escapes: what holds one kind of quotes is put into the other.
  private static func quoted(_ value: String) -> String {
    let line = value.filter { !$0.isNewline }
    return line.contains("\"") ? "'\(line.filter { $0 != "'" })'" : "\"\(line)\""
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(String(drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
  }
}
