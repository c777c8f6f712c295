@testable import Script
@testable import Shell
import Foundation
import Payload
import Testing
import ZeroMQ

/// What is offered is accepted: over all tables, each word put in its place and gone on with as its row says.
@Suite struct CompletionTableTests {
  private static let setup = """
    bind rep inproc://a as server; socket req as client; bind sub inproc://n as news; bind pub inproc://r as radio
    news subscribe weather; let total = 3; let data = json('{"id":1}'); def greet who { print $who }; task worker { }; task server { }; let reply = 1
    socket pull as front; socket push as back; alias hw = 'connect req 5546 as hw'; use client
    """

  /// Places of the language, and what makes the statement whole behind the word; nil where its row says so.
  private static let places: [(line: String, rest: String?)] = [
    ("‸", nil), ("print x; ‸", nil), ("repeat 3 { ‸", nil), ("loop { if true { ‸", nil), ("within 1s ‸", nil),
    ("def f a { ‸", nil), ("task t { ‸", nil), ("every 1s ‸", nil), ("fails any ‸", nil), ("try { ‸", nil),
    ("unordered { ‸", nil), ("time ‸", nil), ("retry 2 ‸", nil), ("server ‸", nil), ("client ‸", nil),
    ("news ‸", nil),
    ("radio ‸", nil), ("unordered { news ‸", nil), ("repeat 2 news ‸", nil),
    ("fails ‸", " recv"), ("bind ‸", " :0"), ("connect ‸", " 5546"), ("socket ‸", ""), ("serve ‸", nil),
    ("use ‸", ""), ("close ‸", ""), ("close client ‸", ""), ("reset ‸", ""), ("status ‸", ""), ("stop ‸", ""),
    ("wait ‸", nil), ("client wait ‸", nil), ("radio wait ‸", nil), ("news wait ‸", nil), ("view ‸", ""),
    ("client view ‸", ""), ("get ‸", nil), ("client get ‸", ""), ("news get ‸", ""), ("set ‸", nil),
    ("client set ‸", nil),
    ("radio set ‸", nil), ("set linger=0 ‸", nil), ("get rcvhwm ‸", " x"), ("recv ‸", " x"),
    ("expect a ‸", nil),
    ("expect ‸", nil), ("send ‸", nil), ("send a ‸", nil), ("subscribe ‸", nil), ("news unsubscribe ‸", ""),
    ("help ‸", ""), ("help options ‸", ""), ("timeout ‸", ""), ("hints ‸", ""), ("auth log ‸", ""),
    ("wait auth ‸", ""), ("history ‸", ""), ("unalias ‸", ""), ("alias ‸", ""), ("hw ‸", nil),
    ("bind rep :0 curve ‸", nil),
    ("bind rep :0 plain ‸", nil), ("client curve ‸", nil), ("client plain ‸", nil), ("proxy front ‸", ""),
    ("proxy stop ‸", ""),
    ("sh x ‸", " x"),
    ("unbind ‸", ""), ("server unbind ‸", ""), ("disconnect ‸", ""), ("bind rep ‸", nil),
    ("connect req ‸", nil),
    ("bind rep 5546 ‸", nil), ("bind server ‸", nil), ("server bind ‸", nil), ("serve rep :0 ‸", nil),
    ("serve server ‸", ""),
    ("repeat 3 every 1s ‸", nil), ("let ‸", " = 1"), ("let x = ‸", nil), ("let x = 1 + ‸", nil),
    ("if ‸", nil),
    ("print ${‸", nil), ("print $‸", nil), ("print \"$‸", nil), ("print $server.‸", ""),
    ("print ${server.‸", "}"),
    ("print $data.‸", ""), ("for n in ‸", nil), ("while ‸", nil), ("assert ‸", nil), ("repeat ‸", nil),
    ("def f a { return ‸", nil), ("if true { } ‸", " { }"), ("if true { } else ‸", " true { }"),
    ("try { } ‸", " { }"),
    ("for n ‸", " 1..3 { }"), ("let x = len(‸", nil), ("let x = [‸", nil), ("let x = -‸", nil),
    ("print $env.‸", ""),
    ("socket dealer ‸", nil), ("connect req 5546 as other; other ‸", nil),
  ]

  @Test(arguments: places.map(\.line))
  func `what is offered is accepted`(line: String) throws {
    let bench = try CompletionBench(Self.setup)
    let rest = Self.places.first { $0.line == line }?.rest
    let completion = try #require(bench.complete(line))
    #expect(!completion.candidates.isEmpty)
    #expect(Set(completion.candidates.map(\.text)).count == completion.candidates.count)
    for candidate in completion.candidates {
      let text = bench.line(line, with: candidate, completion.range)
      let whole = Self.closed(text + (rest ?? Self.rest(after: candidate, line)))
      // The example of a command may name what is not there: nothing is wrong with the command's own word then.
      let isWanted = { (span: Span) in candidate.kind != .command || span.start == completion.range.lowerBound
      }
      #expect(bench.errors(whole, where: isWanted) == [], "\(candidate.text): \(whole)")
    }
  }

  /// A word's row says how the statement goes on.
  private static func rest(after candidate: Completion.Candidate, _ line: String) -> String {
    let text = candidate.text
    let head = line.prefix { $0 != "‸" }.split(separator: " ").last.map(String.init) ?? ""
    switch candidate.kind {
    case .command where ["server", "client", "news", "radio", "other"].contains(head):
      // Behind a socket, without the socket that the example names itself.
      switch text {
      case "bind", "connect": return " :5546".replacing(":", with: text == "bind" ? ":" : "")
      case "wait": return " connected"
      default: return after(text, in: example(of: text))
      }
    // Its example prints a variable, and a `def` has others.
    case .command where text == "print": return " x"
    case .command: return after(text, in: example(of: text))
    case .socket where line.hasPrefix("serve "): return " echo"
    case .socket where text.hasPrefix("$") || line.contains("${"): return ends(line)
    case .socket: return line.contains("unordered") ? " expect x" : " status"
    case .definition: return text.hasSuffix("(") ? "1)" + ends(line) : " x"
    case .keyword:
      switch text {
      case "context": return head == "get" ? " ipv6" : head == "set" ? " ipv6 on" : ""
      case "as": return " fresh" + (line.hasPrefix("serve ") ? " echo" : "")
      case "auth": return " denied"
      case "curve", "plain": return " server" + (line.hasPrefix("serve ") ? " echo" : "")
      case "client" where line.contains("plain"): return " alice"
      case "client": return " '\(String(repeating: "0", count: 40))'"
      case "allowed", "denied", "any", "clear", "echo", "nothing", "off", "on", "server": return ""
      case "connected", "disconnected", "readable", "subscribed", "unsubscribed", "writable", "never":
        return ""
      case "every": return " 1s print x"
      default:
        let word = LanguageWord.all.first { $0.name == text }
        let example =
          word.map { $0.example.split(separator: ";").first { $0.contains(text) }.map(String.init) ?? "" }
          ?? ""
        switch text {
        case "break", "continue", "return": return ""
        case "def": return " f { }"
        case "unordered": return " { expect x }"
        case "for", "serve", "try", "if", "task", "within", "every", "fails":
          return after(text, in: word?.example ?? "")
        default: return after(text, in: example)
        }
      }
    case .type: return line.hasPrefix("serve ") ? " :0 echo" : ""
    case .option where head == "get": return ""
    case .option:
      guard let option = SocketOption.named(text.replacing("=", with: "")) else { return " no option" }
      return (text.hasSuffix("=") ? "" : " ") + value(of: option) + (line.hasPrefix("serve ") ? " echo" : "")
    case .endpoint where !candidate.isWhole:
      return
        (text.hasPrefix("tcp") || text.hasPrefix("ws") ? "127.0.0.1:5546" : text == "*:" ? "5546" : "name")
        + (line.hasPrefix("serve ") ? " echo" : "")
    case .endpoint: return line.hasPrefix("serve ") ? " echo" : ""
    case .encoding where text == "file:": return "x"
    case .encoding:
      return String(Encoding.named(text.dropLast())?.example.dropFirst(text.count) ?? "no encoding")
    case .pattern where text.hasSuffix(":"):
      return String(
        MatcherKind.all.first { $0.prefix == text }?.example.dropFirst(text.count) ?? "no pattern")
    case .function:
      guard let function = Function.named(text.prefix { $0 != "(" } + "") else { return " no function" }
      return (text.hasSuffix("()") ? "" : function.parameters.map { _ in "'1'" }.joined(separator: ",") + ")")
        + ends(line)
    case .variable where text.hasSuffix("env."): return "HOME" + ends(line)
    case .variable, .value: return ends(line)
    default: return ""
    }
  }

  /// What closes the brackets of an expression, and the statement that it stands in.
  private static func ends(_ line: String) -> String {
    if line.contains("${") { return "}" }
    if line.contains("\"") { return "\"" }
    if line.hasPrefix("repeat") { return " print x" }
    if ["if", "while", "for"].contains(where: line.hasPrefix) { return " { }" }
    return line.contains("len(") ? ")" : line.contains("= [") ? "]" : ""
  }

  /// Closes the blocks of a line, and gives a `try` its `catch`.
  private static func closed(_ text: String) -> String {
    let caught = text + " } catch { }"
    if text.hasPrefix("try { "), Parser.parse(SourceFile(name: "", text: caught)).diagnostics.isEmpty {
      return caught
    }
    var text = text
    // No place has more open blocks than this.
    for _ in 0..<4 where Parser.parse(SourceFile(name: "", text: text)).isIncomplete { text += " }" }
    return text
  }

  private static func example(of command: String) -> String {
    CommandTable.standard.named(command)?.usage.example ?? ""
  }

  private static func after(_ word: String, in example: String) -> String {
    guard let range = example.range(of: word) else { return " no example" }
    return String(example[range.upperBound...])
  }

  private static func value(of option: SocketOption) -> String {
    switch option.kind {
    case .bool: return "on"
    case .text, .bytes: return option.range.map { $0.lowerBound > 1 } ?? false ? "abcd" : "x"
    case .curveKey: return "'\(String(repeating: "0", count: 40))'"
    default:
      return option.defaultValue.flatMap {
        if case .integer(let n) = $0, (try? option.parse("\(n)")) != nil { "\(n)" } else { nil }
      }
        ?? option.range.map { "\(max(0, $0.lowerBound))" } ?? "0"
    }
  }

  // MARK: Whole tables

  @Test(arguments: CommandTable.standard.names + LanguageWord.all.map(\.name))
  func `every word that begins a statement is offered for its beginning`(name: String) throws {
    let bench = try CompletionBench(Self.setup)
    let line = ["break", "continue"].contains(name) ? "loop { " : name == "return" ? "def f { " : ""
    for count in 1...name.count {
      let candidate = bench.complete(line + name.prefix(count) + "‸")?.candidates.first { $0.text == name }
      #expect(candidate?.summary.isEmpty == false)
    }
  }

  @Test(arguments: SocketOption.all)
  func `an option is offered to its types of socket and no others`(option: SocketOption) throws {
    let bench = try CompletionBench()
    for type in SocketType.allCases {
      let wanted = option.types.contains(type) && option.access.isWritable && option.isAvailable
      #expect(bench.texts("connect \(type.name) 5546 ‸").contains("\(option.name)=") == wanted)
      #expect(
        bench.texts("connect \(type.name) 5546 as x; x set \(option.name)‸").contains(option.name) == wanted)
      for value in bench.complete("connect \(type.name) 5546 \(option.name)=‸")?.candidates ?? [] where wanted
      {
        #expect(bench.errors("connect \(type.name) 5546 \(value.text)") == [])
      }
    }
  }

  @Test func `an option whose values have names offers them`() throws {
    let bench = try CompletionBench()
    for option in SocketOption.all
    where option.kind == .bool && option.isAvailable && option.access.isWritable {
      #expect(bench.texts("set \(option.name) ‸") == ["on", "off"])
    }
    let values = bench.complete("set reconnect_ivl ‸")?.candidates ?? []
    #expect(values.contains { $0.text == "-1" && !$0.summary.isEmpty })
  }

  @Test(arguments: CommandTable.standard.all.map { $0.usage })
  func `a command that says what it takes says it of the name it makes`(usage: Usage) {
    #expect(!usage.takes.isEmpty || usage.keeps != nil || !usage.synopsis.contains { $0.contains(" ") })
    // Only some forms of these take a name.
    if ["auth", "wait"].contains(usage.name) { return }
    #expect(
      usage.synopsis.contains { $0.contains(" as NAME") || $0.contains("[as NAME") } == (usage.keeps != nil))
  }

  @Test(
    arguments: SocketType.allCases.map(\.name) + View.all.map(\.name) + Encoding.all.map { $0.name + ":" })
  func `every type, view and encoding is offered`(name: String) throws {
    let bench = try CompletionBench()
    let lines = ["connect \(name)‸", "view \(name)‸", "send \(name)‸"]
    #expect(lines.contains { bench.texts($0).contains(name) })
  }

  // MARK: Anything that is typed

  /// The scripts that come with the program, cut at each place.
  private static let scripts: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "scripts/cookbook")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "zs" }.compactMap {
      try? String(contentsOf: $0, encoding: .utf8)
    }
  }()

  @Test(arguments: scripts)
  func `whatever was typed so far, what is offered goes on with it`(script: String) throws {
    let bench = try CompletionBench()
    let bytes = Array(script.utf8)
    var offered = 0
    // Each third place: a script has thousands, and what is before each is read anew.
    for offset in stride(from: 0, to: bytes.count, by: 3) where bytes[offset] & 0xC0 != 0x80 {
      let text = String(decoding: bytes[..<offset], as: UTF8.self)
      guard let completion = bench.complete(text + "‸") else { continue }
      offered += 1
      if completion.range.upperBound != offset || completion.candidates.isEmpty { Issue.record("\(text)‸") }
      let typed = String(decoding: bytes[completion.range], as: UTF8.self).lowercased()
      // One expectation for all: there are hundreds of thousands.
      let strange = completion.candidates.first { !$0.text.lowercased().utf8.starts(with: typed.utf8) }
      if let strange { Issue.record("\(typed): \(strange)") }
    }
    #expect(offered > 10)
  }

  @Test func `commands of scripts are offered where they stand`() throws {
    let bench = try CompletionBench()
    for script in Self.scripts {
      let parsed = Parser.parse(SourceFile(name: "", text: script))
      for statement in parsed.block.statements {
        guard case .command(let words) = statement.kind, let name = words[0].bareText,
          CommandTable.standard.named(name) != nil
        else { continue }
        let before = String(decoding: script.utf8.prefix(words[0].span.start + 2), as: UTF8.self)
        #expect(bench.texts(before + "‸").contains(name), "\(before)")
      }
    }
  }

  @Test func `ten thousand candidates are found and sorted in no time that one notices`() throws {
    var bench = try CompletionBench()
    bench.entries = (0..<10_000).map { .init(name: Array("file number \($0).zs".utf8), kind: .file) }
    let begin = processorTime()
    #expect(bench.texts("source fi‸").count == 10_000)
    // A debug build is ten times slower; measured in a release build it is below 50 ms.
    #expect(processorTime() - begin < .seconds(5))
  }
}
