/// Bytes taken apart into characters of Unicode, and single bytes where they are no UTF-8.
struct UTF8Pieces: Sequence, IteratorProtocol {
  /// A character, or a byte that belongs to none.
  struct Piece {
    /// The character, nil for a byte that is no UTF-8.
    var scalar: Unicode.Scalar?
    /// The offset of its first byte.
    var offset: Int
    /// How many bytes it has.
    var length: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    self.offset = bytes.startIndex
  }

  mutating func next() -> Piece? {
    guard offset < bytes.endIndex else { return nil }
    let start = offset
    let lead = bytes[start]
    let length =
      switch lead {
      case 0x00...0x7F: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    offset += 1
    guard length > 0, start + length <= bytes.endIndex else {
      return Piece(scalar: nil, offset: start, length: 1)
    }
    if length == 1 { return Piece(scalar: Unicode.Scalar(lead), offset: start, length: 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in (start + 1)..<(start + length) {
      guard bytes[index] & 0xC0 == 0x80 else { return Piece(scalar: nil, offset: start, length: 1) }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    // Too long a form of a small value, or half a surrogate pair, is no UTF-8 either.
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, let scalar = Unicode.Scalar(value) else {
      return Piece(scalar: nil, offset: start, length: 1)
    }
    offset = start + length
    return Piece(scalar: scalar, offset: start, length: length)
  }
}
