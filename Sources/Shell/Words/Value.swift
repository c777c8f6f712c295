import Payload

/// What a variable holds and an expression yields.
enum Value: Sendable {
  /// A variable that has not been set.
  case undefined
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  case duration(Duration)
  /// Text or any other bytes: nothing is lost, valid UTF-8 or not.
  case bytes([UInt8])
  case list([Value])
  /// `1..9`, both ends included; empty where the second is smaller.
  case range(Int64, Int64)
  /// A received message.
  case message(ReceivedMessage)
  /// A socket, by its name.
  case socket(String)
  /// A value in a JSON text that is no text, number or truth value itself: an object, an array, null.
  case json(JSON.Value)
  /// What a `catch` caught.
  case error(CaughtError)

  static func text(_ text: String) -> Value { .bytes(Array(text.utf8)) }

  /// What kind of value it is, for an error message.
  var kind: String {
    switch self {
    case .undefined: "undefined"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a truth value"
    case .duration: "a duration"
    case .bytes: "text"
    case .list: "a list"
    case .range: "a range"
    case .message: "a message"
    case .socket: "a socket"
    case .json(let json): "JSON (\(json.kind.rawValue))"
    case .error: "an error"
    }
  }

  /// Appends the value as interpolation shows it: the parts of a list or a message joined by a space.
  func append(to buffer: ByteBuffer) {
    switch self {
    case .undefined: break
    case .integer(let number): buffer.append(number)
    case .float(let number): buffer.append(number.description)
    case .boolean(let truth): buffer.append(truth ? "true" : "false")
    case .duration(let duration): buffer.append(duration.scriptText)
    case .bytes(let bytes): buffer.append(bytes)
    case .socket(let name): buffer.append(name)
    case .json(let json): buffer.append(json.text(.compact))
    case .error(let error): buffer.append(error.message)
    case .message(let message):
      for index in 0..<message.count {
        if index > 0 { buffer.append(UInt8(ascii: " ")) }
        buffer.append(message.frame(index))
      }
    case .range(let first, let last) where elementCount > Self.mostElements:
      buffer.append(first)
      buffer.append("..")
      buffer.append(last)
    case .list, .range:
      for (index, element) in elements.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: " ")) }
        element.append(to: buffer)
      }
    }
  }

  /// The value as interpolation shows it.
  var bytes: [UInt8] {
    if case .bytes(let bytes) = self { return bytes }
    let buffer = ByteBuffer()
    append(to: buffer)
    return buffer.array
  }

  /// ``bytes`` as a string, for messages and for names.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  var hasElements: Bool {
    switch self {
    case .list, .range, .message: true
    case .json(let json): json.kind == .array
    default: false
    }
  }

  /// What a bare word that is this value alone expands to, or nil where it is a single word.
  var expansion: [Value]? {
    switch self {
    case .list, .range, .message: elements
    case .json(let json) where json.kind == .array: elements
    default: nil
    }
  }

  /// How many elements a list, a range or a message has; 1 for anything else.
  var elementCount: Int {
    switch self {
    case .list(let elements): elements.count
    case .range(let first, let last):
      // As many as there are integers, where more do not fit.
      first > last
        ? 0
        : Int(clamping: last.subtractingReportingOverflow(first).overflow ? .max : last - first)
          .addingClamped(1)
    case .message(let message): message.count
    case .json(let json): json.kind == .array ? json.count : 1
    default: 1
    }
  }

  /// An element of a list, a range or a message.
  ///
  /// - Precondition: `0 <= index < elementCount`
  func element(_ index: Int) -> Value {
    switch self {
    case .list(let elements): elements[index]
    case .range(let first, _): .integer(first + Int64(index))
    case .message(let message): .bytes(Array(message.frame(index)))
    case .json(let json): json[index].map { Value($0) } ?? .undefined
    default: self
    }
  }

  /// More lists than these, one inside the other, are a loop that wraps a list again and again: to free them, to
  /// compare them or to print them takes a call each, and the stack ends.
  static let mostNested = 1_000

  var isList: Bool { if case .list = self { true } else { false } }

  /// A duration below zero, which no wait can have.
  var isNegativeDuration: Bool { if case .duration(let length) = self { length < .zero } else { false } }

  /// How many lists are inside each other, counting the one of these elements; nil where it is more than a limit.
  static func depth(of elements: [Value], atMost limit: Int) -> Int? {
    if limit == 0 { return nil }
    var deepest = 0
    for case .list(let inner) in elements {
      guard let depth = depth(of: inner, atMost: limit - 1) else { return nil }
      deepest = max(deepest, depth)
    }
    return deepest + 1
  }

  /// More elements than these are not written out: it is a range that was meant for a loop.
  static let mostElements = 10_000_000

  /// The elements of a list, a range or a message.
  ///
  /// A range of more than ``mostElements`` is left as it is.
  var elements: [Value] {
    switch self {
    case .list(let elements): elements
    case .range where elementCount > Self.mostElements: [self]
    case .range(let first, let last): first > last ? [] : (first...last).map { .integer($0) }
    case .message(let message): message.frames.map { .bytes($0) }
    case .json(let json): json.kind == .array ? json.elements.map { Value($0) } : [self]
    default: [self]
    }
  }
}

/// A failure that a script caught: `$error.name`, `$error.message`, `$error.line`.
struct CaughtError: Sendable {
  let name: String
  let message: String
  /// The line that it happened in, counted from 1; 0 where it has no place.
  let line: Int
}

extension Int {
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension Value {
  /// A value of a JSON text: texts, numbers and truth values become values of the language. A number that is no
  /// 64-bit integer becomes a float, one that no float holds stays JSON, as it was written.
  init(_ json: JSON.Value) {
    if let bytes = json.bytes {
      self = .bytes(bytes)
    } else if let truth = json.boolean {
      self = .boolean(truth)
    } else if let number = json.number {
      if let integer = Int64(number) {
        self = .integer(integer)
      } else if let float = Double(number), float.isFinite {
        self = .float(float)
      } else {
        self = .json(json)
      }
    } else {
      self = .json(json)
    }
  }
}
