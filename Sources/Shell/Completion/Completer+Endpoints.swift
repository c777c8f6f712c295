import Payload
import Script
import ZeroMQ

extension Completer {
  /// Where to bind or connect: what the sockets of this session are bound to, what was typed lately, and the
  /// beginnings of all others.
  func endpoints(
    _ role: Endpoint.Role, _ typed: CompletionSpot.TypedWord, _ context: ArgumentContext
  ) -> [Completion.Candidate] {
    guard typed.quote == .none else { return [] }
    let text = String(decoding: typed.bytes, as: UTF8.self)
    var found: [Completion.Candidate] = []
    for (endpoint, summary) in known(role, context) {
      if let form = Self.form(of: endpoint, role, goingOnWith: text) {
        found.append(.init(form, summary, .endpoint))
      }
    }
    if role == .bind {
      found += Self.matching(
        [
          .init(":0", "a free port of this machine", .endpoint),
          .init("*:", "a port that is reached from everywhere", .endpoint, isWhole: false),
        ], text)
    }
    found += Self.matching(Self.transports, text)
    if text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/") {
      found += files(typed, after: "") { $0.kind != .file }
    }
    return found
  }

  /// Where the socket is bound or connected.
  func attachedEndpoints(
    _ role: Endpoint.Role, _ typed: CompletionSpot.TypedWord, _ context: ArgumentContext
  ) -> [Completion.Candidate] {
    guard typed.quote == .none, case .live(let socket)? = context.socket else { return [] }
    let text = String(decoding: typed.bytes, as: UTF8.self)
    return socket.endpoints.filter { $0.role == role }.compactMap { endpoint in
      Self.form(of: endpoint.resolved, role, goingOnWith: text).map {
        .init($0, role == .bind ? "bound" : "connected", .endpoint)
      }
    }
  }

  private func known(_ role: Endpoint.Role, _ context: ArgumentContext) -> [(
    endpoint: String, summary: String
  )] {
    var found: [(String, String)] = []
    if role == .connect {
      for socket in context.names.sockets {
        for endpoint in socket.endpoints where endpoint.role == .bind {
          // What is bound to every interface is reached on this machine, too.
          found.append((Self.reachable(endpoint.resolved), "\(socket.name) is bound there"))
        }
      }
    }
    let given = Set(context.arguments.compactMap { word in word.literal.flatMap { Self.resolved($0, role) } })
    var seen = given
    return (found + recentEndpoints(role).map { ($0, "used lately") }).filter { seen.insert($0.0).inserted }
  }

  /// The endpoints of the lines that were typed lately, the newest first.
  private func recentEndpoints(_ role: Endpoint.Role) -> [String] {
    var found: [String] = []
    for line in facts.recentLines.reversed() {
      let block = Parser.parse(SourceFile(name: "", text: line, isPrompt: true)).block
      for case .command(let words) in block.statements.map(\.kind) {
        guard let (usage, arguments, socket) = DeclaredNames.command(in: words),
          usage.name == (role == .bind ? "bind" : "connect")
        else { continue }
        for word in socket == nil ? arguments.dropFirst() : arguments
        where word.bareText != "as" && !word.isAssignment {
          if let literal = word.literal, let endpoint = Self.resolved(literal, role),
            !Names.isName(String(decoding: literal, as: UTF8.self))
          {
            found.append(endpoint)
          }
        }
      }
    }
    return found
  }

  private static func resolved(_ word: [UInt8], _ role: Endpoint.Role) -> String? {
    (try? Endpoint(String(decoding: word, as: UTF8.self), for: role))?.description
  }

  /// How an endpoint is written: as shortly as can be, or in full where that is what is being typed.
  private static func form(of endpoint: String, _ role: Endpoint.Role, goingOnWith typed: String) -> String? {
    [shortened(endpoint, role), endpoint].first { form in
      form.utf8.starts(with: typed.utf8)
        && TextView.word(Array(form.utf8.filter { $0 != UInt8(ascii: ":") }))
          .utf8.elementsEqual(form.utf8.filter { $0 != UInt8(ascii: ":") })
    }
  }

  private static func shortened(_ endpoint: String, _ role: Endpoint.Role) -> String {
    let loopback = "tcp://127.0.0.1:"
    let short =
      endpoint.hasPrefix(loopback)
      ? String(endpoint.dropFirst(loopback.count))
      : endpoint.hasPrefix("tcp://") || endpoint.hasPrefix("ipc://")
        ? String(endpoint.dropFirst(6)) : endpoint
    // It must mean the same.
    return resolved(Array(short.utf8), role) == endpoint ? short : endpoint
  }

  private static func reachable(_ endpoint: String) -> String {
    for everywhere in ["tcp://0.0.0.0:", "tcp://*:"] where endpoint.hasPrefix(everywhere) {
      return "tcp://127.0.0.1:" + endpoint.dropFirst(everywhere.count)
    }
    return endpoint
  }

  /// The transports that people type, as far as the library speaks them.
  private static let transports: [Completion.Candidate] = [
    ("inproc", "between sockets of this program"), ("ipc", "a socket file"), ("tcp", "a host and a port"),
    ("ws", "a WebSocket"),
  ].filter { ZeroMQLibrary.speaks($0.0) }.map { .init($0.0 + "://", $0.1, .endpoint, isWhole: false) }
}
