/// What is wrong with a text, where all of it is told at once.
public struct Diagnostics: Error, Sendable {
  /// The diagnostics, in the order of the text; never empty.
  public var all: [Diagnostic]

  /// Makes a collection.
  public init(_ all: [Diagnostic]) { self.all = all }
}
