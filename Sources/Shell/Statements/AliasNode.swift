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
      throw error.reached(through: Caller(.alias, at: place)).adding(notes: [note])
    }
  }
}
