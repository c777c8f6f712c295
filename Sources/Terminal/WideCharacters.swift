#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension String {
  /// The characters of a C wide string.
  init(scalars: UnsafePointer<wchar_t>, count: Int) {
    self.init()
    for character in UnsafeBufferPointer(start: scalars, count: count) {
      unicodeScalars.append(Unicode.Scalar(UInt32(truncatingIfNeeded: character)) ?? "\u{FFFD}")
    }
  }

  /// The text as a C wide string, with the zero at its end. A zero within it would end it: left out.
  var wideCharacters: [wchar_t] {
    unicodeScalars.compactMap { $0 == "\0" ? nil : wchar_t(truncatingIfNeeded: $0.value) } + [0]
  }
}
