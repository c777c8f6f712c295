import Testing

@testable import Reports

@Suite struct BoundedLogTests {
  @Test("the first and the last are kept, and the others counted", arguments: 0...20)
  func theFirstAndTheLastAreKept(_ count: Int) {
    var log = BoundedLog<Int>(first: 3, last: 4)
    var gone: [Int] = []
    for number in 0..<count { if let left = log.append(number) { gone.append(left) } }
    #expect(log.first == Array((0..<count).prefix(3)))
    #expect(log.last == Array((0..<count).dropFirst(3).suffix(4)))
    #expect(gone == Array((0..<count).dropFirst(3).dropLast(4)))
    #expect(log.omitted == gone.count)
    #expect(log.count == count)
    let texts = log.compactMap { "\($0)" }
    #expect(texts.first == log.first.map(String.init) && texts.last == log.last.map(String.init))
    #expect(texts.omitted == log.omitted && texts.count == count)
  }

  @Test func `What comes after the last were forgotten is kept in order`() {
    var log = BoundedLog<Int>(first: 1, last: 2)
    for number in 0..<6 { log.append(number) }
    log.forgetLast()
    #expect(log.omitted == 0 && log.last.isEmpty)
    for number in 6..<9 { log.append(number) }
    #expect(log.last == [7, 8] && log.omitted == 1)
  }

  @Test("captured output keeps its beginning and its end", arguments: [1, 1000, 65_536, 70_000, 400_000])
  func capturedOutputKeepsBothEnds(_ size: Int) {
    var output = CapturedOutput()
    var written = 0
    while written < size {
      let part = min(999, size - written)
      output.append([UInt8](repeating: UInt8(ascii: "x"), count: part))
      written += part
    }
    output.append(Array("end".utf8))
    #expect(output.count == size + 3)
    #expect(output.text.hasPrefix("x") && output.text.hasSuffix("end"))
    #expect(output.text.utf8.count < 4 * 65_536 + 100)
    #expect((output.omitted > 0) == output.text.contains("bytes are left out"))
  }
}
