import ZeroMQ

extension Session {
  /// Whether a message is what was expected, or may be taken for it because the script is written anew.
  func accepts(_ message: Message, for pattern: MessagePattern) -> Bool {
    guard let expectations else { return false }
    return expectations.meet(pattern.meeting(message))
  }

  /// Runs what is meant to fail, or may: what it expects is not written anew.
  func withoutExpectationLog<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let log = expectations
    expectations = nil
    defer { expectations = log }
    return try body()
  }
}

extension MessagePattern {
  /// A message beside what was expected.
  fileprivate func meeting(_ message: Message) -> ExpectationLog.Meeting {
    let words = frames.enumerated().map { index, frame in
      var literal: [UInt8]?
      if frame.isWritten, case .literal(let bytes) = frame.matcher { literal = bytes }
      let matches = index < message.count && frame.matcher.difference(message.frame(index)) == nil
      return ExpectationLog.Meeting.Word(span: frame.place.span, literal: literal, matches: matches)
    }
    return ExpectationLog.Meeting(
      place: place, words: words, hasRest: rest != nil, matches: mismatch(message) == nil,
      frames: message.frames)
  }
}
