import ZeroMQ

/// The one place where a thread waits: its interrupt, its sockets, their monitors and standard input.
///
/// Every wait serves every socket. libzmq does a socket's work (taking subscriptions, dropping dead
/// connections) only inside calls on it, so a socket that nobody polled would fall behind.
final class EventLoop {
  private let poller = Poller()
  private let interrupt: Interrupt
  private let sockets: SocketTable
  private var told: [(socket: NamedSocket, index: Int)] = []
  private var generation = -1
  private var inputIndex: Int?
  /// How often one of several sockets was told to be ready.
  private var turn = 0
  /// Told what the sockets' monitors say, and what it changed.
  var tell: (NamedSocket, MonitorEvent, ConnectionTable.Change?) -> Void = { _, _, _ in }
  /// Called with each watched socket that has a message.
  var show: (NamedSocket) -> Void = { _ in }
  /// Called after every wait.
  var didWait: () -> Void = {}
  /// When that is to be although nothing happens.
  var wakesAt: () -> Instant = { .never }
  /// Told which peer was found to fill the memory.
  var warn: (NamedSocket, ConnectionTable.Connection, MemoryGuard.Finding) -> Void = { _, _, _ in }
  private var memoryGuard = MemoryGuard()
  /// The socket of which a statement wants the next message itself.
  var receiver: NamedSocket?
  /// Whether messages of watched sockets can be shown now; they stay with libzmq until then.
  var canShow: () -> Bool = { true }

  init(interrupt: Interrupt, sockets: SocketTable) {
    self.interrupt = interrupt
    self.sockets = sockets
  }

  /// Why a wait ended.
  enum Wake { case ready, limit, interrupted }

  /// Waits until a socket is ready, a limit passes, or a stopping reason is raised on the interrupt.
  func wait(for socket: NamedSocket, _ events: PollEvents, until limit: Instant) throws(ZMQError) -> Wake {
    refresh(withInput: false)
    poller.setEvents(events.union(restingEvents(of: socket)), at: socket.pollIndex)
    defer { poller.setEvents(restingEvents(of: socket), at: socket.pollIndex) }
    while true {
      try pollOnce(until: limit)
      if !interrupt.raised.isDisjoint(with: .stopping) { return .interrupted }
      if !poller.ready(socket.pollIndex).isDisjoint(with: events) { return .ready }
      if limit != .never, Instant.now >= limit { return .limit }
    }
  }

  /// Waits until any of some sockets is ready.
  ///
  /// - Returns: With ``Wake/ready``, which of them is. Of several it is the one that was told longest ago, so that a
  ///   loop that asks again and again comes to each of them.
  func wait(forAny wanted: [(socket: NamedSocket, events: PollEvents)], until limit: Instant) throws(ZMQError)
    -> (wake: Wake, index: Int)
  {
    refresh(withInput: false)
    // One socket may be wanted for two reasons.
    var events: [Int: PollEvents] = [:]
    for (socket, event) in wanted {
      events[socket.pollIndex, default: restingEvents(of: socket)].formUnion(event)
    }
    for (index, event) in events { poller.setEvents(event, at: index) }
    defer { for (socket, _) in wanted { poller.setEvents(restingEvents(of: socket), at: socket.pollIndex) } }
    while true {
      try pollOnce(until: limit)
      if !interrupt.raised.isDisjoint(with: .stopping) { return (.interrupted, 0) }
      let ready = wanted.indices.filter {
        !poller.ready(wanted[$0].socket.pollIndex).isDisjoint(with: wanted[$0].events)
      }
      if let index = ready.min(by: { wanted[$0].socket.toldTurn < wanted[$1].socket.toldTurn }) {
        turn += 1
        wanted[index].socket.toldTurn = turn
        return (.ready, index)
      }
      if limit != .never, Instant.now >= limit { return (.limit, 0) }
    }
  }

  /// Waits until a condition holds; it is asked again whenever anything happened.
  ///
  /// - Parameter pause: After how long it is asked again although nothing happened, for a condition that wakes
  ///   nobody when it comes to hold.
  func wait(until limit: Instant, pause: Duration? = nil, for condition: () throws(ZMQError) -> Bool)
    throws(ZMQError) -> Wake
  {
    serve()
    while true {
      if try condition() { return .ready }
      if limit != .never, Instant.now >= limit { return .limit }
      refresh(withInput: false)
      try pollOnce(until: pause.map { min(limit, .now + $0) } ?? limit)
      if !interrupt.raised.isDisjoint(with: .stopping) { return .interrupted }
    }
  }

  /// Waits until standard input has something, any reason is raised, a socket had something to tell, or the limit
  /// passes.
  ///
  /// - Returns: Whether standard input has something, which is looked at in any case.
  func waitForInput(until limit: Instant) throws(ZMQError) -> Bool {
    refresh(withInput: true)
    try pollOnce(until: interrupt.raised.isEmpty ? limit : .past)
    return inputIndex.map { !poller.ready($0).isEmpty } ?? false
  }

  /// Serves the sockets without waiting. Called now and then by loops that never wait.
  func serve() {
    refresh(withInput: false)
    // A poll that fails here fails in the next wait too, which can say so.
    guard (try? poller.wait(milliseconds: 0)) != nil else { return }
    drain()
    lookAtMemory()
  }

  private func pollOnce(until limit: Instant) throws(ZMQError) {
    for (socket, index) in told where socket.isWatched && index == socket.pollIndex && socket !== receiver {
      poller.setEvents(canShow() ? .readable : .error, at: index)
    }
    while true {
      let due = min(limit, memoryGuard.due, wakesAt())
      var milliseconds = -1
      if due != .never {
        // poll(2) takes an int; an hour at a time is plenty.
        milliseconds = min((due - .now).milliseconds, 3_600_000)
      }
      let count: Int
      do {
        count = try poller.wait(milliseconds: milliseconds)
      } catch {
        // A signal came; its handler has raised what there is to know.
        if error == .interrupted { return }
        throw error
      }
      drain()
      lookAtMemory()
      // Nobody who waits has to know that the connections were looked at.
      if count > 0 || due == limit { break }
    }
    // Reasons that stop nothing stay raised for the prompt; off the pipe, they do not spin this loop.
    if !poller.ready(0).isEmpty, interrupt.raised.isDisjoint(with: .stopping) { interrupt.quiet() }
  }

  private func drain() {
    for (socket, index) in told where !poller.ready(index).isEmpty || socket.hasUntoldEvents {
      if socket.isWatched, index == socket.pollIndex {
        if socket !== receiver, !poller.ready(index).isEmpty { show(socket) }
      } else {
        socket.drain { tell(socket, $0, $1) }
        memoryGuard.noteEvent()
      }
    }
    didWait()
  }

  private func lookAtMemory() {
    guard memoryGuard.due != .never, Instant.now >= memoryGuard.due else { return }
    memoryGuard.look(at: sockets.all, warn)
  }

  /// What is asked of a socket that no statement waits for.
  private func restingEvents(of socket: NamedSocket) -> PollEvents {
    // A PUB is read for its subscriptions; of those that nobody watches only the commands are served.
    socket.tellsTopics || (socket.isWatched && socket !== receiver) ? .readable : .error
  }

  private func refresh(withInput: Bool) {
    guard generation != sockets.generation || withInput != (inputIndex != nil) else { return }
    generation = sockets.generation
    poller.removeAll()
    told.removeAll(keepingCapacity: true)
    poller.add(fileDescriptor: interrupt.fileDescriptor, .readable)
    inputIndex = withInput ? poller.add(fileDescriptor: 0, .readable) : nil
    for socket in sockets.all {
      socket.pollIndex = poller.add(socket.socket, restingEvents(of: socket))
      if socket.tellsTopics || socket.isWatched { told.append((socket, socket.pollIndex)) }
      if let monitor = socket.monitor { told.append((socket, poller.add(monitor))) }
    }
  }
}
