/// What the subscribers of a PUB asked for, each by its connection.
///
/// A subscription knows the connection that it came through, also where the peer takes it back. Where the peer goes,
/// libzmq takes it back without a connection; over `inproc` there is none. libzmq keeps all that it is asked for. Here so
/// many are known by name, and the rest is counted: a subscriber may ask for a million.
struct SubscriberTable {
  /// The prefixes of each connection, by its descriptor.
  private var wanted: [Int: Set<[UInt8]>] = [:]
  /// How many peers without a connection want each prefix.
  private var local: [[UInt8]: Int] = [:]
  /// What libzmq will take back for peers that have gone.
  private var owed: [[UInt8]: Int] = [:]
  /// What libzmq took back before the monitor told that the peer has gone.
  private var early: [[UInt8]: Int] = [:]
  /// How many prefixes are known by name, each once for each connection.
  private var named = 0
  /// How many bytes they have together.
  private var bytes = 0
  /// How many subscriptions there are to prefixes that are not known by name.
  private(set) var unnamed = 0

  /// How many prefixes are known by name.
  static let most = 10_000
  /// How many bytes they have together at most.
  static let mostBytes = 1 << 20

  var prefixes: Set<[UInt8]> { wanted.values.reduce(into: Set(local.keys)) { $0.formUnion($1) } }

  /// Takes a subscription as it stands on the wire: 1 or 0, then the prefix (RFC 29).
  ///
  /// - Parameter descriptor: The connection that it came through; nil where there is none.
  mutating func note(_ message: [UInt8], from descriptor: Int? = nil) {
    let prefix = Array(message.dropFirst())
    switch (message.first, descriptor) {
    case (1, let descriptor?):
      if wanted[descriptor]?.contains(prefix) == true { return }
      if takesName(prefix) { wanted[descriptor, default: []].insert(prefix) } else { unnamed += 1 }
    case (0, let descriptor?):
      if wanted[descriptor]?.remove(prefix) != nil { freeName(prefix) } else { unnamed = max(unnamed - 1, 0) }
    case (1, nil):
      if local[prefix] != nil || takesName(prefix) { local[prefix, default: 0] += 1 } else { unnamed += 1 }
    case (0, nil): takeBack(prefix)
    default: break
    }
  }

  /// A connection has ended.
  mutating func forget(_ descriptor: Int) {
    for prefix in wanted.removeValue(forKey: descriptor) ?? [] {
      freeName(prefix)
      if !Self.decrement(&early, prefix) { owed[prefix, default: 0] += 1 }
    }
  }

  private mutating func takeBack(_ prefix: [UInt8]) {
    if Self.decrement(&owed, prefix) { return }
    if Self.decrement(&local, prefix) {
      if local[prefix] == nil { freeName(prefix) }
    } else if wanted.values.contains(where: { $0.contains(prefix) }) {
      early[prefix, default: 0] += 1
    } else {
      unnamed = max(unnamed - 1, 0)
    }
  }

  /// Counts one down; false where it is 0.
  private static func decrement(_ counts: inout [[UInt8]: Int], _ prefix: [UInt8]) -> Bool {
    guard let count = counts[prefix] else { return false }
    counts[prefix] = count > 1 ? count - 1 : nil
    return true
  }

  private mutating func takesName(_ prefix: [UInt8]) -> Bool {
    guard named < Self.most, bytes + prefix.count <= Self.mostBytes else { return false }
    named += 1
    bytes += prefix.count
    return true
  }

  private mutating func freeName(_ prefix: [UInt8]) {
    named -= 1
    bytes -= prefix.count
  }

  /// How many subscribed to exactly this prefix, as far as it is known by name; where it is nil, to the one that most want.
  func count(_ prefix: [UInt8]?) -> Int {
    guard let prefix else { return max(prefixes.map { count($0) }.max() ?? 0, min(unnamed, 1)) }
    let gone = early[prefix] ?? 0
    return max(0, wanted.values.count { $0.contains(prefix) } - gone) + (local[prefix] ?? 0)
  }

  /// How many subscribers get a message whose first frame begins so; of those without a connection, as many as can be.
  /// Where the beginning is not the whole frame, a longer prefix may match, and counts; where not all prefixes are known by
  /// name, one of those.
  func matchCount(_ beginning: UnsafeRawBufferPointer, isWhole: Bool) -> Int {
    let matches: ([UInt8]) -> Bool = { prefix in
      beginning.starts(with: prefix) || (!isWhole && prefix.starts(with: beginning))
    }
    let connected = wanted.values.count { $0.contains(where: matches) }
    let count = local.reduce(connected) { matches($1.key) ? $0 + $1.value : $0 }
    return max(count, min(unnamed, 1))
  }

  /// The prefixes of one connection that are known by name.
  func prefixes(of descriptor: Int) -> Set<[UInt8]> { wanted[descriptor] ?? [] }
}
