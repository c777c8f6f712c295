import Shell
import Terminal

/// The prompt as it is shown: `client awaiting reply 12s, 1 peer> `, in colours and within a width.
struct PromptLine {
  private let state: PromptState
  private let columns: Int

  init(_ state: PromptState, columns: Int) {
    self.state = state
    self.columns = columns
  }

  /// The prompt in colours. Parts are left out where it would take more than half of the row: the line that is typed
  /// needs room too.
  func text(in style: Style) -> String {
    let room = max(16, columns / 2)
    var parts = Part.allCases.filter { piece($0) != nil }
    for part in Part.droppedFirst where width(of: parts) > room { parts.removeAll { $0 == part } }
    var text = ""
    for part in parts {
      guard let piece = piece(part) else { continue }
      if !text.isEmpty { text += part.separator }
      // A name that takes the row by itself is cut.
      text += style.apply(piece.meaning, to: part == .name ? shortened(piece.text, to: room) : piece.text)
    }
    return text + "> "
  }

  /// When the prompt changes by itself next, because it tells a time: each second at first, then seldom. What
  /// changes often draws the eye and ends a selection made with the mouse.
  var nextChange: Instant? {
    guard let age = state.age else { return nil }
    let seconds = age.components.seconds
    let next =
      switch seconds {
      case ..<Self.firstSecond: Self.firstSecond
      case ..<10: seconds + 1
      case ..<60: seconds / 10 * 10 + 10
      default: seconds / 60 * 60 + 60
      }
    return .now + (.seconds(next) - age)
  }

  /// What came within so many seconds came at once, as people take it.
  private static let firstSecond: Int64 = 5

  private enum Part: CaseIterable {
    case recording, name, state, age, peers, tasks

    /// The name and the recording stay.
    static let droppedFirst: [Part] = [.tasks, .age, .peers, .state]

    var separator: String { self == .peers || self == .tasks ? ", " : " " }
  }

  private func piece(_ part: Part) -> (text: String, meaning: Style.Meaning)? {
    switch part {
    case .recording: return state.recording.map { ($0, .error) }
    case .name: return (state.socket ?? "zsh-mq", .prompt)
    case .state: return state.socket == nil ? nil : (state.state, meaning)
    case .age: return ageText.map { ($0, .dim) }
    case .peers: return state.peers.map { ($0, .dim) }
    case .tasks:
      let count = state.taskCount
      return count == 0 ? nil : (count == 1 ? "1 task" : "\(count) tasks", .note)
    }
  }

  private var meaning: Style.Meaning {
    switch state.mood {
    case .ready: .success
    case .waiting: .state
    case .due: .warning
    case .idle: .dim
    }
  }

  private var ageText: String? {
    guard let seconds = state.age?.components.seconds, seconds >= Self.firstSecond else { return nil }
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    default: return "\(seconds / 3600)h"
    }
  }

  private func width(of parts: [Part]) -> Int {
    let pieces = parts.compactMap { part in piece(part).map { displayWidth(of: part.separator + $0.text) } }
    return pieces.reduce(1, +)
  }

  private func shortened(_ name: String, to room: Int) -> String {
    displayWidth(of: name) <= room ? name : "\(name.prefix(room - 1))…"
  }
}
