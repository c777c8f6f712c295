/// A JSON text (RFC 8259) that has been read: checked, and kept as it was written.
///
/// Members keep their order, repeated names stay, and a number is the text that it was (`1.0`, `1e400`, forty
/// digits): what only passes through the shell is not changed by it.
///
/// Law: `JSON(x.text(.compact))` and `JSON(x.text(.pretty))` have the same tokens as `x`, in the same order.
///
/// ```swift
/// let reply = try JSON(Array(#"{"items": [{"name": "a"}]}"#.utf8))
/// reply.root["items"]?[0]?["name"]?.string  // "a"
/// ```
public struct JSON: Sendable {
  /// The text as it was given.
  public let source: [UInt8]
  /// Every value and every member's name, in the order of the text, a container before what is in it. Flat,
  /// so that no depth of the text becomes a depth of the stack, not even when it is freed.
  var nodes: [Node]

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - source: The text, UTF-8.
  ///   - depthLimit: How deep arrays and objects may stand in each other.
  /// - Throws: ``PayloadError`` at the first byte that cannot be JSON. Half of a surrogate pair is refused too
  ///   (`"\ud800"`): no text holds such a character.
  /// - Complexity: O(n), twelve bytes a value.
  public init(_ source: [UInt8], depthLimit: Int = JSON.depthLimit) throws(PayloadError) {
    var parser = JSONParser(source, depthLimit: depthLimit)
    try parser.parse()
    self.source = source
    self.nodes = parser.nodes
  }

  /// How deep arrays and objects may stand in each other.
  public static let depthLimit = 512

  /// Checks a text and gives it back byte for byte: what `json:` sends.
  ///
  /// - Throws: ``PayloadError`` where it is no JSON.
  public static func frame(_ source: [UInt8]) throws(PayloadError) -> [UInt8] {
    var parser = JSONParser(source, depthLimit: depthLimit)
    try parser.parse()
    return source
  }
}

extension JSON {
  /// A value or a member's name.
  struct Node {
    /// Where it starts in the source.
    let start: UInt32
    /// The offset after it in the source; for a container the number of the node after all that is in it.
    var link: UInt32
    var kind: NodeKind
  }

  enum NodeKind: UInt8 {
    case object, array, number, `true`, `false`, null
    case string
    /// A string in which a `\` stands.
    case escapedString
  }

  /// The number of the node after a node and all that is in it.
  func next(after index: Int) -> Int {
    switch nodes[index].kind {
    case .object, .array: Int(nodes[index].link)
    default: index + 1
    }
  }

  /// The source of a value that is no container; of a string with its quotes.
  func token(_ index: Int) -> ArraySlice<UInt8> {
    source[Int(nodes[index].start)..<Int(nodes[index].link)]
  }

  /// The bytes that a string node stands for.
  func unescaped(_ index: Int) -> [UInt8] {
    let token = token(index).dropFirst().dropLast()
    return nodes[index].kind == .escapedString ? JSONString.unescaped(token) : Array(token)
  }
}

extension JSON {
  /// What a value is.
  public enum Kind: String, Sendable {
    case object, array, string, number, boolean, null
  }

  /// A value in a JSON text. It keeps the whole text alive.
  public struct Value: Sendable {
    let json: JSON
    let index: Int

    /// What it is.
    public var kind: Kind {
      switch json.nodes[index].kind {
      case .object: .object
      case .array: .array
      case .string, .escapedString: .string
      case .number: .number
      case .true, .false: .boolean
      case .null: .null
      }
    }

    /// The bytes of a string, escapes replaced, as UTF-8; nil for what is none.
    public var bytes: [UInt8]? { kind == .string ? json.unescaped(index) : nil }

    /// A string, escapes replaced; nil for what is none.
    public var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// A number as it was written; nil for what is none.
    public var number: String? {
      kind == .number ? String(decoding: json.token(index), as: UTF8.self) : nil
    }

    /// `true` or `false`; nil for what is neither.
    public var boolean: Bool? { kind == .boolean ? json.nodes[index].kind == .true : nil }

    /// How many elements or members it has; 0 for what is neither array nor object.
    public var count: Int {
      switch json.nodes[index].kind {
      case .array: children.count
      case .object: children.count / 2
      default: 0
      }
    }

    /// The elements of an array, in order; none for what is no array.
    public var elements: [Value] {
      kind == .array ? children.map { Value(json: json, index: $0) } : []
    }

    /// The members of an object, in order, repeated names too; none for what is no object.
    public var members: [(name: String, value: Value)] {
      guard kind == .object else { return [] }
      let children = children
      return stride(from: 0, to: children.count, by: 2).map { index in
        (
          String(decoding: json.unescaped(children[index]), as: UTF8.self),
          Value(json: json, index: children[index + 1])
        )
      }
    }

    /// The element of an array at a position, counted from 0; from the end where it is negative. Nil where
    /// there is none.
    ///
    /// - Complexity: O(n) in the elements before it; to take each in turn, use ``elements``.
    public subscript(_ position: Int) -> Value? {
      guard kind == .array else { return nil }
      var left = position < 0 ? children.count + position : position
      guard left >= 0 else { return nil }
      var child = index + 1
      let end = json.next(after: index)
      while child < end {
        if left == 0 { return Value(json: json, index: child) }
        left -= 1
        child = json.next(after: child)
      }
      return nil
    }

    /// The member of an object by its name; where the name is repeated the last, as nearly every reader takes it.
    public subscript(_ name: String) -> Value? {
      guard kind == .object else { return nil }
      let name = Array(name.utf8)
      var found: Value?
      var child = index + 1
      let end = json.next(after: index)
      while child < end {
        if json.unescaped(child) == name { found = Value(json: json, index: child + 1) }
        child = json.next(after: child + 1)
      }
      return found
    }

    /// The value as JSON text.
    public func text(_ style: Style) -> [UInt8] {
      JSONWriter.write(json, from: index, style, escapesUnprintable: false)
    }

    /// The nodes of what is directly in a container: of an object names and values in turn.
    private var children: [Int] {
      var children: [Int] = []
      var child = index + 1
      let end = json.next(after: index)
      while child < end {
        children.append(child)
        child = json.next(after: child)
      }
      return children
    }
  }

  /// The value that the whole text is.
  public var root: Value { Value(json: self, index: 0) }

  /// How a text is laid out.
  public enum Style: Sendable {
    /// On one line, without a blank.
    case compact
    /// A line for each element and member, indented by two spaces a level; past 32 levels no further, so that
    /// no depth makes a long text out of a short one.
    case pretty
  }

  /// The whole as JSON text; names, numbers and the escapes in strings stay as written.
  public func text(_ style: Style) -> [UInt8] {
    JSONWriter.write(self, from: 0, style, escapesUnprintable: false)
  }
}
