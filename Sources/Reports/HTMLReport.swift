import Script
import Shell

/// A page of one file that needs no network: each script with its conversation drawn, those that failed open.
public final class HTMLReport: Report {
  private var parts: [String] = []
  private var lines: [String] = []
  /// How many rows of diagrams the page may still get, so that a thousand scripts make no page that nobody can open.
  private var rowsLeft = 12_000
  private static let mostRows = 400
  /// A failure is worth a look also where the page is full.
  private static let leastRowsOfFailure = 60

  /// Makes a report.
  public init() {}

  /// Nothing yet: the counts stand above all.
  public func begin(_ count: Int) -> String { "" }

  /// Nothing yet.
  public func add(_ result: ScriptResult) -> String {
    let number = parts.count + 1
    let (word, style) = Self.badge(result)
    let time = result.outcome == .passed || result.isFailure ? result.took.spokenText : ""
    lines.append(
      "<li class=\"\(style)\"><a href=\"#s\(number)\"><span class=\"badge\">\(word)</span> \(Markup.escaped(result.name))</a> <span class=\"time\">\(time)</span></li>\n"
    )
    var text = "<details id=\"s\(number)\" class=\"\(style)\"\(result.isFailure ? " open" : "")>\n"
    text += "<summary><h2><span class=\"badge\">\(word)</span> \(Markup.escaped(result.name))</h2> "
    text += "<span class=\"time\">\(time)</span></summary>\n"
    if let reason = result.reason { text += "<p class=\"reason\">\(Markup.escaped(reason))</p>\n" }
    if result.isFailure {
      let pictures = result.failures.map(\.picture).joined(separator: "\n")
      if !pictures.isEmpty { text += "<pre class=\"picture\">\(Markup.escaped(pictures))</pre>\n" }
    }
    text += diagram(of: result, number)
    for (title, output) in [("standard output", result.output), ("standard error", result.errors)]
    where !output.isEmpty {
      text += "<details class=\"output\"><summary>\(title)</summary>"
      text += "<pre>\(Markup.escaped(output.text))</pre></details>\n"
    }
    parts.append(text + "</details>\n")
    return ""
  }

  /// The whole page.
  public func end(_ summary: Summary) -> String {
    let counts = [
      ("passed", summary.passed, "passed"), ("failed", summary.failed, "failed"),
      ("skipped", summary.skipped, "skipped"), ("not run", summary.stopped, "skipped"),
    ].filter { $0.1 > 0 }
    let title = counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    let bar = counts.map { "<span class=\"\($0.2)\" style=\"flex:\($0.1)\">\($0.1) \($0.0)</span>" }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>zsh-mq test: \(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <header>
      <h1>zsh-mq test</h1>
      <p>\(summary.count) scripts in <span class="time">\(summary.took.spokenText)</span>\
      \(summary.interruption.map { ", stopped: \(Markup.escaped($0))" } ?? "")</p>
      <p class="bar">\(bar)</p>
      </header>
      <main>
      <nav aria-label="Scripts"><ul>
      \(lines.joined())</ul></nav>
      \(parts.joined())\(summary.coverage.map { coverage($0) } ?? "")</main>
      </body>
      </html>

      """
  }

  private func diagram(of result: ScriptResult, _ number: Int) -> String {
    let least = result.isFailure ? Self.leastRowsOfFailure : 0
    let most = min(Self.mostRows, max(rowsLeft, least))
    if most == 0 { return "<p class=\"note\">The page is long: this conversation is left out.</p>\n" }
    let conversation = Conversation(result.events, most: most)
    rowsLeft = max(0, rowsLeft - conversation.rows.count)
    let diagram = SequenceDiagram(conversation, id: "d\(number)")
    let svg = diagram.svg(named: result.name)
    if svg.isEmpty { return "" }
    return
      "<div class=\"diagram\" tabindex=\"0\" role=\"region\" aria-label=\"Conversation\">\n\(svg)</div>\n"
      + "<details class=\"output\"><summary>the conversation as text</summary>\n\(diagram.list)</details>\n"
  }

  private func coverage(_ coverage: Coverage) -> String {
    let rows = coverage.byFile.map { file in
      "<tr><td>\(Markup.escaped(DisplayText.safe(file.name)))</td><td>\(file.percent) %</td><td>\(file.ran)/\(file.count)</td>"
        + "<td>\(Coverage.ranges(file.missing))</td></tr>\n"
    }
    return """
      <section><h2>Statements that ran</h2>
      <table><thead><tr><th scope="col">file</th><th scope="col">share</th><th scope="col">statements</th>\
      <th scope="col">lines that did not run</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></section>

      """
  }

  private static func badge(_ result: ScriptResult) -> (word: String, style: String) {
    switch result.outcome {
    case .passed: ("passed", "passed")
    case .skipped: ("skipped", "skipped")
    case .stopped: ("not run", "skipped")
    default: ("failed", "failed")
    }
  }

  /// Colours of at least 4.5 to 1 against what is behind them (WCAG 2.1, 1.4.3), light and dark.
  private static let style = """
    :root { --back: #ffffff; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --panel: #f6f8fa;
      --good: #116329; --bad: #b3151f; --skip: #7d4e00; --arrow: #0b57a4; --band: #fde8e8; --phase: #e7f0fb; }
    @media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --dim: #9da7b3; --line: #30363d;
      --panel: #161b22; --good: #56d364; --bad: #ff8a84; --skip: #e3b341; --arrow: #79c0ff; --band: #3d1718;
      --phase: #12253d; } }
    body { margin: 0 auto; max-width: 110rem; padding: 1rem; background: var(--back); color: var(--text);
      font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0; display: inline; }
    .time, .note { color: var(--dim); } header p { margin: .4rem 0; }
    .bar { display: flex; gap: 2px; } .bar span { padding: .1rem .6rem; color: var(--back); white-space: nowrap;
      border-radius: 4px; } .bar .passed { background: var(--good); } .bar .failed { background: var(--bad); }
    .bar .skipped { background: var(--skip); }
    nav ul { list-style: none; padding: 0; columns: 20rem; } nav a { color: inherit; }
    .badge { font-size: .8rem; font-weight: 600; }
    .passed > a .badge, .passed > summary .badge { color: var(--good); }
    .failed > a .badge, .failed > summary .badge { color: var(--bad); }
    .skipped > a .badge, .skipped > summary .badge { color: var(--skip); }
    details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .4rem .8rem; }
    details.failed { border-left: 4px solid var(--bad); } summary { cursor: pointer; }
    .reason { margin: .4rem 0; font-weight: 600; overflow-wrap: anywhere; }
    pre { background: var(--panel); padding: .6rem; overflow-x: auto; border-radius: 6px; font-size: .85rem; }
    .diagram { overflow: auto; max-height: 90vh; } .output { border: 0; padding: 0; }
    .list { font-size: .9rem; overflow-wrap: anywhere; }
    table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; }
    svg text { font: 12px ui-monospace, monospace; fill: var(--text); text-anchor: middle;
      paint-order: stroke; stroke: var(--back); stroke-width: 4px; }
    svg text.phase, svg text.failure, svg .name, svg .type { stroke: none; }
    svg .start, svg .code { text-anchor: start; } svg .code, svg .type, svg .note { fill: var(--dim); }
    svg .name { font-weight: 700; } .lane rect { fill: var(--panel); stroke: var(--line); }
    .lane line { stroke: var(--line); } .lane.outside rect, .lane.outside line { stroke-dasharray: 4 3; }
    .message line { stroke: var(--arrow); stroke-width: 1.5; } .message polygon { fill: var(--arrow); }
    .message.wrong line { stroke: var(--bad); stroke-width: 2.5; } .message.wrong polygon { fill: var(--bad); }
    .message.wrong text, svg text.wrong, svg text.failure { fill: var(--bad); font-weight: 700; }
    svg path.wrong { stroke: var(--bad); stroke-width: 3; } svg path.unheard { stroke: var(--dim); stroke-width: 2; }
    svg rect.failure { fill: var(--band); } svg rect.phase { fill: var(--phase); } svg text.phase { font-weight: 700; }
    """
}
