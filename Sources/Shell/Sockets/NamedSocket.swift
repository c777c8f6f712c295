import Payload
import ZMTP
import ZeroMQ

/// A socket of a session: libzmq's socket, its name, and what happened to it.
///
/// The history is what turns an error number into a reason, so each send and receive leaves a trace here;
/// it is a few stores and no allocation.
final class NamedSocket {
  let name: String
  let type: SocketType
  private let runtime: Runtime

  private(set) var socket: Socket {
    didSet { socketReference = Unmanaged.passUnretained(socket) }
  }
  /// ``socket``, for what is done for each message: counting its references would cost as much as the rest. Nothing
  /// that libzmq is asked to do here lets it go.
  @exclusivity(unchecked) private var socketReference: Unmanaged<Socket>
  private(set) var monitor: SocketMonitor?
  /// How its messages are shown; nil is as text.
  @exclusivity(unchecked) var view: View?
  /// Where it is bound and connected, in the order of the statements.
  private(set) var endpoints: [Attachment] = [] {
    didSet { takesTurns = findTurns() }
  }
  /// Whether it can be seen which of several endpoints a message goes to.
  @exclusivity(unchecked) private(set) var takesTurns = false
  /// Which of them got the message that was sent last.
  var turn = SendingTurn()
  /// Attachments that could not be made again when the socket was opened anew.
  var missing: [Attachment] = []
  /// The routing id that the peer of the next connect gets, `connect_routing_id`.
  private var nextPeerID: OptionValue?
  /// Options set by the user, in order: `reset` sets them again.
  private(set) var options: [(option: SocketOption, value: OptionValue)] = [] {
    didSet { takesTurns = findTurns() }
  }
  /// Topic prefixes that a SUB or XSUB asked for.
  private(set) var subscriptions: [[UInt8]] = []
  /// The connections that its monitor knows.
  private(set) var connections: ConnectionTable
  /// What the subscribers of a PUB asked for, and how many of them did.
  private(set) var topics = SubscriberTable()

  private let probe = PeerProbe()
  /// What came from each of them.
  let log = PeerLog()
  /// The descriptor of the one connection that there has ever been, through which everything comes; -1 otherwise.
  @exclusivity(unchecked) private var soleSender = -1
  /// The descriptor of the connection through which the message received last came; -1 over `inproc`.
  @exclusivity(unchecked) private var lastSender = -1
  /// How many messages came over `inproc`, and when the last one did, where a monitor tells the others apart.
  private var localCount = 0
  private var localAt = Instant.past
  /// How many messages had come when the socket was opened again.
  private var countWhenOpened = 0
  /// How many `inproc` peers it had at endpoints that it has left.
  private var formerLocalPeers = 0
  /// What the monitor told while no event loop was there to pass it on.
  private var untold: [(event: MonitorEvent, change: ConnectionTable.Change?)] = []
  var hasUntoldEvents: Bool { !untold.isEmpty }

  /// How many bytes had come to a ROUTER through each connection when its handshake was done.
  private(set) var handshakeBytes: [Int: Int] = [:]
  /// The routing ids that a ROUTER or STREAM has heard of.
  private(set) var routingIDs = RoutingIDs()
  /// The connections that the messages of a STREAM told of.
  private(set) var streams = StreamConnections()
  /// How many messages a REP dropped because they were no requests.
  private(set) var malformedCount = 0
  /// Whether that is still to be told, which it is the first time.
  var hasUntoldMalformed = false
  /// How many messages a PUB did not give to a subscriber whose queue was full.
  private(set) var lostCount = 0
  /// Which message was the last of these.
  private var lossyIndex = -1
  /// Whether there may have been more of them: one of several subscribers that is behind is left out without a word.
  private(set) var losesUncounted = false

  /// Which of its events a person is told; nil where the session's choice counts.
  var toldEvents: ToldEvents?
  /// Whether its messages are printed as they come.
  var isWatched = false

  /// How many peers there were when it was asked what they are; -1 where they never were.
  var peersWhenAsked = -1
  /// How many had gone when the end of a `wait connected` or `wait disconnected` said who is there; nil where none has.
  var lostWhenWaited: Int?
  /// When it was told last that it, of several, is ready: the event loop counts.
  var toldTurn = 0
  /// Where it stands in the event loop's poll set.
  @exclusivity(unchecked) var pollIndex = 0

  /// What stood before the body of the last message of several frames.
  private(set) var envelope = Envelope()

  /// The message received last. Its storage is used again for the next.
  @exclusivity(unchecked) private(set) var message = Message() {
    didSet { messageReference = Unmanaged.passUnretained(message) }
  }
  /// ``message``, as ``socketReference`` is ``socket``.
  @exclusivity(unchecked) private var messageReference: Unmanaged<Message>

  @exclusivity(unchecked) private(set) var sentCount = 0
  @exclusivity(unchecked) private(set) var receivedCount = 0
  /// How many of these a proxy passed on.
  private(set) var forwardedCount = 0
  @exclusivity(unchecked) private(set) var lastAction = Action.none
  @exclusivity(unchecked) private(set) var sentAt = Instant.past
  @exclusivity(unchecked) private(set) var receivedAt = Instant.past
  /// How many peers were there when the last message was sent.
  @exclusivity(unchecked) private(set) var peersWhenSent = 0
  /// What it sent and received last.
  let recent = RecentMessages()

  /// What was done last, which is what the state of a REQ or REP depends on.
  enum Action { case none, sent, received }

  init(name: String, type: SocketType, in runtime: Runtime) throws(ZMQError) {
    self.name = name
    self.type = type
    self.runtime = runtime
    connections = ConnectionTable(hasHandshake: type != .stream)
    socket = try Self.open(type, in: runtime.context)
    socketReference = Unmanaged.passUnretained(socket)
    messageReference = Unmanaged.passUnretained(message)
    runtime.noteSocket()
    // What an XPUB receives is subscriptions, for the most part.
    if type == .xpub { view = View.named("subscriptions") }
  }

  deinit { close() }

  /// What it can do next, in words: the prompt shows it.
  var state: String {
    switch type {
    case .req: return lastAction == .sent ? "awaiting reply" : "ready"
    case .rep: return lastAction == .received ? "owes reply" : "awaiting request"
    default:
      if endpoints.isEmpty { return "no endpoint" }
      return Self.peerText(peerCount)
    }
  }

  static func peerText(_ count: Int) -> String {
    count == 0 ? "no peer" : count == 1 ? "1 peer" : "\(count) peers"
  }

  // MARK: Messages

  /// Sends one frame, or throws `EAGAIN` where nobody can take it now.
  @inline(__always)
  func send(_ frame: UnsafeRawBufferPointer, more: Bool) throws(ZMQError) {
    try socketReference.borrowed { (socket) throws(ZMQError) in
      try socket.send(frame, more: more, wait: false)
    }
  }

  /// Sends the frames of a message from an index on, which is counted up, so that a message of which libzmq took
  /// only a part can be gone on with.
  func send(_ frames: [[UInt8]], from index: inout Int) throws(ZMQError) {
    while index < frames.count {
      do {
        try socket.send(frames[index], more: index < frames.count - 1, wait: false)
      } catch {
        guard error == .again, index == 0, dropsWhenFull else { throw error }
        lostCount += 1
        lossyIndex = sentCount
        if isForOneSubscriber(frames[0]) {
          index = frames.count
          return
        }
        losesUncounted = true
        try sendLossy(frames[0], more: frames.count > 1)
      }
      index += 1
    }
  }

  /// Whether one subscriber alone would get a message. Where it has no room, the message need not be sent: libzmq would
  /// leave it out from then on until it has read, and refuse nothing that could be counted.
  private func isForOneSubscriber(_ frame: [UInt8]) -> Bool {
    guard tellsTopics else { return false }
    takeSubscriptions()
    return frame.withUnsafeBytes { topics.matchCount($0, isWhole: true) } == 1
  }

  /// Sends the first frame of a message to the subscribers that have room for it.
  ///
  /// A PUB drops without a word where a subscriber is behind. An XPUB can be told to refuse instead: that is how it
  /// shows, and then the message goes to the others all the same.
  private func sendLossy(_ frame: [UInt8], more: Bool) throws(ZMQError) {
    guard let option = Self.refusingOption else { throw .again }
    try socket.set(option, to: .integer(0))
    defer { try? socket.set(option, to: .integer(1)) }  // it was taken when the socket was made
    try socket.send(frame, more: more, wait: false)
  }

  /// Whether the message that was sent last was dropped for a subscriber whose queue was full.
  var wasLastLossy: Bool { lossyIndex == sentCount - 1 }

  /// Whether messages for a subscriber that is behind are dropped, which is what the user has not changed.
  var dropsWhenFull: Bool {
    (type == .pub || type == .xpub) && !options.contains { $0.option == Self.refusingOption }
  }

  /// Lets libzmq drop without being asked, for a proxy, which must not wait for one subscriber that is behind.
  func dropSilently(_ isSilent: Bool) {
    guard dropsWhenFull, let option = Self.refusingOption else { return }
    // A socket that is closed has nothing to drop.
    try? socket.set(option, to: .integer(isSilent ? 0 : 1))
  }

  /// Sends all frames of a message.
  func send(_ frames: [[UInt8]]) throws(ZMQError) {
    var index = 0
    try send(frames, from: &index)
  }

  /// Gives ``message`` away, with its storage.
  func takeMessage() -> Message {
    defer { message = Message() }
    return message
  }

  /// Gives ``message`` another storage, after the one it had was taken over.
  func replaceMessage(with storage: Message) { message = storage }

  /// Notes that a whole message was sent.
  @inline(__always)
  func didSend(firstFrame: UnsafeRawBufferPointer, frames: Int = 1, at moment: Instant) {
    sentCount &+= 1
    lastAction = .sent
    sentAt = moment
    // Only a REQ that waits for its reply is asked for it.
    if type == .req {
      peersWhenSent = peerCount
    } else if type == .xsub, frames == 1 {
      noteOwnSubscription(firstFrame)
    }
    recent.noteSent(firstFrame, frames: frames, at: moment)
  }

  /// An XSUB subscribes by a message too: 1 or 0, then the prefix (RFC 29).
  @inline(never)
  private func noteOwnSubscription(_ message: UnsafeRawBufferPointer) {
    let prefix = Array(message.dropFirst())
    switch message.first {
    case 1: subscriptions.append(prefix)
    case 0: if let index = subscriptions.firstIndex(of: prefix) { subscriptions.remove(at: index) }
    default: break
    }
  }

  /// Notes the frames of a message that was sent, of which ``didSend(firstFrame:frames:at:)`` has noted the first.
  func noteEnvelope(of frames: [[UInt8]]) {
    if type == .router || type == .dealer { envelope = Envelope(ofMessage: frames, toPeer: type == .router) }
  }

  /// Notes what a proxy received and sent for it.
  func didForward(received: Int, sent: Int) {
    receivedCount &+= received
    forwardedCount &+= received
    sentCount &+= sent
    if received > 0 {
      // The connections' own events came before, and must be seen before.
      takeEvents()
      receivedAt = .now
    }
    if sent > 0 { sentAt = .now }
  }

  /// Takes the next message into ``message``, or throws `EAGAIN` where none is there.
  ///
  /// - Parameter isAnnounced: Whether a poll said that one is there.
  @inline(__always)
  func receive(at moment: Instant, isAnnounced: Bool = false) throws(ZMQError) {
    // A PUB is an XPUB underneath, which would hand out subscriptions.
    if type == .pub { throw .notSupported }
    if type == .rep {
      try receiveRequest(at: moment, isAnnounced)
    } else {
      try socketReference.borrowed { (socket) throws(ZMQError) in
        try messageReference.borrowed { (message) throws(ZMQError) in
          try socket.receive(into: message, wait: false)
        }
      }
    }
    receivedCount &+= 1
    lastAction = .received
    receivedAt = moment
    messageReference.borrowed { message in
      recent.noteReceived(message.frame(0), frames: message.count, at: moment)
    }
    if monitor != nil { noteSender(at: moment) } else if type == .router { routingIDs.note(message.bytes(0)) }
    if type == .stream { noteConnection() }
  }

  /// A REP drops what has no empty frame before the body, without a word: what was announced is not there then.
  private func receiveRequest(at moment: Instant, _ isAnnounced: Bool) throws(ZMQError) {
    // Asked beforehand, or it would not show that something was there. A REP that owes a reply is refused.
    if !isAnnounced, lastAction != .received {
      guard try socket.events.contains(.readable) else { throw .again }
    }
    do {
      try socket.receive(into: message, wait: false)
    } catch {
      if error == .again {
        hasUntoldMalformed = hasUntoldMalformed || malformedCount == 0
        malformedCount += 1
      }
      throw error
    }
  }

  @inline(__always)
  private func noteSender(at moment: Instant) {
    // Asking a message for its connection costs a tenth of receiving it.
    if soleSender >= 0, log.count(soleSender, at: moment) { return }
    guard let descriptor = message.sourceDescriptor else {
      lastSender = -1
      localCount &+= 1
      localAt = moment
      if type == .router { routingIDs.note(message.bytes(0)) }
      if connections.hasUntoldPeer, !endpoints.contains(where: \.isInproc) {
        connections.noteMessageOfOldPeer()
      }
      return
    }
    lastSender = descriptor
    // The next connection has the descriptor of the last one, and its event may not have been seen yet: a routing id
    // tells them apart.
    let isKnown = !hasRoutingIDs || log.hasRoutingID(message.frame(0), descriptor)
    if !isKnown || !log.count(descriptor, at: moment) { meetSender(descriptor, at: moment) }
  }

  @inline(never)
  private func meetSender(_ descriptor: Int, at moment: Instant) {
    // The connection's own event came before, and must be seen before.
    takeEvents()
    log.meet(descriptor, message, at: moment)
    // A ROUTER has to know each of its peers as soon as it can.
    let isSole = connections.all.count == 1 && connections.lostCount == 0 && !hasRoutingIDs
    soleSender = isSole ? descriptor : -1
    guard hasRoutingIDs else { return }
    let id = message.bytes(0)
    routingIDs.note(id)
    log.setRoutingID(id, of: descriptor)
  }

  /// Whether its messages begin with the routing id of a peer.
  private var hasRoutingIDs: Bool { type == .router || type == .stream }

  /// Takes what a message of a STREAM tells of its connection.
  @inline(never)
  private func noteConnection() {
    let id = message.bytes(0)
    streams.note(id, isEmpty: message.count == 2 && message.frame(1).isEmpty)
    guard streams.notice == .connected, let descriptor = message.sourceDescriptor else { return }
    // An earlier connection may have had the same descriptor, and its end may be untold yet.
    takeEvents()
    routingIDs.note(id)
    log.meet(descriptor, message, at: receivedAt)
    log.setRoutingID(id, of: descriptor)
    // It may have gone before its first message was received.
    if !connections.all.contains(where: { $0.descriptor == descriptor }) { routingIDs.leave(id) }
  }

  /// The short name of the random routing id with which a message begins that a proxy moves.
  func alias(ofPassing message: Message) -> String? {
    routingIDs.note(message.bytes(0))
    return routingIDs.alias(of: message.bytes(0))
  }

  /// The routing id that a word means: `@last` is who sent the message received last, `@1` a short name, and the rest
  /// the id itself.
  func routingID(for word: [UInt8]) -> [UInt8] {
    guard word.elementsEqual(RoutingIDs.last.utf8), !routingIDs.contains(word) else {
      return routingIDs.id(for: word)
    }
    return (lastSender >= 0 ? log[lastSender]?.routingID : routingIDs.lastNoted) ?? word
  }

  /// Notes that the user closed a connection of a STREAM, of which libzmq's monitor says nothing.
  func didCloseConnection(_ id: [UInt8]) {
    streams.didClose(id)
    if let descriptor = log.descriptor(of: id) { connections.noteClosed(descriptor) }
  }

  /// The first frame of the message sent last, shortened, in quotes.
  var lastSentText: String { recent.lastSentText }

  // MARK: Endpoints and options

  func bind(_ endpoint: Endpoint) throws(ZMQError) -> String {
    // libzmq deletes what is at the path of a socket file, though another program listens there.
    if endpoint.transport == "ipc", !bindsDescriptor, SocketFile.isTaken(endpoint, in: runtime) {
      throw .addressInUse
    }
    if endpoint.transport == "norm", !DatagramPort.isFree(for: endpoint) { throw .addressInUse }
    try watch(endpoint)
    try askAuthenticator()
    try bindNow(endpoint.description)
    let resolved = try socket.lastEndpoint
    attach(.bind, endpoint, resolved: resolved)
    return resolved
  }

  /// Whether it binds with a descriptor that listens already.
  private var bindsDescriptor: Bool {
    guard case .integer(let descriptor)? = options.last(where: { $0.option.name == "use_fd" })?.value else {
      return false
    }
    return descriptor >= 0
  }

  /// Binds to where the socket was bound before it was opened again, a port that the system chose included.
  func bindAgain(_ attachment: Attachment) throws(ZMQError) {
    try watch(attachment.endpoint)
    try askAuthenticator()
    try bindNow(attachment.resolved)
    attach(.bind, attachment.endpoint, resolved: attachment.resolved)
  }

  /// Binds. Where a monitor listens, libzmq 4.3.4 spoils errno by telling of the failure: the event has the code.
  private func bindNow(_ endpoint: String) throws(ZMQError) {
    do {
      try socket.bind(endpoint)
    } catch {
      var code = error.code
      while let event = nextEvent() {
        untold.append(event)
        if event.event.kind == .bindFailed, let told = Int32(exactly: event.event.value), told != 0 {
          code = told
        }
      }
      throw ZMQError(code: code)
    }
  }

  /// Binds to an `inproc` endpoint that is no endpoint of the user's.
  func bindLocally(_ endpoint: String) throws(ZMQError) { try socket.bind(endpoint) }

  /// Frees such an endpoint at once. A close frees it a moment later, and a bind in that moment would fail.
  func unbindLocally(_ endpoint: String) {
    // What cannot be freed goes with the socket.
    try? socket.unbind(endpoint)
  }

  /// libzmq asks about a NULL peer only where there is a domain.
  private func askAuthenticator() throws(ZMQError) {
    guard runtime.isAsked, !hasMechanism, !hasZAPDomain,
      let option = SocketOption.named("zap_domain")
    else { return }
    try socket.set(option, to: .bytes(Array(Authenticator.defaultDomain.utf8)))
  }

  /// Whom the program did not let in last, into any of its sockets.
  var lastRefused: AuthVerdict? { runtime.authenticator.lastRefused }

  /// Whether a socket of the user's answers for ZAP, and not `auth`.
  var asksOtherHandler: Bool { runtime.hasOwnHandler }

  func connect(_ endpoint: Endpoint) throws(ZMQError) {
    if endpoint.transport == "norm", !DatagramPort.isFree(for: endpoint) { throw .addressInUse }
    try watch(endpoint)
    // Again, for a socket that was opened anew since it was given.
    if let nextPeerID, let option = SocketOption.named("connect_routing_id") {
      try socket.set(option, to: nextPeerID)
    }
    try socket.connect(endpoint.description)
    // libzmq keeps one connection of these types to an endpoint, however often it is asked.
    let isSingle = [.dealer, .pub, .req, .sub].contains(type) && endpoint.transport != "inproc"
    if isSingle, endpoints.contains(where: { $0.role == .connect && $0.resolved == endpoint.description }) {
      return
    }
    attach(.connect, endpoint, resolved: endpoint.description)
    endpoints[endpoints.count - 1].peerID = nextPeerID
    nextPeerID = nil
  }

  /// Connects to where the socket was connected before it was opened again, to a peer that has the same routing id.
  func connectAgain(_ attachment: Attachment) throws(ZMQError) {
    let next = nextPeerID
    defer { nextPeerID = next }
    nextPeerID = attachment.peerID
    try connect(attachment.endpoint)
  }

  /// Undoes a bind or connect.
  func detach(_ attachment: Attachment) throws(ZMQError) {
    switch attachment.role {
    case .bind: try release(attachment)
    case .connect:
      // libzmq would end the program: see waitsForProxy.
      if waitsForProxy { throw .again }
      try socket.disconnect(attachment.resolved)
    }
    let index = endpoints.firstIndex { $0.role == attachment.role && $0.resolved == attachment.resolved }
    if let index {
      formerLocalPeers += metCount(at: endpoints[index])
      forget(endpoints.remove(at: index))
    }
  }

  private func attach(_ role: Endpoint.Role, _ endpoint: Endpoint, resolved: String) {
    let me = EndpointRegistry.Peer(name: name, type: type, routingID: routingID ?? [])
    let token = runtime.endpoints.attach(role, resolved, me)
    let isFile = role == .bind && endpoint.transport == "ipc" && !endpoint.isAbstract
    let fileNumber = isFile ? SocketFile.number(endpoint.address) : nil
    endpoints.append(
      Attachment(
        role: role, endpoint: endpoint, resolved: resolved, token: token, since: me.since,
        sentBefore: sentCount, fileNumber: fileNumber))
  }

  private func forget(_ attachment: Attachment) {
    runtime.endpoints.detach(attachment.token, from: attachment.resolved)
  }

  func set(_ option: SocketOption, to value: OptionValue) throws(ZMQError) {
    // libzmq conflates what a PUB sends, and not what an XPUB does.
    if type == .pub, option.name == "conflate", endpoints.isEmpty {
      let fresh = try Self.open(.pub, conflates: value == .integer(1), in: runtime.context)
      for (option, value) in options { try fresh.set(option, to: value) }
      exchange(for: fresh)
    }
    try socket.set(option, to: value)
    // An empty one takes all of those back that are added to each other.
    if !option.accumulates || value == .bytes([]) { options.removeAll { $0.option.name == option.name } }
    options.append((option, value))
    if option.effect == .nextConnectOnly { nextPeerID = value }
  }

  func subscribe(_ prefix: [UInt8]) throws(ZMQError) {
    try Self.subscribe(socket, to: prefix, as: type)
    // What an XPUB takes by hand is its subscribers', who are gone when it is made again.
    if type != .xpub { subscriptions.append(prefix) }
  }

  func unsubscribe(_ prefix: [UInt8]) throws(ZMQError) {
    if type == .xsub {
      try socket.send([0] + prefix, wait: false)
    } else {
      try socket.unsubscribe(prefix)
    }
    if let index = subscriptions.firstIndex(of: prefix) { subscriptions.remove(at: index) }
  }

  /// An XSUB subscribes by a message: 1, then the prefix (RFC 29).
  private static func subscribe(_ socket: Socket, to prefix: [UInt8], as type: SocketType) throws(ZMQError) {
    if type == .xsub {
      try socket.send([1] + prefix, wait: false)
    } else {
      try socket.subscribe(prefix)
    }
  }

  /// Closes the socket and opens a new one in its place with the same options and subscriptions.
  /// The endpoints are the caller's to attach again: a port takes a moment to be free.
  ///
  /// - Returns: The attachments that the old socket had, and those that an earlier attempt could not make again.
  func reopen() throws(ZMQError) -> [Attachment] {
    let attachments = endpoints + missing
    missing = []
    let conflates = options.contains { $0.option.name == "conflate" && $0.value == .integer(1) }
    let fresh = try Self.open(type, conflates: conflates, in: runtime.context)
    // What counts for one connect alone is given with that one.
    for (option, value) in options where option.effect != .nextConnectOnly {
      try fresh.set(option, to: value)
    }
    for prefix in subscriptions { try Self.subscribe(fresh, to: prefix, as: type) }
    // What the old one still had to send would reach the peer out of turn.
    if let linger = SocketOption.named("linger") { try socket.set(linger, to: .integer(0)) }
    exchange(for: fresh)
    return attachments
  }

  /// Closes libzmq's socket and takes another one, of which nothing is known yet.
  private func exchange(for fresh: Socket) {
    close()
    socket = fresh
    routingIDs = RoutingIDs()
    connections = ConnectionTable(hasHandshake: type != .stream)
    soleSender = -1
    lastSender = -1
    streams = StreamConnections()
    handshakeBytes = [:]
    localCount = 0
    countWhenOpened = receivedCount
    formerLocalPeers = 0
    turn = SendingTurn()
    lostWhenWaited = nil
    topics = SubscriberTable()
    message.removeAll()
    lastAction = .none
  }

  /// Frees the endpoints, stops the monitor, then closes the socket: in another order libzmq can hang.
  func close() {
    for attachment in endpoints where attachment.role == .bind {
      // An endpoint that cannot be released goes with the socket.
      try? release(attachment)
    }
    monitor?.stop()
    monitor = nil
    for attachment in endpoints { forget(attachment) }
    let endsProcess = waitsForProxy
    endpoints = []
    if endsProcess { socket.abandon() } else { socket.close() }
  }

  /// Unbinds, and waits until the address is free: libzmq closes its listener a moment later, and a `bind` to the
  /// same port in that moment would fail.
  private func release(_ attachment: Attachment) throws(ZMQError) {
    try socket.unbind(attachment.resolved)
    // libzmq leaves the files whose names it did not choose.
    defer {
      if let number = attachment.fileNumber {
        SocketFile.remove(attachment.endpoint.address, number: number)
      }
    }
    guard let monitor else { return }
    let poller = Poller()
    poller.add(monitor)
    let patience = Instant.now + .milliseconds(500)
    while Instant.now < patience {
      while let event = nextEvent() {
        untold.append(event)
        if event.event.kind == .closed, event.event.endpoint == attachment.resolved { return }
      }
      // A signal ends a poll early and changes nothing here: this takes a fraction of a millisecond.
      _ = try? poller.wait(milliseconds: 100)
    }
  }

  /// Lets the calling thread use the socket from now on, after another one did.
  func moveToCurrentThread() {
    socket.moveToCurrentThread()
    monitor?.moveToCurrentThread()
  }

  // MARK: Peers

  /// Takes what the monitor and, on a PUB, the subscribers have told since the last call; of very much a part, so
  /// that a flood keeps nobody else waiting.
  func drain(_ tell: (MonitorEvent, ConnectionTable.Change?) -> Void) {
    for (event, change) in untold { tell(event, change) }
    untold.removeAll(keepingCapacity: true)
    var left = 1000  // a millisecond's work
    while left > 0, let event = nextEvent() {
      left -= 1
      tell(event.event, event.change)
    }
    if tellsTopics { takeSubscriptions(atMost: 10_000) }  // a tenth of a second's work
  }

  /// Takes what the subscribers of a PUB have asked for since the last call.
  private func takeSubscriptions(atMost count: Int = .max) {
    let subscription = Message()
    var left = count
    while left > 0, (try? socket.receive(into: subscription, wait: false)) != nil {
      left -= 1
      // The connection's own event came before, and must be seen before: its descriptor may have been another's.
      takeEvents()
      topics.note(subscription.bytes(0), from: subscription.sourceDescriptor)
    }
  }

  /// Takes what the monitor has told into what is known of the connections; ``drain(_:)`` passes it on.
  func takeEvents() {
    while let event = nextEvent() { untold.append(event) }
  }

  /// Takes the next event of the monitor into what is known of the connections.
  private func nextEvent() -> (event: MonitorEvent, change: ConnectionTable.Change?)? {
    guard let told = try? monitor?.next() else { return nil }
    let event = atOwnEndpoint(told)
    let change = connections.note(event, isSilence: event.kind == .disconnected && isSilence(event))
    if event.kind == .accepted || event.kind == .connected {
      log.begin(event.value)
      soleSender = -1
    }
    if event.kind == .disconnected, type == .stream, let id = log[event.value]?.routingID {
      routingIDs.leave(id)
    }
    if event.kind == .disconnected { topics.forget(event.value) }
    if type == .router, case .connected(let connection)? = change {
      handshakeBytes[connection.descriptor] = ReceivedBytes(through: connection.descriptor)?.count
    }
    // With the last one, all of it is gone.
    if event.kind == .disconnected, peerCount == 0 { topics = SubscriberTable() }
    return (event, change)
  }

  /// Whether the subscriptions of its peers can be seen: a PUB, unless it keeps the last message alone.
  var tellsTopics: Bool { type == .pub && socket.type == .xpub }

  /// Whether the peer whose request a REP received last has gone. Its descriptor may be another peer's by now, of whom
  /// nothing came yet.
  var askerIsGone: Bool {
    // libzmq itself asks whoever answers for ZAP.
    if lastSender < 0, endpoints.contains(where: { $0.resolved == Authenticator.endpoint }) { return false }
    if lastSender < 0 { return peerCount == 0 }
    return log[lastSender] == nil || !connections.all.contains { $0.descriptor == lastSender }
  }

  /// Whether nothing came through a connection that has ended. What a proxy passed on is not told apart.
  func wasSilent(_ connection: ConnectionTable.Connection) -> Bool {
    let isReused = connections.all.contains { $0.descriptor == connection.descriptor }
    return !isReused && log[connection.descriptor] == nil
      && (forwardedCount == 0 || receivedAt < connection.readySince ?? connection.since)
  }

  /// Whether it has an endpoint to connect to, where a peer may appear.
  var isConnectedSomewhere: Bool {
    endpoints.contains { $0.role == .connect && !connections.hasGivenUp($0.resolved) }
  }

  /// How many peers an `inproc` attachment has.
  func peerCount(at attachment: Attachment) -> Int {
    runtime.endpoints.peerCount(of: attachment.token, at: attachment.resolved)
  }

  /// The peers of an `inproc` attachment.
  func peers(at attachment: Attachment) -> [EndpointRegistry.Peer] {
    runtime.endpoints.peers(of: attachment.token, at: attachment.resolved)
  }

  func metCount(at attachment: Attachment) -> Int {
    attachment.isInproc ? runtime.endpoints.metCount(of: attachment.token, at: attachment.resolved) : 0
  }

  /// What came from the one `inproc` peer that there has been; nil where there were more, which nobody can tell apart.
  var localArrivals: (count: Int, lastAt: Instant)? {
    let met = endpoints.reduce(formerLocalPeers) { $0 + metCount(at: $1) }
    guard met == 1 else { return nil }
    return monitor == nil ? (receivedCount - countWhenOpened, receivedAt) : (localCount, localAt)
  }

  /// How many peers have gone, those over `inproc` included.
  var lostPeerCount: Int {
    endpoints.reduce(connections.lostCount) { count, attachment in
      attachment.isInproc ? count + metCount(at: attachment) - peerCount(at: attachment) : count
    }
  }

  /// The sockets of this program that are connected where this one is.
  func companions(at attachment: Attachment) -> [EndpointRegistry.Peer] {
    runtime.endpoints.companions(of: attachment.token, at: attachment.resolved)
  }

  /// How many peers are connected.
  var peerCount: Int {
    endpoints.reduce(connections.readyCount) { count, attachment in
      attachment.isInproc ? count + peerCount(at: attachment) : count
    }
  }

  /// The socket of this program that listens at an endpoint.
  func binder(of endpoint: Endpoint) -> EndpointRegistry.Peer? {
    runtime.endpoints.binder(of: endpoint.description)
  }

  /// What the peer at an endpoint says of itself; it is asked once for each trouble.
  func reading(of endpoint: Endpoint, since: Instant) -> PeerReading? {
    probe.reading(of: endpoint, address: connections.lastAddress(at: endpoint.description), since: since)
  }

  private func watch(_ endpoint: Endpoint) throws(ZMQError) {
    guard monitor == nil, ["tcp", "ipc", "tipc", "ws", "wss"].contains(endpoint.transport) else { return }
    monitor = try SocketMonitor(socket, in: runtime.context, events: Self.toldEvents)
    localCount = receivedCount - countWhenOpened
    localAt = receivedAt
  }

  /// All but the connections that could not be taken: where no descriptor is left, libzmq tells of them as fast as it can,
  /// without an end, and the memory fills. ``MemoryGuard`` tells that instead.
  private static let toldEvents = MonitorEvent.Kinds.all.subtracting(MonitorEvent.Kinds([.acceptFailed]))
}
