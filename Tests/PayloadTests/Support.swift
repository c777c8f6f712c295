import Payload
import Script
import TestSupport
import Testing

extension SplitMix {
  /// One of these.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: choices.indices, using: &self)]
  }

  /// Bytes of any value.
  mutating func bytes(upTo most: Int) -> [UInt8] {
    let count = Int.random(in: 0...most, using: &self)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// Bytes put together from pieces that mean something somewhere.
  mutating func bytes(of pieces: [String], upTo most: Int) -> [UInt8] {
    let count = Int.random(in: 0...most, using: &self)
    return (0..<count).flatMap { _ in Array(pick(pieces).utf8) }
  }
}

/// The frame that a text is as a word of the zs language, its encoding made; nil where it is not one word, or
/// means something else than a frame.
func frame(of text: [UInt8]) -> [UInt8]? {
  let line = Array("expect ".utf8) + text + Array(" end".utf8)
  let result = Parser.parse(SourceFile(name: "test", bytes: line))
  guard result.diagnostics.isEmpty, result.block.statements.count == 1,
    case .command(let words) = result.block.statements[0].kind, words.count == 3,
    let word = words.last?.bareText == "end" ? words[1] : nil, let literal = word.literal
  else { return nil }
  if let text = word.bareText, ["_", "...", "as", "nothing", "|", ">", ">>"].contains(text) { return nil }
  if let (encoding, start) = Encoding.prefix(of: literal, bareCount: word.bareCount) {
    return try? encoding.frame(Array(literal[start...]))
  }
  let bare = literal.prefix(word.bareCount)
  // A `:` or a `=` outside quotes could be an encoding's or an option's, now or in a later version.
  if !word.isJSON, bare.contains(UInt8(ascii: ":")) || bare.contains(UInt8(ascii: "=")) { return nil }
  return literal
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The bytes of hexadecimal digits that are right.
func hex(_ digits: String) -> [UInt8] {
  guard let bytes = try? Hex.decode(Array(digits.utf8)) else {
    Issue.record("\(digits) is no hex")
    return []
  }
  return bytes
}

/// The error that an expression throws.
func error(_ body: () throws(PayloadError) -> some Any) -> PayloadError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
