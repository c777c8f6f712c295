import Payload
import Script
import ZeroMQ

/// What is known of a command whose next word is typed.
struct ArgumentContext {
  /// The socket that it acts on.
  enum Socket {
    case type(SocketType)
    case live(CompletionFacts.SocketFact)

    var type: SocketType {
      switch self {
      case .type(let type): type
      case .live(let socket): socket.type
      }
    }
  }

  let names: DeclaredNames
  /// The words after the command.
  let arguments: ArraySlice<Word>
  /// Nil where only running tells.
  let socket: Socket?
  /// Whether that socket stands before the command.
  var isOnSocket = false
}

extension Completer {
  /// What of a kind goes on with the word that is typed.
  func candidates(
    for kind: ArgumentKind, _ typed: CompletionSpot.TypedWord, _ context: ArgumentContext
  ) -> [Completion.Candidate] {
    switch kind {
    case .socket:
      let given = Set(context.arguments.compactMap(\.bareText))
      let sockets = context.names.sockets.filter { !given.contains($0.name) }
      return matching(sockets.map { .init($0.name, Self.summary(of: $0), .socket) }, typed)
    case .socketType: return matching(Self.socketTypes, typed)
    case .endpoint(let role): return endpoints(role, typed, context)
    case .attachedEndpoint(let role): return attachedEndpoints(role, typed, context)
    case .writableOption:
      if typed.equalsSign != nil { return candidates(for: .optionAssignment, typed, context) }
      return matching(options(context) { $0.access.isWritable }, typed)
    case .readableOption:
      return matching(options(context) { $0.access.isReadable && !$0.isSecret }, typed)
    case .optionAssignment: return optionAssignments(typed, context)
    case .optionValue:
      guard let option = context.arguments.last?.bareText.flatMap(SocketOption.named) else { return [] }
      return matching(values(of: option, context), typed)
    case .contextWord:
      return context.isOnSocket
        ? [] : matching([.init("context", "what all sockets live in", .keyword)], typed)
    case .contextOption(let isSet): return matching(Self.contextWords(after: context.arguments, isSet), typed)
    case .file: return files(typed, after: "")
    case .task:
      let given = Set(context.arguments.compactMap(\.bareText))
      let tasks = context.names.tasks.filter { !given.contains($0.name) }
      return matching(tasks.map { .init($0.name, "task, \($0.state)", .task) }, typed)
    case .securityClause:
      let usages = [CurveCommand.usage, PlainCommand.usage]
      guard
        let clause = context.arguments.lastIndex(where: {
          $0.bareText.map(SecurityClause.keywords.contains) ?? false
        })
      else { return matching(usages.map { .init($0.name, $0.summary, .keyword) }, typed) }
      // Its own words follow: those that the command of its name takes.
      guard clause == context.arguments.endIndex - 1,
        let usage = usages.first(where: { $0.name == context.arguments[clause].bareText })
      else { return [] }
      return usage.takes.first?.kinds.flatMap { candidates(for: $0, typed, context) } ?? []
    case .alias:
      return matching(facts.aliases.map { .init($0.name, DisplayText.safe($0.meaning), .alias) }, typed)
    case .after(let words, let kind):
      guard let last = context.arguments.last?.bareText, words.contains(last) else { return [] }
      return candidates(for: kind, typed, context)
    case .notAfter(let words, let kind):
      guard context.arguments.first?.bareText.map({ !words.contains($0) }) ?? true else { return [] }
      return candidates(for: kind, typed, context)
    case .view: return matching(View.all.map { .init($0.name, $0.summary, .value) }, typed)
    case .frame: return frames(typed)
    case .pattern: return patterns(typed, isFirst: context.arguments.isEmpty) + frames(typed)
    case .subscription:
      guard case .live(let socket)? = context.socket, typed.quote == .none else { return [] }
      let words = socket.subscriptions.map { prefix in
        Completion.Candidate(
          prefix.isEmpty ? "''" : TextView.word(prefix), prefix.isEmpty ? "all messages" : "", .value)
      }
      return matching(words, typed)
    case .helpTopic: return matching(Self.helpTopics, typed)
    case .optionTopic:
      guard context.arguments.last?.bareText == "options" else { return [] }
      let ofContext = ContextOption.all.filter { SocketOption.named($0.name) == nil }
      let rows =
        SocketOption.all.map { ($0.name, $0.summary) } + ofContext.map { ($0.name, $0.summary) }
      return matching(rows.sorted { $0.0 < $1.0 }.map { .init($0.0, $0.1, .option) }, typed)
    case .word(let word, let summary, let ability):
      guard context.socket.map({ ability.fits($0.type) }) ?? true else { return [] }
      return matching([.init(word, summary, .keyword)], typed)
    case .other: return []
    }
  }

  // MARK: Options

  /// The options of the socket's type, or all where that is not known.
  private func options(
    _ context: ArgumentContext, _ isWanted: (SocketOption) -> Bool
  ) -> [Completion.Candidate] {
    let type = context.socket?.type
    return SocketOption.all.filter { option in
      isWanted(option) && option.isAvailable && type.map { option.types.contains($0) } ?? true
    }.map { .init($0.name, $0.summary, .option) }
  }

  private func optionAssignments(
    _ typed: CompletionSpot.TypedWord, _ context: ArgumentContext
  ) -> [Completion.Candidate] {
    guard let equals = typed.equalsSign else {
      guard typed.quote == .none else { return [] }
      return Self.matching(
        options(context) { $0.access.isWritable }.map { option in
          .init(option.text + "=", option.summary, .option, isWhole: false)
        }, String(decoding: typed.bytes, as: UTF8.self))
    }
    let name = String(decoding: typed.bytes[..<equals], as: UTF8.self)
    guard typed.quote == .none, let option = SocketOption.named(name) else { return [] }
    return matching(
      values(of: option, context).map { value in
        var value = value
        value.label = value.text
        value.text = "\(name)=\(value.text)"
        return value
      }, typed)
  }

  /// Values that mean something by themselves: on and off, those with a name, and what the socket begins with.
  private func values(of option: SocketOption, _ context: ArgumentContext) -> [Completion.Candidate] {
    guard option.access.isWritable, !option.isSecret else { return [] }
    var initial = option.defaultValue
    if let type = context.socket?.type,
      let ours = NamedSocket.defaults(for: type).first(where: { $0.name == option.name })
    {
      initial = .integer(ours.value)
    }
    var rows: [(text: String, summary: String)] = []
    if option.kind == .bool {
      rows = [("on", ""), ("off", "")]
    } else {
      rows = option.specialValues.sorted { $0.key < $1.key }.map { ("\($0.key)", $0.value) }
    }
    if let initial, case .integer(let number) = initial {
      let text = option.kind == .bool ? (number == 0 ? "off" : "on") : "\(number)"
      if let index = rows.firstIndex(where: { $0.text == text }) {
        rows[index].summary += rows[index].summary.isEmpty ? "the default" : ", the default"
      } else {
        rows.append((text, "\(option.format(initial)), the default"))
      }
    }
    // Some values can only be read: they mean that nothing was set.
    return rows.filter { (try? option.parse($0.text)) != nil }.map { .init($0.text, $0.summary, .value) }
  }

  // MARK: Frames

  private func frames(_ typed: CompletionSpot.TypedWord) -> [Completion.Candidate] {
    let prefix = Array("file:".utf8)
    if typed.bytes.starts(with: prefix), typed.bareCount >= prefix.count {
      return files(typed, after: "file:")
    }
    let encodings =
      Encoding.all.map { Completion.Candidate($0.name + ":", $0.summary, .encoding, isWhole: false) }
      + [.init("file:", "the contents of a file", .encoding, isWhole: false)]
    return matching(encodings.sorted { $0.text < $1.text }, typed)
  }

  private func patterns(_ typed: CompletionSpot.TypedWord, isFirst: Bool) -> [Completion.Candidate] {
    let words =
      [
        Completion.Candidate("...", "any frames that remain", .pattern),
        .init("_", "any one frame", .pattern),
      ]
      + MatcherKind.all.map { .init($0.prefix, $0.summary, .pattern, isWhole: false) }
      + (isFirst ? [.init("nothing", "no message in the time that there is", .pattern)] : [])
    return matching(words, typed)
  }

  // MARK: Files

  /// The files whose path goes on with the word that is typed.
  ///
  /// - Parameter prefix: What stands before the path in the word, `file:`.
  func files(
    _ typed: CompletionSpot.TypedWord, after prefix: String,
    where isWanted: (CompletionFacts.FileFact) -> Bool = { _ in true }
  ) -> [Completion.Candidate] {
    guard !typed.isClosed else { return [] }
    let path = Array(typed.bytes.dropFirst(prefix.utf8.count))
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let folder = Array(path[..<start])
    let begun = path[start...]
    let isHiddenWanted = begun.first == UInt8(ascii: ".")
    let entries = facts.entries(folder).filter { entry in
      entry.name.starts(with: begun) && (isHiddenWanted || entry.name.first != UInt8(ascii: "."))
        && isWanted(entry)
    }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    let paths = entries.map { entry in
      folder + entry.name + (entry.kind == .folder ? [UInt8(ascii: "/")] : [])
    }
    // One way of quoting for all, so that what they have in common can be typed.
    let quote = paths.reduce(typed.quote) { FileQuote.strongest($0, FileQuote.needed(for: $1)) }
    return zip(entries, paths).map { entry, path in
      .init(
        prefix + FileQuote.quoted(path, quote, isClosed: entry.kind != .folder), entry.kind.summary, .file,
        isWhole: entry.kind != .folder, label: FileQuote.label(path[start...]))
    }
  }

  /// The programs that the name typed could be; none before a letter is typed, for there are thousands.
  func programs(_ typed: CompletionSpot.TypedWord) -> [Completion.Candidate] {
    if typed.bytes.contains(UInt8(ascii: "/")) { return files(typed, after: "") }
    guard !typed.bytes.isEmpty, typed.quote == .none else { return [] }
    var names: Set<[UInt8]> = []
    for folder in facts.programFolders() {
      for entry in facts.entries(folder) where entry.kind == .file && entry.name.starts(with: typed.bytes) {
        names.insert(entry.name)
      }
    }
    return names.map { String(decoding: $0, as: UTF8.self) }.filter { TextView.word(Array($0.utf8)) == $0 }
      .sorted()
      .map { .init($0, "", .program) }
  }
}

extension ArgumentKind {
  var isSecurityClause: Bool {
    if case .securityClause = self { true } else { false }
  }
}

extension CompletionSpot.TypedWord {
  /// Where the `=` of an assignment is.
  fileprivate var equalsSign: Int? { bytes.prefix(bareCount).firstIndex(of: UInt8(ascii: "=")) }
}

extension CompletionFacts.FileFact.Kind {
  fileprivate var summary: String {
    switch self {
    case .folder: "folder"
    case .socket: "socket"
    case .file: ""
    }
  }
}

/// How a file's name is written: any name can be, and comes back as the same bytes.
enum FileQuote {
  typealias Quote = CompletionSpot.TypedWord.Quote

  /// The weakest quote that a path can be written with.
  static func needed(for path: [UInt8]) -> Quote {
    // Most names are plain ASCII: there are folders with thousands, and a Tab is waited for.
    if isPrintableASCII(path), !path.contains(UInt8(ascii: "'")) {
      return isWord(path) ? .none : .raw
    }
    if TextView.word(path).utf8.elementsEqual(path) { return .none }
    // What is escaped between `"` and `"`, but for what `'` takes as it is.
    let rest = path.filter { !Array(#""\$"#.utf8).contains($0) }
    return TextView.escaped(rest).utf8.elementsEqual(rest) && !path.contains(UInt8(ascii: "'"))
      ? .raw : .cooked
  }

  /// A path as a list shows it.
  static func label(_ path: ArraySlice<UInt8>) -> String {
    isPrintableASCII(path) && !path.contains(where: { $0 == 0x22 || $0 == 0x24 || $0 == 0x5C })
      ? String(decoding: path, as: UTF8.self) : TextView.escaped(Array(path))
  }

  private static func isPrintableASCII(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Whether printable ASCII is a bare word that means itself.
  private static func isWord(_ path: [UInt8]) -> Bool {
    !path.contains(UInt8(ascii: " ")) && TextView.word(path).utf8.elementsEqual(path)
  }

  static func strongest(_ first: Quote, _ second: Quote) -> Quote {
    first == .cooked || second == .cooked ? .cooked : first == .raw || second == .raw ? .raw : .none
  }

  static func quoted(_ path: [UInt8], _ quote: Quote, isClosed: Bool) -> String {
    switch quote {
    case .none: String(decoding: path, as: UTF8.self)
    case .raw: "'" + String(decoding: path, as: UTF8.self) + (isClosed ? "'" : "")
    case .cooked: "\"" + TextView.escaped(path) + (isClosed ? "\"" : "")
    }
  }
}
