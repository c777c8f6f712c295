/// The routing ids that a ROUTER or STREAM has heard of, and short names for the random ones.
///
/// libzmq gives a peer without an id five bytes of which the first is zero. Such an id is called `@1`, `@2` and so
/// on, in the order in which the peers came.
struct RoutingIDs {
  /// The ids, the newest last.
  private(set) var ids: [[UInt8]] = []
  private var known: Set<[UInt8]> = []
  private var departed: Set<[UInt8]> = []
  private var aliases: [Int: [UInt8]] = [:]
  private var numbers: [[UInt8]: Int] = [:]
  private var lastNumber = 0

  // Peers that come and go must not fill the memory; so many are kept.
  static let most = 10_000

  /// The short name of whoever sent the message received last.
  static let last = "@last"
  /// The id that a message came with last, where nothing else tells who sent it.
  private(set) var lastNoted: [UInt8]?

  /// Notes the id that a message came with.
  mutating func note(_ id: [UInt8]) {
    lastNoted = id
    if ids.last == id || known.contains(id) { return }
    if ids.count >= Self.most {
      let oldest = ids.removeFirst()
      known.remove(oldest)
      departed.remove(oldest)
      if let number = numbers.removeValue(forKey: oldest) { aliases[number] = nil }
    }
    ids.append(id)
    known.insert(id)
    guard id.first == 0 else { return }
    lastNumber += 1
    aliases[lastNumber] = id
    numbers[id] = lastNumber
  }

  /// Notes that the peer with a random id has gone; libzmq gives the id to no other.
  mutating func leave(_ id: [UInt8]) { if known.contains(id), id.first == 0 { departed.insert(id) } }

  /// Whether the peer with this id is known to have gone.
  func hasLeft(_ id: [UInt8]) -> Bool { departed.contains(id) }

  /// Whether a message came with this id.
  func contains(_ id: [UInt8]) -> Bool { known.contains(id) }

  /// The short name of a random id, such as `@1`.
  func alias(of id: [UInt8]) -> String? { numbers[id].map { "@\($0)" } }

  /// The id that a word means: a short name, unless a peer has that very id.
  func id(for word: [UInt8]) -> [UInt8] {
    guard word.first == UInt8(ascii: "@"), !known.contains(word),
      let number = Int(String(decoding: word.dropFirst(), as: UTF8.self)), let id = aliases[number]
    else { return word }
    return id
  }
}
