import Payload
import Script
import ZeroMQ

/// The patterns of an `expect`, one for each frame, with their words evaluated.
struct MessagePattern {
  /// The pattern of one frame.
  struct Frame {
    let matcher: FrameMatcher
    /// Whether it is a literal that was written out, and not made of variables.
    var isWritten = false
    let place: Place
    /// The named groups of a regular expression, by number, with the slots of the variables that they set.
    var captures: [(group: Int, slot: Int)] = []
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
  var text: String {
    SecretWords.masked(
      (frames.map { $0.matcher.text(around: 0) } + (rest == nil ? [] : ["..."])).joined(separator: " "))
  }

  /// The patterns and a message as an error shows them: of long frames what is where they first differ.
  func notes(beside message: Message) -> [String] {
    let received = message.shownFrames
    let differences = frames.enumerated().map { index, frame in
      index < received.count ? received[index].withUnsafeBytes { frame.matcher.firstDifference($0) } : 0
    }
    let expected = zip(frames, differences).map { $0.matcher.text(around: $1) } + (rest == nil ? [] : ["..."])
    let shown = received.enumerated().map { index, frame in
      Message.shownText(of: frame, around: index < differences.count ? differences[index] : 0)
    }
    return [
      "expected: \(SecretWords.masked(expected.joined(separator: " ")))",
      "received: \(shown.joined(separator: " "))",
    ] + furtherDifferences(received)
  }

  /// What else differs in the first frame of JSON that does.
  private func furtherDifferences(_ received: [[UInt8]]) -> [String] {
    let pair = zip(frames, received).first { frame, bytes in
      bytes.withUnsafeBytes { frame.matcher.difference($0) } != nil
    }
    guard let (frame, bytes) = pair else { return [] }
    let found = bytes.withUnsafeBytes {
      frame.matcher.furtherDifferences($0, atMost: Self.mostDifferences + 1)
    }
    return found.prefix(Self.mostDifferences).map { "also \($0)" }
      + (found.count > Self.mostDifferences ? ["and more"] : [])
  }

  /// How many differences are told beside the first.
  private static let mostDifferences = 5

  /// Sets the variables that the patterns name, from a message that matches.
  func capture(_ message: Message, in session: Session) {
    for (index, frame) in frames.enumerated() where !frame.captures.isEmpty {
      let bytes = message.frame(index)
      guard case .regex(let expression, _) = frame.matcher, let groups = (try? expression.match(bytes)) ?? nil
      else { continue }
      for (group, slot) in frame.captures {
        session.frame.values[slot] = .bytes(groups[group].map { Array(bytes[$0]) } ?? [])
      }
    }
  }

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
