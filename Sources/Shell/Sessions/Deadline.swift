/// A time limit and what set it.
struct Deadline {
  var instant: Instant
  /// The length that the user gave.
  var length: Duration
  /// Whether a `within` set it, and not the limit for every wait.
  var isExplicit: Bool

  static let none = Deadline(instant: .never, length: .zero, isExplicit: false)
}
