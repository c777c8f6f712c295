import CTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The number of columns that a text takes on a terminal, by wcwidth(3).
///
/// Escape sequences and control characters count nothing; an East Asian wide character counts two.
public func displayWidth(of text: String) -> Int {
  // Most texts are printable ASCII, a column a byte.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
  var width = 0
  var rest = text.unicodeScalars[...]
  while let scalar = rest.first {
    if let end = escapeSequenceEnd(in: rest) {
      rest = rest[end...]
    } else {
      width += max(0, columns(of: scalar))
      rest.removeFirst()
    }
  }
  return width
}

/// The columns of one character: -1 where it is not printable. See wcwidth(3).
func columns(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) ? 1 : -1 }
  _ = localeKnowsUnicode
  return Int(ct_width(wchar_t(truncatingIfNeeded: scalar.value)))
}

/// Sets the character classes of the process to a UTF-8 locale, once: the user's own, else `C.UTF-8`.
///
/// libedit and wcwidth(3) know no character beyond ASCII without it. See setlocale(3).
let localeKnowsUnicode: Bool = {
  // macOS has no C.UTF-8 in older releases and calls the plain one "UTF-8".
  for name in ["", "C.UTF-8", "UTF-8", "en_US.UTF-8"] {
    guard setlocale(LC_CTYPE, name) != nil, let codeset = nl_langinfo(nl_item(CODESET)) else { continue }
    if String(cString: codeset) == "UTF-8" { return true }
  }
  return false
}()

/// Where the escape sequence that starts the text ends; nil where the text starts with none.
///
/// Knows CSI (`ESC [ … final`), OSC (`ESC ] … BEL` or `ESC \`) and two-character sequences (ECMA-48).
func escapeSequenceEnd(in text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView.Index? {
  guard text.first == "\u{1B}" else { return nil }
  var index = text.index(after: text.startIndex)
  guard index < text.endIndex else { return index }
  let kind = text[index]
  index = text.index(after: index)
  switch kind {
  case "[":
    while index < text.endIndex {
      let scalar = text[index]
      index = text.index(after: index)
      if (0x40...0x7E).contains(scalar.value) { break }
    }
  case "]":
    while index < text.endIndex {
      let scalar = text[index]
      index = text.index(after: index)
      if scalar == "\u{07}" { break }
      if scalar == "\u{1B}", index < text.endIndex, text[index] == "\\" { return text.index(after: index) }
    }
  default: break
  }
  return index
}
