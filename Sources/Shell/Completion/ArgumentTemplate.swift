import Script
import ZeroMQ

/// What may follow a command that is typed, in the words of its synopsis: a hint.
enum ArgumentTemplate {
  /// The rest of the synopsis; nil where the text does not end behind a blank, or nothing is known.
  static func text(after text: String) -> String? {
    guard text.utf8.last == UInt8(ascii: " ") else { return nil }
    let (spot, _) = Parser.completionSpot(in: SourceFile(name: "", text: text, isPrompt: true))
    guard let spot, spot.start == text.utf8.count else { return keywordTemplate(text) }
    for case .word(let words) in spot.expectations {
      guard let (usage, arguments, socket) = DeclaredNames.command(in: words),
        arguments.last?.bareText != "as"
      else { continue }
      return rest(of: usage, after: Array(arguments), hasSocket: socket != nil)
    }
    return keywordTemplate(text)
  }

  /// The parameters of a `def` that the words behind its name leave.
  static func text(after words: String, of definition: Definition.Text) -> String? {
    guard words.utf8.last == UInt8(ascii: " ") else { return nil }
    let block = Parser.parse(SourceFile(name: "", text: definition.name + words, isPrompt: true)).block
    guard let given = block.commands.last?.count, block.statements.count == 1 else { return nil }
    let rest = definition.parameters.dropFirst(given - 1)
    return rest.isEmpty ? nil : rest.map { $0.uppercased() }.joined(separator: " ")
  }

  /// After the keyword of a construct, and nothing else.
  private static func keywordTemplate(_ text: String) -> String? {
    let bytes = text.utf8.dropLast()
    let start =
      bytes.lastIndex { !($0 >= 0x61 && $0 <= 0x7A) }.map { bytes.index(after: $0) } ?? bytes.startIndex
    let before = bytes[..<start].last { $0 != 0x20 }
    guard before == nil || before == UInt8(ascii: ";") || before == UInt8(ascii: "{"),
      let word = LanguageWord.all.first(where: { $0.name.utf8.elementsEqual(bytes[start...]) })
    else { return nil }
    let rest = word.synopsis.dropFirst(word.name.count + 1)
    return rest.isEmpty ? nil : String(rest)
  }

  private static func rest(of usage: Usage, after words: [Word], hasSocket: Bool) -> String? {
    let skipsSubject = hasSocket && usage.takes.first?.isSubject == true
    // Of several forms those count that the words so far fit.
    let fitting = usage.synopsis.compactMap { form -> (tokens: [Substring], own: Int)? in
      var tokens = tokens(of: form).dropFirst()
      var own = 0
      if skipsSubject { tokens = tokens.dropFirst() }
      for word in words {
        guard let token = tokens.first else { return nil }
        if token.allSatisfy(\.isLowercase) {
          guard word.bareText == String(token) else { return nil }
          own += 1
        }
        if token.first != "[", token.contains("="), word.bareText?.contains("=") != true { return nil }
        if token.contains("...") || token.contains(" ...") {
          // One of a run: there may be more. A name after `as` ends it.
          if word.bareText == "as" { tokens = tokens.drop { !$0.contains("as ") }.dropFirst() }
        } else {
          tokens = tokens.dropFirst()
        }
      }
      return tokens.isEmpty ? nil : (Array(tokens), own)
    }
    // `set context` is the context's form, and not the one of an option with that name.
    let most = fitting.map(\.own).max()
    let rests = fitting.filter { $0.own == most }.map(\.tokens)
    guard let first = rests.first else { return nil }
    if rests.count == 1 { return first.joined(separator: " ") }
    var seen: Set<Substring> = []
    return rests.compactMap(\.first).filter { seen.insert($0).inserted }.joined(separator: "|")
  }

  /// The words of a synopsis; what stands in brackets is one.
  private static func tokens(of form: String) -> ArraySlice<Substring> {
    var tokens: [Substring] = []
    var start = form.startIndex
    var depth = 0
    for index in form.indices {
      switch form[index] {
      case "[": depth += 1
      case "]": depth -= 1
      case " " where depth == 0:
        tokens.append(form[start..<index])
        start = form.index(after: index)
      default: break
      }
    }
    tokens.append(form[start...])
    return tokens[...]
  }
}
