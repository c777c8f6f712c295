/// A way in which sockets work together, for `help patterns`.
struct MessagingPattern {
  let name: String
  /// What others call it.
  var otherNames: [String] = []
  let summary: String
  /// Statements that show it, at one prompt or at two.
  let example: [String]

  static let all: [MessagingPattern] = [
    MessagingPattern(
      name: "request-reply", otherNames: ["req-rep"], summary: "REQ asks and REP answers, in turn",
      example: [
        "bind rep 5546 as server", "connect req 5546 as client", "client send Hello", "server recv",
        "server send World", "client recv",
      ]),
    MessagingPattern(
      name: "publish-subscribe", otherNames: ["pub-sub", "pubsub"],
      summary: "PUB sends to each SUB that asked for what the message begins with",
      example: [
        "bind pub 5556 as news", "connect sub 5556 subscribe=weather as reader",
        "news wait subscribed weather",
        "news send \"weather 21\"", "reader recv",
      ]),
    MessagingPattern(
      name: "pipeline", otherNames: ["push-pull"],
      summary: "PUSH hands each message to one of the PULLs, in turn",
      example: [
        "bind push 5557 as jobs", "connect pull 5557 as worker", "jobs send job", "worker recv",
      ]),
    MessagingPattern(
      name: "asynchronous", otherNames: ["dealer-router"],
      summary: "DEALER sends as it likes; ROUTER sees each peer by its routing id, the first frame",
      example: [
        "bind router 5558 as hub", "connect dealer 5558 as peer", "peer send Hello", "hub recv as id body",
        "hub send $id World", "peer recv",
      ]),
    MessagingPattern(
      name: "exclusive-pair", otherNames: ["pair-pair"], summary: "two PAIRs, and nobody else",
      example: [
        "bind pair inproc://pair as left", "connect pair inproc://pair as right", "left send Hello",
        "right recv",
      ]),
    MessagingPattern(
      name: "service", summary: "a task that answers beside what one types",
      example: [
        "serve rep 5559 as greeter { send \"Hello $request\" }", "connect req 5559 as client",
        "client send me",
        "client recv", "stop greeter",
      ]),
    MessagingPattern(
      name: "lazy-pirate", summary: "a REQ that gives up, starts over and asks again where no reply comes",
      example: [
        "serve rep 5560 as echoer echo", "connect req 5560 as client",
        "retry 3 { client reset; client send Hello; within 500ms client expect Hello }", "stop echoer",
      ]),
  ]

  /// Its page.
  var lines: [String] { [name, "", "  " + summary, ""] + example.map { "    " + $0 } }

  /// All of them on one page.
  static var page: [String] {
    all.flatMap { ["\($0.name): \($0.summary)"] + $0.example.map { "    " + $0 } + [""] }.dropLast()
  }
}
