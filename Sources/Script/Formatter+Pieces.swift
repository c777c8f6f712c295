/// What a statement is made of, apart from its keywords.
enum Piece {
  case word(Span)
  case expression(Expression)
  case block(Block)

  var span: Span {
    switch self {
    case .word(let span): span
    case .expression(let expression): expression.span
    case .block(let block): block.span
    }
  }
}

/// What the statements are made of.
extension Formatter {
  /// The pieces of a statement, in the order of the text, those of a statement after a prefix among them.
  func pieces(of statement: Statement) -> [Piece] {
    var pieces: [Piece] = []
    addPieces(of: statement, to: &pieces)
    return pieces
  }

  func addPieces(of statement: Statement, to pieces: inout [Piece]) {
    switch statement.kind {
    case .command(let words):
      add(words, to: &pieces)
    case .let(_, let value), .assert(let value):
      pieces.append(.expression(value))
    case .repeat(let count, let interval, let body), .retry(let count, let interval, let body):
      pieces.append(.expression(count))
      if let interval { pieces.append(.expression(interval)) }
      add(body, to: &pieces)
    case .every(let value, let body), .within(let value, let body), .while(let value, let body),
      .for(_, in: let value, let body):
      pieces.append(.expression(value))
      add(body, to: &pieces)
    case .fails(_, let body), .loop(let body), .time(let body), .unordered(let body),
      .define(_, parameters: _, let body):
      add(body, to: &pieces)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        pieces.append(.expression(branch.condition))
        add(branch.body, to: &pieces)
      }
      if let otherwise { add(otherwise, to: &pieces) }
    case .break, .continue:
      break
    case .return(let value):
      if let value { pieces.append(.expression(value)) }
    case .attempt(let body, let handler):
      add(body, to: &pieces)
      add(handler, to: &pieces)
    case .task(let name, let body):
      add([name], to: &pieces)
      add(body, to: &pieces)
    case .serve(let words, let body):
      add(words, to: &pieces)
      if let body { add(body, to: &pieces) }
    case .redirected(let statement, let redirection):
      addPieces(of: statement, to: &pieces)
      switch redirection {
      case .pipe(let programs): for words in programs { add(words, to: &pieces) }
      case .file(let file, append: _): add([file], to: &pieces)
      }
    }
  }

  func add(_ words: [Word], to pieces: inout [Piece]) {
    for word in words { pieces.append(.word(word.span)) }
  }

  /// Adds a block, or the pieces of the one statement that stands without braces after a prefix.
  func add(_ body: Block, to pieces: inout [Piece]) {
    if bytes[body.span.start] == Byte.openBrace {
      pieces.append(.block(body))
    } else {
      for statement in body.statements { addPieces(of: statement, to: &pieces) }
    }
  }
}
