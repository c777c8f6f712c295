/// The statements of a session so far, up to a bound.
struct KeptStatements {
  private(set) var all: [RecordedStatement] = []
  /// Whether there were more than are kept.
  private(set) var isFull = false
  private let most: Int
  private let mostBytes: Int
  private var byteCount = 0

  /// - Parameters:
  ///   - most: How many statements are kept.
  ///   - mostBytes: How many bytes of them.
  init(most: Int, mostBytes: Int) {
    self.most = most
    self.mostBytes = mostBytes
  }

  mutating func keep(_ more: [RecordedStatement]) {
    for statement in more {
      if isFull { return }
      if all.join(statement) { continue }
      byteCount += statement.pieces.reduce(0) { count, piece in
        switch piece {
        case .text(let bytes), .payload(let bytes): count + bytes.count
        case .port: count
        }
      }
      if all.count >= most || byteCount > mostBytes {
        isFull = true
        return
      }
      all.append(statement)
    }
  }

  /// Changes the texts of all statements.
  mutating func mapTexts(_ change: ([UInt8]) -> [UInt8]) { all = all.map { $0.mappingTexts(change) } }
}
