import Script
import Shell
import Synchronization
import ZeroMQ

/// Shows events to a person: failures and notices always, the rest where it is wanted.
///
/// It writes whole pieces of text, one at a time, whichever thread the events come from.
public final class Console: EventSink {
  /// Whether every statement and message is shown (`--trace`).
  public let wantsTrace: Bool
  private let isInteractive: Bool
  private let renderer: DiagnosticRenderer
  private let write: @Sendable (String) -> Void
  private let turn = Mutex(Running())

  /// The lines of the statements that run, outermost first, by task: what stands in a line that was shown is not
  /// shown again.
  private struct Running {
    private var lines: [String?: [Line]] = [:]

    /// Notes a statement that begins or ends, and tells whether the event is to be shown.
    mutating func shows(_ event: Event, task: String?) -> Bool {
      switch event {
      case .statement(let place):
        let line = Line(source: place.source.name, number: place.source.line(of: place.span.start))
        let isNew = lines[task]?.last != line
        lines[task, default: []].append(line)
        return isNew
      case .statementEnded:
        _ = lines[task]?.popLast()
      default: break
      }
      return true
    }
  }

  private struct Line: Equatable {
    let source: String
    let number: Int
  }

  /// Makes a console.
  ///
  /// - Parameters:
  ///   - renderer: Turns diagnostics into text.
  ///   - isInteractive: Whether a person types the statements and wants to see what became of them.
  ///   - trace: Whether every statement and message is shown.
  ///   - write: Takes whole lines, most often to standard error. Called by one thread at a time.
  public init(
    renderer: DiagnosticRenderer, isInteractive: Bool, trace: Bool,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.renderer = renderer
    self.isInteractive = isInteractive
    wantsTrace = trace
    self.write = write
  }

  /// Shows one event.
  public func handle(_ event: Event, task: String?) {
    guard let text = text(of: event, task: task) else { return }
    turn.withLock { running in
      if wantsTrace, !running.shows(event, task: task) { return }
      if !text.isEmpty { write(text + "\n") }
    }
  }

  private func text(of event: Event, task: String?) -> String? {
    switch event {
    case .failed(var diagnostic), .notice(var diagnostic):
      if let task {
        // What happens to connections stands in one line.
        if diagnostic.severity == .note, diagnostic.place == nil {
          diagnostic.message += " (task '\(task)')"
        } else {
          diagnostic.notes.append("in the task '\(task)'")
        }
      }
      return renderer.render(diagnostic)
    case .bound(let socket, let endpoint):
      guard isInteractive || wantsTrace else { return nil }
      return renderer.render(Diagnostic(.note, "'\(socket)' is bound to \(endpoint)"))
    case .delivered(let subject, let count, let delivery):
      let told = delivery.text(ofMessages: count)
      let text = subject.map { "\($0): \(told)" } ?? told
      return isInteractive ? renderer.remark(text) : wantsTrace ? prefixed("  \(text)", task) : nil
    case .taskEnded(let task):
      return isInteractive ? renderer.render(Diagnostic(.note, "the task '\(task)' has ended")) : nil
    default:
      return wantsTrace ? trace(event).map { $0.isEmpty ? $0 : prefixed($0, task) } : nil
    }
  }

  private func trace(_ event: Event) -> String? {
    switch event {
    // It is noted, and has nothing to show.
    case .statementEnded: return ""
    case .statement(let place):
      let line = place.source.line(of: place.span.start)
      return "+ \(place.source.name):\(line): \(DisplayText.safe(place.source.maskedLine(line)))"
    case .connecting(let socket, let endpoint): return "  \(socket) connects to \(endpoint)"
    case .monitor(let socket, _, let event): return "  \(socket): \(event.name) \(event.endpoint)"
    case .sent(let socket, let frames, _): return "  \(socket) → \(Message.shownText(of: frames))"
    case .received(let socket, let frames): return "  \(socket) ← \(Message.shownText(of: frames))"
    default: return nil
    }
  }

  private func prefixed(_ text: String, _ task: String?) -> String { task.map { "\($0): \(text)" } ?? text }
}
