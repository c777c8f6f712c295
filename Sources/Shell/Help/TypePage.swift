import ZeroMQ

/// What `help` says of a socket type.
struct TypePage {
  let type: SocketType
  /// What it does, behind its name.
  let summary: String
  /// How one is made and what is done with it first.
  let example: String
  /// The ways of working together that show it.
  let patterns: [String]

  static let all: [TypePage] = [
    TypePage(
      type: .pair, summary: "talks to one other PAIR, both as they like",
      example: "connect pair 5546; send Hello", patterns: ["exclusive-pair"]),
    TypePage(
      type: .pub, summary: "sends to each that subscribed to what a message begins with, and drops the rest",
      example: "bind pub 5546; wait subscribed; send \"weather 21\"", patterns: ["publish-subscribe"]),
    TypePage(
      type: .sub, summary: "receives what begins with a prefix that it subscribed to",
      example: "connect sub 5546 subscribe=weather; recv", patterns: ["publish-subscribe"]),
    TypePage(
      type: .req, summary: "sends a request, then receives its reply, in turn",
      example: "connect req 5546; send Hello; recv", patterns: ["request-reply", "lazy-pirate"]),
    TypePage(
      type: .rep, summary: "receives a request, then sends its reply, in turn",
      example: "bind rep 5546; recv; send World", patterns: ["request-reply", "service"]),
    TypePage(
      type: .dealer, summary: "sends to its peers by turns and receives from all, a REQ without the turns",
      example: "connect dealer 5546; send \"\" Hello; recv", patterns: ["asynchronous"]),
    TypePage(
      type: .router, summary: "tells its peers apart: the first frame says from whom, and to whom",
      example: "bind router 5546; recv; to @last World", patterns: ["asynchronous"]),
    TypePage(
      type: .pull, summary: "receives work from all that push", example: "bind pull 5546; recv",
      patterns: ["pipeline"]),
    TypePage(
      type: .push, summary: "hands each message to one of those that pull, by turns",
      example: "connect push 5546; send job", patterns: ["pipeline"]),
    TypePage(
      type: .xpub, summary: "is a PUB that receives the subscriptions as messages",
      example: "bind xpub 5546; recv; send \"weather 21\"", patterns: ["publish-subscribe"]),
    TypePage(
      type: .xsub, summary: "is a SUB that subscribes by messages",
      example: "connect xsub 5546; send subscribe:weather; recv", patterns: ["publish-subscribe"]),
    TypePage(
      type: .stream, summary: "speaks plain TCP, with anything",
      example: "bind stream 5546; recv; to @last Hello",
      patterns: []),
  ]

  /// Its page.
  var lines: [String] {
    [
      "\(type.name.uppercased()) \(summary).",
      type.peers.isEmpty
        ? "It talks to whatever speaks plain TCP."
        : "It talks to \(type.peers.map { $0.name.uppercased() }.joined(separator: ", ")).",
      "", "Example: \(example)",
    ] + (patterns.isEmpty ? [] : ["See: \(patterns.map { "help \($0)" }.joined(separator: ", "))"])
  }

  /// Its row in the list of types.
  var row: [String] {
    let peers = type.peers.isEmpty ? "" : "; talks to \(type.peers.map(\.name).joined(separator: ", "))"
    return [type.name, summary + peers]
  }
}
