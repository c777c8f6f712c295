import Script
import ZeroMQ

/// `set context OPTION VALUE`: an option of what all sockets of the program live in, zmq_ctx_set(3).
struct ContextOptionAssignment {
  private let option: ContextOption
  private let place: Place
  private let word: PreparedWord

  /// Reads `OPTION VALUE`.
  init(_ arguments: inout Arguments) throws(Diagnostic) {
    let name = try arguments.next("an option of the context")
    option = try Self.find(name, arguments)
    guard option.access.isWritable else {
      throw arguments.error(
        "'\(option.name)' can only be read", at: name.span, help: ["`get context \(option.name)` shows it"])
    }
    let value = try arguments.next("a value for '\(option.name)'")
    place = arguments.place(value.span)
    word = arguments.prepare(value)
    if let literal = value.literal { _ = try number(literal) }
  }

  /// The option of a word, or an error that offers the nearest.
  static func find(_ word: Word, _ arguments: Arguments) throws(Diagnostic) -> ContextOption {
    let name = try arguments.plainText(word, "an option's name")
    if let option = ContextOption.named(name) { return option }
    let near = didYouMean(name, among: ContextOption.all.map(\.name))
    throw arguments.error(
      "the context has no option '\(DisplayText.safe(name))'", at: word.span, label: near,
      help: near == nil ? ["`help context` lists them"] : [])
  }

  func apply(in session: Session) throws(Failure) {
    let text = try word.bytes(in: session)
    let value: Int
    do {
      value = try number(text)
    } catch {
      throw Failure(.zmq(.invalidArgument), error)
    }
    do {
      try session.runtime.context.set(option, value)
    } catch {
      throw Failure(
        .zmq(error),
        Diagnostic(
          .error, "cannot set '\(option.name)' of the context: \(error) (\(error.name))", at: place,
          label: Self.reason(error, option) ?? option.summary))
    }
    session.runtime.noteContextOption(option, value)
    if option.effect == .firstSocket, session.runtime.hasMadeSocket {
      session.tell(
        .notice(
          Diagnostic(
            .warning, "'\(option.name)' of the context counts before the first socket is made", at: place,
            label: "libzmq takes it, and changes nothing",
            help: ["`set context \(option.name) \(value)` at the beginning, in a new shell or script"])))
    }
  }

  /// Why the system does not give a thread what it is to have.
  private static func reason(_ error: ZMQError, _ option: ContextOption) -> String? {
    switch option {
    case .ioThreads where error == .tooManySockets:
      "each thread has two descriptors, and `ulimit -n` tells how many a program may have"
    case .threadPriority where error == .invalidArgument,
      .threadSchedulingPolicy where error == .invalidArgument:
      "fifo and rr have the priorities 1 … 99, and the others none"
    case .threadPriority, .threadSchedulingPolicy:
      "the system lets a program do that which has CAP_SYS_NICE, or the rtprio of limits.conf(5)"
    case .threadAffinityAdd, .threadAffinityRemove:
      "this machine has no such CPU, or the program may not run on it"
    default: nil
    }
  }

  private func number(_ text: [UInt8]) throws(Diagnostic) -> Int {
    let text = String(decoding: text, as: UTF8.self)
    do {
      return try option.parse(text)
    } catch {
      throw Diagnostic(
        .error, error.message, at: place,
        help: error.instead.map { ["`set context \(option.name) \($0)` would do"] } ?? [])
    }
  }
}
