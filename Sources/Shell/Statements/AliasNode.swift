import Script

/// What an alias stands for; its errors tell where it was used.
final class AliasNode: Node {
  private let body: PreparedBlock
  private let note: String

  init(_ place: Place, _ body: PreparedBlock, note: String) {
    self.body = body
    self.note = note
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    do {
      return try body.execute(in: session)
    } catch {
      throw error.included(from: place, note: note)
    }
  }
}

extension Failure {
  /// The same failure, with the statement through which its place was reached.
  fileprivate func included(from place: Place, note: String) -> Failure {
    var diagnostic = diagnostic
    diagnostic.includedFrom.append(place)
    diagnostic.notes.append(note)
    return Failure(kind, diagnostic)
  }
}
