import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct SignalTests {
  @Test func aSignalEndsAWait() throws {
    let context = try Context()
    let socket = try Socket.make(.pull, in: context)
    let poller = Poller()
    poller.add(socket, .readable)
    // The signal may come before the wait does, so it comes again until the wait is over.
    amongSignals {
      #expect(throws: ZMQError.interrupted) { try poller.wait(milliseconds: 20_000) }
      #expect(throws: ZMQError.interrupted) { try socket.receive() }
    }
  }

  @Test func aSignalFailsNothingThatDoesNotWait() throws {
    let context = try Context()
    let watched = try Socket.make(.pull, in: context)
    let (in_, out) = (try Socket.make(.pull, in: context), try Socket.make(.push, in: context))
    let message = Message()
    try amongSignals {
      for round in 0..<2000 {
        let endpoint = "inproc://\(round)"
        let monitor = try SocketMonitor(watched, in: context)
        #expect(try monitor.next() == nil)
        try in_.bind(endpoint)
        try out.connect(endpoint)
        message.append([1])
        message.append([2])
        try out.send(message, wait: false)
        try out.send([3], wait: false)
        try in_.receive(into: message, wait: false)
        #expect(message.count == 2)
        try in_.receive(into: message, wait: false)
        #expect(throws: ZMQError.again) { try in_.receive(into: message, wait: false) }
        #expect(try in_.events == [])
        try out.disconnect(endpoint)
        try in_.unbind(endpoint)
        monitor.stop()
      }
    }
  }

  /// Does something while signals come to this thread without a pause.
  private func amongSignals(_ body: () throws -> Void) rethrows {
    // To this thread alone, so that no other test sees them; the handler has only to exist.
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = { _ in }
    #else
      action.__sigaction_handler.sa_handler = { _ in }
    #endif
    sigaction(SIGUSR2, &action, nil)
    // A thread of the runtime has its signals blocked.
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGUSR2)
    pthread_sigmask(SIG_UNBLOCK, &signals, &before)
    let target = pthread_self()
    let done = Done()
    let thread = startThread {
      while !done.isSet {
        pthread_kill(target, SIGUSR2)
        sched_yield()
      }
    }
    defer {
      done.set()
      pthread_join(thread, nil)
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    try body()
  }
}
