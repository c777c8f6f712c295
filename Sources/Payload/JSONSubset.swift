/// Whether a JSON text holds what is expected of it: `expect json:'{"ok": true}'`.
///
/// An object holds another that has no more members, each with a value that it holds. An array holds another of
/// the same length, position by position. Numbers are the same by value (`1`, `1.0`, `1e0`), strings by their
/// characters (`"a"`, `"\u0061"`). Of a name that is repeated the last member counts, on both sides.
///
/// Laws: every text holds itself; if `a` holds `b` and `b` holds `c`, then `a` holds `c`.
public struct JSONSubset: Sendable {
  private let expected: JSON

  /// Reads what is expected.
  ///
  /// - Throws: ``PayloadError`` where it is no JSON.
  public init(_ expected: [UInt8]) throws(PayloadError) {
    self.expected = try JSON(expected)
  }

  /// The first place where a frame differs from what is expected, or nil where it holds it all.
  ///
  /// - Complexity: O(n) in both texts.
  public func firstDifference(in received: [UInt8]) -> JSONDifference? {
    differences(in: received, atMost: 1).first
  }

  /// The places where a frame differs from what is expected, in the order of what is expected, so many at most.
  ///
  /// - Complexity: O(n) in both texts.
  public func differences(in received: [UInt8], atMost most: Int) -> [JSONDifference] {
    let json: JSON
    do {
      json = try JSON(received)
    } catch {
      return [
        JSONDifference(
          path: "$", message: "the frame is no JSON: \(error.message), at byte \(error.range.lowerBound)")
      ]
    }
    var comparison = JSONComparison(expected: expected, received: json)
    return comparison.run(atMost: most)
  }

  /// Whether a frame is JSON and holds what is expected.
  public func matches(_ received: [UInt8]) -> Bool { firstDifference(in: received) == nil }
}

/// Where a JSON text differs from what was expected of it.
///
/// Its description is `$.items[2].name: expected "a", received "b"`, safe for a terminal.
public struct JSONDifference: Error, Equatable, Sendable, CustomStringConvertible {
  /// The way to the value: `$` is the whole, `.name` a member, `[2]` an element.
  public let path: String
  /// What is different there.
  public let message: String

  /// The path and the message.
  public var description: String { "\(path): \(message)" }
}

/// One comparison, with a stack of its own.
private struct JSONComparison {
  /// Two containers of the same kind and how far they have been compared.
  struct Level {
    /// The next child of what is expected: of an object its name.
    var expected: Int
    let expectedEnd: Int
    /// The next element received; for an object the first of its members' names.
    var received: Int
    let receivedEnd: Int
    let isObject: Bool
    /// The values received by their names, and the last of each name expected, where there are many.
    var members: [ArraySlice<UInt8>: Int]?
    var expectedMembers: [ArraySlice<UInt8>: Int]?
    var position = -1
  }

  let expected: JSON
  let received: JSON
  private var levels: [Level] = []

  init(expected: JSON, received: JSON) {
    self.expected = expected
    self.received = received
  }

  mutating func run(atMost most: Int) -> [JSONDifference] {
    if let message = compare(0, 0) { return [difference(message)] }
    var differences: [JSONDifference] = []
    while let last = levels.indices.last, differences.count < most {
      if levels[last].expected >= levels[last].expectedEnd {
        levels.removeLast()
        continue
      }
      if let found = levels[last].isObject ? compareMember(last) : compareElement(last) {
        differences.append(found)
      }
    }
    return differences
  }

  private mutating func compareElement(_ level: Int) -> JSONDifference? {
    let (wanted, found) = (levels[level].expected, levels[level].received)
    levels[level].position += 1
    levels[level].expected = expected.next(after: wanted)
    levels[level].received = received.next(after: found)
    return compare(wanted, found).map { difference($0) }
  }

  private mutating func compareMember(_ level: Int) -> JSONDifference? {
    let name = levels[level].expected
    let value = name + 1
    levels[level].expected = expected.next(after: value)
    levels[level].position = name
    let key = Self.key(expected, name)
    // A name that is repeated further on does not count here.
    guard lastExpected(level, key) == value else { return nil }
    guard let found = lastReceived(level, key) else {
      return difference("expected \(Self.shown(expected, value)), received nothing")
    }
    return compare(value, found).map { difference($0) }
  }

  /// Compares two values, of containers only what can be told at once. Gives what is different.
  private mutating func compare(_ wanted: Int, _ found: Int) -> String? {
    let (kind, other) = (expected.nodes[wanted].kind, received.nodes[found].kind)
    let isSame: Bool
    switch (kind, other) {
    case (.object, .object):
      levels.append(level(wanted, found, isObject: true))
      return nil
    case (.array, .array):
      let (count, otherCount) = (Self.count(expected, wanted), Self.count(received, found))
      guard count == otherCount else {
        return "expected \(Self.elements(count)), received \(Self.elements(otherCount))"
      }
      levels.append(level(wanted, found, isObject: false))
      return nil
    case (.number, .number):
      let (token, otherToken) = (expected.token(wanted), received.token(found))
      isSame = token == otherToken || JSONNumber(token) == JSONNumber(otherToken)
    case (.string, .string), (.string, .escapedString), (.escapedString, .string),
      (.escapedString, .escapedString):
      isSame = Self.key(expected, wanted) == Self.key(received, found)
    default: isSame = kind == other
    }
    return isSame ? nil : "expected \(Self.shown(expected, wanted)), received \(Self.shown(received, found))"
  }

  private func level(_ wanted: Int, _ found: Int, isObject: Bool) -> Level {
    var level = Level(
      expected: wanted + 1, expectedEnd: expected.next(after: wanted), received: found + 1,
      receivedEnd: received.next(after: found), isObject: isObject)
    guard isObject else { return level }
    // Few members are found faster by looking at each. Below this many on one side the time stays linear.
    let few = 8
    if !Self.hasAtMost(few, expected, wanted) {
      level.expectedMembers = Self.members(expected, from: level.expected, to: level.expectedEnd)
      level.members = Self.members(received, from: level.received, to: level.receivedEnd)
    }
    return level
  }

  // MARK: Members

  private func lastExpected(_ level: Int, _ key: ArraySlice<UInt8>) -> Int? {
    if let members = levels[level].expectedMembers { return members[key] }
    // What comes before has been compared; whether it comes again is the question.
    return Self.last(expected, key, from: levels[level].position, to: levels[level].expectedEnd)
  }

  private func lastReceived(_ level: Int, _ key: ArraySlice<UInt8>) -> Int? {
    if let members = levels[level].members { return members[key] }
    return Self.last(received, key, from: levels[level].received, to: levels[level].receivedEnd)
  }

  private static func last(_ json: JSON, _ key: ArraySlice<UInt8>, from start: Int, to end: Int) -> Int? {
    var found: Int?
    var name = start
    while name < end {
      if Self.key(json, name) == key { found = name + 1 }
      name = json.next(after: name + 1)
    }
    return found
  }

  private static func members(_ json: JSON, from start: Int, to end: Int) -> [ArraySlice<UInt8>: Int] {
    var members: [ArraySlice<UInt8>: Int] = [:]
    var name = start
    while name < end {
      members[key(json, name)] = name + 1
      name = json.next(after: name + 1)
    }
    return members
  }

  private static func hasAtMost(_ count: Int, _ json: JSON, _ object: Int) -> Bool {
    var left = count
    var name = object + 1
    let end = json.next(after: object)
    while name < end {
      if left == 0 { return false }
      left -= 1
      name = json.next(after: name + 1)
    }
    return true
  }

  /// The characters of a string; no copy of one without escapes.
  private static func key(_ json: JSON, _ node: Int) -> ArraySlice<UInt8> {
    json.nodes[node].kind == .string ? json.token(node).dropFirst().dropLast() : json.unescaped(node)[...]
  }

  private static func count(_ json: JSON, _ array: Int) -> Int {
    var count = 0
    var child = array + 1
    let end = json.next(after: array)
    while child < end {
      count += 1
      child = json.next(after: child)
    }
    return count
  }

  // MARK: Words

  private func difference(_ message: String) -> JSONDifference {
    var path = "$"
    for level in levels where level.position >= 0 {
      path += level.isObject ? Self.member(expected, level.position) : "[\(level.position)]"
    }
    return JSONDifference(path: path, message: message)
  }

  private static func member(_ json: JSON, _ name: Int) -> String {
    let bytes = json.unescaped(name)
    let isName =
      !bytes.isEmpty
      && bytes.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte.isLetterOrDigit
      }
    return isName ? ".\(String(decoding: bytes, as: UTF8.self))" : "[\(shown(json, name))]"
  }

  private static func elements(_ count: Int) -> String { "\(count) element\(count == 1 ? "" : "s")" }

  /// A value on one line, cut short.
  private static func shown(_ json: JSON, _ node: Int) -> String {
    // More is never shown, so that no more of a great value is written out than a screen holds.
    let most = 80
    switch json.nodes[node].kind {
    case .object where json.next(after: node) - node > most: return "an object"
    case .array where json.next(after: node) - node > most: return "an array"
    default: break
    }
    let text = String(
      decoding: JSONWriter.write(json, from: node, .compact, escapesUnprintable: true), as: UTF8.self)
    return text.unicodeScalars.count <= most
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(most - 1))) + "…"
  }
}
