/// Goes through MessagePack once before it is written as text: checks it, and finds out what must be known of
/// a map before its first key is written.
///
/// It keeps a byte a map and nothing for what is merely announced.
struct MessagePackChecker {
  private struct Container {
    let start: Int
    /// How many values are still to come, keys counted.
    var left: Int
    /// The number of the map; nil for an array.
    let map: Int?
  }

  private let bytes: [UInt8]
  private var position = 0
  private var open: [Container] = []
  /// Whether each map, in the order of the bytes, has plain strings alone for keys: then it is an object.
  private(set) var plainMaps: [Bool] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func check() throws(PayloadError) {
    repeat {
      guard position < bytes.count else { throw ended() }
      let head = try MessagePackHead.read(bytes, at: position)
      noteKey(head)
      try take(head)
      while let last = open.last, last.left == 0 { open.removeLast() }
    } while !open.isEmpty
    guard position == bytes.count else {
      let left = bytes.count - position
      throw PayloadError(
        "\(left) byte\(left == 1 ? " stands" : "s stand") after the end of the MessagePack value",
        at: position..<bytes.count, help: ["a frame holds one value; several are an array"])
    }
  }

  /// Takes the value for its container: where it is a key, and no plain string, the map is no object.
  private mutating func noteKey(_ head: MessagePackHead) {
    guard let last = open.indices.last else { return }
    let isKey = open[last].left & 1 == 0
    open[last].left -= 1
    guard isKey, let map = open[last].map, plainMaps[map] else { return }
    guard case .string(let count) = head.kind, head.form == nil else {
      plainMaps[map] = false
      return
    }
    let start = position + head.length
    let end = min(bytes.count, start + count)
    if !UTF8Text.isValid(bytes[start..<end]) { plainMaps[map] = false }
  }

  private mutating func take(_ head: MessagePackHead) throws(PayloadError) {
    let start = position
    position += head.length
    switch head.kind {
    case .string(let count): try skip(count, "a string", start)
    case .binary(let count): try skip(count, "a bin", start)
    case .ext(_, let count): try skip(count, "an extension", start)
    case .array(let count): try push(count, each: 1, "an array", start)
    case .map(let count): try push(count, each: 2, "a map", start)
    default: break
    }
  }

  private mutating func skip(_ count: Int, _ what: String, _ start: Int) throws(PayloadError) {
    let left = bytes.count - position
    guard count <= left else {
      throw PayloadError(
        "\(what) of \(count) byte\(count == 1 ? "" : "s") is announced, and \(left) follow\(left == 1 ? "s" : "")",
        at: start..<position)
    }
    position += count
  }

  private mutating func push(_ count: Int, each: Int, _ what: String, _ start: Int) throws(PayloadError) {
    // No value is shorter than a byte.
    let left = bytes.count - position
    guard count * each <= left else {
      let unit = each == 1 ? "element" : "pair"
      let bytes = "\(left) byte\(left == 1 ? " follows" : "s follow")"
      throw PayloadError(
        "\(what) of \(count) \(unit)\(count == 1 ? "" : "s") is announced, and \(bytes)", at: start..<position
      )
    }
    guard open.count < MessagePack.depthLimit else {
      throw PayloadError(
        "the arrays and maps stand more than \(MessagePack.depthLimit) deep in each other",
        at: start..<position)
    }
    open.append(Container(start: start, left: count * each, map: each == 2 ? plainMaps.count : nil))
    if each == 2 { plainMaps.append(true) }
  }

  private func ended() -> PayloadError {
    guard let last = open.last else {
      return PayloadError("there is no MessagePack value", at: 0..<0)
    }
    let values = "\(last.left) value\(last.left == 1 ? "" : "s")"
    return PayloadError(
      "the bytes end before \(values) of the \(last.map == nil ? "array" : "map") at byte \(last.start)",
      at: position..<position)
  }
}
