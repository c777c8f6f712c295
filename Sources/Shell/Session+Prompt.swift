import Script
import ZeroMQ

/// What the prompt asks of a session.
extension Session {
  /// The current socket and what it can do next, or nil where there is no socket.
  public var currentSocket: (name: String, state: String)? {
    sockets.current.map { ($0.name, $0.state) }
  }

  /// Waits for a key, and serves the sockets meanwhile.
  ///
  /// - Returns: Why the wait ended: the reasons that were raised, none where input is there.
  public func waitForInput() -> Interrupt.Reasons {
    // A poll that fails (a closed descriptor, say) would fail again at once: the read finds out.
    (try? loop.waitForInput()) == .interrupted ? interrupt.take(interrupt.raised) : []
  }

  /// Whether a text is one that more lines belong to: an open block, quote or bracket.
  public static func isIncomplete(_ text: String) -> Bool {
    Parser.parse(SourceFile(name: "", text: text, isPrompt: true)).isIncomplete
  }
}
