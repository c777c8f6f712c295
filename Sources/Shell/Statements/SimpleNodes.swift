import Script

final class CommandNode: Node {
  let command: any Command
  /// The socket before the command, where one stands there.
  private let targetPlace: Place?

  init(_ place: Place, _ command: any Command, targetPlace: Place?) {
    self.command = command
    self.targetPlace = targetPlace
    super.init(place)
  }

  override func place(of failure: Failure) -> Place {
    if failure.isAboutTarget, let targetPlace { targetPlace } else { place }
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    try command.run(in: session)
    return .next
  }
}

final class LetNode: Node {
  private let slot: Int
  private let value: PreparedExpression

  init(_ place: Place, slot: Int, _ value: PreparedExpression) {
    self.slot = slot
    self.value = value
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    session.frame.values[slot] = try value.evaluate(in: session)
    return .next
  }
}

final class ConditionalNode: Node {
  private let branches: [(condition: PreparedExpression, body: PreparedBlock)]
  private let otherwise: PreparedBlock?

  init(_ place: Place, _ branches: [(PreparedExpression, PreparedBlock)], otherwise: PreparedBlock?) {
    self.branches = branches.map { (condition: $0.0, body: $0.1) }
    self.otherwise = otherwise
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    for branch in branches where try branch.condition.truth(in: session) {
      return try branch.body.execute(in: session)
    }
    return try otherwise?.execute(in: session) ?? .next
  }
}
