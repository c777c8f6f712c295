import ZeroMQ

/// What a socket received through each of its connections, by the connection's descriptor.
///
/// libzmq tells a peer's socket type and routing id with its messages alone, so a peer that has sent none has none.
final class PeerLog {
  /// One peer.
  struct Entry {
    /// How many messages came from it.
    var count = 0
    /// When the last one came.
    var lastAt = Instant.past
    var socketType: SocketType?
    var routingID: [UInt8] = []
  }

  // Descriptors are small numbers: an index is faster than a search, and this is done for each message.
  @exclusivity(unchecked) private var entries: [Entry] = []

  /// Counts a message; false where its peer is met for the first time.
  @inline(__always)
  func count(_ descriptor: Int, at moment: Instant) -> Bool {
    guard descriptor < entries.count, entries[descriptor].count > 0 else { return false }
    entries[descriptor].count &+= 1
    entries[descriptor].lastAt = moment
    return true
  }

  /// Keeps what the first message of a peer says of it.
  func meet(_ descriptor: Int, _ message: Message, at moment: Instant) {
    reserve(descriptor)
    let type = message.property("Socket-Type").flatMap(SocketType.init(name:))
    let id = message.property("Routing-Id").map { Array($0.utf8) } ?? []
    entries[descriptor] = Entry(count: 1, lastAt: moment, socketType: type, routingID: id)
  }

  /// A connection was made: what is known of an earlier one with its descriptor is of another peer.
  func begin(_ descriptor: Int) {
    if entries.indices.contains(descriptor) { entries[descriptor] = Entry() }
  }

  /// The routing id of a peer, which it may hold back itself and have from us.
  func setRoutingID(_ id: [UInt8], of descriptor: Int) {
    if entries.indices.contains(descriptor) { entries[descriptor].routingID = id }
  }

  /// Whether the peer of a connection is the one with a routing id.
  @inline(__always)
  func hasRoutingID(_ id: UnsafeRawBufferPointer, _ descriptor: Int) -> Bool {
    descriptor < entries.count && entries[descriptor].routingID.elementsEqual(id)
  }

  /// The descriptor of the connection to the peer with a routing id.
  func descriptor(of routingID: [UInt8]) -> Int? {
    entries.lastIndex { $0.count > 0 && $0.routingID == routingID }
  }

  /// What is known of a peer; nil where nothing came from it yet.
  subscript(descriptor: Int) -> Entry? {
    guard entries.indices.contains(descriptor), entries[descriptor].count > 0 else { return nil }
    return entries[descriptor]
  }

  /// The socket type of the peer with a routing id, where it has sent something.
  func socketType(of routingID: [UInt8]) -> SocketType? {
    entries.last { $0.count > 0 && $0.routingID == routingID }?.socketType
  }

  private func reserve(_ descriptor: Int) {
    while entries.count <= descriptor { entries.append(Entry()) }
  }
}
