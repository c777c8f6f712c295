import Script

/// The words of a command while it is prepared.
struct Arguments {
  let preparer: WordPreparer
  /// The command's own word.
  let head: Word
  let usage: Usage
  /// The socket that the command acts on.
  let socket: SocketReference
  /// The words that were not taken yet.
  private(set) var rest: ArraySlice<Word>

  init(preparer: WordPreparer, head: Word, usage: Usage, socket: SocketReference, rest: ArraySlice<Word>) {
    self.preparer = preparer
    self.head = head
    self.usage = usage
    self.socket = socket
    self.rest = rest
  }

  var isEmpty: Bool { rest.isEmpty }
  var peek: Word? { rest.first }

  /// The next word, or an error that says what is missing.
  mutating func next(_ what: String) throws(Diagnostic) -> Word {
    guard let word = rest.popFirst() else {
      throw error(
        "'\(usage.name)' needs \(what)", at: head.span, label: "\(what.prefix { $0 != "," }) is missing here")
    }
    return word
  }

  /// Takes the next word where it is this bare one.
  mutating func take(_ keyword: String) -> Bool {
    guard rest.first?.bareText == keyword else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes the name of a variable that the command sets, and gives its slot.
  ///
  /// - Parameter suffix: What may stand after the name and is no part of it.
  mutating func nextVariable(before suffix: String = "") throws(Diagnostic) -> Int {
    let word = try next("a name after 'as'")
    var text = try plainText(word, "a variable's name")
    if text.hasSuffix(suffix) { text.removeLast(suffix.count) }
    guard Names.isName(text) else {
      throw error(
        "a variable cannot be named '\(DisplayText.safe(text))'", at: word.span,
        label: "names are letters, digits and '_', and begin with no digit", help: [])
    }
    return preparer.bind(text)
  }

  /// Takes all words that are left, prepared.
  mutating func takeAll() -> [PreparedWord] {
    defer { rest = [] }
    return rest.map { prepare($0) }
  }

  /// Takes all words that are left as frames, which may name their encoding.
  mutating func takeFrames() -> [PreparedWord] {
    defer { rest = [] }
    return rest.map { preparer.prepareFrame($0) }
  }

  /// Refuses words that are left.
  func finish() throws(Diagnostic) {
    guard let word = rest.first else { return }
    throw error("'\(usage.name)' takes no more words", at: word.span, label: "not expected")
  }

  func prepare(_ word: Word) -> PreparedWord { preparer.prepare(word) }

  func place(_ span: Span) -> Place { Place(preparer.source, span) }

  /// An error at a word of the command, with its usage as help unless other help is given.
  func error(_ message: String, at span: Span, label: String? = nil, help: [String]? = nil) -> Diagnostic {
    let usageHelp = ["usage: " + usage.synopsis.map { "`\($0)`" }.joined(separator: " or ")]
    return Diagnostic(.error, message, at: place(span), label: label, help: help ?? usageHelp)
  }

  /// The bytes of a word that must be plain, such as an option's name.
  func plainText(_ word: Word, _ what: String) throws(Diagnostic) -> String {
    guard let literal = word.literal else {
      throw error("\(what) is written out, not interpolated", at: word.span)
    }
    return String(decoding: literal, as: UTF8.self)
  }
}
