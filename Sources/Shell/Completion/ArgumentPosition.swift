import ZeroMQ

/// What may stand at a place of a command's words: from this come completion and hints.
indirect enum ArgumentKind: Sendable {
  /// A socket of the session.
  case socket
  case socketType
  /// Where to bind or connect.
  case endpoint(Endpoint.Role)
  /// Where the socket is bound or connected already.
  case attachedEndpoint(Endpoint.Role)
  /// A socket option that can be set, or read.
  case writableOption
  case readableOption
  /// The value of the option before it.
  case optionValue
  /// `context`, where no socket stands before the command, and what it means.
  case contextWord
  /// What stands behind `context`: an option of it, then its value where it is set.
  case contextOption(isSet: Bool)
  /// `option=value`
  case optionAssignment
  case file
  case task
  case view
  /// A frame of a message, which may name its encoding.
  case frame
  /// A pattern of `expect`.
  case pattern
  /// A prefix that the socket is subscribed to.
  case subscription
  case alias
  case helpTopic
  /// What has a page after `help options`.
  case optionTopic
  /// A word of the command's own, what it means, and the sockets that it is for.
  case word(String, String, SocketAbility)
  /// `curve server …` and `plain client …` on the line of a bind or connect.
  case securityClause
  /// What stands right behind one of these words only.
  case after([String], ArgumentKind)
  /// What stands there unless the first word is one of these.
  case notAfter([String], ArgumentKind)
  /// A text or a number, which nobody can foresee.
  case other
}

/// What a socket's type must be able to do, for a command or a word of one to make sense.
enum SocketAbility: Sendable {
  case any, sends, receives, subscribes, publishes

  func fits(_ type: SocketType) -> Bool {
    switch self {
    case .any: true
    case .sends: type.canSend
    case .receives: type.canReceive
    case .subscribes: type == .sub || type == .xsub
    case .publishes: type == .pub
    }
  }
}

/// A place, or a run of places, of a command's words.
struct ArgumentPosition: Sendable {
  enum Count: Sendable {
    case one, optional, any, some
  }

  let kinds: [ArgumentKind]
  let count: Count
  /// Whether it is the socket that could stand before the command as well: it is left out then.
  var isSubject = false

  /// One word.
  static func one(_ kinds: ArgumentKind...) -> Self { Self(kinds: kinds, count: .one) }
  /// One word or none.
  static func optional(_ kinds: ArgumentKind...) -> Self { Self(kinds: kinds, count: .optional) }
  /// Any number of words.
  static func any(_ kinds: ArgumentKind...) -> Self { Self(kinds: kinds, count: .any) }
  /// One word or more.
  static func some(_ kinds: ArgumentKind...) -> Self { Self(kinds: kinds, count: .some) }
  /// The socket or its type, where no socket stands before the command.
  static func subject(_ kinds: ArgumentKind...) -> Self { Self(kinds: kinds, count: .one, isSubject: true) }
  /// The socket, which may be left out.
  static func optionalSubject(_ kinds: ArgumentKind...) -> Self {
    Self(kinds: kinds, count: .optional, isSubject: true)
  }

  /// Whether the command is complete without a word here.
  var isOptional: Bool { count == .optional || count == .any }

  /// The words of `serve` before its block, which is no command.
  static let serve: [ArgumentPosition] = [
    .one(.socketType, .socket), .any(.endpoint(.bind)), .any(.optionAssignment, .securityClause),
  ]
}

/// What `as NAME` makes at the end of a command.
enum KeptName: Sendable {
  /// A socket, where the first word is a type.
  case socket
  /// A task.
  case task
  /// A variable.
  case variable
  /// A variable, or one for each frame.
  case variables
}
