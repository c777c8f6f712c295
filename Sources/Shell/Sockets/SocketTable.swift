import ZeroMQ

/// The sockets of a session, by name and in the order in which they were made.
final class SocketTable {
  private(set) var all: [NamedSocket] = []
  /// The socket that `send`, `recv` and the like act on: the one made or chosen last.
  @exclusivity(unchecked) private(set) var current: NamedSocket?
  /// The sockets in the order in which they were made or chosen, the current one last.
  private var recent: [NamedSocket] = []
  /// Grows with every change, so that the event loop knows when its poll set is out of date.
  @exclusivity(unchecked) private(set) var generation = 0

  // A name that a prepared statement uses has a slot, so that finding its socket is one index.
  private var slots: [String: Int] = [:]
  @exclusivity(unchecked) private var slotted: [NamedSocket?] = []
  private var slotNames: [String] = []

  /// The slot of a name, live or not.
  func slot(of name: String) -> Int {
    if let slot = slots[name] { return slot }
    slots[name] = slotted.count
    slotted.append(self[name])
    slotNames.append(name)
    return slotted.count - 1
  }

  func name(ofSlot slot: Int) -> String { slotNames[slot] }

  @inline(__always)
  subscript(slot slot: Int) -> NamedSocket? { slotted[slot] }

  subscript(name: String) -> NamedSocket? { all.first { $0.name == name } }

  func add(_ socket: NamedSocket) {
    all.append(socket)
    if let slot = slots[socket.name] { slotted[slot] = socket }
    generation += 1
    use(socket)
  }

  /// Takes a socket out. The one made or chosen before it becomes the current one.
  func detach(_ socket: NamedSocket) {
    all.removeAll { $0 === socket }
    if let slot = slots[socket.name] { slotted[slot] = nil }
    recent.removeAll { $0 === socket }
    current = recent.last
    generation += 1
  }

  /// Takes a socket out and closes it.
  func remove(_ socket: NamedSocket) {
    detach(socket)
    socket.close()
  }

  func use(_ socket: NamedSocket) {
    if current === socket { return }
    recent.removeAll { $0 === socket }
    recent.append(socket)
    current = socket
  }

  /// To be called when a socket of the table got a monitor or was opened again.
  func didChange() { generation += 1 }

  /// The name that a socket gets without `as`: its type and the next number, `rep1`.
  func freshName(for type: SocketType) -> String {
    var number = 1
    while self["\(type.name)\(number)"] != nil { number += 1 }
    return "\(type.name)\(number)"
  }
}
