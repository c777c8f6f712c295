/// A statement through which the place of a diagnostic was reached.
public struct Caller: Sendable {
  /// What it does with what stands there.
  public enum Kind: Sendable {
    /// A `source`, whose file it is in.
    case source
    /// The use of an alias, in whose text it is.
    case alias
    /// A call of the `def` of this name.
    case definition(String)
    /// A loop, which was in this turn, counted from 1.
    case turn(Int64)
  }

  /// What it does.
  public let kind: Kind
  /// Where it stands.
  public let place: Place

  /// Makes a caller.
  public init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }

  /// As a person reads it.
  var text: String {
    let position = place.source.position(of: place.span.start)
    let at = "\(DisplayText.safe(place.source.name)):\(position.line):\(position.column)"
    switch kind {
    case .source: return "included from \(at)"
    case .alias: return "used at \(at)"
    case .definition(let name): return "in '\(DisplayText.safe(name))', called at \(at)"
    // The line that was typed stands right above.
    case .turn(let number):
      return "in turn \(number) of the loop" + (place.source.isPrompt ? "" : " at \(at)")
    }
  }
}
