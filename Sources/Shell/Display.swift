/// The terminal that a person reads results on: its size, and colours by meaning.
///
/// What goes elsewhere (a file, a pipe, a script's output) knows nothing of it: that is data.
public struct Display: Sendable {
  /// What a piece of text is.
  public enum Role: Sendable {
    /// The name of a member of JSON.
    case name
    /// A string of JSON.
    case text
    /// A number of JSON.
    case number
    /// `true`, `false` and `null`.
    case word
    /// What is said about a value, and is none.
    case remark
  }

  let size: @Sendable () -> (columns: Int, rows: Int)
  let width: @Sendable (String) -> Int
  let style: @Sendable (Role, String) -> String
  /// The program that shows what is longer than the screen, a command line; nil where none is wanted.
  let pager: String?

  /// Describes a terminal.
  ///
  /// - Parameters:
  ///   - size: Its columns and rows now.
  ///   - width: How many columns a text takes.
  ///   - style: A text in the colour of its role, or as it is.
  ///   - pager: The program that shows what is longer than the screen, a command line; nil for none.
  public init(
    size: @escaping @Sendable () -> (columns: Int, rows: Int), width: @escaping @Sendable (String) -> Int,
    style: @escaping @Sendable (Role, String) -> String, pager: String?
  ) {
    self.size = size
    self.width = width
    self.style = style
    self.pager = pager
  }

  /// The pager that the environment asks for: `$PAGER`, else `less -FRX`, which leaves short texts alone and the
  /// screen as it was; nil for `cat`, `off` and an empty one.
  public static func pager(environment: (String) -> String?) -> String? {
    guard let wish = environment("PAGER") else { return "less -FRX" }
    return ["", "cat", "off"].contains(wish) ? nil : wish
  }

  /// Breaks a line that is wider than the terminal at its blanks. What goes on stands below the last column, which
  /// begins after two blanks.
  func wrapped(_ line: String) -> [String] {
    let columns = max(size().columns, 10)
    guard width(line) > columns else { return [line] }
    var indent = line.prefix { $0 == " " }.count
    if let column = Self.lastColumn(of: line), column < columns * 2 / 3 { indent = max(indent, column) }
    var lines: [String] = []
    var current = ""
    var rest = line[...]
    while !rest.isEmpty {
      // A word with the blanks before it.
      let blanks = rest.prefix { $0 == " " }
      let word = rest[blanks.endIndex...].prefix { $0 != " " }
      rest = rest[word.endIndex...]
      if width(current) + blanks.count + width(String(word)) <= columns || current.isEmpty {
        current += blanks + word
      } else {
        lines.append(current)
        current = String(repeating: " ", count: indent) + word
      }
    }
    return lines + [current]
  }

  private static func lastColumn(of line: String) -> Int? {
    var found: Int?
    var blanks = 0
    for (offset, character) in line.enumerated() {
      if character == " " {
        blanks += 1
      } else {
        if blanks >= 2 { found = offset }
        blanks = 0
      }
    }
    return found
  }
}
