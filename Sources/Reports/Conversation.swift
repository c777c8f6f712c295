/// The messages of a script between its sockets: who sent what to whom, in rows from top to bottom.
///
/// A message that a socket sent is found again where another socket of the same script received it, if both share an
/// endpoint. What is not found went to, or came from, a peer outside of the script.
struct Conversation {
  /// One line of the diagram.
  struct Row {
    enum Kind {
      /// From lane to lane, or back to the row of this number: where it arrived later.
      case message(from: Int, to: Int, arrival: Int?)
      /// The other end of a message that was sent in an earlier row.
      case arrival
      /// Where it came from is told once all is known.
      case unclear(to: Int)
      /// Nobody of the script received it.
      case unheard(from: Int)
      /// An expectation that did not hold.
      case mismatch(lane: Int)
      case failure
      case phase
      case note(lane: Int?)
      case omitted
    }

    var kind: Kind
    let text: String
    /// All of it, where the text is shortened.
    let whole: String
    /// The statement that it happened in, where it is the first of that statement.
    fileprivate(set) var statement: String?
    let time: Duration
    /// Whether it is the message that an expectation did not hold for.
    var isWrong = false
  }

  private var table = ConversationLanes()
  private(set) var rows: [Row] = []
  private var statements: [String: String] = [:]
  /// Messages that wait to be found where they were received.
  private var pending: [(row: Int, lane: Int, frames: [String], isCopied: Bool)] = []
  /// Messages that came before it was told that they were sent: a task may be faster than the telling.
  private var early: [(row: Int, lane: Int, frames: [String])] = []
  private var lastReceived: [Int: Int] = [:]

  /// How many messages are looked back at for the sender of one that came.
  private static let mostPending = 200

  /// - Parameter most: How many rows are kept: some from the beginning, more from the end.
  init(_ events: BoundedLog<EventRecord>, most: Int) {
    for record in events.first { add(record) }
    if events.omitted > 0 { addRow(.omitted, "… \(events.omitted) events are left out …", at: .zero) }
    for record in events.last { add(record) }
    for index in rows.indices {
      if case .unclear(let lane) = rows[index].kind {
        rows[index].kind = .message(from: table.laneOfPeers(), to: lane, arrival: nil)
      }
    }
    shorten(to: most)
  }

  /// The sockets, and the peers where there are any.
  var lanes: [ConversationLanes.Lane] { table.all }

  /// How many messages there are.
  var messageCount: Int {
    rows.count { row in
      switch row.kind {
      case .message, .unheard, .unclear: true
      default: false
      }
    }
  }

  private mutating func add(_ record: EventRecord) {
    let time = record.time
    switch record.fact {
    case .statement(_, let line, let text):
      statements[record.task ?? ""] = "\(line)  " + (record.task.map { "\($0): " } ?? "") + text
    case .opened(let socket, let type):
      table.open(table.lane(of: socket, record.task), as: type)
    case .closed(let socket): table.close(table.lane(of: socket, record.task), at: rows.count)
    case .bound(let socket, let endpoint): attach(socket, endpoint, "bound to", record)
    case .connecting(let socket, let endpoint): attach(socket, endpoint, "connects to", record)
    case .connection(let socket, let event, let endpoint):
      if Self.isTrouble(event) {
        addRow(.note(lane: table.lane(of: socket, record.task)), "\(event) \(endpoint)", at: time)
      }
    case .sent(let socket, let frames, _): addSent(table.lane(of: socket, record.task), frames, record)
    case .received(let socket, let frames, _):
      addReceived(table.lane(of: socket, record.task), frames, record)
    case .expected(let socket, let pattern, let holds):
      if holds { return }
      let lane = table.lane(of: socket, record.task)
      if let row = lastReceived[lane], row == rows.count - 1 { rows[row].isWrong = true }
      addRow(.mismatch(lane: lane), "expected \(pattern)", at: time, task: record.task)
    case .phase(let name): addRow(.phase, name, at: time)
    case .failed(let finding):
      let place = finding.file == nil ? "" : "line \(finding.line): "
      addRow(.failure, "\(place)\(finding.message)", at: time, task: record.task)
    case .omitted(let count): addRow(.omitted, "… \(count) events are left out …", at: time)
    default: break
    }
  }

  private mutating func attach(_ socket: String, _ endpoint: String, _ verb: String, _ record: EventRecord) {
    let lane = table.lane(of: socket, record.task)
    table.attach(lane, to: endpoint)
    addRow(.note(lane: lane), "\(verb) \(endpoint)", at: record.time, task: record.task)
  }

  private mutating func addSent(_ lane: Int, _ frames: [String], _ record: EventRecord) {
    let isCopied = ["pub", "xpub"].contains(table[lane].type ?? "")
    let found = early.firstIndex { came in
      came.lane != lane && rows.count - came.row <= Self.mostSlanted && table.sharesEndpoint(came.lane, lane)
        && Self.isSame(frames, came.frames)
    }
    if let found {
      let row = early.remove(at: found)
      rows[row.row].kind = .message(from: lane, to: row.lane, arrival: nil)
      if rows[row.row].statement == nil {
        rows[row.row].statement = statements.removeValue(forKey: record.task ?? "")
      }
      if isCopied { pending.append((row.row, lane, frames, true)) }
      return
    }
    addRow(.unheard(from: lane), Self.text(frames), at: record.time, task: record.task)
    // Another socket of the script may hear it; if none shares an endpoint, only a peer outside can.
    if table.hasPeer(lane) {
      pending.append((rows.count - 1, lane, frames, isCopied))
      if pending.count > Self.mostPending { pending.removeFirst() }
    } else {
      rows[rows.count - 1].kind = .message(from: lane, to: table.laneOfPeers(), arrival: nil)
    }
  }

  private mutating func addReceived(_ lane: Int, _ frames: [String], _ record: EventRecord) {
    let found = pending.firstIndex { sent in
      sent.lane != lane && table.sharesEndpoint(sent.lane, lane) && Self.isSame(sent.frames, frames)
    }
    guard let found else {
      addRow(.unclear(to: lane), Self.text(frames), at: record.time, task: record.task)
      lastReceived[lane] = rows.count - 1
      early.append((rows.count - 1, lane, frames))
      if early.count > Self.mostSlanted { early.removeFirst() }
      return
    }
    let sent = pending[found]
    if !sent.isCopied { pending.remove(at: found) }
    let hasArrived: Bool
    if case .unheard = rows[sent.row].kind { hasArrived = false } else { hasArrived = true }
    if sent.row == rows.count - 1, !hasArrived {
      rows[sent.row].kind = .message(from: sent.lane, to: lane, arrival: nil)
      lastReceived[lane] = sent.row
    } else if hasArrived || rows.count - sent.row > Self.mostSlanted {
      // Another copy, or so far away that a line between them would say nothing.
      if !hasArrived { rows[sent.row].kind = .message(from: sent.lane, to: sent.lane, arrival: nil) }
      addRow(
        .message(from: sent.lane, to: lane, arrival: nil), Self.text(frames), at: record.time,
        task: record.task)
      lastReceived[lane] = rows.count - 1
    } else {
      addRow(.arrival, Self.text(frames), at: record.time, task: record.task)
      rows[sent.row].kind = .message(from: sent.lane, to: lane, arrival: rows.count - 1)
      lastReceived[lane] = rows.count - 1
    }
  }

  /// Over how many rows a message is drawn as one line.
  private static let mostSlanted = 8

  private mutating func addRow(_ kind: Row.Kind, _ text: String, at time: Duration, task: String? = nil) {
    let statement = statements.removeValue(forKey: task ?? "")
    rows.append(Row(kind: kind, text: Self.shortened(text), whole: text, statement: statement, time: time))
  }

  // MARK: Texts

  /// Whether a message is the one that was sent: a ROUTER takes the first frame away or puts one before.
  private static func isSame(_ sent: [String], _ received: [String]) -> Bool {
    if sent == received { return true }
    let (longer, shorter) = sent.count > received.count ? (sent, received) : (received, sent)
    let gone = longer.count - shorter.count
    return gone > 0 && gone <= 2 && !shorter.isEmpty && Array(longer.suffix(shorter.count)) == shorter
  }

  /// What a monitor tells that explains why a conversation fails.
  private static func isTrouble(_ event: String) -> Bool {
    event.hasPrefix("disconnected") || event.contains("failed")
  }

  private static func text(_ frames: [String]) -> String { frames.joined(separator: " ") }

  /// How many characters of a text a row shows.
  private static let mostShown = 120

  private static func shortened(_ text: String) -> String {
    text.count > mostShown ? "\(text.prefix(mostShown - 1))…" : text
  }

  /// Leaves out rows between the beginning and the end.
  private mutating func shorten(to most: Int) {
    guard rows.count > most else { return }
    let head = most / 4
    let tail = rows.count - (most - head)
    var kept = Array(rows[..<head])
    kept.append(
      Row(
        kind: .omitted, text: "… \(tail - head) rows are left out …", whole: "", statement: nil,
        time: rows[head].time))
    kept += rows[tail...]
    let moved = tail - head - 1
    func place(_ row: Int) -> Int? { row < head ? row : row < tail ? nil : row - moved }
    for index in kept.indices {
      guard case .message(let from, let to, let arrival?) = kept[index].kind else { continue }
      kept[index].kind = .message(from: from, to: to, arrival: place(arrival))
    }
    rows = kept
    table.move { place($0) ?? head }
  }
}
