/// What a prompt tells of a session: facts, without colours and without a width.
public struct PromptState: Equatable, Sendable {
  /// The current socket's name; nil where there is no socket.
  public var socket: String?
  /// What it can do next, such as `awaiting reply`.
  public var state = ""
  /// What the state means to the user.
  public var mood = Mood.idle
  /// Since when it is in a state that ends by itself or by a peer; nil where that does not count.
  public var age: Duration?
  /// How many peers it has, in words, where ``state`` does not say it.
  public var peers: String?
  /// How many tasks run.
  public var taskCount = 0
  /// What a recording that is under way is called, such as `rec`; nil where nothing is recorded.
  public var recording: String?

  /// What the state of a socket means to the user.
  public enum Mood: Sendable {
    /// It can be used.
    case ready
    /// Somebody else's turn.
    case waiting
    /// The user's turn: a peer waits.
    case due
    /// Nobody is there.
    case idle
  }
}

extension Session {
  /// What the prompt tells now.
  public var promptState: PromptState {
    var prompt = PromptState()
    prompt.taskCount = tasks.all.count { $0.state == .running }
    prompt.recording = recordingMark
    guard let socket = sockets.current else { return prompt }
    prompt.socket = socket.name
    prompt.state = socket.state
    let peers = socket.peerCount
    switch (socket.type, socket.lastAction) {
    case (.req, .sent):
      prompt.mood = .waiting
      prompt.age = socket.sentAt.elapsed
    case (.rep, .received):
      prompt.mood = .due
      prompt.age = socket.receivedAt.elapsed
    case (.rep, _): prompt.mood = peers == 0 ? .idle : .waiting
    default: prompt.mood = peers == 0 ? .idle : .ready
    }
    if socket.type == .req || socket.type == .rep { prompt.peers = NamedSocket.peerText(peers) }
    return prompt
  }
}
