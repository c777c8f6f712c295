import Script
import ZeroMQ

/// What the expectations of a script met, for a run that is to write them anew.
///
/// While a session has a log, a literal that differs from what came does not end the script: the message is taken for
/// what it should be. Patterns that do not match fail as ever.
public final class ExpectationLog {
  /// One `expect` of the script and the messages that it met.
  struct Site {
    /// The `expect` itself.
    let place: Span
    /// Its words, each with the bytes that it stands for; nil for a pattern and for what is interpolated.
    let words: [(span: Span, literal: [UInt8]?)]
    /// Whether it ends in `...`.
    let hasRest: Bool
    /// The messages, each once.
    var messages: [[[UInt8]]] = []
  }

  /// The script; what it sources is not written anew.
  let source: SourceFile
  private var sites: [Int: Site] = [:]

  /// How many different messages of one `expect` are kept: enough to see that they differ.
  private static let most = 64

  /// Makes an empty log.
  public init(of source: SourceFile) { self.source = source }

  /// The expectations that met a message, in the order of the script.
  var all: [Site] { sites.values.sorted { $0.place.start < $1.place.start } }

  /// A message and what was expected in its place.
  struct Meeting {
    /// A word of the `expect`.
    struct Word {
      let span: Span
      /// The bytes that it stands for; nil for a pattern and for what is interpolated.
      let literal: [UInt8]?
      /// Whether it is the frame at its place.
      let matches: Bool
    }
    let place: Place
    let words: [Word]
    let hasRest: Bool
    /// Whether the message is what was expected.
    let matches: Bool
    let frames: [[UInt8]]

    /// Whether literals alone differ.
    fileprivate var differsInLiterals: Bool {
      let isLiteral = words.allSatisfy { $0.literal != nil }
      if frames.count != words.count, !isLiteral || hasRest { return false }
      return words.allSatisfy { $0.literal != nil || $0.matches }
    }
  }

  /// Notes what an `expect` met.
  ///
  /// - Returns: Whether the message can be taken for what was expected.
  func meet(_ meeting: Meeting) -> Bool {
    // What the script sources is not written anew.
    guard meeting.place.source === source else { return meeting.matches }
    guard meeting.matches || meeting.differsInLiterals else { return false }
    let key = meeting.place.span.start
    var site =
      sites[key]
      ?? Site(
        place: meeting.place.span, words: meeting.words.map { ($0.span, $0.literal) },
        hasRest: meeting.hasRest)
    if site.messages.count < Self.most, !site.messages.contains(meeting.frames) {
      site.messages.append(meeting.frames)
    }
    sites[key] = site
    return true
  }
}
