import Script
import Synchronization
import ZeroMQ

/// What the expectations of a script and of the files that it sources met, for a run that is to write them anew.
///
/// While a session has a log, a literal that differs from what came does not end the script: the message is taken for
/// what it should be. Patterns that do not match fail as ever. The tasks of a script share its log.
public final class ExpectationLog: Sendable {
  /// One `expect` of a file and the messages that it met.
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

  /// A file with the expectations that met a message, in its order.
  struct File {
    let source: SourceFile
    let sites: [Site]
  }

  private struct Text {
    let source: SourceFile
    /// Whose bytes are the same: a file is read anew for each `source`.
    var readings: [SourceFile]
    var sites: [Int: Site] = [:]
  }

  /// The script, then the files that it sources.
  private let texts: Mutex<[Text]>

  /// How many different messages of one `expect` are kept: enough to see that they differ.
  private static let most = 64

  /// Makes an empty log.
  public init(of source: SourceFile) {
    texts = Mutex([Text(source: source, readings: [source])])
  }

  /// The files, the script first.
  var files: [File] {
    texts.withLock { texts in
      texts.map { text in
        File(source: text.source, sites: text.sites.values.sorted { $0.place.start < $1.place.start })
      }
    }
  }

  /// Takes in a file that is sourced. One that was read before, with other contents, is left alone.
  func admit(_ source: SourceFile) {
    let path = FileContents.realPath(source.name)
    texts.withLock { texts in
      if let known = texts.firstIndex(where: { FileContents.realPath($0.source.name) == path }) {
        if texts[known].source.bytes == source.bytes { texts[known].readings.append(source) }
      } else if path != nil {
        texts.append(Text(source: source, readings: [source]))
      }
    }
  }

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
    texts.withLock { texts in
      // The text of an alias is no file.
      guard
        let index = texts.firstIndex(where: { $0.readings.contains { $0 === meeting.place.source } })
      else { return meeting.matches }
      guard meeting.matches || meeting.differsInLiterals else { return false }
      let key = meeting.place.span.start
      var site =
        texts[index].sites[key]
        ?? Site(
          place: meeting.place.span, words: meeting.words.map { ($0.span, $0.literal) },
          hasRest: meeting.hasRest)
      if site.messages.count < Self.most, !site.messages.contains(meeting.frames) {
        site.messages.append(meeting.frames)
      }
      texts[index].sites[key] = site
      return true
    }
  }
}
