import Script

/// Which ports of a recording may be others in each replay.
///
/// The rule: a port is free to change where one statement binds it, every use of it is a `connect` of the same
/// recording, and nobody else connected to it. What a peer outside knows must stay as it was.
struct PortPlan: Equatable {
  private let portable: Set<Int>

  /// - Parameter outside: The ports to which peers connected that are not this session's.
  init(_ statements: [RecordedStatement], outside: Set<Int>) {
    var binds: [Int: Int] = [:]
    var isChosen: Set<Int> = []
    var hasPeers: Set<Int> = []
    var texts: [[UInt8]] = []
    for statement in statements {
      for piece in statement.pieces {
        switch piece {
        case .port(let word):
          if word.isChosen { isChosen.insert(word.number) }
          switch word.role {
          case .bind: binds[word.number, default: 0] += 1
          case .peer: hasPeers.insert(word.number)
          }
        case .text(let text) where !statement.isMessage: texts.append(text)
        case .text, .payload: break
        }
      }
    }
    portable = Set(
      binds.keys.filter { port in
        binds[port] == 1 && !outside.contains(port) && (isChosen.contains(port) || hasPeers.contains(port))
          && !texts.contains { Self.names(port, $0) }
      })
  }

  /// The word of an endpoint as it is to be written.
  func text(of word: PortWord) -> String { portable.contains(word.number) ? word.portable : word.literal }

  /// Whether a text has the port in it, as a number of its own.
  private static func names(_ port: Int, _ text: [UInt8]) -> Bool {
    let digits = Array(String(port).utf8)
    guard text.count >= digits.count else { return false }
    func isDigit(_ index: Int) -> Bool { text.indices.contains(index) && (0x30...0x39).contains(text[index]) }
    return (0...(text.count - digits.count)).contains { start in
      text[start...].starts(with: digits) && !isDigit(start - 1) && !isDigit(start + digits.count)
    }
  }
}
