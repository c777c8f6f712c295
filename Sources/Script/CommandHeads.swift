extension Block {
  /// The words of every command in it, however deep, in the order of the text.
  public var commands: [[Word]] { statements.flatMap(\.commands) }
}

extension Statement {
  /// The words of every command in it.
  public var commands: [[Word]] {
    switch kind {
    case .command(let words): [words]
    case .repeat(_, _, let body), .every(_, let body), .within(_, let body), .fails(_, let body),
      .while(_, let body), .loop(let body), .for(_, _, let body), .task(_, let body), .retry(_, _, let body),
      .time(let body), .define(_, _, let body), .unordered(let body), .serve(_, let body?):
      body.commands
    case .conditional(let branches, let otherwise):
      branches.flatMap(\.body.commands) + (otherwise?.commands ?? [])
    case .attempt(let body, let handler): body.commands + handler.commands
    case .redirected(let statement, _): statement.commands
    case .let, .break, .continue, .return, .assert, .serve(_, nil): []
    }
  }
}
