import Script
import ZeroMQ

/// `get OPTION [as NAME]`, zmq_getsockopt(3).
struct GetCommand: Command {
  static let usage = Usage(
    "get", ["get OPTION [as NAME]"], "show an option of a socket, or keep its value",
    example: "server get rcvhwm",
    actsOnSocket: true,
    takes: [.one(.readableOption)], keeps: .variable)

  private let socket: SocketReference
  private let option: SocketOption
  private let slot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    socket = arguments.socket
    let word = try arguments.next("an option")
    option = try OptionAssignment.find(
      arguments.plainText(word, "an option's name"), at: word.span, arguments)
    guard option.access.isReadable else {
      throw arguments.error(
        "'\(option.name)' can only be set", at: word.span, help: ["`set \(option.name) VALUE`"])
    }
    if option.isSecret {
      throw arguments.error("'\(option.name)' is a secret and is not shown", at: word.span, help: [])
    }
    if arguments.take("as") {
      let name = try arguments.next("a name after 'as'")
      let text = try arguments.plainText(name, "a variable's name")
      guard Names.isName(text) else {
        throw arguments.error(
          "a variable cannot be named '\(DisplayText.safe(text))'", at: name.span,
          label: "names are letters, digits and '_', and begin with no digit", help: [])
      }
      slot = arguments.preparer.bind(text)
    } else {
      slot = nil
    }
  }

  func run(in session: Session) throws(Failure) {
    let target = try session.socket(socket)
    let value: OptionValue
    do {
      // A PUB is an XPUB underneath, which is nobody's business.
      value = option.name == "type" ? .integer(Int64(target.type.rawValue)) : try target.socket.get(option)
    } catch {
      throw Failure(.zmq(error), "cannot get '\(option.name)' of '\(target.name)': \(error) (\(error.name))")
    }
    if let slot {
      switch value {
      case .integer(let number): session.frame.values[slot] = .integer(number)
      case .bytes(let bytes): session.frame.values[slot] = .bytes(bytes)
      }
    } else {
      try session.output.writeLine(DisplayText.safe(option.format(value)))
    }
  }
}
