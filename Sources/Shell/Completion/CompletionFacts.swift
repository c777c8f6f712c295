import Script
import ZeroMQ

/// What completion knows of a session.
struct CompletionFacts {
  /// A socket that is there.
  struct SocketFact {
    var name: String
    var type: SocketType
    /// What it can do next, in words.
    var state: String
    /// Its endpoints, as libzmq resolved them.
    var endpoints: [(role: Endpoint.Role, resolved: String)] = []
    /// The prefixes that it is subscribed to.
    var subscriptions: [[UInt8]] = []
  }

  /// An entry of a folder.
  struct FileFact {
    enum Kind { case folder, socket, file }

    /// Its name, of which the system says nothing but that it has neither `/` nor a zero.
    var name: [UInt8]
    var kind: Kind
  }

  var sockets: [SocketFact] = []
  /// The name of the socket that statements without a name act on.
  var current: String?
  /// The tasks, and how they are.
  var tasks: [(name: String, state: String)] = []
  /// The variables that have a value.
  var variables: [(name: String, value: Value)] = []
  /// The `def`s, and how they are called.
  var definitions: [(name: String, synopsis: String, parameters: Int)] = []
  /// The aliases, and what they stand for.
  var aliases: [(name: String, meaning: String)] = []
  /// Lines that were typed lately, the newest last: their endpoints are offered.
  var recentLines: [String] = []
  /// The entries of a folder; the working folder is the empty path.
  var entries: (_ folder: [UInt8]) -> [FileFact] = { _ in [] }
  /// The names of the environment's variables.
  var environment: () -> [String] = { [] }
  /// The folders that programs are looked for in.
  var programFolders: () -> [[UInt8]] = { [] }
}
