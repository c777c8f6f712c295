/// Where a text holds secrets: keys and passwords, which no picture, trace, history or recording may show.
///
/// It reads the text as far as words and statements go, and needs no text that parses: what is mistyped must not
/// be shown either.
public enum SecretWords {
  /// What stands where a secret was.
  public static let mask = "***"

  /// Parts of the names of options and variables whose values are secrets, short enough to stand a slip.
  private static let secretParts = ["pass", "secret", "key_pem"]
  /// Names of variables that are as good as these.
  private static let secretNames: Set<String> = ["pw", "pwd"]
  /// Options that take a public key, which has the form of a secret one.
  private static let publicNames: Set<String> = ["curve_publickey", "curve_serverkey"]
  /// A CURVE key in Z85, or one with a slip.
  private static let keyLengths = 36...44

  /// Whether the value of an option or a variable of this name is a secret.
  public static func isSecret(name: String) -> Bool {
    let name = name.lowercased()
    if name.hasPrefix("plain_") { return name != "plain_server" && name != "plain_username" }
    return secretNames.contains(name) || secretParts.contains { name.contains($0) }
  }

  /// Whether an expression reads a variable that is called as one that holds a secret.
  public static func namesSecret(_ expression: String) -> Bool {
    expression.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { isSecret(name: String($0)) }
  }

  /// Whether a text holds a secret.
  public static func isSecret(text: String) -> Bool { !spans(in: Array(text.utf8)).isEmpty }

  /// A text with ``mask`` in the place of each secret.
  ///
  /// - Parameters:
  ///   - earlier: Statements that were run before, whose `def`s may take secrets.
  ///   - names: Variables of which another text says that they hold a secret.
  public static func masked(_ text: String, after earlier: String = "", keptIn names: Set<String> = [])
    -> String
  {
    let bytes = Array((earlier.isEmpty ? text : "\(earlier)\n\(text)").utf8)
    var shown: [UInt8] = []
    var position = bytes.count - text.utf8.count
    for secret in spans(in: bytes, keptIn: names) where secret.start >= position {
      shown += bytes[position..<secret.start] + Array(mask.utf8)
      // Line ends inside a secret stay.
      shown += bytes[secret.start..<secret.end].filter { $0 == Byte.lineFeed }
      position = secret.end
    }
    return String(decoding: shown + bytes[position...], as: UTF8.self)
  }

  /// The variables of which a text says that they hold a secret: `p` of `plain client alice $p`.
  public static func variables(in text: String) -> Set<String> {
    let bytes = Array(text.utf8)
    return mayHoldSecrets(bytes) ? Set(statements(in: bytes).flatMap(variables)) : []
  }

  /// What a text gives some variables: the quoted words of `let p = "x"`, without their quotes.
  public static func values(in text: [UInt8], of names: Set<String>) -> [[UInt8]] {
    var values: [[UInt8]] = []
    for words in statements(in: text) where words.count > 1 && ["let", "for"].contains(words[0].text) {
      guard names.contains(words[1].text) else { continue }
      for word in words.dropFirst(2) where word.holdsText {
        // What stands between quotes, wherever they are in the word: `["a"]`, `upper("a")`.
        let quotes = text[word.span.start..<word.span.end].indices.filter {
          text[$0] == Byte.quote || text[$0] == Byte.doubleQuote
        }
        if let first = quotes.first, let last = quotes.last, last > first + 1 {
          values.append(Array(text[(first + 1)..<last]))
        }
      }
    }
    return values
  }

  private static func statements(in bytes: [UInt8]) -> [[WordScanner.Word]] {
    var statements: [[WordScanner.Word]] = []
    var scanner = WordScanner(bytes: bytes)
    while let statement = scanner.nextStatement() { statements.append(statement) }
    return statements
  }

  /// The secrets in a text, in its order: the words without what names them, quotes included.
  static func spans(in bytes: [UInt8], keptIn names: Set<String> = []) -> [Span] {
    guard !names.isEmpty || mayHoldSecrets(bytes) else { return [] }
    let statements = statements(in: bytes)
    let variables = names.union(statements.flatMap(variables))
    let calls = secretParameters(of: statements, variables)
    let found = statements.flatMap { words in
      words.first?.text == "alias"
        ? words.flatMap { inside($0, bytes) }
        : secrets(in: words, keptIn: variables) + secrets(in: words, calling: calls)
    }
    return found.sorted { $0.start < $1.start }.reduce(into: []) { spans, span in
      if spans.last.map({ $0.end <= span.start }) ?? true { spans.append(span) }
    }
  }

  /// Which words of a call are secrets: of `def login user pass { … }` the second, from 1 on.
  private static func secretParameters(of statements: [[WordScanner.Word]], _ variables: Set<String>)
    -> [String: [Int]]
  {
    var calls: [String: [Int]] = [:]
    for words in statements where words.count > 2 && words[0].text == "def" {
      calls[words[1].text] = (2..<words.count).filter { index in
        isSecret(name: words[index].text) || variables.contains(words[index].text)
      }.map { $0 - 1 }
    }
    return calls
  }

  private static func secrets(in words: [WordScanner.Word], calling calls: [String: [Int]]) -> [Span] {
    (calls[words.first?.text ?? ""] ?? []).filter { $0 < words.count && !words[$0].isReference }.map {
      words[$0].span
    }
  }

  /// The secrets in the quoted text of an alias, which holds statements.
  private static func inside(_ word: WordScanner.Word, _ bytes: [UInt8]) -> [Span] {
    guard word.isQuoted, word.span.end - word.span.start > 2 else { return [] }
    let start = word.span.start + 1
    return spans(in: Array(bytes[start..<(word.span.end - 1)])).map { Span($0.start + start, $0.end + start) }
  }

  /// The variables of which a statement says that they hold a secret: `plain client USER $p`, `curve server $k`,
  /// `set plain_password $p`, `plain_password=$p`.
  private static func variables(in words: [WordScanner.Word]) -> [String] {
    words.indices.compactMap { index in
      func before(_ distance: Int) -> String { index >= distance ? words[index - distance].text : "" }
      if let (name, value) = words[index].assignment { return isSecret(name: name) ? value.variable : nil }
      let isPassword = [["plain", "client"], ["auth", "plain"]].contains([before(3), before(2)])
      let isKey =
        (before(2) == "curve" && before(1) == "server") || (before(3) == "curve" && before(2) == "client")
      let isOption = isSecret(name: before(1)) && (before(2) == "set" || before(3) == "set")
      return isPassword || isKey || isOption ? words[index].variable : nil
    }
  }

  /// Most texts hold none of the words that a secret follows: one look at the bytes tells.
  private static func mayHoldSecrets(_ bytes: [UInt8]) -> Bool {
    let hints = ["pass", "secret", "curve", "plain", "key_pem", "pw"].map { Array($0.utf8) }
    return bytes.withUnsafeBufferPointer { bytes in
      for start in bytes.indices {
        for hint in hints where bytes[start] | 0x20 == hint[0] && start + hint.count <= bytes.count {
          var length = 1
          // Or'ed with the bit of lower case, `_` would be another character.
          while length < hint.count,
            bytes[start + length] == hint[length] || bytes[start + length] | 0x20 == hint[length]
          {
            length += 1
          }
          if length == hint.count { return true }
        }
      }
      return false
    }
  }

  private static func secrets(in words: [WordScanner.Word], keptIn variables: Set<String>) -> [Span] {
    var found: [Span] = []
    let speaksOfKeys = words.contains { $0.text.hasPrefix("curve") } && words.first?.text != "auth"
    var index = 0
    while index < words.count {
      let word = words[index]
      let before = index > 0 ? words[index - 1].text : ""
      if let (name, value) = word.assignment {
        if isSecret(name: name) {
          if !value.isReference { found.append(value.span) }
        } else if speaksOfKeys, !publicNames.contains(name.lowercased()), isKey(value.text) {
          found.append(value.span)
        }
      } else if before == "set" || (index > 1 && words[index - 2].text == "set"), isSecret(name: word.text) {
        found += words[(index + 1)...].filter { !$0.isReference }.map(\.span)
        break
      } else if before == "let" || before == "for", isSecret(name: word.text) || variables.contains(word.text)
      {
        let values = words.dropFirst(index + 2)
        found += values.filter { $0.holdsText || (values.count == 1 && $0.isBareText) }.map(\.span)
        break
      } else if isSecret(name: word.text), index + 2 < words.count, words[index + 1].text == "=" {
        // `plain_password = x`, where no blanks belong.
        found.append(words[index + 2].span)
      } else if word.startsQuoted, let equals = word.text.firstIndex(of: "="),
        isSecret(name: String(word.text[..<equals])), !word.text[..<equals].contains(" ")
      {
        found.append(word.span)
      } else if (before == "plain" && word.text == "client") || (before == "auth" && word.text == "plain") {
        // After the name of the user.
        found += passwords(in: words[min(index + 2, words.count)...])
        break
      } else if before == "PLAIN", isZAP(words[..<index]) {
        // A request of ZAP as somebody writes it who answers it or tries who does: user, password.
        found += words[(index + 1)...].prefix(1).filter {
          !$0.isReference && $0.text != "_" && $0.text != "..."
        }
        .map(\.span)
        break
      } else if speaksOfKeys, isKey(word.text), !isPublicKey(at: index, in: words) {
        found.append(word.span)
      }
      index += 1
    }
    return found
  }

  /// Whether a text is a CURVE key or was meant as one. Keys of 40 characters hardly ever lack the signs of Z85 that no
  /// name of a file has.
  public static func isKey(_ text: String) -> Bool {
    let count = text.utf8.count
    guard keyLengths.contains(count) else { return false }
    return count == 40 || text.utf8.contains { Array("%(){}[]<>&!?@:=^*$#+".utf8).contains($0) }
  }

  /// What was typed where a password is never needed.
  private static func passwords(in words: ArraySlice<WordScanner.Word>) -> [Span] {
    var found: [Span] = []
    var isPath = false
    for word in words {
      if word.text == "as" { break }
      if !isPath, word.text != "from", word.assignment == nil, !word.isReference { found.append(word.span) }
      isPath = word.text == "from"
    }
    return found
  }

  /// Whether words begin a request of ZAP: version, number, domain, address, routing id, mechanism (RFC 27).
  private static func isZAP(_ words: ArraySlice<WordScanner.Word>) -> Bool {
    words.count >= 6 && words[words.endIndex - 6].text == "1.0"
  }

  /// `curve client KEY`, `set curve_serverkey KEY`
  private static func isPublicKey(at index: Int, in words: [WordScanner.Word]) -> Bool {
    guard index > 1 else { return false }
    let before = words[index - 1].text
    return publicNames.contains(before.lowercased())
      || (before == "client" && words[index - 2].text == "curve")
  }
}

/// Words and statements, as far as blanks and quotes tell.
private struct WordScanner {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  struct Word {
    let span: Span
    /// The text without the quotes around it.
    let text: String
    let isQuoted: Bool
    var startsQuoted = false

    /// Whether a text stands in it, in quotes: `"x"`, `["x",`, `upper("x")`.
    var holdsText: Bool { isQuoted || text.utf8.contains { $0 == Byte.quote || $0 == Byte.doubleQuote } }

    /// Whether it is a text whose quotes were forgotten.
    var isBareText: Bool {
      text.utf8.first?.startsName == true && !["true", "false"].contains(text)
        && !text.utf8.contains { $0 == Byte.dollar || $0 == Byte.openParenthesis }
    }

    /// The name and the value of `name=value`.
    var assignment: (name: String, value: Word)? {
      guard let first = text.utf8.first, first.startsName, !startsQuoted,
        let equals = text.utf8.firstIndex(of: Byte.equal),
        text.utf8[..<equals].allSatisfy({ $0.continuesName || $0 == Byte.minus })
      else { return nil }
      let name = String(text[..<equals])
      let offset = span.start + name.utf8.count + 1
      return (
        name,
        Word(
          span: Span(offset, span.end), text: String(text[text.utf8.index(after: equals)...]),
          isQuoted: isQuoted)
      )
    }

    /// The variable that it names, nil where it is none of the script's: `$p`, `${p}`, `$p[0]`.
    var variable: String? {
      guard isReference else { return nil }
      let name = text.utf8.dropFirst().drop { $0 == Byte.openBrace }.prefix { $0.continuesName }
      let variable = String(decoding: name, as: UTF8.self)
      return variable == "env" || variable.isEmpty ? nil : variable
    }

    /// Whether it only names where the value is: `$env.PASSWORD`. A default, `${1:-secret}`, is a value.
    var isReference: Bool {
      let body = text.utf8
      guard body.first == Byte.dollar, body.count > 1 else { return false }
      return body.dropFirst().allSatisfy {
        $0.continuesName || $0 == Byte.dot || $0 == Byte.openBracket || $0 == Byte.closeBracket
          || $0 == Byte.openBrace || $0 == Byte.closeBrace || $0 == Byte.minus
      }
    }
  }

  /// The words up to the end of the statement, or nil at the end of the text.
  mutating func nextStatement() -> [Word]? {
    guard position < bytes.count else { return nil }
    var words: [Word] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case Byte.lineFeed, Byte.semicolon:
        position += 1
        return words
      case Byte.backslash where isContinuation:
        position += bytes[position + 1] == Byte.carriageReturn ? 3 : 2
      case Byte.space, Byte.tab, Byte.carriageReturn:
        position += 1
      case Byte.hash:
        while position < bytes.count, bytes[position] != Byte.lineFeed { position += 1 }
      default:
        let word = nextWord()
        // A block begins or ends: what follows is another statement.
        if word.text == "{" || word.text == "}" { return words }
        words.append(word)
      }
    }
    return words
  }

  private var isContinuation: Bool {
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    return next == Byte.lineFeed
      || (next == Byte.carriageReturn && position + 2 < bytes.count && bytes[position + 2] == Byte.lineFeed)
  }

  private mutating func nextWord() -> Word {
    let start = position
    var text: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      let opens =
        (byte == Byte.quote || byte == Byte.doubleQuote)
        && (position == start || bytes[position - 1] == Byte.equal || bytes[position - 1] == Byte.colon)
      if opens {
        isQuoted = true
        skipQuoted(byte, into: &text)
      } else if [Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn, Byte.semicolon].contains(byte)
        || (byte == Byte.backslash && isContinuation)
      {
        break
      } else {
        text.append(byte)
        position += 1
      }
    }
    return Word(
      span: Span(start, position), text: String(decoding: text, as: UTF8.self), isQuoted: isQuoted,
      startsQuoted: bytes[start] == Byte.quote || bytes[start] == Byte.doubleQuote)
  }

  private mutating func skipQuoted(_ quote: UInt8, into text: inout [UInt8]) {
    position += 1
    while position < bytes.count, bytes[position] != quote {
      if quote == Byte.doubleQuote, bytes[position] == Byte.backslash, position + 1 < bytes.count {
        text.append(bytes[position])
        position += 1
      }
      text.append(bytes[position])
      position += 1
    }
    position = min(position + 1, bytes.count)
  }
}
