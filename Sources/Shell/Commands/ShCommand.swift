import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `sh TEXT [as NAME]`
struct ShCommand: Command {
  static let usage = Usage(
    "sh", ["sh TEXT [as NAME]"], "run a command line of the system's shell, and show or keep what it prints",
    details: """
      The words are joined by blanks and given to `/bin/sh -c`. A status other than 0 is an error. What is kept \
      loses its last line end. `--no-shell` refuses it.
      """,
    example: "sh 'date +%Y' as year",
    takes: [.some(.other)], keeps: .variable)

  private let words: [PreparedWord]
  private let slot: Int?
  private let place: Place

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    place = arguments.place(arguments.head.span)
    var words: [PreparedWord] = []
    while let word = arguments.peek, word.bareText != "as" {
      words.append(arguments.prepare(word))
      _ = try arguments.next("")
    }
    if words.isEmpty { throw arguments.error("'sh' needs a command line", at: arguments.head.span) }
    self.words = words
    slot = arguments.take("as") ? try arguments.nextVariable() : nil
  }

  /// What an error calls a command line: its beginning.
  private static func shortened(_ line: [UInt8]) -> String {
    let text = String(decoding: line, as: UTF8.self)
    let start = text.prefix { !$0.isNewline }.prefix(60)
    return start.count < text.count ? "\(start)…" : text
  }

  func run(in session: Session) throws(Failure) {
    var line: [UInt8] = []
    for word in words {
      if !line.isEmpty { line.append(UInt8(ascii: " ")) }
      line += try word.bytes(in: session)
    }
    let ends: (read: Int32, write: Int32)
    do {
      ends = try ChildProcess.pipe()
    } catch {
      throw Failure(.zmq(error), "cannot make a pipe: \(error) (\(error.name))")
    }
    defer { close(ends.read) }
    let child: ChildProcess
    do {
      defer { close(ends.write) }
      child = try session.start(
        [Array("/bin/sh".utf8), Array("-c".utf8), line], called: Self.shortened(line),
        input: nil, output: ends.write, at: place)
    }
    var text: [UInt8]
    do {
      text = try session.readAll(from: ends.read, at: place)
    } catch {
      child.terminate()
      throw error
    }
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    do {
      try session.finish([child], at: [place])
    } catch {
      // What it printed before it failed is part of the reason.
      if !text.isEmpty { try session.output.writeLine { (buffer) throws(Failure) in buffer.append(text) } }
      throw error
    }
    if let slot {
      session.frame.values[slot] = .bytes(text)
    } else if !text.isEmpty {
      try session.output.writeLine { (buffer) throws(Failure) in buffer.append(text) }
    }
  }
}
