/// Something to tell the user about a script: what, where, why, and what to do next.
///
/// It stays a value until ``DiagnosticRenderer`` turns it into text, in one place.
public struct Diagnostic: Error, Sendable {
  /// How grave it is.
  public enum Severity: String, Sendable {
    case error, warning, note
  }

  /// How grave it is.
  public var severity: Severity
  /// What happened: a fact, without capital or full stop, the user's own words in quotes.
  public var message: String
  /// Where it happened, if it has a place.
  public var place: Place?
  /// Why, shown beside the caret.
  public var label: String?
  /// Further facts, a line each (`= note:`).
  public var notes: [String]
  /// What to do next, a line each (`= help:`).
  public var help: [String]
  /// The statements through which the place was reached, innermost first.
  public var callers: [Caller]

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, _ message: String, at place: Place? = nil, label: String? = nil,
    notes: [String] = [], help: [String] = [], callers: [Caller] = []
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.label = label
    self.notes = notes
    self.help = help
    self.callers = callers
  }
}
