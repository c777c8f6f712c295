extension Session {
  /// What became of a text.
  public enum Outcome: Equatable, Sendable {
    /// All of it ran.
    case completed
    /// A statement failed, and was told: a script ends with this status, the prompt goes on.
    case failed(ExitStatus)
    /// Ctrl-C: a script ends, the prompt goes on.
    case interrupted
    /// `exit`, a signal or a vanished reader of the output: script and prompt end.
    case ended(ExitStatus)

    /// How a script ends with it.
    public var exitStatus: ExitStatus {
      switch self {
      case .completed: .success
      case .failed(let status), .ended(let status): status
      case .interrupted: .interrupted
      }
    }
  }
}
