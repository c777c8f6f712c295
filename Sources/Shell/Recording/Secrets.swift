import Payload
import Script
import ZeroMQ

/// The secret values of a session, and the environment variables that a recording reads in their place.
struct Secrets {
  private var names: [[UInt8]: String] = [:]

  /// Variables of passwords that were asked for at the terminal.
  private var asked: Set<String> = []

  /// The variables that statements read, sorted.
  func variables(in statements: [RecordedStatement]) -> [String] {
    let texts = statements.flatMap { statement in
      statement.pieces.compactMap { piece in if case .text(let text) = piece { text } else { nil } }
    }
    return asked.union(names.values).sorted().filter { name in
      let variable = Array("$env.\(name)".utf8)
      return texts.contains { Self.replacing(variable, in: $0, by: [], whole: false) != $0 }
    }
  }

  /// The variable of the password of a user, which was asked for.
  mutating func variable(ofPasswordOf user: [UInt8], _ sockets: [NamedSocket]) -> String {
    for socket in sockets {
      let texts = socket.options.compactMap { option, value -> (String, [UInt8])? in
        if case .bytes(let bytes) = value { (option.name, bytes) } else { nil }
      }
      let isUser = texts.contains { $0.0 == "plain_username" && $0.1 == user }
      if isUser, let password = texts.first(where: { $0.0 == "plain_password" })?.1,
        let name = names[password]
      {
        return name
      }
    }
    let letters = String(decoding: user, as: UTF8.self).uppercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
    }
    let name = "PASSWORD_OF_" + String(letters)
    asked.insert(name)
    return name
  }

  /// Notes the secrets among the words of a command.
  ///
  /// - Returns: Whether any is new.
  mutating func note(_ shape: CommandShape) -> Bool {
    var isNew = false
    for word in shape.arguments {
      guard let name = word.optionName, let option = SocketOption.named(name), option.isSecret,
        let value = word.optionValue
      else { continue }
      if keep(value, of: option, socket: shape.socket?.bareText) { isNew = true }
    }
    let words = Array(shape.arguments)
    // A request of ZAP that is written out: its password is what a PLAIN client has.
    if let option = SocketOption.named("plain_password"),
      let index = ZAPMessage.passwordFrame(in: words.prefix { $0.bareText != "as" }.map { $0.literal ?? [] }),
      let password = words[index].literal, password != Array("_".utf8)
    {
      if keep(password, of: option, socket: shape.socket?.bareText) { isNew = true }
    }
    if shape.name == "set", words.count == 2, let name = words[0].bareText,
      let option = SocketOption.named(name),
      option.isSecret, let value = words[1].literal
    {
      if keep(value, of: option, socket: shape.socket?.bareText) { isNew = true }
    }
    return isNew
  }

  /// Notes what variables were given of which a statement says that they hold a secret.
  mutating func note(_ statement: [UInt8], after earlier: [RecordedStatement]) -> Bool {
    let names = SecretWords.variables(in: String(decoding: statement, as: UTF8.self))
    guard !names.isEmpty, let option = SocketOption.named("plain_password") else { return false }
    var isNew = false
    for case .text(let text) in earlier.flatMap(\.pieces) + [.text(statement)] {
      for value in SecretWords.values(in: text, of: names) where keep(value, of: option, socket: nil) {
        isNew = true
      }
    }
    return isNew
  }

  /// Notes the secrets that sockets were given in whatever way.
  mutating func note(_ sockets: [NamedSocket]) -> Bool {
    var isNew = false
    for socket in sockets {
      for (option, value) in socket.options where option.isSecret {
        guard case .bytes(let bytes) = value else { continue }
        let isKnown = names[bytes] != nil || Z85.encode(bytes).map { names[$0] != nil } == true
        if isKnown { continue }
        let text = option.kind == .curveKey ? Z85.encode(bytes) ?? bytes : bytes
        if keep(text, of: option, socket: socket.name) { isNew = true }
      }
    }
    return isNew
  }

  private mutating func keep(_ value: [UInt8], of option: SocketOption, socket: String?) -> Bool {
    guard !value.isEmpty, names[value] == nil else { return false }
    var name = option.name.uppercased()
    if names.values.contains(name), let socket { name = "\(socket.uppercased())_\(name)" }
    let plain = name
    var number = 1
    while names.values.contains(name) {
      number += 1
      name = "\(plain)_\(number)"
    }
    names[value] = name
    return true
  }

  /// A text without the secrets in it.
  func redacted(_ text: [UInt8]) -> [UInt8] {
    var text = text
    for (value, name) in names {
      let variable = Array("$env.\(name)".utf8)
      for quoted in [Array(TextView.quoted(value).utf8), [0x27] + value + [0x27], [0x22] + value + [0x22]] {
        text = Self.replacing(quoted, in: text, by: variable, whole: false)
      }
      text = Self.replacing(value, in: text, by: variable, whole: true)
    }
    return text
  }

  private static func replacing(_ part: [UInt8], in text: [UInt8], by replacement: [UInt8], whole: Bool)
    -> [UInt8]
  {
    guard !part.isEmpty, text.count >= part.count else { return text }
    /// Whether a word ends here: a short secret may be a part of other words.
    func isEdge(_ index: Int) -> Bool {
      !text.indices.contains(index) || [0x20, 0x09, 0x0A, 0x3D, 0x3B, 0x7B, 0x7D].contains(text[index])
    }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index...].starts(with: part), !whole || (isEdge(index - 1) && isEdge(index + part.count)) {
        result += replacement
        index += part.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}
