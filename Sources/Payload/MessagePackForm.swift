/// A form in which MessagePack writes a number or a length: `uint16`, `str8`, `map32`.
///
/// Source: the MessagePack specification, https://github.com/msgpack/msgpack/blob/master/spec.md
struct MessagePackForm: Sendable {
  enum Family: String, CaseIterable, Sendable {
    case uint, int, float, str, bin, array, map, ext

    /// The first byte of its first form; those of the others follow it.
    var firstCode: UInt8 {
      switch self {
      case .bin: 0xC4
      case .ext: 0xC7
      case .float: 0xCA
      case .uint: 0xCC
      case .int: 0xD0
      case .str: 0xD9
      case .array: 0xDC
      case .map: 0xDE
      }
    }

    /// The bits of its forms.
    var sizes: [Int] {
      switch self {
      case .uint, .int: [8, 16, 32, 64]
      case .float: [32, 64]
      case .str, .bin, .ext: [8, 16, 32]
      case .array, .map: [16, 32]
      }
    }

    var firstSize: Int {
      switch self {
      case .uint, .int, .str, .bin, .ext: 8
      case .array, .map: 16
      case .float: 32
      }
    }
  }

  let family: Family
  /// The bits of the number or the length that follows the first byte.
  let bits: Int

  /// The name in the specification.
  var name: String { "\(family.rawValue)\(bits)" }
  /// The first byte.
  var code: UInt8 { Self.code(family, bits: bits) }

  init(_ family: Family, _ bits: Int) {
    self.family = family
    self.bits = bits
  }

  /// Every form.
  static let all = Family.allCases.flatMap { family in
    family.sizes.map { MessagePackForm(family, $0) }
  }

  static func named(_ name: [UInt8]) -> MessagePackForm? {
    all.first { $0.name.utf8.elementsEqual(name) }
  }

  /// The form that begins with a byte.
  static func of(_ code: UInt8) -> MessagePackForm? {
    code >= firstCode && Int(code - firstCode) < byCode.count ? byCode[Int(code - firstCode)] : nil
  }

  private static let firstCode: UInt8 = 0xC4
  private static let byCode = (firstCode...0xDF).map { code in all.first { $0.code == code } }

  /// The first byte of a form of a family with so many bits.
  static func code(_ family: Family, bits: Int) -> UInt8 {
    // Each form has twice the bits of the one before it.
    family.firstCode + UInt8((bits / family.firstSize).trailingZeroBitCount)
  }

  /// The fewest bits that a number, or the length of a string and the like, takes in a family. 0: it fits the
  /// first byte. For `int`, the number is negative and given as its two's complement.
  @inline(__always)
  static func leastBits(_ family: Family, _ number: UInt64) -> Int {
    switch family {
    case .uint where number < 0x80: 0
    case .str where number < 0x20: 0
    case .array where number < 0x10, .map where number < 0x10: 0
    case .ext where number <= 16 && number.nonzeroBitCount == 1: 0
    case .float: 64
    case .int:
      switch Int64(bitPattern: number) {
      case -32..<0: 0
      case -0x80..<0: 8
      case -0x8000..<0: 16
      case -0x8000_0000..<0: 32
      default: 64
      }
    case .array, .map: number <= 0xFFFF ? 16 : 32
    default: number <= 0xFF ? 8 : number <= 0xFFFF ? 16 : number <= 0xFFFF_FFFF ? 32 : 64
    }
  }
}
