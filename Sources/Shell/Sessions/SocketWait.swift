import Synchronization
import ZeroMQ

/// Which socket a task waits for, told to those who wait for the task.
final class SocketWait: Sendable {
  private struct Wait {
    let socket: String
    let events: PollEvents
    let since: Instant
  }

  private let current = Mutex<Wait?>(nil)

  /// - Parameter socket: The name of the socket.
  func begin(for socket: String, _ events: PollEvents) {
    let wait = Wait(socket: socket, events: events, since: .now)
    current.withLock { $0 = wait }
  }

  func end() { current.withLock { $0 = nil } }

  /// What it waits for, in words; nil where it waits for no socket.
  var text: String? {
    current.withLock { wait in
      guard let wait else { return nil }
      let verb = wait.events.contains(.readable) ? "receive" : "send"
      return "it has waited \(wait.since.elapsed.measuredText) to \(verb) on '\(wait.socket)'"
    }
  }
}
