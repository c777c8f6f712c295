#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Text that is pasted: it comes between brackets and runs nothing by itself.
extension LineEditor {
  /// Reads a bracketed paste up to its end. False where the line is to be given up.
  func readPaste() -> Bool {
    let mark = Array("\u{1B}[201~".utf8)
    var offset = 0
    while true {
      if let bytes = keys.takeBytes(before: mark, searchingFrom: &offset) {
        pasted = LineEditor.cleaned(bytes)
        return true
      }
      guard awaitInput() else { return false }
      guard keys.readMore() else {
        ending = .hangup
        return false
      }
    }
  }

  /// What a paste inserts: line ends as newlines, none at its end, and no escape sequences or control
  /// characters, which would run or hide something.
  static func cleaned(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var previous: Unicode.Scalar = "\0"
    let text = String(decoding: bytes, as: UTF8.self)
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if let end = escapeSequenceEnd(in: rest) {
        rest = rest[end...]
        continue
      }
      rest.removeFirst()
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r", "\n": result.append("\n")
      case "\t": result.append(scalar)
      default:
        if !(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)) { result.append(scalar) }
      }
      previous = scalar
    }
    while result.last == "\n" { result.removeLast() }
    return result
  }
}
