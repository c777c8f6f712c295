import Script

final class TaskNode: Node {
  private let name: PreparedWord
  private let body: Block
  private let source: SourceFile
  private let scope: Scope

  init(_ place: Place, name: PreparedWord, _ body: Block, _ source: SourceFile, scope: Scope) {
    self.name = name
    self.body = body
    self.source = source
    self.scope = scope
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    let name = try name.text(in: session)
    if let reason = ReservedNames.refusal(of: name) {
      throw Failure(.value, "a task cannot be named '\(name)'", label: reason)
    }
    try session.startTask(name, body, of: source, scope: scope)
    return .next
  }
}
