import Testing

@testable import Terminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct KeyReaderTests {
  /// Everything that a reader makes of these bytes, when the other end is closed after them.
  private func readAll(_ bytes: [UInt8]) -> [KeyReader.Reading] {
    withReader { reader, end in
      send(bytes, to: end)
      close(end)
      var result: [KeyReader.Reading] = []
      repeat { result.append(reader.read()) } while result.last != .gone && result.count <= bytes.count
      return result
    }
  }

  private func withReader<Result>(_ body: (inout KeyReader, Int32) -> Result) -> Result {
    var descriptors: [Int32] = [0, 0]
    #expect(pipe(&descriptors) == 0)
    defer { close(descriptors[0]) }
    var reader = KeyReader(fileDescriptor: descriptors[0])
    return body(&reader, descriptors[1])
  }

  private func send(_ bytes: [UInt8], to descriptor: Int32) {
    #expect(bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
  }

  @Test func `each character is read whole`() {
    let text = "aé日🎉\u{1B}\u{7F}"
    #expect(readAll(Array(text.utf8)) == text.unicodeScalars.map { .scalar($0) } + [.gone])
  }

  @Test(
    arguments: [
      ([0xFF, 0x61], "\u{FFFD}a"), ([0xE9, 0x61], "\u{FFFD}a"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
      ([0xE2, 0x82, 0x61], "\u{FFFD}a"), ([0xED, 0xA0, 0x80], "\u{FFFD}"),
      ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}"),
      ([0xC3], "\u{FFFD}"),
    ] as [([UInt8], String)])
  func `what is no UTF-8 is replaced`(_ bytes: [UInt8], _ text: String) {
    #expect(readAll(bytes) == text.unicodeScalars.map { .scalar($0) } + [.gone])
  }

  @Test func `half a character is not waited for`() {
    withReader { reader, end in
      send([0xE2, 0x82], to: end)
      #expect(reader.read() == .scalar("\u{FFFD}"))
      close(end)
    }
  }

  @Test func `random bytes never hang and never run on`() {
    for _ in 0..<200 {
      let bytes = (0..<64).map { _ in UInt8.random(in: .min ... .max) }
      #expect(readAll(bytes).last == .gone)
    }
  }

  @Test func `a sequence is taken whole or not at all`() {
    withReader { reader, end in
      send(Array("[200x".utf8), to: end)
      let isTakenEarly = reader.take(Array("[200~".utf8))
      #expect(!isTakenEarly)
      #expect("[200x".unicodeScalars.allSatisfy { reader.read() == .scalar($0) })
      send(Array("[200~a".utf8), to: end)
      let isTaken = reader.take(Array("[200~".utf8))
      #expect(isTaken)
      #expect(reader.read() == .scalar("a"))
      close(end)
    }
  }

  @Test func `a mark is found across reads`() {
    withReader { reader, end in
      var offset = 0
      let mark = Array("\u{1B}[201~".utf8)
      send(Array("one\u{1B}[20".utf8), to: end)
      _ = reader.readMore()
      #expect(reader.takeBytes(before: mark, searchingFrom: &offset) == nil)
      send(Array("1~rest".utf8), to: end)
      _ = reader.readMore()
      #expect(reader.takeBytes(before: mark, searchingFrom: &offset) == Array("one".utf8))
      #expect(reader.read() == .scalar("r"))
      close(end)
    }
  }

  @Test func `a terminal without an input yet is asked again`() {
    withReader { reader, end in
      var descriptors: [Int32] = [0, 0]
      #expect(pipe(&descriptors) == 0)
      _ = fcntl(descriptors[0], F_SETFL, O_NONBLOCK)
      reader = KeyReader(fileDescriptor: descriptors[0])
      #expect(reader.read() == .nothing)
      for descriptor in descriptors + [end] { close(descriptor) }
    }
  }

  @Test func `a paste brings no control characters and no newline at its end`() {
    func cleaned(_ text: String) -> String {
      var result = ""
      result.unicodeScalars += LineEditor.cleaned(Array(text.utf8))
      return result
    }
    #expect(cleaned("a\r\nb\rc\nd\r\n") == "a\nb\nc\nd")
    #expect(cleaned("x\u{1B}[31m\u{3}\ty\0\u{9E}\u{7F}\u{1B}]0;title\u{7}z") == "x\tyz")
    #expect(cleaned("a\n\nb") == "a\n\nb")
    #expect(cleaned("\n") == "")
  }
}
