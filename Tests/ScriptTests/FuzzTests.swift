import Foundation
import Script
import TestSupport
import Testing

/// No input makes the parser crash or hang, and what it says always has a place in the text.
@Suite struct FuzzTests {
  private static let tokens = [
    "let", "repeat", "every", "within", "fails", "if", "else", "while", "loop", "for", "in", "break", "task",
    "retry", "time", "def", "return", "try", "catch", "assert", "serve", "unordered", "echo", " | ", " > ",
    " >> ",
    "x", "$x", "$", "${", "}", "{", "[", "]", "(", ")", "'", "\"", "\\", "\n", "\r\n", ";", "#", " ", "  ",
    "=", "==", "!=", "<", "&&", "||", "|", "!", "-", "+", "*", "/", "%", "..", ".", ",", ":", ":-", "1", "1s",
    "0x", "99999999999999999999", "1.5", "64KiB", "true", "len(", "json:'", "a=\"", "\u{0}", "é", "\u{202E}",
    "\t",
    "${1:-", "$x[", "$env.", "\\x4", "\\u{", "@", "EFSM", "send",
  ]

  private static let scripts = [
    "repeat 3 { send \"a $x ${i + 1}\"; recv }\nif $x == 1 { a } else if $y { b } else { c }\n",
    "within 1s fails EFSM send {\"a\": [1, \"$x\"]} 'raw' json:'{}'\nlet x = json($r).a[0] + 5 * (2 - 1)\n",
    "for n in 1..9 { task \"w$n\" { loop { break } } }\nlet y = [1, 2s, 64KiB, 0x1F, \"t${1:-d}\"]\n",
    "def f a b { return $a + 1 }\ntry { retry 3 every 1s recv } catch { print $error } | jq . > 'f'\n",
    "serve rep 5546 as s { send $request | cat }\nserve rep 1 echo\ntime unordered { expect a }\nassert $x > 3\n",
  ]

  private func check(_ bytes: [UInt8]) {
    let source = SourceFile(name: "f", bytes: bytes)
    let result = Parser.parse(source)
    for diagnostic in result.diagnostics {
      if let place = diagnostic.place {
        #expect(place.span.start >= 0 && place.span.start <= place.span.end && place.span.end <= bytes.count)
      }
      let text = DiagnosticRenderer(columns: { 60 }).render(diagnostic)
      #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
    }
    #expect(!result.isIncomplete || !result.diagnostics.isEmpty)
    if result.diagnostics.isEmpty { expectKept(bytes) }
  }

  @Test(arguments: 0..<8)
  func `token soup is survived`(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<1500 {
      let count = Int.random(in: 0...60, using: &random)
      var text = ""
      for _ in 0..<count {
        text += Self.tokens.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += " " }
      }
      check(Array(text.utf8))
    }
  }

  @Test(arguments: 0..<4)
  func `mutated scripts are survived`(seed: Int) {
    var random = SplitMix(seed: UInt64(100 + seed))
    for _ in 0..<1500 {
      var bytes = Array((Self.scripts.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2:
          bytes.insert(contentsOf: Array((Self.tokens.randomElement(using: &random) ?? "").utf8), at: index)
        default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...20, using: &random)))
        }
        if bytes.isEmpty { bytes = [0] }
      }
      check(bytes)
    }
  }

  @Test func `numbers of every size are survived`() {
    var random = SplitMix(seed: 7)
    let units = [
      "", "ns", "us", "ms", "s", "m", "h", "B", "KB", "MB", "GB", "KiB", "MiB", "GiB", "e9", "e-400", "x",
    ]
    for _ in 0..<20_000 {
      func digits() -> String {
        (0..<Int.random(in: 1...25, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }
          .joined()
      }
      var text = ["let x = ", "let x = -", "let x = 0x", "let x = 0b"].randomElement(using: &random) ?? ""
      text += digits()
      if Bool.random(using: &random) { text += "." + digits() }
      check(Array((text + (units.randomElement(using: &random) ?? "")).utf8))
    }
  }

  /// Every crash that the fuzzer found is among its seeds: see scripts/fuzz.sh.
  @Test func `the seeds of the fuzzer and their beginnings are survived`() throws {
    let seeds = try repositoryScripts().filter { $0.name.hasPrefix("scripts/fuzz/seeds/") }
    #expect(seeds.count >= 8)
    for (_, bytes) in seeds {
      for count in 0...bytes.count { check(Array(bytes[..<count])) }
    }
  }

  @Test func `every beginning of a script is survived`() {
    for script in Self.scripts {
      let bytes = Array(script.utf8)
      for count in 0...bytes.count { check(Array(bytes[..<count])) }
    }
  }

  @Test(arguments: [
    "(", "[", "{", "${", "\"${", "!", "-", "- ", "1+", "$x[", "f(", "loop {", "repeat 1 ", "within 1s ",
    "if 1 {",
    "let x = (", "let x = [", "let x = \"${\"", "send {", "send [", "send ${1:-", "let x = ${1:-", "'", "\"",
    "\\",
    "}", "else ", "let x = -", "let x = 1 + ", "let x = $x[0]", "let x = $x.a", "1..", "x ", "\\x", "$x\"",
    "if $x { } else ", "task a ", "let x = f(", "let x = !", "#", "\u{0}", "\r", "\"${$x[\"", "let x = (1+",
    "fails a ", "retry 1 ", "time ", "def a { ", "try { ", "try { } catch { ", "serve a { ", "a | ", "a > ",
    "| ",
    "time retry 1 repeat 1 ", "return ", "assert (", "unordered { ", "let x = $x[", "1 + (1 + 1 + 1) + ",
    "let x = 5 = ",
  ])
  func `what repeats without end is survived on a small stack`(piece: String) {
    let text = String(repeating: piece, count: 20_000)
    let chain = "let x = 1 " + text
    onSmallStack {
      check(Array(text.utf8))
      check(Array(chain.utf8))
    }
  }

  @Test func `every unit of a statement that cannot be read is left behind`() {
    for keyword in [
      "let", "repeat", "every", "within", "fails", "if", "while", "loop", "for", "break", "task", "else",
      "retry",
      "time", "def", "return", "try", "catch", "assert", "serve", "unordered", "recv |", "recv >",
    ] {
      for token in Self.tokens { check(Array("\(keyword) \(token) x {\n y\n}\n\(keyword)\(token)".utf8)) }
    }
  }

  @Test func `the deepest tree there may be is made and let go on a small stack`() {
    let blocks = String(repeating: "loop { ", count: 63)
    let deep = String(repeating: "(", count: 61) + "1" + String(repeating: ")", count: 61)
    let text = blocks + "let x = " + deep + "\nsend \(String(repeating: "${\"", count: 25))"
    onSmallStack { check(Array(text.utf8)) }
    // The deepest that is no error, so that it is laid out too.
    let prefixes = String(repeating: "within 1s ", count: 30)
    let inner = String(repeating: "[", count: 20) + "1" + String(repeating: "]", count: 20)
    let valid =
      String(repeating: "loop {\n", count: 32) + prefixes + "time { let x = \(inner) }"
      + String(repeating: "\n}", count: 32)
    let flat =
      String(repeating: "loop { ", count: 62) + "assert \(inner)" + String(repeating: " }", count: 62)
    #expect(rendered(valid) + rendered(flat) == "")
    onSmallStack {
      check(Array(valid.utf8))
      check(Array(flat.utf8))
    }
  }

  @Test func `a chain of operators is as deep as it is long`() {
    #expect(rendered("let x = 1" + String(repeating: " + 1", count: 198)) == "")
    #expect(rendered("let x = 1" + String(repeating: " + 1", count: 300)).contains("nests too deeply"))
    #expect(rendered("let x = $x" + String(repeating: "[0]", count: 300)).contains("nests too deeply"))
  }

  /// Runs something on a thread with 512 KiB of stack, the least that any system gives a thread. A debug
  /// build takes three times the stack.
  private func onSmallStack(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      body()
      done.signal()
    }
    #if DEBUG
      thread.stackSize = 3 * 512 << 10
    #else
      thread.stackSize = 512 << 10
    #endif
    thread.start()
    done.wait()
  }
}
