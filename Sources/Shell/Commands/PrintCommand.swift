import Script

/// `print WORD...`
struct PrintCommand: Command {
  static let usage = Usage(
    "print", ["print [WORD...]"], "write the words to standard output, as a line",
    details: "The words are written as they are: a peer's bytes too. `recv` shows them safely.",
    example: "print \"reply: $reply\"",
    takes: [.any(.other)])

  private let words: [PreparedWord]

  init(_ arguments: inout Arguments) throws(Diagnostic) { words = arguments.takeAll() }

  func run(in session: Session) throws(Failure) {
    try session.output.writeLine { (buffer) throws(Failure) in
      for (index, word) in words.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: " ")) }
        try word.append(to: buffer, in: session)
      }
    }
  }
}
