import Payload
import Script
import ZeroMQ

/// The patterns of an `expect`, one for each frame, with their words evaluated.
struct MessagePattern {
  /// The pattern of one frame.
  struct Frame {
    let matcher: FrameMatcher
    let place: Place
  }

  let frames: [Frame]
  /// Where `...` stands: any frames that remain.
  let rest: Place?
  /// The `expect` itself.
  let place: Place

  /// Where a message does not match, and how.
  struct Mismatch {
    let place: Place
    let label: String
  }

  /// The patterns as an error shows them.
  var text: String { (frames.map(\.matcher.text) + (rest == nil ? [] : ["..."])).joined(separator: " ") }

  /// The first place where a message does not match, or nil where it matches.
  func mismatch(_ message: Message) -> Mismatch? {
    for (index, frame) in frames.enumerated() {
      if index >= message.count {
        return Mismatch(place: frame.place, label: "frame \(index + 1) is missing")
      }
      if let difference = frame.matcher.difference(message.frame(index)) {
        let which = message.count == 1 && frames.count == 1 ? "" : "frame \(index + 1): "
        return Mismatch(place: frame.place, label: which + difference)
      }
    }
    let more = message.count - frames.count
    guard more > 0, rest == nil else { return nil }
    return Mismatch(
      place: frames.last?.place ?? place, label: "\(more) more frame\(more == 1 ? "" : "s") came after this")
  }
}

/// What a frame is compared with.
enum FrameMatcher {
  /// `_`
  case any
  /// The very bytes.
  case literal([UInt8])

  /// How a frame differs, or nil where it matches.
  func difference(_ frame: UnsafeRawBufferPointer) -> String? {
    switch self {
    case .any: nil
    case .literal(let expected): frame.elementsEqual(expected) ? nil : Self.difference(expected, frame)
    }
  }

  /// The matcher as an error shows it.
  var text: String {
    switch self {
    case .any: "_"
    case .literal(let bytes): TextView.word(bytes)
    }
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
