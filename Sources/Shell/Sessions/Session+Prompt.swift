import Script
import ZeroMQ

/// What the prompt asks of a session.
extension Session {
  /// Waits for a key, and serves the sockets meanwhile. It also returns when they had something to tell.
  ///
  /// - Parameter limit: When it returns in any case.
  /// - Returns: The reasons that were raised, and whether input is there.
  public func waitForInput(until limit: Instant) -> (reasons: Interrupt.Reasons, hasInput: Bool) {
    // A poll that fails (a closed descriptor, say) would fail again at once: the read finds out.
    let hasInput = (try? loop.waitForInput(until: min(limit, teller?.due ?? .never))) ?? true
    return (interrupt.take(interrupt.raised), hasInput)
  }

  /// Where the next line of a text begins, nil where no more lines belong to it: two blanks for each block or
  /// bracket that is open, none in a quote. Nothing belongs to a word that means nothing: `repat 3 {` is told at
  /// once.
  public func continuation(of text: String) -> String? {
    let source = SourceFile(name: "", text: text, isPrompt: true)
    guard let end = Parser.parse(source).openEnd, unknownHead(of: source) == nil else { return nil }
    return end.isQuote ? "" : String(repeating: "  ", count: end.depth)
  }

  /// What a text of several lines still waits for, where its last line does not say it: a hint.
  public func openHint(for text: String) -> String? {
    guard let newline = text.utf8.lastIndex(of: UInt8(ascii: "\n")),
      let end = Parser.parse(SourceFile(name: "", text: text, isPrompt: true)).openEnd,
      let closer = end.closer
    else { return nil }
    if end.isQuote { return "  \(closer) ends the quote" }
    let isBlank = text.utf8[newline...].allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
    return isBlank ? "\(closer) ends it, Ctrl-C drops it" : nil
  }

  /// What is wrong with the first word of a text, where it can begin no statement.
  func unknownHead(of source: SourceFile) -> Diagnostic? {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    guard let start = source.bytes.firstIndex(where: { !isBlank($0) }) else { return nil }
    let end = source.bytes[start...].firstIndex(where: isBlank) ?? source.bytes.count
    let head = Array(source.bytes[start..<end])
    guard Names.isName(String(decoding: head, as: UTF8.self)) else { return nil }
    let word = Word(parts: [.text(head)], bareCount: head.count, isQuoted: false, span: Span(start, end))
    return StatementPreparer(WordPreparer(source: source, session: self)).unknownHead(word)
  }
}
