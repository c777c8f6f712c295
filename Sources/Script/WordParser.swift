// Words: bare, 'raw', "cooked" and JSON.

/// Where a word stands, which decides what `{` and `[` mean in it.
enum WordRole {
  /// The first of a statement: a command or a socket, never JSON.
  case first
  /// An argument of a command, which may be JSON.
  case argument
  /// A word of a `task` or a `serve`: a `{` after it opens the block.
  case beforeBlock
}

/// A word being put together.
struct WordBuilder {
  private(set) var parts: [Word.Part] = []
  private var pending: [UInt8] = []

  mutating func append(_ byte: UInt8) {
    pending.append(byte)
  }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
  }

  mutating func append(_ value: Expression) {
    flush()
    parts.append(.value(value))
  }

  /// Ends the text being gathered; to be called before ``parts`` is used.
  mutating func flush() {
    guard !pending.isEmpty else { return }
    parts.append(.text(pending))
    pending = []
  }
}

extension Parser {
  /// Reads the word at the position; there is one.
  mutating func parseWord(_ role: WordRole) throws(Unparsable) -> Word {
    builtDepth = 0
    switch bytes[position] {
    case Byte.quote, Byte.doubleQuote:
      return try parseQuotedWord(prefixEnd: position, stopsAtBrace: role == .beforeBlock)
    case Byte.openBrace where role == .argument, Byte.openBracket where role == .argument:
      if isBareBracket(at: position) { break }
      return try parseJSONWord()
    case Byte.closeBrace:
      throw failure(
        "'}' closes no block: none is open here", at: Span(position, position + 1),
        help: ["remove it, or quote it to send it as text: '}'"])
    default:
      let name = endOfName(from: position)
      if name > position, let sign = byte(at: name), sign == Byte.colon || sign == Byte.equal,
        let quote = byte(at: name + 1), quote == Byte.quote || quote == Byte.doubleQuote
      {
        return try parseQuotedWord(prefixEnd: name + 1, stopsAtBrace: role == .beforeBlock)
      }
    }
    return try parseBareWord(stopsAtBrace: role == .beforeBlock)
  }

  /// Whether the bracket starts a bare word such as `[::1]:5555` and no JSON: it closes without a blank or
  /// a quote in between, and the word goes on after it.
  private func isBareBracket(at start: Int) -> Bool {
    guard bytes[start] == Byte.openBracket else { return false }
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case Byte.closeBracket:
        return !(endsWord(at: index + 1) || byte(at: index + 1) == Byte.closeBrace)
      case Byte.doubleQuote, Byte.comma, Byte.openBracket, Byte.openBrace, Byte.dollar: return false
      case _ where endsWord(at: index): return false
      default: index += 1
      }
    }
    return false
  }

  // MARK: Bare

  private mutating func parseBareWord(stopsAtBrace: Bool) throws(Unparsable) -> Word {
    let start = position
    var textStart = position
    var builder = WordBuilder()
    scan: while let byte = current {
      switch byte {
      case Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn, Byte.semicolon: break scan
      case Byte.backslash where continuesLine(at: position): break scan
      case Byte.closeBrace where closesBlock(at: position): break scan
      case Byte.openBrace where stopsAtBrace: break scan
      case Byte.dollar:
        let textEnd = position
        guard let value = try parseReference() else {
          position += 1
          continue
        }
        builder.append(bytes[textStart..<textEnd])
        builder.append(value)
        textStart = position
      default: position += 1
      }
    }
    builder.append(bytes[textStart..<position])
    builder.flush()
    end = position
    return Word(
      parts: builder.parts, bareCount: Self.countOfLeadingText(builder.parts), isQuoted: false,
      span: Span(start, position))
  }

  private static func countOfLeadingText(_ parts: [Word.Part]) -> Int {
    if case .text(let bytes)? = parts.first { bytes.count } else { 0 }
  }

  // MARK: Quoted

  /// Reads a word whose quote stands at `prefixEnd`; what is before it (`json:`, `linger=`) is bare.
  private mutating func parseQuotedWord(prefixEnd: Int, stopsAtBrace: Bool) throws(Unparsable) -> Word {
    let start = position
    var builder = WordBuilder()
    builder.append(bytes[start..<prefixEnd])
    position = prefixEnd
    try parseQuoted(into: &builder)
    builder.flush()
    if !(stopsAtBrace && current == Byte.openBrace) {
      expectEndOfWord(from: start, after: "quote", help: "put the whole word in quotes")
    }
    end = position
    return Word(
      parts: builder.parts, bareCount: prefixEnd - start, isQuoted: true, span: Span(start, position))
  }

  /// Reads `'raw'` or `"cooked"` text, which stands at the position.
  mutating func parseQuoted(into builder: inout WordBuilder) throws(Unparsable) {
    if current == Byte.quote {
      try parseRaw(into: &builder)
    } else {
      try parseCooked(into: &builder)
    }
  }

  private mutating func parseRaw(into builder: inout WordBuilder) throws(Unparsable) {
    let open = position
    position += 1
    while position < bytes.count, bytes[position] != Byte.quote { position += 1 }
    builder.append(bytes[(open + 1)..<position])
    guard position < bytes.count else {
      reportOpen(
        "the quote is never closed", at: Span(open, open + 1), OpenEnd(depth: blockDepth, isQuote: true),
        help: ["end the text with `'`"])
      throw Unparsable()
    }
    position += 1
  }

  private mutating func parseCooked(into builder: inout WordBuilder) throws(Unparsable) {
    let open = position
    position += 1
    while let byte = current {
      switch byte {
      case Byte.doubleQuote:
        position += 1
        return
      case Byte.backslash: parseEscape(into: &builder, closing: Byte.doubleQuote)
      case Byte.dollar: parseInterpolation(into: &builder)
      default:
        let start = position
        repeat { position += 1 } while position < bytes.count && !Self.isSpecialInCooked(bytes[position])
        builder.append(bytes[start..<position])
      }
    }
    reportOpen(
      "the quote is never closed", at: Span(open, open + 1), OpenEnd(depth: blockDepth, isQuote: true),
      help: ["end the text with `\"`"])
    throw Unparsable()
  }

  private static func isSpecialInCooked(_ byte: UInt8) -> Bool {
    byte == Byte.doubleQuote || byte == Byte.backslash || byte == Byte.dollar
  }

  /// Reads what `$` stands for, or the `$` itself. An error in it is reported, and the text goes on behind
  /// it, so that the closing quote is still found.
  private mutating func parseInterpolation(into builder: inout WordBuilder) {
    let start = position
    do throws(Unparsable) {
      if let value = try parseReference() {
        builder.append(value)
        return
      }
    } catch {}
    if position == start {
      builder.append(Byte.dollar)
      position += 1
    }
  }

  /// Reads an escape of cooked text.
  ///
  /// A backslash at the end of a line joins the lines, as it does outside.
  mutating func parseEscape(into builder: inout WordBuilder, closing: UInt8) {
    let start = position
    guard let byte = ahead(1) else {
      position += 1
      return
    }
    position += 2
    switch byte {
    case UInt8(ascii: "n"): builder.append(Byte.lineFeed)
    case UInt8(ascii: "r"): builder.append(Byte.carriageReturn)
    case UInt8(ascii: "t"): builder.append(Byte.tab)
    case UInt8(ascii: "0"): builder.append(0x00)
    case UInt8(ascii: "e"): builder.append(0x1B)
    case Byte.backslash, Byte.dollar, Byte.doubleQuote, closing: builder.append(byte)
    case UInt8(ascii: "x"): parseHexEscape(from: start, into: &builder)
    case UInt8(ascii: "u"): parseScalarEscape(from: start, into: &builder)
    case _ where lineEnd(at: start + 1) > 0: position = start + 1 + lineEnd(at: start + 1)
    default:
      // A character of several bytes is one escape in the message.
      while let next = current, next & 0xC0 == 0x80, position - start < 5 { position += 1 }
      report(
        "'\(text(Span(start, position)))' is no escape", at: Span(start, position),
        help: [
          #"these are: \n \r \t \0 \e \\ \" \$ \x41 \u{1F600}; a backslash itself is `\\`; "#
            + "in 'single quotes' each is plain"
        ])
    }
  }

  private mutating func parseHexEscape(from start: Int, into builder: inout WordBuilder) {
    guard let high = current?.hexValue, let low = ahead(1)?.hexValue else {
      report(
        #"'\x' needs two hexadecimal digits"#, at: Span(start, position), help: [#"for example `\x41`"#])
      return
    }
    position += 2
    builder.append(high << 4 | low)
  }

  private mutating func parseScalarEscape(from start: Int, into builder: inout WordBuilder) {
    var value: UInt32 = 0
    var index = position + 1
    if current == Byte.openBrace {
      while let digit = byte(at: index)?.hexValue, index - position <= 8 {
        value = value << 4 | UInt32(digit)
        index += 1
      }
    }
    let isClosed = current == Byte.openBrace && index > position + 1 && byte(at: index) == Byte.closeBrace
    guard isClosed else {
      report(
        #"'\u' needs hexadecimal digits in braces"#, at: Span(start, position),
        help: [#"for example `\u{1F600}`"#])
      return
    }
    position = index + 1
    guard let scalar = Unicode.Scalar(value) else {
      report(
        "'\(text(Span(start, position)))' is no character of Unicode", at: Span(start, position),
        help: [#"a byte of any value is `\x` and two digits"#])
      return
    }
    builder.append(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Reports what follows a closing quote or bracket without a blank.
  private mutating func expectEndOfWord(from start: Int, after closing: String, help: String) {
    if endsWord(at: position) || (blockDepth > 0 && current == Byte.closeBrace) { return }
    let rest = position
    while !endsWord(at: position), !closesBlock(at: position) { position += 1 }
    report(
      "a blank is missing after the closing \(closing)", at: Span(rest, position),
      help: ["put a blank there if these are two words; if they are one, \(help)"])
  }

  // MARK: JSON

  /// Reads from a bracket to its match. Brackets in JSON strings count for nothing; `$name` and `${…}`
  /// are replaced everywhere; `\$` is a `$` (JSON itself knows no such escape, so nothing is lost).
  private mutating func parseJSONWord() throws(Unparsable) -> Word {
    noteNothing()
    let start = position
    var builder = WordBuilder()
    var open: [(bracket: UInt8, offset: Int)] = []
    var isInString = false
    repeat {
      guard let byte = current else {
        let bracket = open[open.count - 1].offset
        let sign = text(Span(bracket, bracket + 1))
        reportOpen(
          "the '\(sign)' of this JSON is never closed", at: Span(bracket, bracket + 1),
          OpenEnd(depth: blockDepth + open.count, isQuote: isInString),
          help: [
            "a word that starts with `\(text(Span(start, start + 1)))` is JSON; quote it to send it as text"
          ])
        throw Unparsable()
      }
      switch byte {
      case Byte.dollar:
        parseInterpolation(into: &builder)
        continue
      case Byte.backslash:
        if ahead(1) == Byte.dollar {
          builder.append(Byte.dollar)
          position += 2
          continue
        }
        if isInString, let next = ahead(1) {
          builder.append(CollectionOfOne(byte))
          builder.append(next)
          position += 2
          continue
        }
      case Byte.doubleQuote: isInString.toggle()
      case Byte.openBrace where !isInString, Byte.openBracket where !isInString:
        open.append((byte, position))
      case Byte.closeBrace where !isInString, Byte.closeBracket where !isInString:
        let last = open[open.count - 1]
        // `[` and `]`, `{` and `}` are two apart in ASCII.
        guard last.bracket + 2 == byte else {
          let sign = text(Span(last.offset, last.offset + 1))
          throw failure(
            "\(foundText) does not close the '\(sign)' of this JSON", at: Span(position, position + 1),
            help: ["close the '\(sign)' first with `\(sign == "{" ? "}" : "]")`"])
        }
        open.removeLast()
      default: break
      }
      builder.append(byte)
      position += 1
    } while !open.isEmpty
    builder.flush()
    expectEndOfWord(from: start, after: "bracket", help: "put it in quotes")
    end = position
    return Word(
      parts: builder.parts, bareCount: Self.countOfLeadingText(builder.parts), isQuoted: false,
      isJSON: true, span: Span(start, position))
  }
}
