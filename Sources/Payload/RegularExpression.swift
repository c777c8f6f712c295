import CPCRE2

/// A regular expression over bytes, in the dialect of Perl and Python, pcre2pattern(3).
///
/// Characters are those of UTF-8; bytes that are none match nothing, not even `.`, and make no error. An
/// expression that tries too many ways to match gives up, so no input stalls the program.
///
/// It is unchecked `Sendable` because compiled code is never written to, and each match has data of its own
/// (pcre2api(3), MULTITHREADING).
public final class RegularExpression: @unchecked Sendable {
  /// What is in a pattern for the whole of the bytes: where it must match.
  public enum Scope: Sendable {
    /// Anywhere.
    case part
    /// From the first byte to the last.
    case whole
  }

  /// Why a match came to no result.
  public enum MatchError: Error, Equatable, CustomStringConvertible {
    /// It tried more ways than ``mostSteps``, or needed more memory than ``mostMemory``.
    case gaveUp
    /// Another error of pcre2_match(3), by its number.
    case failed(Int32)

    /// A fact for an error's label.
    public var description: String {
      switch self {
      case .gaveUp: "the regular expression has too many ways to match this: it gave up"
      case .failed(let code): "the regular expression failed: \(RegularExpression.text(of: code))"
      }
    }
  }

  /// How many steps a match may take: about a second's worth.
  public static let mostSteps: UInt32 = 10_000_000
  /// How much memory a match may take, in KiB.
  public static let mostMemory: UInt32 = 256 << 10

  private let code: OpaquePointer
  private let limits: OpaquePointer
  /// The named groups `(?<name>…)` with their numbers, sorted by number.
  public let groups: [(name: String, number: Int)]

  /// Compiles a pattern.
  ///
  /// - Throws: What is wrong with it, and where.
  public init(_ pattern: [UInt8], matching scope: Scope) throws(PayloadError) {
    var options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY
    if scope == .whole { options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
    var error: Int32 = 0
    var offset = 0
    guard
      let code = pcre2_compile_8(pattern, pattern.count, options, &error, &offset, nil),
      let limits = pcre2_match_context_create_8(nil)
    else {
      let place = min(offset, pattern.count)
      throw PayloadError(
        "this is no regular expression: \(Self.text(of: error))",
        at: place..<min(place + 1, pattern.count))
    }
    pcre2_set_match_limit_8(limits, Self.mostSteps)
    pcre2_set_heap_limit_8(limits, Self.mostMemory)
    self.code = code
    self.limits = limits
    groups = Self.groups(of: code)
  }

  deinit {
    pcre2_code_free_8(code)
    pcre2_match_context_free_8(limits)
  }

  /// Looks for the expression.
  ///
  /// - Returns: For each group the bytes that it matched, nil for one that took no part; the whole match is the
  ///   first. Nil where the expression does not match.
  public func match(_ bytes: UnsafeRawBufferPointer) throws(MatchError) -> [Range<Int>?]? {
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { throw .gaveUp }
    defer { pcre2_match_data_free_8(data) }
    // An empty buffer may have no address, and pcre2 wants one.
    let empty: [UInt8] = [0]
    let result = empty.withUnsafeBufferPointer { empty in
      let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? empty.baseAddress
      return pcre2_match_8(code, start, bytes.count, 0, 0, data, limits)
    }
    switch result {
    case PCRE2_ERROR_NOMATCH: return nil
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY:
      throw .gaveUp
    case ..<0: throw .failed(result)
    default: break
    }
    guard let offsets = pcre2_get_ovector_pointer_8(data) else { return [] }
    return (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
      // A group that took no part has PCRE2_UNSET, which is -1 here, and `\K` can put the start behind the end.
      let (start, end) = (offsets[2 * group], offsets[2 * group + 1])
      return start >= 0 && start <= end && end <= bytes.count ? start..<end : nil
    }
  }

  /// As the other, for bytes in an array.
  public func match(_ bytes: [UInt8]) throws(MatchError) -> [Range<Int>?]? {
    try bytes.withUnsafeBytes { bytes in Result { () throws(MatchError) in try match(bytes) } }.get()
  }

  private static func groups(of code: OpaquePointer) -> [(name: String, number: Int)] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    // An entry is the group's number in two bytes, then its name with a zero.
    return (0..<Int(count)).map { index in
      let entry = table + index * Int(size)
      return (String(cString: entry + 2), Int(entry[0]) << 8 | Int(entry[1]))
    }.sorted { $0.number < $1.number }
  }

  private static func text(of error: Int32) -> String {
    // The longest message of 10.42 has 98 bytes; a longer one would be cut.
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return length < 0 ? "error \(error)" : String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
  }
}
