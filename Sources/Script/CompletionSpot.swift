/// What could go on at the end of a text: what the prompt offers where the cursor stands.
///
/// The parser itself finds it, on its way through the text before the cursor: what it would read next is what may
/// stand there. So nothing is offered that it would refuse.
public struct CompletionSpot: Sendable {
  /// What the parser would read.
  public enum Expectation: Sendable {
    /// A statement; a `def` where it is at the top level of the text.
    case statement(isTopLevel: Bool)
    /// A word of a command, after these: `client send` has come before the first frame.
    case word(after: [Word])
    /// A word of `serve`, after these.
    case serveWord(after: [Word])
    /// A word of the language that goes on with a construct: the `every` of `repeat 3 every 1s …`.
    case keyword(String)
    /// The name after `fails`.
    case errorName
    /// The program after `|`, and its words.
    case program
    case programWord
    /// The file after `>` and `>>`.
    case file
    /// The count or the time of a prefix: an operand, but no truth value.
    case amount
    /// An operand of an expression; inside `${…}` variables stand without their `$`.
    case operand(isInterpolating: Bool)
    /// `$name`; the spot starts at the `$`.
    case reference
    /// The name after the `.` of this value.
    case member(of: Expression)
    /// The name that `let` makes or sets.
    case variableName
  }

  /// The word as far as it is typed.
  public struct TypedWord: Sendable, Equatable {
    /// A quote: none, `'raw'` or `"cooked"`.
    public enum Quote: Sendable {
      case none, raw, cooked
    }

    /// The bytes that it stands for.
    public var bytes: [UInt8]
    /// How many of them were written outside of quotes.
    public var bareCount: Int
    /// The quote that is open, or that was closed right before the end.
    public var quote: Quote
    /// Whether the quote was closed: the word is at its end.
    public var isClosed: Bool
  }

  /// Where the word begins that the text ends in; the end of the text where none does.
  public let start: Int
  /// What may stand there.
  public internal(set) var expectations: [Expectation]
  /// Whether `break` and `continue` have a loop to leave.
  public let isInLoop: Bool
  /// Whether `return` has a `def` to leave, which has variables of its own.
  public let isInDefinition: Bool
  /// Whether a task runs it, which has sockets of its own.
  public let isInTask: Bool
  /// Whether it is a statement of `unordered`, which holds expectations alone.
  public let isInUnordered: Bool
  /// Whether the `$i` of a `repeat` is known.
  public let seesIndex: Bool
  /// The word that is typed; nil where it has an interpolation in it, or is JSON.
  public internal(set) var typed: TypedWord?
  /// What is typed, where it is the beginning of a name or nothing.
  public internal(set) var name: String?
}

extension CompletionSpot.Expectation {
  /// Whether it takes the place of what was noted before: a `$` says what the word is.
  fileprivate var standsAlone: Bool {
    if case .reference = self { true } else { false }
  }
}

extension Parser {
  /// Reads a text up to its end, the cursor, and tells what could go on there; nil where nothing is known that
  /// could. The statements that were read come with it, for the names that they make.
  public static func completionSpot(in source: SourceFile) -> (spot: CompletionSpot?, block: Block) {
    var parser = Parser(source)
    parser.isCompleting = true
    let block = parser.parseFile()
    guard var spot = parser.spot, !parser.isAbandoned else { return (nil, block) }
    let rest = source.bytes[spot.start...]
    if case .reference? = spot.expectations.first {
      spot.name = name(in: rest.dropFirst())
    } else {
      spot.name = name(in: rest)
      spot.typed = typedWord(Array(rest))
    }
    // What was noted is behind: the text went on with something else.
    return (spot.name == nil && spot.typed == nil ? nil : spot, block)
  }

  /// Notes what may stand at the position, beside what was noted for this very place.
  mutating func note(_ expectation: CompletionSpot.Expectation) {
    // What is open at the end of the text was read to there already: what is around it says nothing of it.
    guard isCompleting, openEnd == nil, beginsWord(expectation) else { return }
    let before = spot?.start == position && !expectation.standsAlone ? spot?.expectations ?? [] : []
    spot = CompletionSpot(
      start: position, expectations: before + [expectation], isInLoop: loopDepth > 0,
      isInDefinition: isInDefinition,
      isInTask: isInTask, isInUnordered: isInUnordered, seesIndex: indexDepth > 0)
  }

  /// Notes that a statement may begin here, unless the one before it has not ended.
  mutating func noteStatement() {
    guard isCompleting else { return }
    var index = position - 1
    while let byte = byte(at: index), byte == Byte.space || byte == Byte.tab { index -= 1 }
    switch byte(at: index) {
    case nil, Byte.lineFeed, Byte.semicolon, Byte.openBrace:
      note(.statement(isTopLevel: blockDepth == 0 && statementDepth == 0))
    default: break
    }
  }

  /// Gives up a name that is still being typed: it is no mistake yet, and what would follow it is none of its
  /// endings.
  func stopAtCursor() throws(Unparsable) {
    if isCompleting, endOfName(from: position) == bytes.count { throw Unparsable() }
  }

  /// Forgets what was noted: what stands here goes on with nothing that is known.
  mutating func noteNothing() { spot = nil }

  /// Whether a new word can begin at the position: it is not in the midst of another one.
  private func beginsWord(_ expectation: CompletionSpot.Expectation) -> Bool {
    switch expectation {
    case .reference, .member: return true
    case .operand, .amount:
      guard let last = byte(at: position - 1) else { return true }
      switch last {
      case Byte.quote, Byte.doubleQuote, Byte.closeBracket, Byte.closeParenthesis, Byte.closeBrace:
        return false
      default: return !last.continuesName && last < 0x80
      }
    case .statement: return endsWord(at: position - 1) || byte(at: position - 1) == Byte.openBrace
    default: return position > 0 && endsWord(at: position - 1)
    }
  }

  private static func name(in bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.allSatisfy(\.continuesName), bytes.first.map(\.startsName) ?? true else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What a word stands for of which only the beginning is there: read by the parser, with the quote closed.
  private static func typedWord(_ bytes: [UInt8]) -> CompletionSpot.TypedWord? {
    if bytes.isEmpty {
      return CompletionSpot.TypedWord(bytes: [], bareCount: 0, quote: .none, isClosed: false)
    }
    for closing in [nil, Byte.quote, Byte.doubleQuote] {
      let text = bytes + (closing.map { [$0] } ?? [])
      var parser = Parser(SourceFile(name: "", bytes: text))
      guard let word = try? parser.parseWord(.argument), parser.diagnostics.isEmpty,
        parser.position == text.count,
        !word.isJSON, let literal = word.literal
      else { continue }
      let last: UInt8? = word.isQuoted ? text[text.count - 1] : nil
      return CompletionSpot.TypedWord(
        bytes: literal, bareCount: word.bareCount,
        quote: last.map { $0 == Byte.quote ? .raw : .cooked } ?? .none,
        isClosed: word.isQuoted && closing == nil)
    }
    return nil
  }
}
