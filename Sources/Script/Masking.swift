/// Texts as they may be shown: the secrets in them masked.
extension SourceFile {
  /// The bytes of a part of the text with ``SecretWords/mask`` in the place of each secret, and where marked bytes are
  /// in them. Line ends inside a secret stay.
  func masked(_ part: Span, marking marked: Span = Span(0, 0)) -> (bytes: [UInt8], marked: Span) {
    var shown: [UInt8] = []
    var position = part.start
    var mark = Span(marked.start - part.start, marked.end - part.start)
    var starts: Int?
    var ends: Int?
    for secret in secrets where secret.end > part.start && secret.start < part.end {
      shown += bytes[position..<max(position, secret.start)]
      let start = shown.count
      shown += Array(SecretWords.mask.utf8)
      let inside = Span(max(secret.start, part.start), min(secret.end, part.end))
      shown += bytes[inside.start..<inside.end].filter { $0 == Byte.lineFeed }
      if marked.start > secret.start, marked.start < secret.end { starts = start }
      if marked.end > secret.start, marked.end <= secret.end { ends = shown.count }
      let growth = shown.count - start - (inside.end - inside.start)
      if marked.start >= secret.end { mark.start += growth }
      if marked.end > secret.end { mark.end += growth }
      position = inside.end
    }
    shown += bytes[min(position, part.end)..<part.end]
    let start = starts ?? mark.start
    return (shown, Span(start, max(start, ends ?? mark.end)))
  }

  /// A line, counted from 1, without its line end and without its secrets.
  public func maskedLine(_ line: Int) -> String {
    String(decoding: masked(span(ofLine: line)).bytes, as: UTF8.self)
  }
}

extension Diagnostic {
  /// The same without the secrets of its text: an error quotes words.
  public var masked: Diagnostic {
    guard let source = place?.source, !source.secrets.isEmpty else { return self }
    let texts = source.secrets.map { secret in
      String(decoding: source.bytes[secret.start..<secret.end], as: UTF8.self)
        .trimmed { $0 == "'" || $0 == "\"" }
    }.filter { !$0.isEmpty }
    func hide(_ text: String) -> String {
      // The user's own words are quoted in messages; elsewhere a short secret would be found in any word.
      texts.reduce(text) { text, secret in
        ["'", "\"", "$"].reduce(text) { $0.replacingText("\($1)\(secret)", with: "\($1)\(SecretWords.mask)") }
      }
    }
    var masked = self
    masked.message = hide(message)
    masked.label = label.map(hide)
    masked.notes = notes.map(hide)
    masked.help = help.map(hide)
    return masked
  }
}

extension String {
  fileprivate func trimmed(_ isTrimmed: (Character) -> Bool) -> String {
    let head = drop(while: isTrimmed)
    let tail = head.reversed().prefix(while: isTrimmed).count
    return String(head.dropLast(tail))
  }

  fileprivate func replacingText(_ text: String, with replacement: String) -> String {
    let wanted = Array(text.utf8)
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
        result += Array(replacement.utf8)
        index += wanted.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
