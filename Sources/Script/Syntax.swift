/// Statements between `{` and `}`, or those of a whole file.
public struct Block: Sendable {
  /// The statements, in order.
  public var statements: [Statement]
  /// From `{` to `}`, or the whole file.
  public var span: Span

  /// Makes a block.
  public init(_ statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
  }
}

/// A name as it was written.
public struct Name: Sendable {
  /// The name.
  public var text: String
  /// Where it stands.
  public var span: Span

  /// Makes a name.
  public init(_ text: String, span: Span) {
    self.text = text
    self.span = span
  }
}

/// One statement.
public struct Statement: Sendable {
  /// What it is. A prefix (`within 1s …`) holds what follows it as a block of one statement,
  /// or the block that follows it.
  public indirect enum Kind: Sendable {
    /// `[SOCKET] command word …`, not yet told apart: the parser knows no commands. Never empty.
    case command([Word])
    /// `let name = expression`
    case `let`(Name, Expression)
    /// `repeat count [every interval] body`
    case `repeat`(count: Expression, interval: Expression?, body: Block)
    /// `every interval body`
    case every(Expression, body: Block)
    /// `within limit body`
    case within(Expression, body: Block)
    /// `fails NAME body`
    case fails(Name, body: Block)
    /// `if condition { } else if condition { } else { }`
    case conditional([Branch], otherwise: Block?)
    /// `while condition { }`
    case `while`(Expression, body: Block)
    /// `loop { }`
    case loop(Block)
    /// `for name in sequence { }`
    case `for`(Name, in: Expression, body: Block)
    /// `break`
    case `break`
    /// `continue`
    case `continue`
    /// `task NAME { }`; the name may be interpolated.
    case task(Word, body: Block)
    /// `retry tries [every interval] body`
    case retry(Expression, interval: Expression?, body: Block)
    /// `time body`
    case time(Block)
    /// `def NAME parameter … { }`
    case define(Name, parameters: [Name], body: Block)
    /// `return [expression]`
    case `return`(Expression?)
    /// `try { } catch { }`
    case attempt(Block, handler: Block)
    /// `assert expression`
    case assert(Expression)
    /// `serve SOCKET { }`, `serve TYPE ENDPOINT … { }`, and with `echo` in the block's place no body.
    /// The words are those between `serve` and the block (or `echo`), never empty.
    case serve([Word], body: Block?)
    /// `unordered { }`
    case unordered(Block)
    /// `statement | program word …`, `statement > FILE`, `statement >> FILE`
    ///
    /// What it holds is a command, a construct with its block, or a `repeat` or `every` with all that
    /// follows it: what a repetition prints is one output. The other prefixes stand outside of it. In
    /// `recv | jq . > FILE` the file's statement holds the pipe's.
    case redirected(Statement, Redirection)
  }

  /// What it is.
  public var kind: Kind
  /// The whole statement.
  public var span: Span
  /// Its first word: what a caret points at when the whole statement is meant.
  public var head: Span

  /// Makes a statement.
  public init(_ kind: Kind, span: Span, head: Span) {
    self.kind = kind
    self.span = span
    self.head = head
  }
}

/// Where the output of a statement goes instead of standard output.
public enum Redirection: Sendable {
  /// `| program word … | program word …`: each program with its words, run without a shell in between.
  case pipe([[Word]])
  /// `> FILE` and, appending, `>> FILE`.
  case file(Word, append: Bool)
}

/// A condition of an `if` and the block that it guards.
public struct Branch: Sendable {
  /// The condition.
  public var condition: Expression
  /// What runs when it holds.
  public var body: Block

  /// Makes a branch.
  public init(_ condition: Expression, _ body: Block) {
    self.condition = condition
    self.body = body
  }
}

/// One word of a command: text and interpolated values, joined without a blank.
public struct Word: Sendable {
  /// A piece of a word.
  public enum Part: Sendable {
    /// Bytes, escapes already replaced.
    case text([UInt8])
    /// `$name` or `${expression}`.
    case value(Expression)
  }

  /// The pieces, without two texts side by side. Empty for `""`.
  public var parts: [Part]
  /// How many bytes at the start of the first text part were written bare, outside any quotes.
  ///
  /// An encoding's `hex:` and an option's `linger=` count only when they lie within these bytes:
  /// `'hex:00'` is plain text.
  public var bareCount: Int
  /// Whether any piece of it was quoted. A quoted `_` is one character and no pattern.
  public var isQuoted: Bool
  /// Whether it is a JSON word: it began with `{` or `[` and ran to the matching bracket.
  public var isJSON: Bool
  /// Where it stands, quotes included.
  public var span: Span

  /// Makes a word.
  public init(parts: [Part], bareCount: Int, isQuoted: Bool, isJSON: Bool = false, span: Span) {
    self.parts = parts
    self.bareCount = bareCount
    self.isQuoted = isQuoted
    self.isJSON = isJSON
    self.span = span
  }

  /// The bytes of a word that holds no interpolation, else nil.
  public var literal: [UInt8]? {
    switch parts.count {
    case 0: return []
    case 1: if case .text(let bytes) = parts[0] { return bytes } else { return nil }
    default: return nil
    }
  }

  /// The text of a bare word without interpolation (a command, a keyword, a name), else nil.
  public var bareText: String? {
    guard !isQuoted, !isJSON, let literal, !literal.isEmpty else { return nil }
    return String(decoding: literal, as: UTF8.self)
  }
}

/// An expression of `let`, `if`, `${…}` and the like.
public struct Expression: Sendable {
  /// What it is.
  public indirect enum Kind: Sendable {
    /// `42`, and a size such as `64KiB` (a number of bytes).
    case integer(Int64)
    /// `1.5`
    case float(Double)
    /// `250ms`, `2s`, `1m`
    case duration(Duration)
    /// `true`, `false`
    case boolean(Bool)
    /// A quoted string, raw or cooked.
    case string(Word)
    /// `[1, 2]`
    case list([Expression])
    /// `1..9`, both ends included.
    case range(Expression, Expression)
    /// `$x`, `$1`, `$@`, `$#`, `$0`, `$env`: the name without the `$`.
    case variable(String)
    /// `${1:-5556}`: the second stands where the first is undefined or empty.
    case defaulted(Expression, Word)
    /// `$x[0]`
    case index(Expression, Expression)
    /// `$reply.size`
    case member(Expression, Name)
    /// `-x`, `!x`
    case unary(UnaryOperator, Expression)
    /// `a + b` and the like; `&&` and `||` evaluate their right side only where it counts.
    case binary(Expression, BinaryOperator, Expression)
    /// `len($x)`
    case call(Name, [Expression])
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands. For a binary expression from the left operand's start to the right one's end.
  public var span: Span
  /// For a binary or unary expression, the operator's own place; else the same as ``span``.
  public var operatorSpan: Span

  /// Makes an expression.
  public init(_ kind: Kind, span: Span, operatorSpan: Span? = nil) {
    self.kind = kind
    self.span = span
    self.operatorSpan = operatorSpan ?? span
  }
}

/// An operator before its operand.
public enum UnaryOperator: String, Sendable {
  case minus = "-"
  case not = "!"
}

/// An operator between two operands, with Swift's precedence.
public enum BinaryOperator: String, CaseIterable, Sendable {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case remainder = "%"
}
