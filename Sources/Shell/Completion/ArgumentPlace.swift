import Script
import ZeroMQ

/// Where the next word of a command stands, after the words before it.
struct ArgumentPlace {
  /// What the next word may be.
  private(set) var kinds: [ArgumentKind] = []
  /// Whether `as` may come next.
  private(set) var takesAs = false

  /// - Parameters:
  ///   - words: The words after the command.
  ///   - hasSocket: Whether a socket stands before the command.
  init(
    after words: some Collection<Word>, of positions: [ArgumentPosition], keeps: KeptName?, hasSocket: Bool
  ) {
    var rest = positions.filter { !($0.isSubject && hasSocket) }[...]
    var isSatisfied = false
    var hasName = false
    var isNaming = false
    for word in words {
      if isNaming {
        // `recv as id body`: whatever follows is a name, too.
        if keeps == .variables { return }
        isNaming = false
        hasName = true
        continue
      }
      if keeps != nil, !hasName, word.bareText == "as", Self.isComplete(rest, isSatisfied) {
        isNaming = true
        continue
      }
      if word.isAssignment, let options = rest.firstIndex(where: \.takesOptions) {
        // `set linger=0 sndhwm=1`; with `bind` they stand anywhere behind the socket.
        if rest[options].count == .one { rest = [.any(.optionAssignment)] }
        continue
      }
      // An optional name is none where the word is no name: `unbind 5546`.
      while let first = rest.first, first.count == .optional, rest.count > 1,
        !(word.bareText.map(Names.isName) ?? false)
      {
        rest.removeFirst()
      }
      guard let first = rest.first else { return }
      isSatisfied = first.count == .any || first.count == .some
      if !isSatisfied { rest.removeFirst() }
    }
    if isNaming { return }
    for (index, position) in rest.enumerated() {
      kinds += position.kinds
      if !position.isOptional, !(index == 0 && isSatisfied) { break }
    }
    takesAs = keeps != nil && !hasName && Self.isComplete(rest, isSatisfied)
    // Only a new socket gets a name.
    if keeps == .socket, hasSocket || words.first?.bareText.flatMap(SocketType.init(name:)) == nil {
      takesAs = false
    }
  }

  /// Whether the command could end here.
  private static func isComplete(_ rest: ArraySlice<ArgumentPosition>, _ isSatisfied: Bool) -> Bool {
    (isSatisfied ? rest.dropFirst() : rest).allSatisfy(\.isOptional)
  }
}

extension ArgumentPosition {
  fileprivate var takesOptions: Bool {
    kinds.contains { kind in
      switch kind {
      case .writableOption, .optionAssignment: true
      default: false
      }
    }
  }
}

extension Word {
  /// Whether the word has the form `name=…`.
  var isAssignment: Bool {
    guard case .text(let bytes)? = parts.first,
      let equals = bytes.prefix(bareCount).firstIndex(of: UInt8(ascii: "="))
    else { return false }
    return Names.isName(String(decoding: bytes[..<equals], as: UTF8.self))
  }
}
