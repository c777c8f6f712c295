import Script
import TestSupport
import Testing

@Suite struct WordTests {
  @Test(arguments: [
    ("send Hello it's C:\\x 5$ $ a\"b a'b", "(send Hello it's C:\\x 5$ $ a\"b a'b)"),
    ("send 'a $b \\n \"' 'x\ny'", "(send q<a $b \\n \"> q<x\ny>)"),
    (#"send "a\n\r\t\0\e\\\"\$\x41\u{1F600}""#, "(send q<a\n\r\t\0\u{1B}\\\"$A😀>)"),
    ("send \"\" ''", "(send q<> q<>)"),
    ("send \"a\\\nb\" \"a\nb\"", "(send q<ab> q<a\nb>)"),
    ("expect json:'[1]' re:\"$x\" subscribe=''", "(expect q<json:|[1]> q<re:|$x> q<subscribe=|>)"),
    ("send 'hex:00' hex:00 1a:'x'", "(send q<hex:00> hex:00 1a:'x')"),
    ("send $a-$b *:$port $x/$1$2 $@ $# $0", "(send <$a-$b> <*:$port> <$x/$1$2> <$@> <$#> <$0>)"),
    ("send $12", "(send <$12>)"),
    (
      "send $x.size $x. $x[0].a $x[-1] $x[$i + 1]",
      "(send <$(. x size)> <$x.> <$(. (at x 0) a)> <$(at x -1)> <$(at x (+ i 1))>)"
    ),
    ("send \"$x.size. $x[0]\" $env.HOME", "(send q<$(. x size). $(at x 0)> <$(. env HOME)>)"),
    ("send ${i + 1} ${$i + 1} ${name}.txt ${len(x)}", "(send <$(+ i 1)> <$(+ i 1)> <$name.txt> <$(len x)>)"),
    ("send ${1:-5556} ${1} ${1 + 1} ${@}", "(send <$(or 1 q<5556>)> <$1> <$(+ 1 1)> <$@>)"),
    ("send ${env.PORT:-5556}", "(send <$(or (. env PORT) q<5556>)>)"),
    ("send ${name:-a $x \\} \\n}", "(send <$(or name q<a $x } \n>)>)"),
    ("send ${\n x\n +\n 1 }", "(send <$(+ x 1)>)"),
    (#"send "${join($x, ", ")}""#, "(send q<$(join x q<, >)>)"),
    (#"send {"id": 1, "tags": ["a", "b"]} x"#, #"(send j<{"id": 1, "tags": ["a", "b"]}> x)"#),
    ("send [1,\n 2]", "(send j<[1,\n 2]>)"),
    (
      #"send {"a": "}]\"{", "b": $x, "c": "v$y", "d": "\$z", "e": "\\$z"}"#,
      #"(send j<{"a": "}]\"{", "b": $x, "c": "v$y", "d": "$z", "e": "\\$z"}>)"#
    ),
    ("send [$x[0],${y}]", "(send j<[$(at x 0),$y]>)"),
    ("connect req [::1]:5555 [::1]", "(connect req [::1]:5555 j<[::1]>)"),
    ("[x] y", "([x] y)"),
    ("again 3 { send x; recv }", "(again 3 j<{ send x; recv }>)"),
    ("expect _ '_' ...", "(expect _ q<_> ...)"),
    ("send a|b >>> ||", "(send a|b >>> ||)"),
    ("send a}b a}", "(send a}b a})"),
    ("send ☃ é", "(send ☃ é)"),
  ])
  func `words are read`(text: String, expected: String) {
    #expect(dump(text) == expected)
  }

  @Test func `what was bare is told from what was quoted`() {
    let result = Parser.parse(SourceFile(name: "t", text: "send hex:00 'hex:00' json:'x' $x:y a$x"))
    guard case .command(let words) = result.block.statements[0].kind else {
      Issue.record("no command")
      return
    }
    #expect(words.map(\.bareCount) == [4, 6, 0, 5, 0, 1])
    #expect(words.map(\.isQuoted) == [false, false, true, true, false, false])
    #expect(words[2].bareText == nil)
    #expect(words[1].bareText == "hex:00")
  }

  @Test func `a byte that is no UTF-8 stays the byte it was`() {
    let bytes: [UInt8] = Array("send ".utf8) + [0xFF, 0x00, 0x80] + Array(" '".utf8) + [0xFE, 0x00] + [0x27]
    let result = Parser.parse(SourceFile(name: "t", bytes: bytes))
    guard case .command(let words) = result.block.statements[0].kind else {
      Issue.record("no command")
      return
    }
    #expect(words.map(\.literal) == [Array("send".utf8), [0xFF, 0x00, 0x80], [0xFE, 0x00]])
  }

  @Test func `any bytes quoted come back as they were`() {
    var random = SplitMix(seed: 1)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : Array("'\"\\$`{}[]\n;# ".utf8).randomElement(using: &random)!
      }
      for quoted in [cooked(bytes), raw(bytes), escaped(bytes)].compactMap({ $0 }) {
        let result = Parser.parse(
          SourceFile(name: "t", bytes: Array("send ".utf8) + quoted + Array(" x".utf8)))
        guard result.diagnostics.isEmpty, case .command(let words) = result.block.statements[0].kind else {
          Issue.record("\(quoted) is not read")
          return
        }
        #expect(words.count == 3)
        #expect(words[1].literal == bytes)
      }
    }
  }

  /// In double quotes, with only what must be escaped.
  private func cooked(_ bytes: [UInt8]) -> [UInt8] {
    let special = Array("\"\\$".utf8)
    return [0x22] + bytes.flatMap { special.contains($0) ? [0x5C, $0] : [$0] } + [0x22]
  }

  /// In double quotes, every byte as `\xHH`.
  private func escaped(_ bytes: [UInt8]) -> [UInt8] {
    [0x22]
      + bytes.flatMap { Array("\\x\($0 < 16 ? "0" : "")\(String($0, radix: 16))".utf8) } + [0x22]
  }

  /// In single quotes, if there is none in it.
  private func raw(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.contains(0x27) ? nil : [0x27] + bytes + [0x27]
  }
}
