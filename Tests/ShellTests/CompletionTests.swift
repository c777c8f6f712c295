@testable import Script
@testable import Shell
import Payload
import Testing
import ZeroMQ

/// A session with a socket of each kind that matters, and what is offered in it.
struct CompletionBench {
  let shell: TestShell
  var entries: [CompletionFacts.FileFact] = []
  var recentLines: [String] = []

  init(_ setup: String = "") throws {
    shell = try TestShell()
    #expect(shell.run(setup) == .completed, "\(shell.listener.take().map(\.message))")
  }

  /// What is offered at the `‸` of a line.
  func complete(_ line: String) -> Completion? {
    let parts = line.split(separator: "‸", omittingEmptySubsequences: false)
    var facts = shell.session.completionFacts
    let entries = entries
    facts.entries = { $0.isEmpty || $0 == Array("folder/".utf8) ? entries : [] }
    facts.environment = { ["HOME", "HOST", "not-a-name"] }
    facts.programFolders = { [[]] }
    facts.recentLines = recentLines
    return Completer(facts: facts).complete(parts.joined(), at: parts[0].utf8.count)
  }

  func texts(_ line: String) -> [String] { complete(line)?.candidates.map(\.text) ?? [] }

  /// The line with a candidate in its place.
  func line(_ line: String, with candidate: Completion.Candidate, _ range: Range<Int>) -> String {
    let bytes = Array(line.replacing("‸", with: "").utf8)
    return String(
      decoding: bytes[..<range.lowerBound] + candidate.text.utf8 + bytes[range.upperBound...], as: UTF8.self)
  }

  /// What is wrong with a line.
  func errors(_ line: String, where isWanted: (Span) -> Bool = { _ in true }) -> [String] {
    shell.session.check(SourceFile(name: "test", text: line, isPrompt: true)).filter { diagnostic in
      diagnostic.severity == .error && diagnostic.place.map { isWanted($0.span) } ?? true
    }.map(\.message)
  }
}

@Suite struct CompletionTests {
  private static let setup = """
    bind rep inproc://a as server; socket req as client; bind sub inproc://n as news; bind pub inproc://r as radio
    bind pull inproc://s as sink
    news subscribe 'a b' weather
    let total = 3; let data = json('{"id":1,"in ner":2,"inner":{"deep":[{"x":1}]}}'); let reply = 1
    def greet who { print $who }
    task worker { }
    use client
    """

  // MARK: Places

  @Test(arguments: [
    ("se‸", ["server", "send", "serve", "set"]), ("sen‸", ["send"]), ("client se‸", ["send", "set"]),
    ("news re‸", ["recv", "reset"]), ("sink s‸", ["set", "status"]), ("news su‸", ["subscribe"]),
    ("client su‸", []), ("radio wait sub‸", ["subscribed"]), ("client wait sub‸", []),
    ("repeat 3 { sen‸", ["send"]), ("repeat 3 sen‸", ["send"]), ("repeat 3 ev‸", ["every"]),
    ("repeat 3 every 1s pri‸", ["print"]), ("within 1s sen‸", ["send"]), ("print x; sen‸", ["send"]),
    ("print x;sen‸", ["send"]), ("repeat 3 {sen‸", ["send"]), ("print a\nsen‸", ["send"]),
    ("if true { } el‸", ["else"]), ("if true { } else i‸", ["if"]), ("try { } ca‸", ["catch"]),
    ("for n i‸", ["in"]),
    ("fails EFS‸", ["EFSM"]), ("fails efs‸", ["EFSM"]), ("fails ti‸", ["timeout"]),
    ("fails EFSM sen‸", ["send"]),
    ("bind dea‸", ["dealer"]), ("connect cli‸", ["client"]), ("use ra‸", ["radio"]),
    ("close radio si‸", ["sink"]),
    ("close sink si‸", []), ("stop wo‸", ["worker"]), ("wait wo‸", ["worker"]), ("view he‸", ["hex"]),
    ("client view he‸", ["hex"]), ("get rcvhw‸", ["rcvhwm"]), ("set rcvhw‸", ["rcvhwm"]),
    ("get rcvhwm ‸", ["as"]),
    ("connect req 5546 req_r‸", ["req_relaxed="]), ("connect pull 5546 req_r‸", []),
    ("connect req 5546 req_relaxed=o‸", ["req_relaxed=on", "req_relaxed=off"]),
    ("set req_relaxed o‸", ["on", "off"]),
    ("set linger ‸", ["-1", "1000"]), ("set linger=‸", ["linger=-1", "linger=1000"]), ("recv a‸", ["as"]),
    ("recv as ‸", []),
    ("set context bl‸", ["blocky"]), ("set context blocky ‸", ["on", "off"]), ("set cont‸", ["context"]),
    ("set context thread_sched_policy f‸", ["fifo"]), ("set context io_threads ‸", ["1"]),
    ("set context msg_‸", []), ("set linger 1 ‸", []), ("get context msg‸", ["msg_t_size"]),
    ("get context ipv6 ‸", ["as"]), ("status cont‸", ["context"]), ("help options blo‸", ["blocky"]),
    ("connect req 5546 ‸", ["as"]), ("connect client 5546 as‸", []), ("expect ‸", ["...", "_"]),
    ("send he‸", ["hex:"]),
    ("send x ze‸", ["zeros:"]), ("expect re‸", ["re:"]), ("expect no‸", ["nothing"]), ("expect x no‸", []),
    ("help rcvhw‸", ["rcvhwm"]), ("help options rcvhw‸", ["rcvhwm"]), ("help send rcv‸", []),
    ("help EFS‸", ["EFSM"]),
    ("timeout ne‸", ["never"]), ("hints o‸", ["on", "off"]), ("gre‸", ["greet"]), ("greet ‸", []),
    ("news unsubscribe ‸", ["\"a b\"", "weather"]), ("server unbind ‸", ["inproc://a"]),
    ("unbind server ‸", ["inproc://a"]),
    ("serve rep :0 ec‸", ["echo"]), ("serve server ‸", ["echo"]), ("serve rep :0 a‸", ["as"]),
    ("serve de‸", ["dealer"]),
    ("let tot‸", ["total"]),
  ])
  func `offers what may stand there`(line: String, wanted: [String]) throws {
    let bench = try CompletionBench(Self.setup)
    let offered = bench.texts(line)
    if line.hasSuffix(" ‸"), !wanted.isEmpty, wanted != ["as"] || line.contains("get") {
      #expect(offered.starts(with: wanted), "\(offered)")
    } else if wanted == ["as"] {
      #expect(offered.contains("as"))
    } else {
      #expect(offered == wanted)
    }
  }

  @Test(arguments: [
    ("print $tot‸", ["$total"]), ("print \"x $tot‸", ["$total"]), ("print \"x $tot‸ y\"", ["$total"]),
    ("print ${tot‸", ["total"]), ("print ${tot‸}", ["total"]), ("print $ser‸", ["$server"]),
    ("print $server.po‸", ["port"]), ("print ${server.po‸", ["port"]), ("print $env.HO‸", ["HOME", "HOST"]),
    ("print $data.in‸", ["inner"]), ("print $data.inner.de‸", ["deep"]),
    ("print $data.inner.deep[0].‸", ["x"]),
    ("print ${le‸", ["len("]), ("let x = le‸", ["len("]), ("if le‸", ["len("]),
    ("if $total == tr‸", ["trim(", "true"]),
    ("let x = uui‸", ["uuid()"]), ("let x = gre‸", ["greet("]), ("assert len($tot‸", ["$total"]),
    ("let x = [1, $tot‸", ["$total"]),
    ("for n in $tot‸", ["$total"]), ("repeat $tot‸", ["$total"]), ("send {\"a\": $tot‸", ["$total"]),
    ("print ${1:-$tot‸", ["$total"]), ("print '$tot‸", []), ("print $total.si‸", []),
    ("print $nothing.si‸", []),
    ("send hex:$tot‸", ["$total"]),
    // Names that the line itself makes.
    ("let price = 1; print $pri‸", ["$price"]), ("recv as message; print $mess‸", ["$message"]),
    ("recv as message; print $message.si‸", ["size"]), ("recv as id _ body; print $bo‸", ["$body"]),
    ("for number in 1..3 { print $numb‸", ["$number"]), ("expect re:'(?<port>x)'; print $po‸", ["$port"]),
    ("connect req 5546 as backend; backe‸", ["backend"]),
    ("connect req 5546 as backend; backend sen‸", ["send"]),
    ("connect sub 5546 as backend; backend sen‸", []), ("task other { }; stop oth‸", ["other"]),
    ("repeat 3 print $i‸", ["$i"]), ("print $i‸", []),
    ("try { } catch { print $error.na‸", ["name"]),
    ("serve server { print $requ‸", ["$request"]), ("serve server { print $request.pe‸", ["peer"]),
    // A `def` has variables of its own, a task sockets of its own.
    ("def f a { print $tot‸", []), ("def f able { print $ab‸", ["$able"]), ("def f a { cli‸", ["client"]),
    ("task t { cli‸", []), ("task t { bind rep :0 as inner; inn‸", ["inner"]),
    ("task t { print $tot‸", ["$total"]),
    // What only some places allow.
    ("brea‸", []), ("loop { brea‸", ["break"]), ("loop brea‸", []), ("repeat 2 brea‸", ["break"]),
    ("retur‸", []),
    ("def f { retur‸", ["return"]), ("loop { de‸", []), ("within 1s de‸", []), ("unordered { e‸", ["expect"]),
    ("unordered { client e‸", ["expect"]), ("unordered { pr‸", []),
  ])
  func `knows names and properties`(line: String, wanted: [String]) throws {
    let bench = try CompletionBench(Self.setup)
    let offered = bench.texts(line)
    #expect(offered == wanted)
  }

  @Test(arguments: [
    "nobody se‸", "send Hello‸", "print xy‸", "# se‸", "print x # se‸", "let x = \"se‸", "send {\"se‸",
    "send 'se‸",
    "def se‸", "task se‸", "for se‸", "repeat se‸", "sleep 1‸", "recv as se‸", "connect req 5546 as se‸",
    "view 'he‸",
    "sockets ‸", "version ‸", "exit ‸", "if true { } se‸", "} se‸", "recv ‸x", "view te‸zz", "view hex‸ex",
    "send \"a\"se‸",
    "print $total.‸", "help send ‸", "while se‸", "sh 'ls‸", "loop { } se‸", "reset client ‸", "use client ‸",
    "wait connected ‸", "let x = 5 se‸",
  ])
  func `offers nothing rather than something wrong`(line: String) throws {
    let bench = try CompletionBench(Self.setup)
    #expect(bench.texts(line) == [])
  }

  @Test(arguments: [
    ("se‸nd x", "send"), ("s‸nd", "send"), ("repeat 3 { se‸ }", "send"), ("re‸v as x", "recv"),
    ("view h‸x", "hex"),
    ("print $to‸al", "$total"), ("print ${tot‸}", "total"), ("sen‸;print x", "send"),
  ])
  func `completes in the middle of a line`(line: String, wanted: String) throws {
    let bench = try CompletionBench(Self.setup)
    let completion = try #require(bench.complete(line))
    let candidate = try #require(completion.candidates.first { $0.text == wanted })
    let result = bench.line(line, with: candidate, completion.range)
    let cursor = line.range(of: "‸")
    #expect(cursor != nil)
    #expect(bench.errors(result).allSatisfy { !$0.contains("unknown") }, "\(result)")
    #expect(
      result.contains(wanted) && !result.contains("\(wanted)nd") && !result.contains("\(wanted)al"),
      "\(result)")
  }

  // MARK: Endpoints

  @Test func `endpoints are those of the sockets and those used lately`() throws {
    var bench = try CompletionBench("bind rep 127.0.0.1:* as here; bind pair inproc://inside as two")
    bench.recentLines = [
      "connect req 7001", "bind rep *:7002 as x", "connect sub example.org:7003 7001", "send 7004",
    ]
    let port = try #require(bench.shell.session.sockets["here"]?.endpoints.first?.port)
    let offered = bench.texts("connect req ‸")
    #expect(Array(offered.prefix(4)) == ["\(port)", "inproc://inside", "example.org:7003", "7001"])
    #expect(offered.contains("tcp://"))
    #expect(bench.texts("connect req 7‸") == ["7001"])
    #expect(bench.texts("connect req tcp://127.0.0.1:7‸") == ["tcp://127.0.0.1:7001"])
    #expect(bench.texts("connect req 7001 70‸") == [])
    #expect(bench.texts("bind rep *:‸") == ["*:7002", "*:"])
    #expect(bench.texts("bind rep :‸") == [":0"])
    #expect(bench.texts("here unbind ‸") == ["\(port)"])
    #expect(bench.texts("here bind :‸") == [":0"])
  }

  // MARK: Files

  private static let names: [[UInt8]] = [
    Array("plain.zs".utf8), Array("plan b.zs".utf8), Array("it's.zs".utf8), Array("\u{1B}[2J.zs".utf8),
    Array("bad\u{FF}\u{FE}.zs".utf8), [0x62, 0x61, 0x64, 0xFF], Array("$name;#{}.zs".utf8),
    Array("Grüße 世界".utf8),
    Array("\"quoted\"".utf8), Array("back\\slash".utf8), Array("new\nline".utf8), Array("as".utf8),
    Array("-x".utf8),
    Array("'".utf8), Array(" ".utf8), Array("#comment".utf8), Array("}".utf8), Array("[1]".utf8),
    Array("a=b".utf8),
    Array("hex:00".utf8), Array("right\u{202E}left".utf8),
  ]

  @Test(
    arguments: names,
    ["source ‸", "source '‸", "source \"‸", "recv > ‸", "send file:‸", "send file:'‸", "source folder/‸"])
  func `any file's name can be typed`(name: [UInt8], line: String) throws {
    var bench = try CompletionBench(Self.setup)
    bench.entries = [.init(name: name, kind: .file)]
    let completion = try #require(bench.complete(line))
    let candidate = try #require(completion.candidates.first)
    #expect(completion.candidates.count == 1)
    for text in [candidate.text, candidate.label, candidate.summary] {
      #expect(
        text.unicodeScalars.allSatisfy {
          $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0 != "\u{202E}"
        })
    }
    // Parsed again, it is the same bytes, and one word.
    let result = bench.line(line, with: candidate, completion.range)
    let parsed = Parser.parse(SourceFile(name: "", text: result))
    #expect(parsed.diagnostics.map(\.message) == [], "\(result)")
    let folder = line.contains("folder") ? Array("folder/".utf8) : []
    let prefix = line.contains("file:") ? Array("file:".utf8) : []
    let statement = try #require(parsed.block.statements.first)
    switch statement.kind {
    case .command(let words):
      #expect(words.count == 2)
      #expect(words[1].literal == prefix + folder + name)
      if !prefix.isEmpty { #expect(words[1].prefix == "file:") }
    case .redirected(_, .file(let word, append: false)): #expect(word.literal == name)
    default: Issue.record("another statement: \(result)")
    }
  }

  @Test func `files are offered in one way of quoting, folders open, hidden ones when asked for`() throws {
    var bench = try CompletionBench(Self.setup)
    bench.entries = [
      .init(name: Array("two.zs".utf8), kind: .file), .init(name: Array("two words".utf8), kind: .file),
      .init(name: Array("twofold".utf8), kind: .folder), .init(name: Array(".hidden".utf8), kind: .file),
    ]
    #expect(bench.texts("source tw‸") == ["'two words'", "'two.zs'", "'twofold/"])
    #expect(bench.texts("source two.‸") == ["two.zs"])
    #expect(bench.texts("source 'two ‸") == ["'two words'"])
    #expect(bench.texts("source \"two ‸\"") == ["\"two words\""])
    #expect(bench.texts("source .‸") == [".hidden"])
    #expect(bench.texts("bind rep ./tw‸") == [])
    #expect(bench.complete("source twofold‸")?.candidates.first?.isWhole == false)
    #expect(bench.complete("source 'two words'‸") == nil)
    #expect(bench.texts("recv | cat tw‸").count == 3)
    #expect(bench.texts("recv >> two.‸") == ["two.zs"])
    #expect(bench.texts("recv | two.‸") == ["two.zs"])
  }

  @Test(arguments: [
    "plain client me $‸", "auth plain me $p‸", "connect req 1 plain_password=$‸", "set plain_password $p‸",
    "curve server $‸", "plain client me $p; print $p‸", "print $password‸", "let password‸",
  ])
  func `what is typed as a secret is not shown beside its name`(line: String) throws {
    let bench = try CompletionBench("let p = 'hunter2'; let password = 'hunter2'; socket req as client")
    let found = try #require(bench.complete(line))
    #expect(!found.candidates.contains { $0.summary.contains("hunter2") })
    #expect(bench.complete("print $p‸")?.candidates.contains { $0.summary.contains("hunter2") } == true)
  }

  @Test func `a key is not shown beside the name of what holds it`() throws {
    let bench = try CompletionBench("keygen as keys; let n = 1; bind rep inproc://x as out")
    let found = try #require(bench.complete("print $k‸"))
    #expect(found.candidates.map(\.summary) == ["a list"])
  }

  @Test(arguments: ["u‸", "unalias ‸"])
  func `the meaning of an alias is shown without its secrets`(line: String) throws {
    let bench = try CompletionBench("alias up = 'set plain_password hunter2'")
    let found = try #require(bench.complete(line))
    #expect(found.candidates.contains { $0.summary.contains("set plain_password ***") })
    #expect(!found.candidates.contains { $0.summary.contains("hunter2") })
  }
}
