import Payload
import Script
import ZeroMQ

/// How the expectations of a file are to be written anew: of a script, or of one that it sources.
public struct ExpectationUpdate {
  /// A word of the file and what stands in its place.
  public struct Change: Sendable {
    /// The word, or all the words of an `expect`.
    public let span: Span
    /// What is written there.
    public let text: [UInt8]
    /// Where the `expect` begins that it belongs to.
    public let expectation: Int

    /// Makes a change.
    public init(span: Span, text: [UInt8], of expectation: Int) {
      self.span = span
      self.text = text
      self.expectation = expectation
    }
  }

  /// The changes, in the order of the file.
  public private(set) var changes: [Change] = []
  /// Expectations that no literal would hold for, each told at its place.
  public private(set) var leftAlone: [Diagnostic] = []
  /// Frames too long for a line, by the files beside it that get them.
  public private(set) var files: [(path: String, bytes: [UInt8])] = []

  /// The file as it was read.
  public let source: SourceFile

  private init(_ source: SourceFile) { self.source = source }

  /// Literals that differ from what came are what came; an `expect` that met different messages is left alone.
  ///
  /// - Returns: An update for each file where there is something to do or to tell, the script first.
  public static func literal(from log: ExpectationLog) -> [ExpectationUpdate] {
    all(from: log) { update, site in update.rewrite(site) }
  }

  /// Literals that differ from one run to the next become patterns of what the runs share.
  ///
  /// - Returns: An update for each file where there is something to do or to tell, the script first.
  public static func stable(from log: ExpectationLog) -> [ExpectationUpdate] {
    all(from: log) { update, site in update.stabilize(site) }
  }

  private static func all(
    from log: ExpectationLog, _ write: (inout ExpectationUpdate, ExpectationLog.Site) -> Void
  ) -> [ExpectationUpdate] {
    log.files.map { file in
      var update = ExpectationUpdate(file.source)
      for site in file.sites { write(&update, site) }
      return update
    }.filter { !$0.changes.isEmpty || !$0.leftAlone.isEmpty }
  }

  /// The file with the changes made; every other byte is as it was.
  public static func apply(_ changes: [Change], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var cursor = 0
    for change in changes.sorted(by: { $0.span.start < $1.span.start }) {
      result += bytes[cursor..<change.span.start] + change.text
      cursor = change.span.end
    }
    return result + bytes[cursor...]
  }

  // MARK: Literals

  private mutating func rewrite(_ site: ExpectationLog.Site) {
    let counts = Set(site.messages.map(\.count))
    guard counts == [site.words.count] || site.hasRest else {
      if site.messages.count == 1 {
        replaceAll(site, by: literalWords(site.messages[0], like: []))
      } else {
        leave(site)
      }
      return
    }
    for (index, word) in site.words.enumerated() {
      guard let literal = word.literal else { continue }
      let seen = Set(site.messages.map { $0[index] })
      if seen == [literal] { continue }
      if isPassword(index, in: site) {
        change(word.span, to: Self.anything, of: site)
        continue
      }
      guard seen.count == 1, let frame = seen.first else { return leave(site) }
      change(word.span, to: literalWord(frame, like: text(of: word.span)), of: site)
    }
  }

  private mutating func leave(_ site: ExpectationLog.Site) {
    leftAlone.append(
      Diagnostic(
        .error, "this expectation met different messages, and is left as it is",
        at: Place(source, site.place),
        label: "\(site.messages.count) messages",
        notes: site.messages.prefix(3).map { "received: \(Message.shownText(of: ZAPMessage.shown($0)))" },
        help: [
          "a pattern would hold for all: `zsh-mq run --stabilize 3 \(DisplayText.safe(source.name))` offers one"
        ]))
  }

  // MARK: Patterns

  private mutating func stabilize(_ site: ExpectationLog.Site) {
    let counts = Set(site.messages.map(\.count))
    guard counts == [site.words.count] || site.hasRest else { return stabilizeAll(site) }
    for (index, word) in site.words.enumerated() {
      guard let literal = word.literal else { continue }
      let seen = site.messages.map { $0[index] }
      if Set(seen) == [literal] { continue }
      if isPassword(index, in: site) {
        change(word.span, to: Self.anything, of: site)
      } else if Set(seen).count == 1 {
        change(word.span, to: literalWord(seen[0], like: text(of: word.span)), of: site)
      } else if let pattern = PatternProposal.word(for: [literal] + seen) {
        change(word.span, to: Array(pattern.utf8), of: site)
      }
    }
  }

  /// Messages of different lengths share their first frames.
  private mutating func stabilizeAll(_ site: ExpectationLog.Site) {
    let literals = site.words.compactMap(\.literal)
    guard literals.count == site.words.count else { return leave(site) }
    if site.messages.count == 1 { return replaceAll(site, by: literalWords(site.messages[0], like: [])) }
    let all = site.messages + [literals]
    let common = all.map(\.count).min() ?? 0
    var words: [[UInt8]] = []
    for index in 0..<common {
      let column = all.map { $0[index] }
      words.append(
        isPassword(index, in: site)
          ? Self.anything
          : PatternProposal.word(for: column).map { Array($0.utf8) } ?? literalWord(column[0], like: []))
    }
    replaceAll(site, by: words + [Array("...".utf8)])
  }

  // MARK: Words

  private mutating func change(_ span: Span, to text: [UInt8], of site: ExpectationLog.Site) {
    changes.append(Change(span: span, text: text, of: site.place.start))
  }

  private mutating func replaceAll(_ site: ExpectationLog.Site, by words: [[UInt8]]) {
    guard let first = site.words.first, let last = site.words.last else { return }
    change(
      Span(first.span.start, last.span.end), to: Array(words.joined(separator: Array(" ".utf8))), of: site)
  }

  private func text(of span: Span) -> [UInt8] { Array(source.bytes[span.start..<span.end]) }

  private mutating func literalWords(_ frames: [[UInt8]], like old: [UInt8]) -> [[UInt8]] {
    let password = ZAPMessage.passwordFrame(in: frames)
    return frames.enumerated().map {
      $0.offset == password ? Self.anything : literalWord($0.element, like: old)
    }
  }

  /// What is written for a password, which no script should hold.
  private static let anything = Array("_".utf8)

  private func isPassword(_ index: Int, in site: ExpectationLog.Site) -> Bool {
    site.messages.contains { ZAPMessage.passwordFrame(in: $0) == index }
  }

  /// A frame as a word, in the encoding of the word that it replaces where it has that form.
  private mutating func literalWord(_ frame: [UInt8], like old: [UInt8]) -> [UInt8] {
    if let (encoding, _) = Encoding.prefix(of: old, bareCount: old.count), encoding.name != "json",
      let view = View.named(encoding.name), view.name != "text", view.fits(frame)
    {
      return view.text(frame)
    }
    switch FrameWords.piece(frame) {
    case .text(let text): return text
    case .port: return []  // no frame is a port
    case .payload:
      let base = source.name.hasSuffix(".zs") ? String(source.name.dropLast(3)) : source.name
      var number = 1
      var path = "\(base).\(number).bin"
      while FileContents.realPath(path) != nil || files.contains(where: { $0.path == path }) {
        number += 1
        path = "\(base).\(number).bin"
      }
      files.append((path, frame))
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return Array(("file:" + TextView.word(Array(name.utf8))).utf8)
    }
  }
}
