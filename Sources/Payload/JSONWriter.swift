/// Writes what was read, laid out anew: one pass over the nodes, with no recursion.
struct JSONWriter {
  /// Writes a value and all that is in it.
  ///
  /// - Parameter escapesUnprintable: Whether characters that a terminal must not see are written as `\uXXXX`,
  ///   which changes how a string is written and not what it is.
  static func write(
    _ json: JSON, from root: Int, _ style: JSON.Style, escapesUnprintable: Bool
  ) -> [UInt8] {
    var writer = JSONWriter(json: json, style: style, escapesUnprintable: escapesUnprintable)
    writer.write(root)
    return writer.output
  }

  private struct Container {
    /// The node after all that is in it.
    let end: Int
    let isObject: Bool
    /// Whether what comes next is the value of a member, whose name has just been written.
    var isAtValue = false
  }

  private let json: JSON
  private let style: JSON.Style
  private let escapesUnprintable: Bool
  private var open: [Container] = []
  private var output: [UInt8] = []

  private init(json: JSON, style: JSON.Style, escapesUnprintable: Bool) {
    self.json = json
    self.style = style
    self.escapesUnprintable = escapesUnprintable
  }

  private mutating func write(_ root: Int) {
    let end = json.next(after: root)
    if root == 0 { output.reserveCapacity(json.source.count) }
    var index = root
    var isFirst = true
    while index < end {
      separate(isFirst: isFirst)
      isFirst = false
      let node = json.nodes[index]
      switch node.kind {
      case .object, .array:
        let isObject = node.kind == .object
        output.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        open.append(Container(end: Int(node.link), isObject: isObject))
        isFirst = true
      case .string where escapesUnprintable, .escapedString where escapesUnprintable:
        appendPrintable(json.token(index))
      default: output += json.token(index)
      }
      index += 1
      while let container = open.last, container.end == index {
        open.removeLast()
        if style == .pretty, !isFirst { appendLineEnd() }
        output.append(container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        isFirst = false
      }
    }
  }

  /// Writes what stands before a node: a `,` or a `:`, and blanks.
  private mutating func separate(isFirst: Bool) {
    guard let last = open.indices.last else { return }
    if open[last].isAtValue {
      open[last].isAtValue = false
      output.append(UInt8(ascii: ":"))
      if style == .pretty { output.append(UInt8(ascii: " ")) }
      return
    }
    if !isFirst { output.append(UInt8(ascii: ",")) }
    if style == .pretty { appendLineEnd() }
    open[last].isAtValue = open[last].isObject
  }

  private mutating func appendLineEnd() {
    output.append(UInt8(ascii: "\n"))
    // Past this depth more blanks would help no reader, and make gigabytes out of a frame of brackets.
    let mostLevels = 32
    for _ in 0..<2 * min(open.count, mostLevels) { output.append(UInt8(ascii: " ")) }
  }

  private mutating func appendPrintable(_ token: ArraySlice<UInt8>) {
    var index = token.startIndex
    while index < token.endIndex {
      let start = index
      while index < token.endIndex, token[index] >= 0x20, token[index] < 0x7F { index += 1 }
      output += token[start..<index]
      guard index < token.endIndex, let (scalar, length) = UTF8Text.scalar(in: token, at: index) else {
        return
      }
      if scalar.isPrintable {
        output += token[index..<index + length]
      } else {
        JSONString.appendEscape(scalar, to: &output)
      }
      index += length
    }
  }
}
