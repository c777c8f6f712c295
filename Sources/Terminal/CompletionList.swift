/// Choices laid out in columns, with what they are beside them where there is room, and in pages where they are
/// more than the screen has rows for.
struct CompletionList {
  private let choices: [CompletionChoices.Choice]
  private let style: Style
  private let labelWidth: Int
  private let summaryWidth: Int

  init(_ choices: [CompletionChoices.Choice], style: Style) {
    self.choices = choices
    self.style = style
    labelWidth = choices.reduce(1) { max($0, displayWidth(of: $1.label)) }
    summaryWidth = choices.reduce(0) { max($0, displayWidth(of: $1.summary)) }
  }

  /// The rows of a page, none wider than the screen less a column: the terminal must not wrap them.
  ///
  /// - Parameters:
  ///   - page: Counted from 0; after the last page comes the first.
  ///   - columns: The width of the screen.
  ///   - rows: How many rows there are for it, at least 1.
  func rows(ofPage page: Int, columns: Int, rows: Int) -> [String] {
    let layout = Layout(self, width: max(1, columns - 1), rows: rows)
    let (range, isPaged) = place(of: page, layout, rows: rows)
    let shown = choices[range]
    let first = range.lowerBound
    let height = layout.rowCount(shown.count)
    var result = (0..<height).map { row in
      var text = ""
      for column in 0..<layout.columns {
        let index = column * height + row
        guard index < shown.count else { break }
        let isLast = column == layout.columns - 1 || (column + 1) * height + row >= shown.count
        text += cell(shown[first + index], layout, isLast: isLast)
      }
      return text
    }
    if isPaged {
      let footer = "\(first + 1) to \(first + shown.count) of \(choices.count), Tab for more"
      result.append(style.apply(.dim, to: cut(footer, to: layout.width)))
    }
    return result
  }

  /// How many choices a page shows.
  func choices(ofPage page: Int, columns: Int, rows: Int) -> Int {
    place(of: page, Layout(self, width: max(1, columns - 1), rows: rows), rows: rows).range.count
  }

  private func place(of page: Int, _ layout: Layout, rows: Int) -> (range: Range<Int>, isPaged: Bool) {
    // A row is left for what says that there is more.
    let isPaged = layout.rowCount(choices.count) > rows && rows > 1
    let perPage = max(1, (isPaged ? rows - 1 : rows) * layout.columns)
    let pages = (choices.count + perPage - 1) / perPage
    let first = page % max(1, pages) * perPage
    return (first..<min(first + perPage, choices.count), isPaged)
  }

  /// How wide the columns are.
  private struct Layout {
    let width: Int
    let columns: Int
    let labels: Int
    /// The columns of a summary, 0 where there is no room for any.
    let summaries: Int
    /// The blanks between two columns, and between a label and its summary.
    static let gap = 2
    /// The least that tells anything of a summary.
    private static let leastSummary = 16

    init(_ list: CompletionList, width: Int, rows: Int) {
      self.width = width
      labels = min(list.labelWidth, width)
      let wanted = min(list.summaryWidth, Self.leastSummary)
      // As many columns as are needed, and no more than leave room for summaries.
      let mostWithSummaries = (width + Self.gap) / (labels + Self.gap + wanted + Self.gap)
      if list.summaryWidth > 0, mostWithSummaries > 0 {
        let needed = (list.choices.count + rows - 1) / rows
        columns = min(max(1, needed), mostWithSummaries)
        let cell = (width - (columns - 1) * Self.gap) / columns
        summaries = min(list.summaryWidth, cell - labels - Self.gap)
      } else {
        columns = max(1, (width + Self.gap) / (labels + Self.gap))
        summaries = 0
      }
    }

    func rowCount(_ count: Int) -> Int { (count + columns - 1) / columns }
  }

  private func cell(_ choice: CompletionChoices.Choice, _ layout: Layout, isLast: Bool) -> String {
    let label = cut(choice.label, to: layout.labels)
    var text = label
    var width = displayWidth(of: label)
    func pad(to wanted: Int) {
      text += String(repeating: " ", count: max(0, wanted - width))
      width = max(width, wanted)
    }
    if layout.summaries > 0, !choice.summary.isEmpty {
      pad(to: layout.labels + Layout.gap)
      let summary = cut(choice.summary, to: layout.summaries)
      text += style.apply(.dim, to: summary)
      width += displayWidth(of: summary)
    }
    if !isLast {
      pad(to: layout.labels + (layout.summaries > 0 ? Layout.gap + layout.summaries : 0) + Layout.gap)
    }
    return text
  }

  /// The text in at most so many columns, with `…` where it was longer.
  private func cut(_ text: String, to width: Int) -> String {
    if text.utf8.count <= width || displayWidth(of: text) <= width { return text }
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let next = max(0, Terminal.columns(of: scalar))
      guard used + next <= width - 1 else { break }
      used += next
      result.append(scalar)
    }
    return String(result) + "…"
  }
}
