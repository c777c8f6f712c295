/// The first and the last of a row of things, and how many between them were left out.
public struct BoundedLog<Element> {
  /// The first ones.
  public private(set) var first: [Element] = []
  /// How many are left out.
  public private(set) var omitted = 0
  private let firstLimit: Int
  private let lastLimit: Int
  private var ring: [Element] = []
  /// Where the oldest of the ring is, once it is full.
  private var oldest = 0

  /// Makes an empty log.
  ///
  /// - Parameters:
  ///   - first: How many of the first are kept.
  ///   - last: How many of the last are kept, at least 1.
  public init(first: Int, last: Int) {
    firstLimit = first
    lastLimit = max(1, last)
  }

  /// Adds one, and gives the one that had to go.
  @discardableResult
  public mutating func append(_ element: Element) -> Element? {
    if first.count < firstLimit {
      first.append(element)
      return nil
    }
    if ring.count < lastLimit {
      ring.append(element)
      return nil
    }
    let gone = ring[oldest]
    ring[oldest] = element
    oldest = (oldest + 1) % lastLimit
    omitted += 1
    return gone
  }

  /// The last ones, in order.
  public var last: [Element] { Array(ring[oldest...] + ring[..<oldest]) }

  /// How many were added.
  public var count: Int { first.count + omitted + ring.count }

  /// The same log of other things, made of these; what cannot be made is left out.
  public func compactMap<Other>(_ make: (Element) -> Other?) -> BoundedLog<Other> {
    var log = BoundedLog<Other>(first: firstLimit, last: lastLimit)
    log.first = first.compactMap(make)
    log.ring = last.compactMap(make)
    log.omitted = omitted
    return log
  }

  /// Forgets the last ones and that any were left out; those that come next are kept.
  public mutating func forgetLast() {
    ring.removeAll(keepingCapacity: true)
    oldest = 0
    omitted = 0
  }
}

extension BoundedLog: Sendable where Element: Sendable {}
