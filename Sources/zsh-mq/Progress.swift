import Script
import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One line at a terminal that says how far the scripts have come; nothing where standard error is no terminal.
final class Progress {
  private let count: Int
  private let isShown: Bool
  private var isOnScreen = false

  init(count: Int) {
    self.count = count
    let term = environmentVariable("TERM") ?? ""
    isShown = isTerminal(2) && !term.isEmpty && term != "dumb"
  }

  func show(_ ended: Int, _ running: [String]) {
    guard isShown, !running.isEmpty else { return }
    let columns = TerminalSize(fileDescriptor: 2)?.columns ?? 80
    let text = "\(ended)/\(count) \(running.joined(separator: ", "))"
    // A character may take two cells.
    var width = 0
    let fitting = text.prefix { character in
      width += character.isASCII ? 1 : 2
      return width < columns
    }
    ProcessSetup.writeError("\r\(fitting)\u{1B}[K")
    isOnScreen = true
  }

  func erase() {
    guard isOnScreen else { return }
    ProcessSetup.writeError("\r\u{1B}[K")
    isOnScreen = false
  }
}
