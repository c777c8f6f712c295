import Script
import Shell
import Terminal

/// Joins what the session knows with what the line editor shows: completion and hints.
final class PromptAssistant {
  private let session: Session
  private let history: History
  private var search = HistorySearch()

  init(_ session: Session, _ history: History) {
    self.session = session
    self.history = history
  }

  /// What could stand at the cursor, which the editor counts in scalars and the session in bytes.
  func choices(in line: String, at cursor: Int) -> CompletionChoices? {
    let scalars = line.unicodeScalars
    let before = String(String.UnicodeScalarView(scalars.prefix(cursor)))
    guard
      let found = session.complete(
        line, at: before.utf8.count, recentLines: history.entries.suffix(Self.mostRecentLines))
    else { return nil }
    func scalarCount(_ bytes: Int) -> Int {
      String(decoding: line.utf8.prefix(bytes), as: UTF8.self).unicodeScalars.count
    }
    return CompletionChoices(
      range: scalarCount(found.range.lowerBound)..<scalarCount(found.range.upperBound),
      choices: found.candidates.map { candidate in
        CompletionChoices.Choice(
          text: candidate.text, label: candidate.label, summary: candidate.summary, isWhole: candidate.isWhole
        )
      })
  }

  /// The rest of the newest entry that begins so, what the command that is typed takes, or what ends an open quote or
  /// block.
  func hint(for line: String) -> LineHint? {
    guard session.showsHints, !line.allSatisfy(\.isWhitespace) else { return nil }
    if let entry = search.newest(startingWith: line, in: history.entries), !SecretWords.isSecret(text: entry)
    {
      let rest = entry.utf8.dropFirst(line.utf8.count)
      return LineHint(String(decoding: rest, as: UTF8.self), isTakeable: true)
    }
    return (session.argumentTemplate(for: line) ?? session.openHint(for: line)).map {
      LineHint($0, isTakeable: false)
    }
  }

  /// How far back endpoints are looked for: what was used in the last days.
  private static let mostRecentLines = 300
}
