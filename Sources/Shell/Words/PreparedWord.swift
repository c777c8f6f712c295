import Script

/// A word ready to be used many times: constant bytes, or pieces joined into the session's buffer.
final class PreparedWord {
  let place: Place
  /// Whether it may expand to several words: one bare value alone.
  let expands: Bool
  /// Whether any piece of it was quoted.
  let isQuoted: Bool
  /// What makes a frame of the bytes; nil where they are the frame.
  private let encoding: FrameEncoding?
  private let constantBytes: UnsafeMutableRawBufferPointer?
  private let pieces: ContiguousArray<Piece>

  private enum Piece {
    case text([UInt8])
    case value(PreparedExpression)
  }

  init(
    _ word: Word, place: Place, encoding: FrameEncoding? = nil, prepare: (Expression) -> PreparedExpression
  ) {
    self.place = place
    self.encoding = encoding
    isQuoted = word.isQuoted
    if let literal = word.literal {
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: literal.count, alignment: 1)
      bytes.copyBytes(from: literal)
      constantBytes = bytes
      pieces = []
      expands = false
    } else {
      constantBytes = nil
      pieces = ContiguousArray(
        word.parts.map { part in
          switch part {
          case .text(let bytes): .text(bytes)
          case .value(let expression): .value(prepare(expression))
          }
        })
      expands = encoding == nil && !word.isQuoted && !word.isJSON && word.parts.count == 1
    }
  }

  deinit { constantBytes?.deallocate() }

  /// The bytes of a word that are always the same. They live as long as the word.
  @inline(__always)
  var constant: UnsafeRawBufferPointer? {
    encoding == nil ? constantBytes.map { UnsafeRawBufferPointer($0) } : nil
  }

  /// Whether it was written out, without a variable in it.
  var isWritten: Bool { constantBytes != nil }

  /// Appends the word's bytes; a list or message is joined by spaces.
  func append(to buffer: ByteBuffer, in session: Session) throws(Failure) {
    if let encoding {
      let argument = ByteBuffer()
      try appendPieces(to: argument, in: session)
      buffer.append(try encoding.frame(argument.array, at: place, in: session))
    } else {
      try appendPieces(to: buffer, in: session)
    }
  }

  @inline(__always)
  private func appendPieces(to buffer: ByteBuffer, in session: Session) throws(Failure) {
    if let constantBytes {
      buffer.append(UnsafeRawBufferPointer(constantBytes))
      return
    }
    var index = 0
    while index < pieces.count {
      switch pieces[index] {
      case .text(let bytes): buffer.append(bytes)
      case .value(let expression): try expression.append(to: buffer, in: session)
      }
      index += 1
    }
  }

  /// The word's bytes in an array of their own.
  func bytes(in session: Session) throws(Failure) -> [UInt8] {
    if let constant { return Array(constant) }
    let buffer = ByteBuffer()
    try append(to: buffer, in: session)
    return buffer.array
  }

  /// The word's bytes as a string, for names and endpoints.
  func text(in session: Session) throws(Failure) -> String {
    String(decoding: try bytes(in: session), as: UTF8.self)
  }

  /// The value of a word that is one expression alone, else its bytes.
  func value(in session: Session) throws(Failure) -> Value {
    if encoding == nil, pieces.count == 1, case .value(let expression) = pieces[0] {
      return try expression.evaluate(in: session)
    }
    return .bytes(try bytes(in: session))
  }

  /// The words that it expands to, each as bytes: one an element of a list, one a frame of a message.
  func expanded(in session: Session) throws(Failure) -> [[UInt8]] {
    if expands, case .value(let expression) = pieces[0] {
      let value = try expression.checkLength(expression.evaluate(in: session))
      return value.expansion?.map(\.bytes) ?? [value.bytes]
    }
    return [try bytes(in: session)]
  }
}

/// A quoted string in an expression.
final class StringExpression: PreparedExpression {
  private let word: PreparedWord

  init(_ word: PreparedWord, _ place: Place) {
    self.word = word
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value { .bytes(try word.bytes(in: session)) }
}

/// `${name:-default}`
final class DefaultedExpression: PreparedExpression {
  private let wanted: PreparedExpression
  private let fallback: PreparedWord

  init(_ wanted: PreparedExpression, _ fallback: PreparedWord, _ place: Place) {
    self.wanted = wanted
    self.fallback = fallback
    super.init(place)
  }

  override func evaluate(in session: Session) throws(Failure) -> Value {
    do {
      let value = try wanted.evaluate(in: session)
      if !value.bytes.isEmpty { return value }
    } catch {
      // Whatever keeps the first from having a value, the default stands in for it; Ctrl-C and `exit` end the script.
      guard error.isCatchable else { throw error }
    }
    return .bytes(try fallback.bytes(in: session))
  }
}
