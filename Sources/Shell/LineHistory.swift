/// The lines that were typed, which belong to the prompt and are kept by it.
public struct LineHistory {
  /// All that are kept now, the oldest first: those of other shells too.
  public let entries: () -> [String]
  /// Forgets them all; gives what is wrong where that cannot be.
  public let clear: () -> String?

  /// Joins the two.
  public init(entries: @escaping () -> [String], clear: @escaping () -> String?) {
    self.entries = entries
    self.clear = clear
  }
}
