import Payload
import Script
import ZeroMQ

/// What a frame is compared with.
enum FrameMatcher {
  /// `_`
  case any
  /// The very bytes.
  case literal([UInt8])
  /// `re:…`, with its text.
  case regex(RegularExpression, String)
  /// `glob:…`, with its text.
  case glob(Glob, String)
  /// `json:…`, with its text: what must be in the frame, which may have more.
  case json(JSONSubset, String)

  /// How a frame differs, or nil where it matches.
  func difference(_ frame: UnsafeRawBufferPointer) -> String? {
    switch self {
    case .any: nil
    case .literal(let expected): frame.elementsEqual(expected) ? nil : Self.difference(expected, frame)
    case .regex(let expression, _): Self.difference(expression, frame)
    case .glob(let glob, _): glob.matches(Array(frame)) ? nil : "the pattern does not match"
    case .json(let subset, _): subset.firstDifference(in: Array(frame))?.description
    }
  }

  private static func difference(_ expression: RegularExpression, _ frame: UnsafeRawBufferPointer) -> String?
  {
    do throws(RegularExpression.MatchError) {
      return try expression.match(frame) == nil ? "the regular expression does not match" : nil
    } catch {
      return error.description
    }
  }

  /// The matcher as an error shows it.
  var text: String {
    switch self {
    case .any: "_"
    case .literal(let bytes): TextView.word(bytes)
    case .regex(_, let text): "re:\(TextView.quoted(Array(text.utf8)))"
    case .glob(_, let text): "glob:\(TextView.quoted(Array(text.utf8)))"
    case .json(_, let text): "json:\(TextView.quoted(Array(text.utf8)))"
    }
  }

  /// What differs beyond ``difference(_:)``, so many at most.
  func furtherDifferences(_ frame: UnsafeRawBufferPointer, atMost most: Int) -> [String] {
    guard case .json(let subset, _) = self else { return [] }
    return subset.differences(in: Array(frame), atMost: most + 1).dropFirst().map(\.description)
  }

  /// Where a literal begins to differ from a frame; 0 for patterns, which differ as a whole.
  func firstDifference(_ frame: UnsafeRawBufferPointer) -> Int {
    guard case .literal(let bytes) = self else { return 0 }
    return zip(bytes, frame).prefix { $0 == $1 }.count
  }

  /// As ``text``, of long literals what is at a byte.
  func text(around byte: Int) -> String {
    if case .literal(let bytes) = self { Message.shownText(of: bytes, around: byte) } else { text }
  }

  /// Where two frames first differ.
  private static func difference(_ expected: [UInt8], _ received: UnsafeRawBufferPointer) -> String {
    let common = zip(expected, received).prefix { $0 == $1 }.count
    let lengths =
      expected.count == received.count ? "" : "; \(expected.count) bytes expected, \(received.count) received"
    if common == expected.count { return "the frame goes on after byte \(common)\(lengths)" }
    if common == received.count { return "the frame ends after byte \(common)\(lengths)" }
    return "they differ at byte \(common + 1)\(lengths)"
  }
}

/// A kind of matcher that a word of `expect` names: a row of ``all``.
struct MatcherKind: Sendable {
  /// What stands before the word's argument: `re:`.
  let prefix: String
  let summary: String
  let example: String
  /// Makes the matcher of its text.
  let make: @Sendable (_ text: [UInt8]) throws(PayloadError) -> FrameMatcher

  /// All of them, sorted by prefix.
  static let all: [MatcherKind] = [
    MatcherKind(
      prefix: "glob:", summary: "the whole frame, with `*`, `?` and `[a-z]`", example: "glob:'World*'"
    ) { (text) throws(PayloadError) in
      .glob(try Glob(text), String(decoding: text, as: UTF8.self))
    },
    MatcherKind(
      prefix: "json:", summary: "JSON with at least these members, in any order",
      example: #"json:'{"ok":true}'"#
    ) { (text) throws(PayloadError) in
      .json(try JSONSubset(text), String(decoding: text, as: UTF8.self))
    },
    MatcherKind(
      prefix: "re:", summary: "a regular expression for the whole frame; named groups become variables",
      example: #"re:'World from (?<port>\d+)'"#
    ) { (text) throws(PayloadError) in
      .regex(try RegularExpression(text, matching: .whole), String(decoding: text, as: UTF8.self))
    },
  ]
}
