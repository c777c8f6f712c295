/// What the subscribers of a PUB asked for: the prefixes, and how many subscribers want each.
///
/// libzmq keeps all that it is asked for. Here so many are known by name, and the rest is counted: a subscriber may ask for
/// a million.
struct SubscriberTable {
  private var counts: [[UInt8]: Int] = [:]
  /// How many bytes the prefixes have together.
  private var bytes = 0
  /// How many subscriptions there are to prefixes that are not known by name.
  private(set) var unnamed = 0

  /// How many prefixes are known by name.
  static let most = 10_000
  /// How many bytes they have together at most.
  static let mostBytes = 1 << 20

  var prefixes: Set<[UInt8]> { Set(counts.keys) }

  /// Takes a subscription as it stands on the wire: 1 or 0, then the prefix (RFC 29).
  mutating func note(_ message: [UInt8]) {
    let prefix = Array(message.dropFirst())
    switch message.first {
    case 1:
      if let count = counts[prefix] {
        counts[prefix] = count + 1
      } else if counts.count < Self.most, bytes + prefix.count <= Self.mostBytes {
        counts[prefix] = 1
        bytes += prefix.count
      } else {
        unnamed += 1
      }
    case 0:
      guard let count = counts[prefix] else {
        unnamed = max(unnamed - 1, 0)
        return
      }
      counts[prefix] = count > 1 ? count - 1 : nil
      if count == 1 { bytes -= prefix.count }
    default: break
    }
  }

  /// How many subscribed to exactly this prefix, as far as it is known by name; where it is nil, to the one that most want.
  func count(_ prefix: [UInt8]?) -> Int {
    prefix.map { counts[$0] ?? 0 } ?? max(counts.values.max() ?? 0, min(unnamed, 1))
  }

  /// Whether a message whose first frame begins so reaches anybody. Where the beginning is not the whole
  /// frame, a longer prefix may match, and where not all prefixes are known, one of those: then the answer is yes.
  func matches(_ beginning: UnsafeRawBufferPointer, isWhole: Bool) -> Bool {
    unnamed > 0
      || counts.keys.contains { prefix in
        beginning.starts(with: prefix) || (!isWhole && prefix.starts(with: beginning))
      }
  }
}
