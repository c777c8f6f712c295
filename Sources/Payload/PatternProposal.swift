/// A pattern for a frame that differs from one time to the next: what all have in common stays literal.
///
/// Law: the word that is proposed, read by `expect`, matches every frame that it was made of.
public enum PatternProposal {
  /// The word for one frame, seen several times; nil where all are the same and a literal will do.
  public static func word(for frames: [[UInt8]]) -> String? {
    guard let first = frames.first, frames.contains(where: { $0 != first }) else { return nil }
    return json(frames) ?? expression(frames) ?? "_"
  }
}

// MARK: - JSON

extension PatternProposal {
  /// The object of the members that all the objects share; the others may be what they like.
  private static func json(_ frames: [[UInt8]]) -> String? {
    var values: [JSON.Value] = []
    for frame in frames {
      guard let value = (try? JSON(frame))?.root, value.kind == .object else { return nil }
      values.append(value)
    }
    guard let text = shared(values), let view = View.named("json") else { return nil }
    return String(decoding: view.text(text), as: UTF8.self)
  }

  /// What all the values hold, as JSON; nil where that is nothing.
  private static func shared(_ values: [JSON.Value]) -> [UInt8]? {
    let first = values[0]
    guard values.allSatisfy({ $0.kind == first.kind }) else { return nil }
    switch first.kind {
    case .object:
      var members: [[UInt8]] = []
      var seen: Set<String> = []
      for (name, _) in first.members where seen.insert(name).inserted {
        let all = values.compactMap { $0[name] }
        guard all.count == values.count, let value = shared(all) else { continue }
        var member: [UInt8] = []
        JSONString.append(Array(name.utf8), to: &member)
        members.append(member + Array(":".utf8) + value)
      }
      return Array("{".utf8) + members.joined(separator: Array(",".utf8)) + Array("}".utf8)
    case .array:
      // An array holds another of the same length alone, so one element that differs lets go of all.
      guard values.allSatisfy({ $0.count == first.count }) else { return nil }
      var elements: [[UInt8]] = []
      let columns = values.map(\.elements)
      for index in 0..<first.count {
        guard let element = shared(columns.map { $0[index] }) else { return nil }
        elements.append(element)
      }
      return Array("[".utf8) + elements.joined(separator: Array(",".utf8)) + Array("]".utf8)
    default:
      let text = first.text(.compact)
      return values.allSatisfy({ $0.text(.compact) == text }) ? text : nil
    }
  }
}

// MARK: - Text

extension PatternProposal {
  /// What the pattern is compared with: regular expressions know no characters that are written in two ways.
  private typealias Text = [Unicode.Scalar]

  /// A run of characters of one kind.
  private struct Token {
    enum Kind { case digits, letters, blanks, other }
    let kind: Kind
    var text: Text
  }

  /// A regular expression in which the runs that differ are classes of characters.
  private static func expression(_ frames: [[UInt8]]) -> String? {
    var texts: [Text] = []
    for frame in frames {
      // A `.` matches no line end, and control characters are better not looked at.
      guard frame.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
        let text = String(validating: frame, as: UTF8.self)
      else { return nil }
      texts.append(Array(text.unicodeScalars))
    }
    let pattern = aligned(texts.map(tokens)) ?? framed(texts)
    return pattern.map { "re:" + TextView.quoted(Array($0.utf8)) }
  }

  /// The pattern where all texts have the same kinds of runs in the same order.
  private static func aligned(_ texts: [[Token]]) -> String? {
    let kinds = texts[0].map(\.kind)
    guard texts.allSatisfy({ $0.map(\.kind) == kinds }) else { return nil }
    let columns = kinds.indices.map { index in texts.map { $0[index].text } }
    var differs = columns.map { column in column.contains { $0 != column[0] } }
    // Of a time that differs in its seconds, the hour is the same for now.
    for chain in chains(texts[0]) where chain.contains(where: { differs[$0] }) {
      for index in chain where kinds[index] == .digits { differs[index] = true }
    }
    var pattern = ""
    var hasLiteral = false
    for index in kinds.indices {
      let column = columns[index]
      if !differs[index] {
        pattern += escaped(column[0])
        hasLiteral = hasLiteral || kinds[index] != .blanks
      } else {
        switch kinds[index] {
        case .digits: pattern += #"\d+"#
        case .letters: pattern += #"\p{L}+"#
        case .blanks: pattern += #"\s+"#
        case .other: return nil
        }
      }
    }
    return hasLiteral || kinds.allSatisfy({ $0 == .digits }) ? pattern : nil
  }

  /// Runs that are one number to people: `2026-11-22T10:31:02.5Z`, `2026-11-22 10:31`, `127.0.0.1:5546`.
  private static func chains(_ tokens: [Token]) -> [Range<Int>] {
    var chains: [Range<Int>] = []
    var index = 0
    while index < tokens.count {
      guard tokens[index].kind == .digits else {
        index += 1
        continue
      }
      let start = index
      index += 1
      while index + 1 < tokens.count, tokens[index + 1].kind == .digits,
        joints.contains(tokens[index].text)
          // A blank joins a date and its time.
          || (tokens[index].text == [" "] && index - start >= 4)
      {
        index += 2
      }
      if index - start > 1 { chains.append(start..<index) }
    }
    return chains
  }

  private static let joints: [Text] = [["-"], [":"], ["."], [","], ["/"], ["T"]]

  /// The pattern of the beginning and the end that all texts share, what is between left open.
  private static func framed(_ texts: [Text]) -> String? {
    var prefix = texts[0]
    for text in texts {
      prefix = Array(zip(prefix, text).prefix { $0 == $1 }.map(\.0))
    }
    var suffix = Array(texts[0].dropFirst(prefix.count).reversed())
    for text in texts {
      suffix = Array(zip(suffix, text.dropFirst(prefix.count).reversed()).prefix { $0 == $1 }.map(\.0))
    }
    // A digit or letter at an edge is the same by chance: a counter's first digit, say.
    while let last = prefix.last, Character(last).isNumber || isLetter(last) { prefix.removeLast() }
    while let last = suffix.last, Character(last).isNumber || isLetter(last) { suffix.removeLast() }
    if prefix.isEmpty, suffix.isEmpty { return nil }
    return escaped(prefix) + ".*" + escaped(suffix.reversed())
  }

  private static func tokens(_ text: Text) -> [Token] {
    var tokens: [Token] = []
    for scalar in text {
      let kind = kind(of: scalar)
      if tokens.last?.kind == kind {
        tokens[tokens.count - 1].text.append(scalar)
      } else {
        tokens.append(Token(kind: kind, text: [scalar]))
      }
    }
    return tokens
  }

  private static func kind(of scalar: Unicode.Scalar) -> Token.Kind {
    if ("0"..."9").contains(scalar) { return .digits }
    if scalar == " " { return .blanks }
    return isLetter(scalar) ? .letters : .other
  }

  /// Whether `\p{L}` matches it: unlike a vowel sign, which is alphabetic too. (Unicode Standard Annex 44, 5.7.1.)
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// A text that a regular expression takes as it is.
  private static func escaped(_ text: Text) -> String {
    var result = ""
    for scalar in text {
      if special.contains(scalar) { result.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static let special = #"\^$.|?*+()[]{}"#.unicodeScalars
}
