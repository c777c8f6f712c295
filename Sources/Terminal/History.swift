#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The lines of earlier sessions, in a file that any number of shells may append to at once.
///
/// One entry a line, in UTF-8, the oldest first. A backslash, a newline and a carriage return of an
/// entry are written `\\`, `\n` and `\r`: `decode(encode(entry)) == entry`.
public final class History {
  /// The file, nil where entries are kept in memory only.
  public let path: String?

  /// How many entries are kept, at least 1.
  public let limit: Int

  /// The entries known now, the oldest first: those loaded and those appended since.
  public private(set) var entries: [String] = []

  /// Gives an entry as it may be written to the file, without its secrets; nil where nothing of it may be.
  public var storable: (String) -> String? = { $0 }

  /// Whether there was no file when the history was loaded: nobody has used this one yet.
  public private(set) var isNew = false

  /// The longest entry that is written, in bytes. A longer one is a paste, which has a file of its own.
  static let longestEntry = 65_536

  /// The lines of the file as last counted; other shells may have appended more. Nil: not counted.
  private var lineCount: Int?

  /// A history in a file, which need not exist yet.
  ///
  /// - Parameters:
  ///   - path: the file; nil keeps the entries in memory only.
  ///   - limit: how many entries are kept.
  public init(path: String?, limit: Int = 10_000) {
    self.path = path
    self.limit = max(1, limit)
  }

  /// `$XDG_STATE_HOME/zsh-mq/history`, else `~/.local/state/zsh-mq/history` (XDG Base Directory
  /// Specification 0.8); nil where neither variable names an absolute path.
  public static func defaultPath(
    environment: (String) -> String? = environmentVariable
  ) -> String? {
    // The specification: a relative path is invalid and to be ignored.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/zsh-mq/history" }
    if let home = environment("HOME"), home.hasPrefix("/") { return home + "/.local/state/zsh-mq/history" }
    return nil
  }

  /// Reads the file, and returns its newest entries up to the limit, the oldest first.
  ///
  /// A file that does not exist is an empty one. What is readable of a corrupt file is in `entries`
  /// after the error, and appending goes on. Done again, it finds what other shells have appended; where
  /// there is no file, the entries stay what they are.
  @discardableResult
  public func load() throws(HistoryError) -> [String] {
    guard let path else { return entries }
    guard let file = try HistoryFile.open(path, forWriting: false) else {
      isNew = access(path, F_OK) != 0
      return entries
    }
    let lines = History.lines(of: try file.contents())
    lineCount = lines.count
    entries = []
    var corruptLine: Int?
    for (index, line) in lines.enumerated() where index >= lines.count - limit {
      if let entry = History.decode(line) {
        if !entry.isEmpty { entries.append(entry) }
      } else if corruptLine == nil {
        corruptLine = index + 1
      }
    }
    if let corruptLine {
      throw HistoryError(
        path: path, message: "line \(corruptLine) is not text in UTF-8, and is left out", isPartial: true)
    }
    return entries
  }

  /// Adds an entry to the end of the file. Blank ones and repeats of the last one are left out without a
  /// word; so is what begins with a blank, by which one says that it is not to be kept.
  ///
  /// The entry is known to this history, as it was typed, even where it could not be written.
  public func append(_ entry: String) throws(HistoryError) {
    // A zero would make the line look corrupt, and nobody types one.
    guard entry.first?.isWhitespace == false, entry != entries.last, !entry.utf8.contains(0) else { return }
    entries.append(entry)
    if entries.count > limit + slack { entries.removeFirst(entries.count - limit) }
    guard entry.utf8.count <= History.longestEntry, let stored = storable(entry), let path,
      let file = try HistoryFile.open(path, forWriting: true)
    else { return }
    try file.append(line: History.encode(stored))
    if let lineCount {
      self.lineCount = lineCount + 1
    } else {
      lineCount = History.lines(of: try file.contents()).count
    }
    if let lineCount, lineCount > limit + slack { try trim(file) }
  }

  /// Puts other entries in the place of some, in the file too: what they held came out to be a secret.
  public func replace(_ others: [String: String]) throws(HistoryError) {
    entries = entries.map { others[$0] ?? $0 }
    guard let path, let file = try HistoryFile.open(path, forWriting: true) else { return }
    var replacements: [[UInt8]: [UInt8]] = [:]
    for (entry, other) in others {
      if let stored = storable(entry) { replacements[History.encode(stored)] = History.encode(other) }
    }
    let lines = History.lines(of: try file.contents())
    guard lines.contains(where: { replacements[$0] != nil }) else { return }
    try file.replace(with: lines.flatMap { (replacements[$0] ?? $0) + [UInt8(ascii: "\n")] })
  }

  /// Forgets every entry, those of the file too.
  public func clear() throws(HistoryError) {
    entries = []
    lineCount = nil
    guard let path, let file = try HistoryFile.open(path, forWriting: true) else { return }
    try file.replace(with: [])
  }

  /// How far beyond the limit a file grows before it is rewritten: rarely, and not at every line.
  private var slack: Int { limit / 4 + 10 }

  private func trim(_ file: borrowing HistoryFile) throws(HistoryError) {
    let lines = History.lines(of: try file.contents())
    lineCount = lines.count
    guard lines.count > limit else { return }
    try file.replace(with: lines.suffix(limit).flatMap { $0 + [UInt8(ascii: "\n")] })
    lineCount = limit
  }
}

/// The history file could not be read or written. It costs the history and nothing else.
public struct HistoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// What happened, in one sentence.
  public var message: String
  /// Whether the rest of the history is there.
  public var isPartial: Bool

  /// An error of one's own words.
  public init(path: String, message: String, isPartial: Bool = false) {
    self.path = path
    self.message = message
    self.isPartial = isPartial
  }

  /// The file and what happened.
  public var description: String { "\(path): \(message)" }
}

// MARK: - Lines

extension History {
  /// One entry as one line, without the newline at its end.
  static func encode(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(entry.utf8.count)
    for byte in entry.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += Array(#"\\"#.utf8)
      case UInt8(ascii: "\n"): line += Array(#"\n"#.utf8)
      case UInt8(ascii: "\r"): line += Array(#"\r"#.utf8)
      default: line.append(byte)
      }
    }
    return line
  }

  /// The entry of a line; nil where it is no text. Other escapes stand for themselves, so that a
  /// line that somebody wrote by hand is kept as it is.
  static func decode(_ line: [UInt8]) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var index = 0
    while index < line.count {
      let byte = line[index]
      let next = index + 1 < line.count ? line[index + 1] : 0
      index += 2
      switch (byte, next) {
      case (0, _): return nil
      case (UInt8(ascii: "\\"), UInt8(ascii: "\\")): bytes.append(byte)
      case (UInt8(ascii: "\\"), UInt8(ascii: "n")): bytes.append(UInt8(ascii: "\n"))
      case (UInt8(ascii: "\\"), UInt8(ascii: "r")): bytes.append(UInt8(ascii: "\r"))
      default:
        bytes.append(byte)
        index -= 1
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The lines of a file; the last one may lack its newline.
  static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }
}
