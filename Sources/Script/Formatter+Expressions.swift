/// A part of an expression, as far as it matters for the blanks around it.
enum ExpressionToken {
  case operand, name, unary, binary, range, dot, open, close, comma

  /// Whether an operand is complete behind it, so that an operator is binary and a bracket an index.
  var endsOperand: Bool { self == .operand || self == .name || self == .close }
}

/// Expressions, with one blank around what joins two operands.
extension Formatter {
  mutating func write(_ expression: Expression, indent: Int) {
    var index = expression.span.start
    var nextAtom = firstAtom(from: index)
    var depth = 0
    var last: (sort: ExpressionToken, end: Int)?
    // Line ends in a row, and whether a `\` continued the line.
    var lines = 0
    var isContinued = false
    // Whether nothing stands in the bracket yet, where a blank line would be its first.
    var isAfterOpen = false
    func place(_ sort: ExpressionToken, _ span: Span, in formatter: inout Formatter) {
      if lines > 0 {
        let isInside = sort != .close && !isAfterOpen
        let depth = sort == .open ? depth - 1 : depth
        formatter.beginLine(indent: indent + 2 * depth, afterBlank: lines > 1 && isInside)
      } else if isContinued {
        formatter.separate(isContinued: true, indent: indent)
      } else if let last, formatter.isBlankNeeded(between: last, and: sort, span) {
        formatter.write(Byte.space)
      }
      formatter.write(span)
      last = (sort, span.end)
      isAfterOpen = sort == .open
      lines = 0
      isContinued = false
    }
    while index < expression.span.end {
      if nextAtom < atoms.endIndex, atoms[nextAtom].start == index {
        place(.operand, atoms[nextAtom], in: &self)
        index = atoms[nextAtom].end
        nextAtom += 1
        continue
      }
      switch bytes[index] {
      case Byte.space, Byte.tab, Byte.carriageReturn:
        index += 1
      case Byte.lineFeed:
        lines += 1
        index += 1
      case Byte.backslash:
        if depth > 0 { lines = max(lines, 1) } else { isContinued = true }
        index = endOfContinuation(at: index)
      case Byte.hash:
        let comment = Span(index, endOfComment(from: index, to: expression.span.end))
        if lines > 0 {
          beginLine(indent: indent + 2 * depth, afterBlank: lines > 1 && !isAfterOpen)
          isAfterOpen = false
        }
        write(comment: comment)
        lines = 0
        index = comment.end
      default:
        let (sort, end) = expressionToken(at: index, after: last?.sort)
        if sort == .open { depth += 1 }
        if sort == .close { depth -= 1 }
        place(sort, Span(index, end), in: &self)
        index = end
      }
    }
  }

  /// Whether a blank stands between two parts of an expression.
  func isBlankNeeded(
    between last: (sort: ExpressionToken, end: Int), and next: ExpressionToken, _ span: Span
  ) -> Bool {
    switch (last.sort, next) {
    case (.open, _), (_, .close), (_, .comma), (.range, _), (_, .range), (.dot, _), (_, .dot): false
    // `- 5` is the negative of 5 and `-5` a number: the same to the eye, and no longer the same tree.
    case (.unary, .operand):
      bytes[last.end - 1] == Byte.minus && (bytes[span.start].isDigit || bytes[span.start] == Byte.minus)
    case (.unary, _): false
    // A call and an index: their bracket follows without a blank, or it is another thing.
    case (_, .open) where last.sort.endsOperand: last.end != span.start
    default: true
    }
  }

  /// What stands at an offset that no literal and no variable starts at.
  func expressionToken(
    at index: Int, after last: ExpressionToken?
  ) -> (ExpressionToken, end: Int) {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case Byte.openParenthesis, Byte.openBracket: return (.open, index + 1)
    case Byte.closeParenthesis, Byte.closeBracket: return (.close, index + 1)
    case Byte.comma: return (.comma, index + 1)
    case Byte.dot: return next == Byte.dot ? (.range, index + 2) : (.dot, index + 1)
    case Byte.minus where !(last?.endsOperand ?? false): return (.unary, index + 1)
    case Byte.exclamation where next != Byte.equal: return (.unary, index + 1)
    case Byte.bar, Byte.ampersand: return (.binary, index + 2)
    case Byte.equal, Byte.exclamation, Byte.less, Byte.greater:
      return (.binary, next == Byte.equal ? index + 2 : index + 1)
    case _ where byte.startsName:
      var end = index
      while end < bytes.count, bytes[end].continuesName { end += 1 }
      return (.name, end)
    default: return (.binary, index + 1)
    }
  }

  /// The index of the first atom that starts at an offset or behind it.
  func firstAtom(from offset: Int) -> Int {
    var low = 0
    var high = atoms.count
    while low < high {
      let middle = (low + high) / 2
      if atoms[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
