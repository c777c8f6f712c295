/// What the subscribers of a PUB asked for, each by its connection.
///
/// A subscription knows the connection that it came through, also where the peer takes it back. Where the peer goes,
/// libzmq takes it back without a connection; over `inproc` there is none.
struct SubscriberTable {
  /// The prefixes of each connection, by its descriptor.
  private var wanted: [Int: Set<[UInt8]>] = [:]
  /// How many peers without a connection want each prefix.
  private var unnamed: [[UInt8]: Int] = [:]
  /// What libzmq will take back for peers that have gone.
  private var owed: [[UInt8]: Int] = [:]
  /// What libzmq took back before the monitor told that the peer has gone.
  private var early: [[UInt8]: Int] = [:]

  var prefixes: Set<[UInt8]> { wanted.values.reduce(into: Set(unnamed.keys)) { $0.formUnion($1) } }

  /// Takes a subscription as it stands on the wire: 1 or 0, then the prefix (RFC 29).
  ///
  /// - Parameter descriptor: The connection that it came through; nil where there is none.
  mutating func note(_ message: [UInt8], from descriptor: Int? = nil) {
    let prefix = Array(message.dropFirst())
    switch (message.first, descriptor) {
    case (1, let descriptor?): wanted[descriptor, default: []].insert(prefix)
    case (0, let descriptor?): wanted[descriptor]?.remove(prefix)
    case (1, nil): unnamed[prefix, default: 0] += 1
    case (0, nil): takeBack(prefix)
    default: break
    }
  }

  /// A connection has ended.
  mutating func forget(_ descriptor: Int) {
    for prefix in wanted.removeValue(forKey: descriptor) ?? [] {
      if !Self.decrement(&early, prefix) { owed[prefix, default: 0] += 1 }
    }
  }

  private mutating func takeBack(_ prefix: [UInt8]) {
    if Self.decrement(&owed, prefix) || Self.decrement(&unnamed, prefix) { return }
    // What nobody ever asked for is no loss.
    if wanted.values.contains(where: { $0.contains(prefix) }) { early[prefix, default: 0] += 1 }
  }

  /// Counts one down; false where it is 0.
  private static func decrement(_ counts: inout [[UInt8]: Int], _ prefix: [UInt8]) -> Bool {
    guard let count = counts[prefix] else { return false }
    counts[prefix] = count > 1 ? count - 1 : nil
    return true
  }

  /// How many subscribed to exactly this prefix; where it is nil, to the one that most want.
  func count(_ prefix: [UInt8]?) -> Int {
    guard let prefix else { return prefixes.map { count($0) }.max() ?? 0 }
    let gone = early[prefix] ?? 0
    return max(0, wanted.values.count { $0.contains(prefix) } - gone) + (unnamed[prefix] ?? 0)
  }

  /// How many subscribers get a message whose first frame begins so; of those without a connection, as many as can be.
  /// Where the beginning is not the whole frame, a longer prefix may match, and counts.
  func matchCount(_ beginning: UnsafeRawBufferPointer, isWhole: Bool) -> Int {
    let matches: ([UInt8]) -> Bool = { prefix in
      beginning.starts(with: prefix) || (!isWhole && prefix.starts(with: beginning))
    }
    let connected = wanted.values.count { $0.contains(where: matches) }
    return unnamed.reduce(connected) { matches($1.key) ? $0 + $1.value : $0 }
  }

  /// The prefixes of one connection.
  func prefixes(of descriptor: Int) -> Set<[UInt8]> { wanted[descriptor] ?? [] }
}
