import Payload
import Script

/// A message received.
extension StatementWriter {
  /// `recv` and `expect`, with or without a `within` before it.
  mutating func writeReception(_ statement: Statement, _ core: Statement, _ shape: CommandShape)
    -> [RecordedStatement]
  {
    let received = facts.received(in: core.span).last
    let words = Span(shape.head.span.start, core.span.end)
    for redirected in statement.all {
      if case .redirected(let inner, _) = redirected.kind {
        edits.replace(Span(inner.span.end, redirected.span.end), by: [])
      }
    }
    removeTime(statement)
    switch facts.failure?.kind {
    case nil, .mismatch:
      guard let received else {
        // It expected nothing, and nothing came.
        return facts.failure == nil ? [RecordedStatement(edits.pieces(of: statement.span))] : []
      }
      let isTyped = shape.name == "expect" && facts.failure == nil
      var reads: Set<String> = []
      var names = shape.keptNames
      if !isTyped {
        let pattern = pattern(of: [received], reads: &reads, names: &names)
        let kept = names.isEmpty ? [] : [RecordedStatement.Piece.text(" as " + names.joined(separator: " "))]
        edits.replace(words, by: [.text("expect ")] + pattern + kept)
      } else {
        nameKnownPeers(shape, reads: &reads)
      }
      hold(received, in: names)
      let isPlain = core.span == statement.span
      let nature = socket(received.socket)
      return [
        RecordedStatement(
          patience(statement, core) + edits.pieces(of: statement.span),
          unorderedSocket: isPlain && nature?.isUnordered == true ? received.socket : nil,
          names: Set(names), reads: reads)
      ]
    case .timeout:
      edits.replace(words, by: [.text("expect nothing")])
      return [RecordedStatement(edits.pieces(of: statement.span))]
    case .zmq(let error):
      return [RecordedStatement([.text("fails \(error.name) ")] + edits.pieces(of: statement.span))]
    default: return []
    }
  }

  /// The patterns of the frames that came, once or several times.
  ///
  /// - Parameter names: The variables that keep the message; one is made where the peer's id must be kept.
  mutating func pattern(
    of received: [StatementFacts.Transfer], reads: inout Set<String>, names: inout [String]
  ) -> [RecordedStatement.Piece] {
    let counts = received.map(\.frames.count)
    let common = counts.min() ?? 0
    var pieces: [RecordedStatement.Piece] = []
    let passwords = received.compactMap { ZAPMessage.passwordFrame(in: $0.frames) }
    for index in 0..<common {
      if index > 0 { pieces.append(.text(" ")) }
      let frames = received.map { $0.frames[index] }
      // A password is not known here: any will do in a replay.
      if passwords.contains(index) {
        pieces.append(.text("_"))
        continue
      }
      if index == 0, socket(received[0].socket)?.namesPeers == true,
        frames.contains(where: PeerNames.isRandom)
      {
        pieces.append(peerPattern(frames, reads: &reads, names: &names))
      } else if let word = PatternProposal.word(for: frames) {
        pieces.append(.text(word))
      } else {
        pieces.append(known(frames[0], reads: &reads) ?? FrameWords.piece(frames[0]))
      }
    }
    if counts.contains(where: { $0 > common }) { pieces.append(.text(common > 0 ? " ..." : "...")) }
    return pieces
  }

  mutating func peerPattern(_ ids: [[UInt8]], reads: inout Set<String>, names: inout [String])
    -> RecordedStatement.Piece
  {
    guard ids.allSatisfy({ $0 == ids[0] }) else { return .text("_") }
    if let known = known(ids[0], reads: &reads) { return known }
    if names.isEmpty, ids.count == 1 { names = [peers.freshName(besides: isNameTaken)] }
    return .text("_")
  }

  func known(_ id: [UInt8], reads: inout Set<String>) -> RecordedStatement.Piece? {
    guard PeerNames.isRandom(id), let (text, name) = peers.text(of: id) else { return nil }
    reads.insert(name)
    return .text(text)
  }

  /// Notes which variable has the peer's id now.
  mutating func hold(_ received: StatementFacts.Transfer, in names: [String]) {
    peers.forget(Set(names))
    guard let id = received.frames.first, PeerNames.isRandom(id), socket(received.socket)?.namesPeers == true,
      let name = names.first, name != "_", peers.text(of: id) == nil
    else { return }
    peers.hold(id, in: name, text: names.count == 1 ? "$\(name)[0]" : "$\(name)")
  }

  /// A wait that took long at the prompt, where it has no limit, has one in a script.
  func patience(_ statement: Statement, _ core: Statement) -> [RecordedStatement.Piece] {
    guard core.span == statement.span, facts.elapsed > .milliseconds(1500) else { return [] }
    let seconds = facts.elapsed.components.seconds + 1
    return [.text("within \(max(30, (seconds * 4 + 9) / 10 * 10))s ")]
  }
}
