import Script

/// `exit [N]`
struct ExitCommand: Command {
  static let usage = Usage(
    "exit", ["exit [N]"], "end the script or the shell", details: "N is the exit status, 0 to 255.",
    example: "exit",
    takes: [.optional(.other)])

  private let status: PreparedWord?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    guard let word = arguments.peek else {
      status = nil
      return
    }
    _ = try arguments.next("")
    status = arguments.prepare(word)
    if let literal = word.literal, Self.number(literal) == nil {
      throw arguments.error("an exit status is a number from 0 to 255", at: word.span)
    }
  }

  func run(in session: Session) throws(Failure) {
    guard let status else { throw Failure(.exit(.success), "exit") }
    guard let number = Self.number(try status.bytes(in: session)) else {
      throw Failure(.value, Diagnostic(.error, "an exit status is a number from 0 to 255", at: status.place))
    }
    throw Failure(.exit(ExitStatus(rawValue: Int32(number))), "exit")
  }

  private static func number(_ bytes: [UInt8]) -> UInt8? { UInt8(String(decoding: bytes, as: UTF8.self)) }
}
