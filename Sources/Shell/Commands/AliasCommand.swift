import Script

/// `alias [NAME [= TEXT]]`
struct AliasCommand: Command {
  static let usage = Usage(
    "alias", ["alias NAME = TEXT", "alias [NAME]"],
    "give the start of a statement a name, or list these names",
    details:
      "The words after the name are appended to the text. An alias counts from its line on, in the text that it "
      + "stands in and in what is read later. Those of every session stand in the rc file.",
    example: "alias hw = 'connect req 5546 as hw'",
    takes: [.optional(.alias)], isTopLevel: true)

  /// The alias that is made, nil where aliases are listed.
  let alias: Alias?
  private let listed: Alias?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    let session = arguments.preparer.session
    alias = try Self.definition(&arguments)
    if let alias {
      if let reason = Alias.refusal(of: alias.name, in: session) {
        throw Diagnostic(
          .error, "an alias cannot be named '\(DisplayText.safe(alias.name))'", at: alias.place, label: reason
        )
      }
      if let error = alias.textError(in: session) { throw error }
      listed = nil
      return
    }
    guard !arguments.isEmpty else {
      listed = nil
      return
    }
    let word = try arguments.next("a name")
    listed = try Self.existing(word, arguments)
  }

  /// Reads `NAME = TEXT`, with blanks around the sign or without; nil where no sign is there.
  private static func definition(_ arguments: inout Arguments) throws(Diagnostic) -> Alias? {
    let words = Array(arguments.rest.prefix(3))
    guard let first = words.first, case .text(let bytes)? = first.parts.first else { return nil }
    let sign = UInt8(ascii: "=")
    var name = bytes
    var text: [UInt8]?
    if let equals = bytes.prefix(first.bareCount).firstIndex(of: sign) {
      name = Array(bytes[..<equals])
      _ = try arguments.next("")
      if bytes.count > equals + 1 || first.isQuoted {
        text = first.literal.map { Array($0[(equals + 1)...]) }
        guard text != nil else { throw interpolated(first, arguments) }
      }
    } else if words.count > 1, words[1].bareText?.utf8.first == sign {
      _ = try arguments.next("")
      let word = try arguments.next("")
      if word.literal?.count ?? 0 > 1 || word.isQuoted { text = word.literal.map { Array($0.dropFirst()) } }
    } else {
      return nil
    }
    if text == nil {
      let word = try arguments.next("the text of the alias")
      guard let literal = word.literal else { throw interpolated(word, arguments) }
      text = literal
    }
    if let more = arguments.peek {
      throw arguments.error(
        "the text of an alias is one word", at: more.span, label: "not expected",
        help: ["quote it: `alias hw = 'connect req 5546 as hw'`"])
    }
    return Alias(
      name: String(decoding: name, as: UTF8.self), text: String(decoding: text ?? [], as: UTF8.self),
      place: arguments.place(Span(first.span.start, first.span.start + name.count)))
  }

  private static func interpolated(_ word: Word, _ arguments: Arguments) -> Diagnostic {
    arguments.error(
      "the text of an alias is written out, not interpolated", at: word.span,
      help: ["in single quotes `$name` stays, and is replaced where the alias is used"])
  }

  /// The alias that a word names.
  static func existing(_ word: Word, _ arguments: Arguments) throws(Diagnostic) -> Alias {
    let name = try arguments.plainText(word, "an alias's name")
    let aliases = arguments.preparer.session.aliases
    if let alias = aliases[name] { return alias }
    let near = didYouMean(name, among: aliases.keys)
    throw arguments.error(
      "no alias is named '\(DisplayText.safe(name))'", at: word.span, label: near,
      help: near == nil ? ["`alias` lists them"] : [])
  }

  func run(in session: Session) throws(Failure) {
    // One that is made counts since its line was read.
    guard alias == nil else { return }
    let shown = listed.map { [$0] } ?? session.aliases.values.sorted { $0.name < $1.name }
    for alias in shown { try session.output.writeLine(DisplayText.safe(SecretWords.masked(alias.statement))) }
  }
}
