import Script
import ZeroMQ

/// What the prompt asks of a session.
extension Session {
  /// The current socket and what it can do next, or nil where there is no socket.
  public var currentSocket: (name: String, state: String)? {
    sockets.current.map { ($0.name, $0.state) }
  }

  /// How many tasks are running.
  public var runningTaskCount: Int { tasks.runningCount }

  /// Waits for a key, and serves the sockets meanwhile.
  ///
  /// - Returns: Why the wait ended: the reasons that were raised, none where input is there.
  public func waitForInput() -> Interrupt.Reasons {
    while true {
      switch try? loop.waitForInput() {
      case .ready: return []
      case .interrupted: return interrupt.take(interrupt.raised)
      // A poll that fails (a closed descriptor, say) would fail again at once: let the read find out.
      case .limit, nil: return []
      }
    }
  }

  /// Whether a text is one that more lines belong to: an open block, quote or bracket.
  public static func isIncomplete(_ text: String) -> Bool {
    Parser.parse(SourceFile(name: "", text: text, isPrompt: true)).isIncomplete
  }
}
