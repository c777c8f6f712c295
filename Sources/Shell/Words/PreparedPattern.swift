import Payload
import Script

/// The patterns of an `expect` as they were written: what is plain is made once, the rest for each message.
struct PreparedPattern {
  private enum Frame {
    case ready(MessagePattern.Frame)
    case word(PreparedWord)
    case matcher(MatcherKind, PreparedWord)
  }

  private var frames: [Frame] = []
  private var rest: Place?
  private let place: Place

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    place = arguments.place(arguments.head.span)
    while let word = arguments.peek, word.bareText != "as" {
      if let rest {
        throw arguments.error("'...' stands at the end", at: rest.span, label: "frames follow it")
      }
      _ = try arguments.next("")
      if word.bareText == "..." {
        rest = arguments.place(word.span)
      } else {
        frames.append(try Self.frame(word, arguments))
      }
    }
    if frames.isEmpty, rest == nil {
      throw arguments.error(
        "'expect' needs a pattern for each frame", at: arguments.head.span,
        help: ["`expect World`; `_` is any frame, `...` any that remain; `expect nothing` for no message"])
    }
  }

  private static func frame(_ word: Word, _ arguments: Arguments) throws(Diagnostic) -> Frame {
    let place = arguments.place(word.span)
    if word.bareText == "_" { return .ready(MessagePattern.Frame(matcher: .any, place: place)) }
    let prefix = word.isJSON ? "json:" : word.prefix
    guard let kind = MatcherKind.all.first(where: { $0.prefix == prefix }) else {
      return .word(arguments.preparer.prepareFrame(word))
    }
    let argument = word.isJSON ? word : word.droppingPrefix(kind.prefix.utf8.count)
    guard let literal = argument.literal else { return .matcher(kind, arguments.prepare(argument)) }
    do {
      var frame = MessagePattern.Frame(matcher: try kind.make(literal), place: place)
      if case .regex(let expression, _) = frame.matcher {
        frame.captures = expression.groups.map { ($0.number, arguments.preparer.bind($0.name)) }
      }
      return .ready(frame)
    } catch {
      throw Diagnostic(
        .error, error.message, at: arguments.place(argument.span(of: error)), help: error.help)
    }
  }

  func evaluate(in session: Session) throws(Failure) -> MessagePattern {
    var evaluated: [MessagePattern.Frame] = []
    for frame in frames {
      switch frame {
      case .ready(let frame): evaluated.append(frame)
      case .word(let word):
        for bytes in try word.expanded(in: session) {
          evaluated.append(
            MessagePattern.Frame(
              matcher: .literal(bytes), isWritten: word.isWritten, place: word.place))
        }
      case .matcher(let kind, let word):
        let text = try word.bytes(in: session)
        do {
          evaluated.append(MessagePattern.Frame(matcher: try kind.make(text), place: word.place))
        } catch {
          throw Failure(.value, Diagnostic(.error, error.message, at: word.place, help: error.help))
        }
      }
    }
    return MessagePattern(frames: evaluated, rest: rest, place: place)
  }
}
