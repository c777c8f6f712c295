import Script

/// A name that stands for the start of a statement: `alias hw = 'connect req 5546 as hw'`.
///
/// It is text: what follows the name is appended, and the whole is read where the name stands.
struct Alias: Sendable {
  let name: String
  let text: String
  /// Where it was made.
  let place: Place

  /// The statement that makes it.
  var statement: String { "alias \(name) = \(Self.quoted(text))" }

  /// Whether its text makes a socket of its own name: `as hw`.
  var makesNamesake: Bool {
    Parser.parse(source(with: "")).block.commands.contains { words in
      zip(words, words.dropFirst()).contains { $0.bareText == "as" && $1.bareText == name }
    }
  }

  /// The text to be read for the name and the words after it.
  func source(with arguments: String) -> SourceFile {
    SourceFile(
      name: "alias '\(name)'", text: arguments.isEmpty ? text : "\(text) \(arguments)", isAlias: true)
  }

  /// Where it was made, in a line.
  var note: String {
    let position = place.source.position(of: place.span.start)
    let name =
      place.source.isPrompt ? "at the prompt" : "at \(place.source.name):\(position.line):\(position.column)"
    return "the alias '\(self.name)' was made \(name)"
  }

  /// A text as a word of the language.
  private static func quoted(_ text: String) -> String {
    if !text.utf8.contains(UInt8(ascii: "'")) { return "'\(text)'" }
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\", "$": quoted += "\\" + String(character)
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
