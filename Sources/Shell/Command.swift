import Script

/// A command: what help and completion say of it, a check of its words, and what it does.
///
/// A command is one file in `Commands/` and one row of ``CommandTable``.
protocol Command: SendableMetatype {
  /// What help, completion and error messages say of the command.
  static var usage: Usage { get }

  /// Checks the words. Nothing is touched yet: a script is checked whole before any of it runs.
  init(_ arguments: inout Arguments) throws(Diagnostic)

  /// Does it.
  func run(in session: Session) throws(Failure)
}
