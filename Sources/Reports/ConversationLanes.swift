/// The sockets of a ``Conversation``, and where they are bound and connected.
struct ConversationLanes {
  /// A socket, or all peers outside of the script.
  struct Lane {
    let name: String
    /// The socket's type, empty where it is not known; nil for the peers.
    fileprivate(set) var type: String?
    /// Where it is bound and connected.
    fileprivate(set) var endpoints: [String] = []
    /// The row in which the socket was closed, nil while it lives.
    fileprivate(set) var last: Int?
  }

  private(set) var all: [Lane] = []
  private var known: [String: Int] = [:]
  private var outside: Int?
  /// The lane of all sockets for which there is no room.
  private var crowd: Int?
  private static let mostLanes = 30

  subscript(lane: Int) -> Lane { all[lane] }

  /// The lane of a socket, a new one where it has none.
  mutating func lane(of socket: String, _ task: String?) -> Int {
    // A socket that a task serves has the task's name, and is the same whoever uses it.
    let key = task.map { $0 == socket ? socket : "\($0)/\(socket)" } ?? socket
    if let lane = known[key] { return lane }
    let isFull = all.count >= Self.mostLanes
    if isFull, let crowd { return crowd }
    if isFull { crowd = all.count }
    known[key] = all.count
    all.append(Lane(name: isFull ? "other sockets" : key, type: ""))
    return all.count - 1
  }

  /// The lane of the peers.
  mutating func laneOfPeers() -> Int {
    if let outside { return outside }
    all.append(Lane(name: "peers", type: nil))
    outside = all.count - 1
    return all.count - 1
  }

  /// A socket was made. One that is made again under its name goes on in its lane.
  mutating func open(_ lane: Int, as type: String) {
    if all[lane].type == "" { all[lane].type = type }
    all[lane].last = nil
  }

  mutating func close(_ lane: Int, at row: Int) {
    if lane != crowd { all[lane].last = row }
  }

  mutating func attach(_ lane: Int, to endpoint: String) {
    if !all[lane].endpoints.contains(endpoint) { all[lane].endpoints.append(endpoint) }
  }

  /// Whether two sockets may be peers of each other.
  func sharesEndpoint(_ one: Int, _ other: Int) -> Bool {
    all[one].endpoints.contains { endpoint in
      all[other].endpoints.contains { Self.place(of: $0) == Self.place(of: endpoint) }
    }
  }

  /// Whether a socket may have a peer in the script.
  func hasPeer(_ lane: Int) -> Bool { all.indices.contains { $0 != lane && sharesEndpoint($0, lane) } }

  /// Says where the rows in which sockets were closed have gone to.
  mutating func move(_ place: (Int) -> Int) {
    for index in all.indices { all[index].last = all[index].last.map(place) }
  }

  /// Of tcp the port is enough: `tcp://*:5546` is where `tcp://127.0.0.1:5546` leads to.
  private static func place(of endpoint: String) -> Substring {
    guard endpoint.hasPrefix("tcp://"), let colon = endpoint.lastIndex(of: ":") else { return endpoint[...] }
    return endpoint[colon...]
  }
}
