#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Bytes of a terminal, taken one character at a time.
///
/// It reads no further than it must, so that what is typed ahead stays with the terminal, where a
/// running statement and Ctrl-C find it. See read(2).
struct KeyReader {
  enum Reading: Equatable {
    case scalar(Unicode.Scalar)
    /// Nothing was there after all: wait again.
    case nothing
    /// The terminal is gone, or at its end.
    case gone
  }

  /// How long the rest of a character or of a key's sequence may take, in milliseconds. The bytes
  /// of a key are sent together; what comes later than this was typed by hand.
  private static let patience: Int32 = 50

  private let fileDescriptor: Int32
  private var buffer: [UInt8] = []

  init(fileDescriptor: Int32) {
    self.fileDescriptor = fileDescriptor
  }

  /// Whether the next read asks the terminal, so that it is worth waiting before it.
  var isEmpty: Bool { buffer.isEmpty }

  /// Reads one character. A byte that is no part of UTF-8 reads as U+FFFD.
  mutating func read() -> Reading {
    if buffer.isEmpty {
      switch fill(upTo: 1) {
      case ..<0: return .nothing
      case 0: return .gone
      default: break
      }
    }
    let lead = buffer.removeFirst()
    let length: Int
    switch lead {
    case 0x00..<0x80: return .scalar(Unicode.Scalar(lead))
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return .scalar("\u{FFFD}")
    }
    var bytes = [lead]
    while bytes.count < length {
      guard hasByte(at: 0), (0x80..<0xC0).contains(buffer[0]) else { return .scalar("\u{FFFD}") }
      bytes.append(buffer.removeFirst())
    }
    return .scalar(String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}")
  }

  /// Whether these bytes come next, at once. They are taken if so; nothing is taken otherwise.
  mutating func take(_ bytes: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() {
      guard hasByte(at: index), buffer[index] == byte else { return false }
    }
    buffer.removeFirst(bytes.count)
    return true
  }

  /// The bytes before `mark` when it is there; they and the mark are taken.
  ///
  /// - Parameter offset: how many bytes are known to hold no mark; updated.
  mutating func takeBytes(before mark: [UInt8], searchingFrom offset: inout Int) -> [UInt8]? {
    while offset + mark.count <= buffer.count {
      if buffer[offset] == mark[0], buffer[offset..<offset + mark.count].elementsEqual(mark) {
        let bytes = Array(buffer[..<offset])
        buffer.removeFirst(offset + mark.count)
        return bytes
      }
      offset += 1
    }
    return nil
  }

  /// Reads whatever is there, after what is kept already. False where the terminal is gone.
  mutating func readMore() -> Bool {
    fill(upTo: 4096) != 0
  }

  /// Forgets what was read and not used.
  mutating func discard() {
    buffer.removeAll()
  }

  private mutating func hasByte(at index: Int) -> Bool {
    while buffer.count <= index {
      var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, Self.patience) == 1, fill(upTo: 1) > 0 else { return false }
    }
    return true
  }

  /// One read(2). Returns the count, 0 at the end of the terminal, -1 where there was nothing:
  /// EINTR and EAGAIN lead back to the wait, which knows what to do about the signal.
  private mutating func fill(upTo count: Int) -> Int {
    var bytes = [UInt8](repeating: 0, count: count)
    #if canImport(Darwin)
      let result = Darwin.read(fileDescriptor, &bytes, count)
    #else
      let result = Glibc.read(fileDescriptor, &bytes, count)
    #endif
    if result > 0 {
      buffer += bytes[..<result]
      return result
    }
    return result < 0 && (errno == EINTR || errno == EAGAIN) ? -1 : 0
  }
}
