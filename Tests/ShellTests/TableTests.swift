import Foundation
@testable import Script
@testable import Shell
import Testing
import ZeroMQ

/// What holds of every row: a new command, word or option that breaks it is told by name.
@Suite struct TableTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/runs/commands")

  // A key path to a static member makes Swift 6.3's compiler crash.
  private static let usages = CommandTable.standard.all.map { $0.usage }

  // MARK: Commands

  @Test func `commands are sorted and have names of their own`() {
    let names = CommandTable.standard.names
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: Names.keywords))
    #expect(Set(names).isDisjoint(with: SocketType.allCases.map(\.name)))
  }

  @Test(arguments: TableTests.usages)
  func `a command says what it is`(usage: Usage) {
    #expect(!usage.synopsis.isEmpty)
    for form in usage.synopsis { #expect(form.split(separator: " ").first == Substring(usage.name)) }
    #expect(isSummary(usage.summary))
    #expect(usage.details.isEmpty || usage.details.hasSuffix("."))
    #expect(usage.example.split(separator: " ").contains(Substring(usage.name)))
  }

  @Test(arguments: TableTests.usages)
  func `the example of a command parses and prepares`(usage: Usage) throws {
    let shell = try TestShell()
    let there = "socket rep as server; socket req as client; socket sub; let reply = 1; task server { }"
    #expect(shell.run(there) == .completed)
    #expect(shell.session.prepare(SourceFile(name: usage.name, text: usage.example)) != nil)
    #expect(shell.listener.take().map(\.message) == [])
  }

  @Test(arguments: CommandTable.standard.names)
  func `a command has a golden case`(name: String) {
    #expect(FileManager.default.fileExists(atPath: Self.golden.appending(path: "\(name).zs").path))
  }

  // MARK: Words of the language

  @Test func `words of the language are sorted and have names of their own`() {
    let names = LanguageWord.all.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSubset(of: Names.keywords))
    let parts = LanguageWord.parts.map(\.name)
    #expect(parts == parts.sorted())
    #expect(Set(parts).isSubset(of: Names.keywords + Names.particles))
  }

  @Test func `every construct of the parser has a row`() {
    let constructs = Parser.constructs.map { String(decoding: $0.keyword, as: UTF8.self) }
    // `else` and `catch` begin nothing.
    #expect(Set(constructs).subtracting(["catch", "else"]) == Set(LanguageWord.all.map(\.name)))
    #expect(Set(constructs).isSubset(of: (LanguageWord.all + LanguageWord.parts).map(\.name)))
  }

  @Test(arguments: LanguageWord.all + LanguageWord.parts)
  func `the example of a word runs`(word: LanguageWord) throws {
    #expect(word.synopsis.split(separator: " ").contains(Substring(word.name)))
    #expect(isSummary(word.summary))
    #expect(word.example.contains(word.name))
    let shell = try TestShell()
    let outcome = shell.run(word.example)
    let told = shell.listener.take().map(\.message)
    #expect(outcome == .completed, "\(told)")
  }

  // MARK: Help

  @Test(arguments: HelpText.topics + SocketOption.all.flatMap(\.aliases) + ZMQError.names)
  func `every topic has a page`(topic: String) throws {
    let lines = try #require(HelpText.lines(for: topic))
    #expect(lines.contains { !$0.isEmpty })
    #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    #expect(lines.allSatisfy { $0 == $0.trimmingCharacters(in: .newlines) && !$0.hasSuffix(" ") })
  }

  @Test(arguments: ErrorHelp.all.map(\.name))
  func `the page of an error says what to do`(name: String) throws {
    let row = try #require(ErrorHelp.all.first { $0.name == name })
    #expect(row.lines.count >= 2)
    #expect(
      row.lines.allSatisfy { ($0.hasSuffix(".") || $0.contains("`")) && $0.first?.isLowercase == false })
  }

  @Test func `every error that can be shown has a row`() {
    #expect(Set(ErrorHelp.all.map(\.name)) == Set(ZMQError.names + Failure.ownNames))
    #expect(ErrorHelp.all.count == ZMQError.names.count + Failure.ownNames.count)
  }

  @Test(arguments: SocketType.allCases) func `a socket type has a page whose example checks`(type: SocketType)
    throws
  {
    let pages = TypePage.all.filter { $0.type == type }
    let page = try #require(pages.first)
    #expect(pages.count == 1 && !page.summary.hasSuffix("."))
    let told = try TestShell().session.check(SourceFile(name: "help", text: page.example))
    #expect(told.isEmpty, "\(told.map(\.message))")
    for pattern in page.patterns { #expect(MessagingPattern.all.contains { $0.name == pattern }) }
    #expect(HelpText.lines(for: type.name) == page.lines)
  }

  @Test(arguments: MessagingPattern.all.map(\.name))
  func `the example of a pattern of sockets runs`(name: String) throws {
    let pattern = try #require(MessagingPattern.all.first { $0.name == name })
    #expect(!pattern.summary.hasSuffix(".") && !pattern.summary.contains("\n"))
    // The ports of the page may be taken.
    let text = pattern.example.joined(separator: "\n").replacing(/\b55[0-9][0-9]\b/) {
      "inproc://p\($0.output)"
    }
    let shell = try TestShell()
    let outcome = shell.run(text)
    let told = shell.listener.take().map(\.message)
    #expect(outcome == .completed && told.isEmpty, "\(told)")
  }

  @Test(arguments: [
    "help", "help send", "help EFSM", "help efsm", "help mismatch", "help options", "help options rcvhwm",
    "help options subscribe", "help patterns", "help patterns pipeline", "help pub-sub", "help prompt",
    "help keys",
    "help expect",
    "help errors EAGAIN", "help catch", "help else", "help echo", "help in", "help as", "help matchers",
    "def greet name { print $name }; help greet", "alias hi = 'print'; help hi",
  ])
  func `a question for help is answered`(statement: String) throws {
    let shell = try TestShell()
    #expect(shell.run(statement) == .completed, "\(shell.listener.take().map(\.message))")
    #expect(shell.written.count > 10)
  }

  @Test(arguments: [
    ("help snd", "send"), ("help EFMS", "EFSM"), ("help options rcvhvm", "rcvhwm"), ("help catsh", "catch"),
    ("help pipelin", "pipeline"), ("help request", "request-reply"),
    ("help options tcp_keep", "tcp_keepalive"), ("alias greeting = 'print'; help greetin", "greeting"),
  ])
  func `an unknown topic offers the nearest`(statement: String, meant: String) throws {
    let shell = try TestShell()
    #expect(shell.run(statement) == .failed(.failed))
    #expect(shell.listener.take().compactMap(\.label).contains("did you mean '\(meant)'?"))
  }

  @Test func `an option that has the name of a command has a page of its own`() throws {
    let shell = try TestShell()
    #expect(shell.run("help options subscribe") == .completed)
    let option = try #require(SocketOption.named("subscribe"))
    #expect(shell.written.contains(option.summary))
  }

  @Test(arguments: SocketOption.all.filter(\.isAvailable))
  func `the example of an option runs`(option: SocketOption) throws {
    let shell = try TestShell()
    let type = try #require(option.types.first)
    // Where there is no value that fits all, the page says so.
    guard !option.example.hasSuffix("VALUE") else { return }
    #expect(
      shell.run("socket \(type.name) as a; \(option.example)") == .completed, "\(shell.listener.take())")
  }

  @Test(arguments: SocketOption.all)
  func `the page of an option tells its summary, types and access`(option: SocketOption) throws {
    let page = try #require(HelpText.lines(for: option.name)).joined(separator: "\n")
    // A few options have the name of a command, whose page wins.
    guard CommandTable.standard.named(option.name) == nil else { return }
    #expect(page.contains(option.summary))
    #expect(page.contains("types") && page.contains("access"))
  }

  @Test func `a unit is told in words`() {
    let pages = SocketOption.all.compactMap { HelpText.lines(for: $0.name)?.joined() }.joined()
    #expect(!pages.contains("kilobitsPerSecond"))
  }

  @Test func `the overview names every command and word`() {
    let words = Set(HelpText.overview.flatMap { $0.split(separator: " ").map(String.init) })
    #expect(words.isSuperset(of: CommandTable.standard.names + LanguageWord.all.map(\.name)))
  }

  @Test func `functions and properties are sorted and say what they are`() {
    for names in [
      Function.all.map(\.name), MessageProperty.all.map(\.name), SocketProperty.all.map(\.name),
    ] {
      #expect(names == names.sorted())
      #expect(Set(names).count == names.count)
    }
    let summaries =
      Function.all.map(\.summary) + MessageProperty.all.map(\.summary) + SocketProperty.all.map(\.summary)
    #expect(summaries.allSatisfy(isSummary))
  }

  @Test(arguments: Function.all.map(\.name))
  func `the example of a function gives what it says`(name: String) throws {
    let function = try #require(Function.named(name))
    #expect(function.example.expression.contains("\(name)("))
    let shell = try TestShell()
    #expect(shell.run("print ${\(function.example.expression)}") == .completed)
    #expect(shell.listener.take().map(\.message) == [])
    shell.session.close()
    if let value = function.example.value {
      #expect(shell.written == value + "\n")
    } else {
      #expect(shell.written.count > 1)
    }
  }

  @Test func `a function whose value is another one each time keeps its form`() throws {
    let shell = try TestShell()
    let script = """
      assert matches(uuid(), "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
      assert uuid() != uuid()
      assert now() > 1600000000000
      for n in 1..200 { let x = random(1, 3); assert $x >= 1 && $x <= 3 }
      assert random(-5, -5) == -5
      """
    #expect(shell.run(script) == .completed, "\(shell.listener.take().map(\.message))")
  }

  /// A fact in a line: no capital, no full stop.
  private func isSummary(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return !first.isUppercase && last != "." && !text.contains("\n")
  }

  // MARK: Slips

  @Test(arguments: [
    ("snd x", "send"), ("sned x", "send"), ("Send x", "send"), ("recieve", "recv"), ("receive", "recv"),
    ("rec", "recv"), ("recv1", "recv"), ("bnd rep 5546", "bind"), ("conect req 5546", "connect"),
    ("connnect req 5546", "connect"), ("disconect", "disconnect"), ("closs", "close"), ("ext", "exit"),
    ("quit", "exit"), ("slep 1s", "sleep"), ("prnt x", "print"), ("echo x", "print"), ("hlep", "help"),
    ("staus", "status"), ("socekts", "sockets"), ("subscibe x", "subscribe"),
    ("unsubscibe x", "unsubscribe"), ("expct x", "expect"), ("exepct x", "expect"), ("vesrion", "version"),
    ("repeet 3 recv", "repeat"), ("whlie true { }", "while"), ("evry 1s recv", "every"),
    ("whithin 1s recv", "within"), ("tsak a { }", "task"), ("lett x = 1", "let"), ("brake", "break"),
  ])
  func `a slip in a command is understood`(line: String, meant: String) throws {
    let shell = try TestShell()
    #expect(shell.run(line) == .failed(.syntax))
    let labels = shell.listener.take().compactMap(\.label)
    #expect(labels.contains("did you mean '\(meant)'?"), "\(labels)")
  }
}
