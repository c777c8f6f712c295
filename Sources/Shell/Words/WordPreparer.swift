import Script
import ZeroMQ

/// Turns words and expressions into what is evaluated many times, and keeps account of the names in a text.
///
/// It touches no socket. Every error of a text is collected, not only the first.
final class WordPreparer {
  let source: SourceFile
  let session: Session
  let scope: Scope
  private var diagnostics: [Diagnostic] = []

  // What can be told only when the whole text has been seen: a name may be made further down.
  private var readNames: [(name: String, place: Place, scope: Scope, from: [Caller])] = []
  private var usedSockets: [(name: String, place: Place, orType: Bool, from: [Caller])] = []
  private var declaredSockets: Set<String> = []
  private var declaredTasks: Set<String> = []
  /// The files that are being read for their names, this text's own last.
  let including: [String]
  /// The files that were read for their names already, in all parts of the text.
  let included: IncludedFiles
  private var hasUnseenNames = false
  /// Whether a file is read whose `def`s are not known before.
  private(set) var hasUnseenDefinitions = false
  /// What the parser has told of: a word that has it in it is another one than was meant.
  private var misread: [Span] = []
  /// Names that stand in statements which do not parse: what those would have made is not known.
  private var excusedNames: Set<String> = []

  init(
    source: SourceFile, session: Session, scope: Scope? = nil, including: [String] = [],
    included: IncludedFiles = IncludedFiles()
  ) {
    self.source = source
    self.included = included
    self.including = including.isEmpty ? FileContents.realPath(source.name).map { [$0] } ?? [] : including
    self.session = session
    self.scope = scope ?? session.scope
  }

  /// Takes over what is wrong with the text itself. The rest of it is checked all the same, but a name in a
  /// statement that does not parse may be made there.
  func report(_ parsed: ParseResult) {
    for diagnostic in parsed.diagnostics { report(diagnostic) }
    misread = parsed.diagnostics.compactMap { $0.severity == .error ? $0.place?.span : nil }
    for span in parsed.damage + misread.map({ source.span(ofLine: source.line(of: $0.start)) }) {
      let words = source.bytes[span.start..<span.end].split { !Names.isNameByte($0) }
      excusedNames.formUnion(words.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// Tells, where the text does not run, of a file that it needs and that is not there: what runs before may make it.
  func expectFile(_ path: String, at place: Place) {
    guard session.isOnlyChecking, !FileContents.exists(path) else { return }
    report(
      Diagnostic(
        .warning, "'\(path)' is not there", at: place, label: "unless something makes it before this runs"))
  }

  /// What is wrong, once everything was prepared.
  func finish() -> [Diagnostic] {
    for (name, place, orType, from) in usedSockets where !isKnownSocket(name) {
      report(unknownSocket(name, place, orType: orType), through: from)
    }
    for (name, place, scope, from) in readNames where !scope.bound.contains(name) && !isKnownSocket(name) {
      report(unknownVariable(name, place, scope), through: from)
    }
    // In the order of the text; what is wrong in an included file, in the order of that.
    func position(_ diagnostic: Diagnostic) -> (Int, Int) {
      // What has no place, that more errors were found than are shown, ends the list.
      let own = diagnostic.place?.span.start ?? .max
      return (diagnostic.callers.last?.place.span.start ?? own, own)
    }
    var found: [Diagnostic] = []
    for diagnostic in diagnostics.sorted(by: { position($0) < position($1) }) {
      // The parser and the check each tell of a name that is taken: one of them is enough.
      if let last = found.last, let span = diagnostic.place?.span, last.place?.span == span,
        last.callers.count == diagnostic.callers.count
      {
        continue
      }
      found.append(diagnostic)
    }
    diagnostics = []
    return found
  }

  func report(_ diagnostic: Diagnostic, through callers: [Caller] = []) {
    if callers.isEmpty, let span = diagnostic.place?.span,
      misread.contains(where: { span.start <= $0.start && $0.end <= span.end && span != $0 })
    {
      return
    }
    var diagnostic = diagnostic
    diagnostic.callers += callers
    diagnostics.append(diagnostic)
  }

  /// Takes over what a part, a `def` or an included file, found and named.
  ///
  /// - Parameters:
  ///   - caller: The `source` statement, or the alias, that included the part.
  ///   - note: What else is to be told of its errors.
  func absorb(_ part: WordPreparer, through caller: Caller? = nil, note: String? = nil) {
    let here = caller.map { [$0] } ?? []
    for var diagnostic in part.diagnostics {
      if let note { diagnostic.notes.append(note) }
      report(diagnostic, through: here)
    }
    readNames += part.readNames.map { ($0.name, $0.place, $0.scope, $0.from + here) }
    usedSockets += part.usedSockets.map { ($0.name, $0.place, $0.orType, $0.from + here) }
    declaredSockets.formUnion(part.declaredSockets)
    declaredTasks.formUnion(part.declaredTasks)
    hasUnseenNames = hasUnseenNames || part.hasUnseenNames
    hasUnseenDefinitions = hasUnseenDefinitions || part.hasUnseenDefinitions
    excusedNames.formUnion(part.excusedNames)
  }

  // MARK: Names

  /// The socket that a word names.
  ///
  /// - Parameter orType: Whether a socket type could stand there too, for the error.
  func socketReference(_ word: Word, orType: Bool = false) -> SocketReference {
    guard let literal = word.literal else { return .word(prepare(word)) }
    let name = String(decoding: literal, as: UTF8.self)
    usedSockets.append((name, Place(source, word.span), orType, []))
    return .slot(session.sockets.slot(of: name))
  }

  /// Notes that the script makes a socket of this name, or where it is nil, of a name that only running tells.
  func declareSocket(_ name: String?) {
    if let name { declaredSockets.insert(name) } else { hasUnseenNames = true }
  }

  /// Notes that the script starts a task of this name, or where it is nil, of a name that only running tells.
  func declareTask(_ name: String?) {
    if let name { declaredTasks.insert(name) } else { hasUnseenNames = true }
  }

  /// Notes that names may be there that this text does not make.
  func declareUnseenNames() { hasUnseenNames = true }

  /// Notes that a file is read which is not known before the text runs: it may make names, and `def`s too.
  func declareUnseenFile() {
    hasUnseenNames = true
    hasUnseenDefinitions = true
  }

  /// Notes, of a part that is checked by itself, what was seen before it.
  func follow(_ whole: WordPreparer) { hasUnseenDefinitions = whole.hasUnseenDefinitions }

  /// The slot of a variable that a command sets.
  func bind(_ name: String) -> Int { scope.bind(name) }

  /// Whether a socket of this name is there, or made by what was read so far.
  func isKnownSocket(_ name: String) -> Bool {
    hasUnseenNames || excusedNames.contains(name) || isSocket(name)
  }

  /// As ``isKnownSocket(_:)``, and not only because it cannot be ruled out.
  func isSocket(_ name: String) -> Bool {
    if session.served[name] != nil || declaredSockets.contains(name) || session.sockets[name] != nil {
      return true
    }
    // `rep1` and the like are made without being named.
    let letters = name.prefix { !$0.isNumber }
    let digits = name.dropFirst(letters.count)
    return !digits.isEmpty && digits.allSatisfy(\.isNumber) && SocketType(name: String(letters)) != nil
  }

  /// The sockets that are there or made by what was read so far.
  var socketNames: [String] { declaredSockets + session.sockets.all.map(\.name) }

  /// The tasks that the text starts and those that are there.
  var taskNames: [String] { declaredTasks + session.tasks.all.map(\.name) }

  /// Whether a task of this name may be there when the statement runs.
  func isKnownTask(_ name: String) -> Bool { hasUnseenNames || taskNames.contains(name) }

  private func unknownSocket(_ name: String, _ place: Place, orType: Bool) -> Diagnostic {
    let types = orType ? SocketType.allCases.map(\.name) : []
    let known = socketNames + types
    let safe = DisplayText.safe(name)
    if orType {
      let (label, help) = SocketType.advice(for: name, among: known)
      return Diagnostic(
        .error, "'\(safe)' is neither a socket type nor a socket", at: place, label: label, help: help)
    }
    let near = didYouMean(name, among: known)
    return Diagnostic(
      .error, "no socket is named '\(safe)'", at: place,
      label: near ?? "nothing here makes a socket of this name",
      help: near == nil ? ["`connect req 5546 as \(safe)` makes one"] : [])
  }

  private func unknownVariable(_ name: String, _ place: Place, _ scope: Scope) -> Diagnostic {
    if scope !== self.scope, self.scope.bound.contains(name) {
      return Diagnostic(
        .error, "'$\(name)' is not defined in this 'def'", at: place,
        label: "the script's variables are not seen here",
        help: ["give it as an argument: `def NAME \(name) { … }`"])
    }
    let near = nearest(to: name, in: Array(scope.bound) + Array(declaredSockets)).map {
      "did you mean '$\($0)'?"
    }
    return Diagnostic(
      .error, "'$\(name)' is not defined", at: place, label: near ?? "nothing sets it",
      help: near == nil
        ? [
          "`let \(name) = …` sets it; to send a dollar sign, write '\(Self.word(at: place))' in single quotes"
        ] : [])
  }

  /// The word without quotes that a part of it stands in: a key or a password may have dollar signs. The part alone
  /// where the word has quotes.
  private static func word(at place: Place) -> String {
    let bytes = place.source.bytes
    let isInside: (UInt8) -> Bool = { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    let start = bytes[..<place.span.start].lastIndex { !isInside($0) }.map { $0 + 1 } ?? 0
    let end = bytes[place.span.end...].firstIndex { !isInside($0) } ?? bytes.count
    let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")]
    let isPlain = !bytes[start..<end].contains(where: quotes.contains)
    let span = isPlain ? start..<end : place.span.start..<place.span.end
    return DisplayText.safe(String(decoding: bytes[span], as: UTF8.self))
  }

  // MARK: Words and expressions

  func prepare(_ word: Word) -> PreparedWord {
    PreparedWord(word, place: Place(source, word.span)) { prepare($0) }
  }

  func prepare(_ expression: Expression) -> PreparedExpression {
    let place = Place(source, expression.span)
    switch expression.kind {
    case .integer(let number): return ConstantExpression(.integer(number), place)
    case .float(let number): return ConstantExpression(.float(number), place)
    case .duration(let duration): return ConstantExpression(.duration(duration), place)
    case .boolean(let truth): return ConstantExpression(.boolean(truth), place)
    case .string(let word):
      if let literal = word.literal { return ConstantExpression(.bytes(literal), place) }
      return StringExpression(prepare(word), place)
    case .list(let elements): return ListExpression(elements.map { prepare($0) }, place)
    case .range(let first, let last): return RangeExpression(prepare(first), prepare(last), place)
    case .variable(let name): return prepareVariable(name, place)
    case .defaulted(let wanted, let fallback):
      // A default is there for a name that nothing sets.
      if case .variable(let name) = wanted.kind, !Names.isArgument(name) {
        return DefaultedExpression(
          NameExpression(name, slot: scope.slot(of: name), place), prepare(fallback), place)
      }
      return DefaultedExpression(prepare(wanted), prepare(fallback), place)
    case .index(let base, let index): return IndexExpression(prepare(base), prepare(index), place)
    case .member(let base, let member):
      if case .variable("env") = base.kind { return EnvironmentExpression(member.text, place) }
      return MemberExpression(prepare(base), member, place)
    case .unary(.minus, let operand): return NegationExpression(prepare(operand), place)
    case .unary(.not, let operand): return NotExpression(prepare(operand), place)
    case .binary(let left, .and, let right):
      return LogicalExpression(prepare(left), and: true, prepare(right), place)
    case .binary(let left, .or, let right):
      return LogicalExpression(prepare(left), and: false, prepare(right), place)
    case .binary(let left, let operation, let right):
      return BinaryExpression(
        prepare(left), operation, prepare(right), Place(source, expression.operatorSpan))
    case .call(let name, let arguments): return prepareCall(name, arguments, place)
    }
  }

  private func prepareVariable(_ name: String, _ place: Place) -> PreparedExpression {
    switch name {
    case "@": return ArgumentExpression(.all, place)
    case "#": return ArgumentExpression(.count, place)
    case "0": return ArgumentExpression(.scriptName, place)
    case "env":
      report(
        Diagnostic(.error, "'$env' needs the name of a variable", at: place, help: ["write `$env.HOME`"]))
      return ConstantExpression(.undefined, place)
    default:
      if let number = Int(name) { return ArgumentExpression(.number(number), place) }
      // A name that is bound already may be shadowed, and its binding gone, when the text has been read.
      if !scope.bound.contains(name) { readNames.append((name, place, scope, [])) }
      return NameExpression(name, slot: scope.slot(of: name), place)
    }
  }

  private func prepareCall(_ name: Name, _ arguments: [Expression], _ place: Place) -> PreparedExpression {
    let prepared = arguments.map { prepare($0) }
    if let definition = session.definitions[name.text] {
      if prepared.count != definition.text.parameters.count {
        report(Diagnostic(.error, Definition.countMessage(definition, prepared.count), at: place))
      }
      return DefinitionCallExpression(.known(definition), prepared, place)
    }
    guard let function = Function.named(name.text) else {
      let near = didYouMean(name.text, among: Function.all.map(\.name))
      let unknown = Diagnostic(
        .error, "no function is named '\(name.text)'", at: Place(source, name.span), label: near,
        help: near == nil ? ["the functions are \(Function.all.map(\.name).joined(separator: ", "))"] : [])
      if hasUnseenDefinitions {
        return DefinitionCallExpression(.unseen(name.text, unknown), prepared, place)
      }
      report(unknown)
      return ConstantExpression(.undefined, place)
    }
    let wanted = function.parameters.count
    if prepared.count != wanted {
      report(
        Diagnostic(
          .error, "'\(name.text)' takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(prepared.count)",
          at: place,
          help: ["write `\(name.text)(\(function.parameters.joined(separator: ", ")))`"]))
      return ConstantExpression(.undefined, place)
    }
    return CallExpression(function, prepared, place)
  }
}

/// Files that a check has read: one that is sourced from many places is checked once.
final class IncludedFiles {
  private var paths: Set<String> = []

  /// Notes a file, and tells whether it is a new one.
  func insert(_ path: String) -> Bool { paths.insert(path).inserted }
}
