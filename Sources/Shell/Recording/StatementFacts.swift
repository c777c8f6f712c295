import Script
import ZeroMQ

/// What happened while a statement ran.
struct StatementFacts {
  /// A message that went or came.
  struct Transfer {
    enum Direction { case sent, received }
    let direction: Direction
    let socket: String
    let frames: [[UInt8]]
  }

  /// The messages, in order, up to ``most``.
  private(set) var transfers: [Transfer] = []
  /// The indexes of what was received, by the place of the statement that received it.
  private var sites: [Int: [Int]] = [:]
  /// Where sockets were bound, as libzmq resolved it.
  private(set) var bound: [(socket: String, endpoint: String)] = []
  /// Where sockets were connected.
  private(set) var connected: [(socket: String, endpoint: String)] = []
  /// Whether messages went that are not kept.
  private(set) var isTruncated = false
  /// How it failed.
  var failure: Failure?
  /// How long it took.
  var elapsed = Duration.zero

  private var site: Int?
  private var byteCount = 0

  /// How many messages of a statement are kept; a loop that sends millions is not written out.
  private static let most = 200
  /// How many bytes of them.
  private static let mostBytes = 4 << 20

  /// Takes what a session tells while the statement runs.
  ///
  /// - Returns: Whether more is wanted.
  mutating func note(_ event: Event, in text: SourceFile) -> Bool {
    switch event {
    case .statement(let place): site = text.isSame(as: place.source) ? place.span.start : nil
    case .sent(let socket, let frames, _): keep(Transfer(direction: .sent, socket: socket, frames: frames))
    case .received(let socket, let frames):
      keep(Transfer(direction: .received, socket: socket, frames: frames))
    case .bound(let socket, let endpoint): bound.append((socket, endpoint))
    case .connecting(let socket, let endpoint): connected.append((socket, endpoint))
    default: break
    }
    return !isTruncated
  }

  private mutating func keep(_ transfer: Transfer) {
    byteCount += transfer.frames.reduce(0) { $0 + $1.count }
    // One message is kept whatever its size: it is what the statement is about.
    guard transfers.isEmpty || transfers.count < Self.most && byteCount <= Self.mostBytes else {
      isTruncated = true
      return
    }
    if transfer.direction == .received, let site { sites[site, default: []].append(transfers.count) }
    transfers.append(transfer)
  }

  /// The messages that the command within a span received.
  func received(in span: Span) -> [Transfer] {
    sites.filter { span.start <= $0.key && $0.key < span.end }.sorted { $0.key < $1.key }
      .flatMap { $0.value.map { transfers[$0] } }
  }
}

extension SourceFile {
  /// Whether another one is this text. That of an alias is made once more for the journal.
  fileprivate func isSame(as other: SourceFile) -> Bool {
    self === other || (isAlias && other.isAlias && name == other.name && bytes == other.bytes)
  }
}
