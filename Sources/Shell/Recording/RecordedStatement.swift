/// A statement as a recording holds it: text, with holes for what is decided only when the whole is written.
struct RecordedStatement {
  /// A part of a statement.
  enum Piece {
    case text([UInt8])
    /// A frame too long for a line: it goes to a file beside the script.
    case payload([UInt8])
    /// The word of an endpoint whose port this session has bound.
    case port(PortWord)

    static func text(_ text: String) -> Piece { .text(Array(text.utf8)) }
  }

  /// The parts of the statement; several lists where expectations were put together as `unordered`.
  private(set) var members: [[Piece]]
  /// The socket of an expectation whose place among its neighbours is chance, see ``join(_:)``.
  private(set) var unorderedSocket: String?
  /// The variables that it sets.
  fileprivate private(set) var names: Set<String> = []
  /// The variables of routing ids that it reads.
  fileprivate private(set) var readNames: Set<String> = []
  /// The task that it starts.
  var task: String?
  /// Whether the task is handed sockets that were there before.
  var servesSocket = false
  /// Whether it is one message: a number in it that looks like a port is none.
  var isMessage = false

  init(_ pieces: [Piece], unorderedSocket: String? = nil, names: Set<String> = [], reads: Set<String> = []) {
    members = [pieces]
    self.unorderedSocket = unorderedSocket
    self.names = names
    readNames = reads
  }

  init(_ text: String) { self.init([.text(text)]) }

  /// Takes an expectation that may as well have held before this one; false where that cannot be said.
  mutating func join(_ other: RecordedStatement) -> Bool {
    guard let unorderedSocket, unorderedSocket == other.unorderedSocket,
      // The patterns of an `unordered` are made before the first message comes.
      names.isDisjoint(with: other.readNames), names.isDisjoint(with: other.names)
    else { return false }
    members += other.members
    leavesMore = other.leavesMore
    names.formUnion(other.names)
    readNames.formUnion(other.readNames)
    return true
  }

  /// Whether another message was waiting when this one had been taken.
  var leavesMore = false

  /// All parts, in order.
  var pieces: [Piece] { members.flatMap { $0 } }

  /// The same with its texts changed.
  func mappingTexts(_ change: ([UInt8]) -> [UInt8]) -> RecordedStatement {
    var copy = self
    copy.members = members.map { member in
      member.map { piece in if case .text(let text) = piece { .text(change(text)) } else { piece } }
    }
    return copy
  }
}

extension [RecordedStatement] {
  /// Puts an expectation together with the one that it may as well have held before; false where there is none.
  ///
  /// That is the last statement, or where its message was there already, the one that took the message before it:
  /// what was sent in between did not cause it.
  mutating func join(_ statement: RecordedStatement) -> Bool {
    guard let socket = statement.unorderedSocket else { return false }
    var index = count - 1
    while index >= 0 {
      if self[index].unorderedSocket == socket {
        return (index == count - 1 || self[index].leavesMore) && self[index].join(statement)
      }
      guard self[index].isMessage, self[index].isIndependent(of: statement) else { return false }
      index -= 1
    }
    return false
  }
}

extension RecordedStatement {
  /// Whether another one can stand before it as well as after it.
  fileprivate func isIndependent(of other: RecordedStatement) -> Bool {
    names.isDisjoint(with: other.readNames) && names.isDisjoint(with: other.names)
  }
}

/// The word of an endpoint at a port that the session itself has bound.
struct PortWord {
  /// What the word is for.
  enum Role { case bind, peer }
  let role: Role
  let number: Int
  /// Whether the system chose the port.
  let isChosen: Bool
  /// The word where the port may be another one in each replay: `:0`, `$server.port`.
  let portable: String
  /// The word with the port as it was.
  let literal: String
}
