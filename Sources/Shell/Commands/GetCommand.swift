import Script
import ZeroMQ

/// `get OPTION [as NAME]`, zmq_getsockopt(3).
struct GetCommand: Command {
  static let usage = Usage(
    "get", ["get OPTION [as NAME]", "get context OPTION [as NAME]"],
    "show an option of a socket, or of the context of all, or keep its value",
    example: "server get rcvhwm",
    actsOnSocket: true,
    takes: [
      .one(.readableOption, .contextWord),
      .optional(.contextOption(isSet: false)),
    ], keeps: .variable)

  private let socket: SocketReference
  private let option: Option
  private let slot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    option = try Self.option(&arguments, socket)
    slot = arguments.take("as") ? try arguments.nextVariable() : nil
  }

  private enum Option {
    case socket(SocketOption)
    case context(ContextOption)
  }

  private static func option(_ arguments: inout Arguments, _ socket: SocketReference) throws(Diagnostic)
    -> Option
  {
    let isOfContext: Bool
    if case .current = socket { isOfContext = arguments.take("context") } else { isOfContext = false }
    let word = try arguments.next("an option")
    if isOfContext {
      let option = try ContextOptionAssignment.find(word, arguments)
      if option.access.isReadable { return .context(option) }
      throw arguments.error(
        "'\(option.name)' can only be set", at: word.span, help: ["`set context \(option.name) VALUE`"])
    }
    let option = try OptionAssignment.find(
      arguments.plainText(word, "an option's name"), at: word.span, arguments)
    guard option.access.isReadable else {
      throw arguments.error(
        "'\(option.name)' can only be set", at: word.span, help: ["`set \(option.name) VALUE`"])
    }
    if option.isSecret {
      throw arguments.error("'\(option.name)' is a secret and is not shown", at: word.span, help: [])
    }
    return .socket(option)
  }

  func run(in session: Session) throws(Failure) {
    let (value, text) = try value(in: session)
    if let slot {
      switch value {
      case .integer(let number): session.frame.values[slot] = .integer(number)
      case .bytes(let bytes): session.frame.values[slot] = .bytes(bytes)
      }
    } else {
      try session.output.writeLine(DisplayText.safe(text))
    }
  }

  private func value(in session: Session) throws(Failure) -> (OptionValue, text: String) {
    switch option {
    case .context(let option):
      do {
        let number = try session.runtime.context.get(option)
        return (.integer(Int64(number)), option.format(number))
      } catch {
        throw Failure(.zmq(error), "cannot get '\(option.name)' of the context: \(error) (\(error.name))")
      }
    case .socket(let option):
      let target = try session.socket(socket)
      do {
        // A PUB is an XPUB underneath, which is nobody's business.
        let value: OptionValue =
          option.name == "type" ? .integer(Int64(target.type.rawValue)) : try target.socket.get(option)
        return (value, option.format(value))
      } catch {
        if !option.isAvailable {
          throw Failure(.zmq(error), OptionAssignment.unavailable(option, at: nil))
        }
        throw Failure(
          .zmq(error), "cannot get '\(option.name)' of '\(target.name)': \(error) (\(error.name))")
      }
    }
  }
}
