import Synchronization
import ZeroMQ

/// What all sessions of a program share: one libzmq context, standard output, and a reader of events.
public final class Runtime: Sendable {
  /// The context of every socket, so that `inproc://` reaches from a task to the main script.
  public let context: Context
  /// Where data goes.
  public let output: StandardOutput
  /// Where facts go.
  public let sink: any EventSink
  /// What the program's own sockets are bound and connected to.
  let endpoints = EndpointRegistry()
  /// The proxies that run.
  let proxies = ProxyTable()
  /// Who decides which peers are let in.
  let authenticator = Authenticator()
  /// Whether somebody in the program decides about peers: `auth`, or a socket of the user's.
  var isAsked: Bool { authenticator.isRunning || hasOwnHandler }
  /// Whether a socket of the user's, and not `auth`, is asked about peers.
  var hasOwnHandler: Bool { !authenticator.isRunning && endpoints.isBound(Authenticator.endpoint) }
  private let contextState = Mutex(ContextState())

  private struct ContextState {
    var hasMadeSocket = false
    /// What was set by the user, of options that cannot be read too.
    var options: [(option: ContextOption, value: Int)] = []
  }

  /// Whether any session has made a socket: some options of the context count only before.
  var hasMadeSocket: Bool { contextState.withLock { $0.hasMadeSocket } }

  func noteSocket() { contextState.withLock { $0.hasMadeSocket = true } }

  /// The options of the context that the user set, in their order.
  var contextOptions: [(option: ContextOption, value: Int)] { contextState.withLock { $0.options } }

  func noteContextOption(_ option: ContextOption, _ value: Int) {
    contextState.withLock { state in
      state.options.removeAll { $0.option == option }
      state.options.append((option, value))
    }
  }

  /// Makes a context.
  ///
  /// - Throws: The error of `zmq_ctx_new(3)` or `zmq_ctx_set(3)`.
  public init(output: StandardOutput = StandardOutput(), sink: any EventSink) throws(ZMQError) {
    context = try Context()
    self.output = output
    self.sink = sink
    // 1,023 by default, which a session with two sockets (one a monitor's) for each name soon meets.
    if let most = ContextOption.named("max_sockets"), let limit = ContextOption.named("socket_limit") {
      try context.set(most, context.get(limit))
    }
  }
}
