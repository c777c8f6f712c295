/// The first bytes of a MessagePack value: what it is, and how long.
struct MessagePackHead {
  enum Kind {
    case null
    case boolean(Bool)
    case unsigned(UInt64)
    case signed(Int64)
    case float32(Float)
    case float64(Double)
    /// So many bytes follow.
    case string(Int)
    case binary(Int)
    case ext(type: Int8, Int)
    /// So many values follow, in a map two for each.
    case array(Int)
    case map(Int)
  }

  let kind: Kind
  /// The bytes of the head itself.
  let length: Int
  /// The form, where it has to be told to write the very same bytes again: a shorter one would do.
  let form: MessagePackForm?

  private init(_ kind: Kind, _ length: Int, _ form: MessagePackForm? = nil) {
    self.kind = kind
    self.length = length
    self.form = form
  }

  /// Reads the head at an offset, which is inside the bytes.
  ///
  /// - Throws: ``PayloadError`` where the bytes end in it, or it means nothing.
  @inline(__always)
  static func read(_ bytes: [UInt8], at offset: Int) throws(PayloadError) -> MessagePackHead {
    let code = bytes[offset]
    switch code {
    case 0x00...0x7F: return MessagePackHead(.unsigned(UInt64(code)), 1)
    case 0x80...0x8F: return MessagePackHead(.map(Int(code & 0x0F)), 1)
    case 0x90...0x9F: return MessagePackHead(.array(Int(code & 0x0F)), 1)
    case 0xA0...0xBF: return MessagePackHead(.string(Int(code & 0x1F)), 1)
    case 0xE0...0xFF: return MessagePackHead(.signed(Int64(Int8(bitPattern: code))), 1)
    case 0xC0: return MessagePackHead(.null, 1)
    case 0xC2: return MessagePackHead(.boolean(false), 1)
    case 0xC3: return MessagePackHead(.boolean(true), 1)
    case 0xD4...0xD8:
      let type = try number(bytes, at: offset, width: 1)
      return MessagePackHead(.ext(type: Int8(truncatingIfNeeded: type), 1 << Int(code - 0xD4)), 2)
    default: return try readForm(bytes, at: offset)
    }
  }

  private static func readForm(_ bytes: [UInt8], at offset: Int) throws(PayloadError) -> MessagePackHead {
    guard let form = MessagePackForm.of(bytes[offset]) else {
      throw PayloadError("the byte c1 begins no MessagePack value", at: offset..<offset + 1)
    }
    let width = form.bits / 8
    let number = try number(bytes, at: offset, width: width)
    var length = 1 + width
    var told = form.bits > MessagePackForm.leastBits(form.family, number) ? form : nil
    let kind: Kind
    switch form.family {
    case .uint: kind = .unsigned(number)
    case .int:
      let shift = UInt64(64 - form.bits)
      let value = Int64(bitPattern: number << shift) >> Int64(shift)
      // What is not negative is unsigned in its shortest form.
      told = value >= 0 || form.bits > MessagePackForm.leastBits(.int, UInt64(bitPattern: value)) ? form : nil
      kind = .signed(value)
    case .float where form.bits == 32:
      told = form
      kind = .float32(Float(bitPattern: UInt32(truncatingIfNeeded: number)))
    case .float: kind = .float64(Double(bitPattern: number))
    case .str: kind = .string(Int(number))
    case .bin: kind = .binary(Int(number))
    case .array: kind = .array(Int(number))
    case .map: kind = .map(Int(number))
    case .ext:
      let type = try Self.number(bytes, at: offset + width, width: 1)
      kind = .ext(type: Int8(truncatingIfNeeded: type), Int(number))
      length += 1
    }
    return MessagePackHead(kind, length, told)
  }

  /// The number of so many bytes, most significant first, after the byte at an offset.
  private static func number(
    _ bytes: [UInt8], at offset: Int, width: Int
  ) throws(PayloadError) -> UInt64 {
    guard offset + width < bytes.count else {
      throw PayloadError("the bytes end inside a number or a length", at: offset..<bytes.count)
    }
    var value: UInt64 = 0
    for index in offset + 1...offset + width { value = value << 8 | UInt64(bytes[index]) }
    return value
  }
}
