import Payload
import Script

extension WordPreparer {
  /// A word that is a frame, which may name its encoding. What is plain is encoded here, once.
  func prepareFrame(_ word: Word) -> PreparedWord {
    guard let (encoding, length) = encoding(of: word) else { return prepare(word) }
    let argument = word.droppingPrefix(length)
    if case .encoding(let encoding) = encoding, let literal = argument.literal {
      do {
        if encoding.isConstant { return prepare(word.replaced(by: try encoding.frame(literal))) }
        try encoding.check(literal)
      } catch {
        report(
          Diagnostic(.error, error.message, at: Place(source, argument.span(of: error)), help: error.help))
        return prepare(word)
      }
    }
    if case .file(let folder) = encoding, let literal = argument.literal {
      let path = FileContents.path(String(decoding: literal, as: UTF8.self), relativeTo: folder)
      expectFile(path, at: Place(source, argument.span))
    }
    return PreparedWord(argument, place: Place(source, word.span), encoding: encoding) { prepare($0) }
  }

  /// The encoding that a word names, and the length of its name with the `:`.
  private func encoding(of word: Word) -> (FrameEncoding, Int)? {
    guard case .text(let bytes)? = word.parts.first else { return nil }
    if let (encoding, start) = Encoding.prefix(of: bytes, bareCount: word.bareCount) {
      return (.encoding(encoding), start)
    }
    guard word.prefix == "file:" else { return nil }
    return (.file(relativeTo: source.folder), 5)
  }
}

extension Word {
  /// The bare beginning up to and with its first `:`, or nil.
  var prefix: String? {
    guard case .text(let bytes)? = parts.first,
      let colon = bytes.prefix(bareCount).firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return String(decoding: bytes[...colon], as: UTF8.self)
  }

  /// The word without its first bytes, which are bare.
  func droppingPrefix(_ length: Int) -> Word {
    var rest = self
    if case .text(let bytes)? = parts.first {
      if bytes.count == length {
        rest.parts.removeFirst()
      } else {
        rest.parts[0] = .text(Array(bytes[length...]))
      }
    }
    rest.bareCount = Swift.max(0, bareCount - length)
    rest.span = Span(Swift.min(span.start + length, span.end), span.end)
    return rest
  }

  /// A word of other bytes at the same place.
  fileprivate func replaced(by bytes: [UInt8]) -> Word {
    Word(parts: bytes.isEmpty ? [] : [.text(bytes)], bareCount: 0, isQuoted: true, span: span)
  }

  /// Where an error in the word's bytes is: a quoted word has escapes and quotes, and is meant as a whole.
  func span(of error: PayloadError) -> Span {
    let start = span.start + error.range.lowerBound
    let end = Swift.min(span.start + error.range.upperBound, span.end)
    return isQuoted || start >= end ? span : Span(start, end)
  }
}

extension SourceFile {
  /// The folder that paths in the text are relative to: the script's own, the working folder for the prompt.
  var folder: String {
    guard !isPrompt, let slash = name.lastIndex(of: "/") else { return "" }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }
}
