import Payload
import Script
import Testing

@testable import Shell

@Suite("A recording's words")
struct RecordingTests {
  private func text(_ frame: [UInt8]) -> String? {
    guard case .text(let bytes) = FrameWords.piece(frame) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("A frame's word is its very bytes", arguments: 0..<400)
  func roundTrip(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabets: [[UInt8]] = [
      Array(0...255), Array("ab _.,'\"$\\{}[]:#;|>=-\n\t".utf8), Array("\u{00E4}\u{202E}\u{1F600}x ".utf8),
    ]
    let alphabet = alphabets[next(3)]
    let frame = (0..<next(60)).map { _ in alphabet[next(alphabet.count)] }
    let word = try #require(text(frame))
    let parsed = Parser.parse(SourceFile(name: "", text: "x expect \(word)"))
    #expect(parsed.diagnostics.isEmpty)
    guard case .command(let words) = parsed.block.statements.first?.kind else {
      Issue.record("no command")
      return
    }
    try #require(words.count == 3)
    let literal = try #require(words[2].literal)
    if let (encoding, start) = Encoding.prefix(of: literal, bareCount: words[2].bareCount) {
      #expect(try encoding.frame(Array(literal[start...])) == frame)
    } else {
      #expect(literal == frame)
      #expect(words[2].bareText != "_" && words[2].bareText != "..." && words[2].bareText != "nothing")
    }
  }

  @Test("Long frames go to a file")
  func long() {
    #expect(text([UInt8](repeating: 0x41, count: 512)) != nil)
    #expect(text([UInt8](repeating: 0x41, count: 513)) == nil)
    #expect(text([UInt8](repeating: 0, count: 65)) == nil)
  }

  private func port(_ role: PortWord.Role, _ number: Int) -> RecordedStatement {
    RecordedStatement([
      .port(PortWord(role: role, number: number, isChosen: false, portable: "p", literal: "\(number)"))
    ])
  }

  @Test("A port is portable where all its uses are the recording's")
  func ports() {
    func text(_ statements: [RecordedStatement], outside: Set<Int> = []) -> String {
      PortPlan(statements, outside: outside).text(
        of: PortWord(role: .peer, number: 5546, isChosen: false, portable: "p", literal: "5546"))
    }
    let pair = [port(.bind, 5546), port(.peer, 5546)]
    #expect(text(pair) == "p")
    #expect(text(pair, outside: [5546]) == "5546")
    #expect(text([port(.bind, 5546)]) == "5546")
    #expect(text([port(.peer, 5546)]) == "5546")
    #expect(text(pair + [port(.bind, 5546)]) == "5546")
    #expect(text(pair + [RecordedStatement("let p = 5546")]) == "5546")
    #expect(text(pair + [RecordedStatement("let p = 15546")]) == "p")
  }

  @Test("An expectation does not join those that make a variable which it reads")
  func unordered() {
    var first = RecordedStatement([.text("a expect _")], unorderedSocket: "a", names: ["request"])
    func joins(_ other: RecordedStatement) -> Bool { first.join(other) }
    #expect(
      !joins(RecordedStatement([.text("a expect $request[0]")], unorderedSocket: "a", reads: ["request"])))
    #expect(!joins(RecordedStatement([.text("b expect x")], unorderedSocket: "b")))
    #expect(!joins(RecordedStatement("a send x")))
    #expect(joins(RecordedStatement([.text("a expect x")], unorderedSocket: "a")))
    #expect(first.members.count == 2)
  }
}
