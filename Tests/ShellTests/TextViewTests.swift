import Script
@testable import Shell
import TestSupport
import Testing
import ZeroMQ

/// The law of the text view, against the parser that reads what it shows: the same bytes come back.
@Suite struct TextViewTests {
  /// The frames that `send` makes of words, or nil where they are not one statement of plain words.
  private func frames(_ words: String, in form: (String) -> String = { "send \($0)" }) -> [[UInt8]]? {
    let parsed = Parser.parse(SourceFile(name: "test", text: form(words)))
    guard parsed.diagnostics.isEmpty else { return nil }
    var block = parsed.block
    while block.statements.count == 1 {
      switch block.statements[0].kind {
      case .repeat(_, _, let body), .loop(let body): block = body
      case .command(let words): return words.dropFirst().compactMap(\.literal)
      default: return nil
      }
    }
    return nil
  }

  private func frame(_ random: inout SplitMix) -> [UInt8] {
    let texts = [
      "", "as", "nothing", "_", "...", "..", ">", ">>", "|", "json:1", "hex:00", "linger=0", "$x", "${x}",
      "#1",
      "it's", "'", "\"", "\\", "{", "}", "[", "]", "{}", ";", "a;b", "a b", " ", "\t", "\n", "\r\n", "-",
      "--",
      "~", "!", "&&", "||", "(", ")", "()", "*", "?", "%", "@", "^", "1..9", "250ms", "true", "else", "if",
      "Grüße", "日本", "👩‍👩‍👧", "e\u{301}", "\u{202e}evil", "\u{feff}", "\u{a0}", "\u{2028}", "\u{85}", "\u{7f}",
      "\u{1b}[2J", "\0", "\u{10ffff}", "a\\", "\\n", "$", "$$", "a$", "x=", "=", ":", "a:'b'", "@name", "#",
      "a#b",
    ]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Array((texts.randomElement(using: &random) ?? "").utf8)
    case 1:
      return Array((0..<3).map { _ in texts.randomElement(using: &random) ?? "" }.joined().utf8)
    case 2:
      return (0..<Int.random(in: 0..<12, using: &random)).map { _ in .random(in: 0x20..<0x7f, using: &random)
      }
    default:
      return (0..<Int.random(in: 0..<12, using: &random)).map { _ in .random(in: 0...255, using: &random) }
    }
  }

  @Test func `what is shown can be typed back, in any number of frames`() {
    var random = SplitMix(seed: 6)
    for _ in 0..<20_000 {
      let message = (0..<Int.random(in: 1..<5, using: &random)).map { _ in frame(&random) }
      let shown = Message.shownText(of: message)
      #expect(frames(shown) == message, "\(shown)")
    }
  }

  @Test func `what is shown can be typed back in a block`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<5000 {
      let message = [frame(&random), frame(&random)]
      let shown = Message.shownText(of: message)
      #expect(frames(shown) { "repeat 2 { send \($0) }" } == message, "\(shown)")
      #expect(frames(shown) { "loop {\nsend \($0)\n}" } == message, "\(shown)")
    }
  }

  @Test func `every byte and every pair of bytes comes back`() {
    for first in UInt8.min ... .max {
      #expect(frames(Message.shownText(of: [[first]])) == [[first]])
      for second in UInt8.min ... .max {
        let shown = Message.shownText(of: [[first, second]])
        guard frames(shown) == [[first, second]] else {
          Issue.record("\(first) \(second) are shown as \(shown)")
          return
        }
      }
    }
  }

  @Test func `nothing that is shown drives a terminal`() {
    var random = SplitMix(seed: 8)
    for _ in 0..<20_000 {
      let shown = Message.shownText(of: [frame(&random)])
      for scalar in shown.unicodeScalars {
        let category = scalar.properties.generalCategory
        #expect(
          ![.control, .format, .lineSeparator, .paragraphSeparator, .surrogate].contains(category), "\(shown)"
        )
      }
    }
  }

  @Test func `what is shown is expected as it was received`() throws {
    var random = SplitMix(seed: 9)
    let shell = try TestShell()
    shell.run("bind pair inproc://a as one; connect pair inproc://a as two")
    for _ in 0..<500 {
      let shown = Message.shownText(of: [frame(&random), frame(&random)])
      #expect(shell.run("one send \(shown)\ntwo expect \(shown)") == .completed, "\(shown)")
    }
    #expect(shell.listener.take().map(\.message) == [])
  }
}
