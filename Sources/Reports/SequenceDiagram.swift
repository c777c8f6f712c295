/// A ``Conversation`` as a picture in SVG: a line for each socket, time runs down, an arrow for each message.
struct SequenceDiagram {
  private let conversation: Conversation
  private let id: String

  // In pixels, which SVG scales.
  private static let rowHeight = 30
  private static let laneWidth = 190
  private static let gutter = 300
  private static let head = 56
  private static let margin = 12
  /// Room beside the last lane for what is written there.
  private static let rightMargin = 220

  /// - Parameters:
  ///   - conversation: What is drawn.
  ///   - id: Names the elements that the picture is described by, once in a page.
  init(_ conversation: Conversation, id: String) {
    self.conversation = conversation
    self.id = id
  }

  /// The element `svg`; nothing where nobody spoke.
  func svg(named name: String) -> String {
    let lanes = conversation.lanes
    if lanes.isEmpty || conversation.rows.isEmpty { return "" }
    let width = Self.gutter + lanes.count * Self.laneWidth + Self.rightMargin
    let height = Self.head + conversation.rows.count * Self.rowHeight + Self.margin
    var text = """
      <svg role="img" aria-labelledby="\(id)-t \(id)-d" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" xmlns="http://www.w3.org/2000/svg">
      <title id="\(id)-t">The conversation of \(Markup.escaped(name))</title>
      <desc id="\(id)-d">\(Markup.escaped(description))</desc>

      """
    for (index, lane) in lanes.enumerated() { text += line(of: lane, at: index) }
    for (index, row) in conversation.rows.enumerated() { text += draw(row, at: index, width) }
    return text + "</svg>\n"
  }

  /// What the picture shows, in words.
  private var description: String {
    let sockets = conversation.lanes.filter { $0.type != nil }.map(\.name).joined(separator: ", ")
    let failures = conversation.rows.compactMap { row -> String? in
      if case .failure = row.kind { row.whole } else { nil }
    }
    let count = conversation.messageCount
    return "\(count) message\(count == 1 ? "" : "s") between \(sockets)"
      + (failures.isEmpty ? "" : "; it failed: \(failures.joined(separator: "; "))")
  }

  /// The same as a list, for those who cannot see the picture.
  var list: String {
    let lanes = conversation.lanes
    let items = conversation.rows.compactMap { row -> String? in
      let text =
        switch row.kind {
        case .message(let from, let to, _):
          from == to
            ? "\(lanes[from].name) sends \(row.whole)"
            : "\(lanes[from].name) to \(lanes[to].name): \(row.whole)"
        case .unheard(let from): "\(lanes[from].name) sends, and nobody here receives: \(row.whole)"
        case .mismatch(let lane): "\(lanes[lane].name): \(row.whole)"
        case .failure: "failed: \(row.whole)"
        case .phase: "phase: \(row.whole)"
        case .note(let lane): (lane.map { lanes[$0].name + " " } ?? "") + row.whole
        case .omitted: row.text
        case .arrival, .unclear: ""
        }
      return text.isEmpty ? nil : "<li>\(Markup.escaped(text))</li>\n"
    }
    return "<ol class=\"list\">\n\(items.joined())</ol>\n"
  }

  // MARK: Parts

  private func x(_ lane: Int) -> Int { Self.gutter + lane * Self.laneWidth + Self.laneWidth / 2 }
  private func y(_ row: Int) -> Int { Self.head + row * Self.rowHeight + Self.rowHeight * 2 / 3 }

  private func line(of lane: ConversationLanes.Lane, at index: Int) -> String {
    let end =
      lane.last.map { y($0) - Self.rowHeight / 3 } ?? Self.head + conversation.rows.count * Self.rowHeight
    let isOutside = lane.type == nil
    let width = Self.laneWidth - 24
    let name = lane.name.count > 20 ? "\(lane.name.prefix(19))…" : lane.name
    return """
      <g class="lane\(isOutside ? " outside" : "")"><title>\(Markup.escaped(lane.name + " " + lane.endpoints.joined(separator: " ")))</title>\
      <line x1="\(x(index))" y1="\(Self.head - 8)" x2="\(x(index))" y2="\(max(end, Self.head))"/>\
      <rect x="\(x(index) - width / 2)" y="8" width="\(width)" height="40" rx="6"/>\
      <text x="\(x(index))" y="25" class="name">\(Markup.escaped(name))</text>\
      <text x="\(x(index))" y="40" class="type">\(Markup.escaped(lane.type ?? "outside of the script"))</text></g>

      """
  }

  private func draw(_ row: Conversation.Row, at index: Int, _ width: Int) -> String {
    var text = ""
    let top = y(index) - Self.rowHeight * 2 / 3
    if let statement = row.statement {
      let shown = statement.count > 40 ? "\(statement.prefix(39))…" : statement
      text += "<text class=\"code\" x=\"\(Self.margin)\" y=\"\(y(index) + 4)\">"
      text += "<title>\(Markup.escaped(statement))</title>\(Markup.escaped(shown))</text>\n"
    }
    switch row.kind {
    case .message(let from, let to, let arrival):
      text += arrow(
        row, from: x(from), y(index), to: x(to), y(arrival ?? index), isWrong: isWrong(row, arrival))
    case .unheard(let from):
      text += arrow(row, from: x(from), y(index), to: x(from) + Self.laneWidth / 3, y(index), isWrong: false)
      text += cross(x(from) + Self.laneWidth / 3, y(index), "unheard")
    case .arrival, .unclear: break
    case .mismatch(let lane):
      text += cross(x(lane), y(index), "wrong")
      text += label(row.text, row.whole, x(lane) + 14, y(index) + 4, "wrong start")
    case .failure:
      text += band(top, width, "failure")
      text += label(row.text, row.whole, Self.margin, top + Self.rowHeight / 2 + 4, "failure start")
    case .phase:
      text += band(top, width, "phase")
      text += label(row.text, row.whole, Self.margin, top + Self.rowHeight / 2 + 4, "phase start")
    case .note(let lane):
      text += label(
        row.text, row.whole, lane.map(x) ?? Self.gutter, y(index) + 4, lane == nil ? "note start" : "note")
    case .omitted:
      text += label(row.text, row.whole, Self.gutter, y(index) + 4, "note start")
    }
    return text
  }

  private func isWrong(_ row: Conversation.Row, _ arrival: Int?) -> Bool {
    row.isWrong || arrival.map { conversation.rows[$0].isWrong } ?? false
  }

  private func arrow(
    _ row: Conversation.Row, from startX: Int, _ startY: Int, to endX: Int, _ endY: Int, isWrong: Bool
  ) -> String {
    let direction = endX >= startX ? 1 : -1
    let tip = endX - direction * 2
    // A message to itself is one whose way is not drawn.
    let end = startX == endX ? startX + Self.laneWidth / 3 : tip
    let head = "\(end),\(endY) \(end - direction * 9),\(endY - 5) \(end - direction * 9),\(endY + 5)"
    // Over the middle of a level arrow; over the beginning of a slanted one, which others may cross further on.
    let isLevel = startY == endY
    let labelX = isLevel ? (startX + end) / 2 : startX + (end - startX) / 3
    let labelY = isLevel ? startY - 5 : startY + (endY - startY) / 3 - 8
    return """
      <g class="message\(isWrong ? " wrong" : "")"><title>\(Markup.escaped(row.whole))</title>\
      <line x1="\(startX)" y1="\(startY)" x2="\(end)" y2="\(endY)"/><polygon points="\(head)"/>\
      <text x="\(labelX)" y="\(labelY)">\(Markup.escaped(fitting(row.text, abs(end - startX))))</text></g>

      """
  }

  /// A text as it fits over an arrow: some seven pixels a character.
  private func fitting(_ text: String, _ width: Int) -> String {
    let most = max(8, width / 7)
    return text.count > most ? "\(text.prefix(most - 1))…" : text
  }

  private func cross(_ x: Int, _ y: Int, _ style: String) -> String {
    "<path class=\"\(style)\" d=\"M\(x - 6) \(y - 6)L\(x + 6) \(y + 6)M\(x + 6) \(y - 6)L\(x - 6) \(y + 6)\"/>\n"
  }

  private func label(_ text: String, _ whole: String, _ x: Int, _ y: Int, _ style: String) -> String {
    "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\"><title>\(Markup.escaped(whole))</title>\(Markup.escaped(text))</text>\n"
  }

  private func band(_ top: Int, _ width: Int, _ style: String) -> String {
    "<rect class=\"\(style)\" x=\"0\" y=\"\(top + 2)\" width=\"\(width)\" height=\"\(Self.rowHeight - 4)\"/>\n"
  }
}
