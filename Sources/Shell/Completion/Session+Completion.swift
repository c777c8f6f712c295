import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the prompt asks of a session while a line is typed.
extension Session {
  /// What could go on at the cursor: commands, names, options, files.
  ///
  /// - Parameters:
  ///   - text: The text that is typed, with the lines before it that it goes on with.
  ///   - offset: Where the cursor stands, in bytes of UTF-8; on the border of a character.
  ///   - recentLines: What was typed lately, the newest last: endpoints in it are offered again.
  /// - Returns: What may stand there; nil where nothing is known.
  public func complete(_ text: String, at offset: Int, recentLines: [String]) -> Completion? {
    var facts = completionFacts
    facts.recentLines = recentLines
    return Completer(facts: facts).complete(text, at: offset)
  }

  /// What is known of the words that follow the one typed last: `ENDPOINT... [as NAME]`. Nil where nothing is.
  ///
  /// - Parameter text: The text before the cursor, which ends it.
  public func argumentTemplate(for text: String) -> String? {
    let start = text.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    let head = text.utf8.dropFirst(start).prefix { $0 != UInt8(ascii: " ") }
    let name = String(decoding: head, as: UTF8.self)
    let rest = String(decoding: text.utf8.dropFirst(start + head.count), as: UTF8.self)
    if let alias = aliases[name] { return ArgumentTemplate.text(after: alias.text + rest) }
    if let definition = definitions[name] { return ArgumentTemplate.text(after: rest, of: definition.text) }
    return ArgumentTemplate.text(after: text)
  }

  var completionFacts: CompletionFacts {
    var facts = CompletionFacts()
    facts.sockets = sockets.all.map { socket in
      CompletionFacts.SocketFact(
        name: socket.name, type: socket.type, state: socket.state,
        endpoints: socket.endpoints.map { ($0.role, $0.resolved) }, subscriptions: socket.subscriptions)
    }
    facts.current = sockets.current?.name
    facts.tasks = tasks.all.map { task in
      switch task.state {
      case .running: (task.name, "running")
      case .ended: (task.name, "ended")
      case .failed: (task.name, "failed")
      }
    }
    facts.variables = scope.bound.compactMap { name in
      guard let slot = scope.slots[name] else { return nil }
      let value = frame.value(at: slot)
      if case .undefined = value { return nil }
      return (name, value)
    }
    facts.definitions = definitions.texts.map { text in
      (
        text.name, ([text.name] + text.parameters.map { $0.uppercased() }).joined(separator: " "),
        text.parameters.count
      )
    }
    facts.aliases = aliases.values.map { ($0.name, SecretWords.masked($0.text)) }
    facts.entries = FolderEntries.read
    facts.environment = { Environment.names }
    facts.programFolders = {
      (Environment.value(of: "PATH") ?? "").utf8.split(separator: UInt8(ascii: ":")).map {
        Array($0) + [0x2F]
      }
    }
    return facts
  }
}

extension Frame {
  /// The value in a slot; undefined where the frame has not grown to it yet.
  func value(at slot: Int) -> Value { snapshot(slot + 1).last ?? .undefined }
}

/// What is in a folder, as the system tells it.
enum FolderEntries {
  /// The entries but `.` and `..`; none where the folder cannot be read. See readdir(3).
  static func read(_ folder: [UInt8]) -> [CompletionFacts.FileFact] {
    let path = folder.isEmpty ? [UInt8(ascii: ".")] : folder
    guard let stream = opendir(path.cString) else { return [] }
    defer { closedir(stream) }
    var entries: [CompletionFacts.FileFact] = []
    while let entry = readdir(stream) {
      // Where it stands: an entry may be shorter than its type.
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      entries.append(CompletionFacts.FileFact(name: name, kind: kind(of: entry.pointee.d_type, path, name)))
    }
    return entries
  }

  private static func kind(of type: UInt8, _ folder: [UInt8], _ name: [UInt8])
    -> CompletionFacts.FileFact.Kind
  {
    switch Int(type) {
    case Int(DT_DIR): return .folder
    case Int(DT_SOCK): return .socket
    case Int(DT_LNK), Int(DT_UNKNOWN):
      // What a link leads to counts, and some file systems tell nothing here.
      var status = stat()
      guard stat((folder + [UInt8(ascii: "/")] + name).cString, &status) == 0 else { return .file }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return .folder
      case S_IFSOCK: return .socket
      default: return .file
      }
    default: return .file
    }
  }
}

extension [UInt8] {
  /// The bytes with the zero at their end that C wants; one with a zero in it ends there.
  fileprivate var cString: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}
