/// A command: its name, and what it says.
///
/// Source: RFC 23, "Commands".
public struct Command: Hashable, Sendable {
  /// Such as `READY` or `ERROR`.
  public let name: String
  /// What follows the name.
  public let data: [UInt8]

  /// Makes a command.
  public init(_ name: String, _ data: [UInt8]) {
    self.name = name
    self.data = data
  }

  /// Reads the body of a command's frame; nil where it is none.
  public init?(_ body: [UInt8]) {
    guard let length = body.first, body.count > Int(length), length > 0 else { return nil }
    name = String(decoding: body[1...Int(length)], as: UTF8.self)
    data = Array(body[(Int(length) + 1)...])
  }

  /// The frame of the command.
  public var frame: Frame {
    Frame(isCommand: true, body: [UInt8(min(name.utf8.count, 255))] + name.utf8.prefix(255) + data)
  }

  /// The properties that a READY tells, names in lower case, as they are compared; nil where it is malformed.
  public var properties: [String: [UInt8]]? {
    var properties: [String: [UInt8]] = [:]
    var rest = data[...]
    while let length = rest.popFirst() {
      guard rest.count >= Int(length) + 4 else { return nil }
      let name = String(decoding: rest.prefix(Int(length)), as: UTF8.self).lowercased()
      rest.removeFirst(Int(length))
      let size = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest.removeFirst(4)
      guard rest.count >= size else { return nil }
      properties[name] = Array(rest.prefix(size))
      rest.removeFirst(size)
    }
    return properties
  }

  /// A READY that tells properties, such as `Socket-Type`.
  public static func ready(_ properties: [(name: String, value: [UInt8])]) -> Command {
    var data: [UInt8] = []
    for (name, value) in properties {
      data += [UInt8(min(name.utf8.count, 255))] + name.utf8.prefix(255)
      data += (0..<4).map { UInt8(truncatingIfNeeded: value.count >> (24 - 8 * $0)) } + value
    }
    return Command("READY", data)
  }
}
