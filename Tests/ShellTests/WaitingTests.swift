import Script
@testable import Shell
import Testing
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct WaitingTests {
  /// Raises reasons from another thread, once this one is likely to wait. Nothing depends on whether it does.
  private func raise(_ reasons: Interrupt.Reasons, on interrupt: Interrupt) -> pthread_t? {
    final class Job: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let job = Job {
      usleep(20_000)
      interrupt.raise(reasons)
    }
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(
        &thread, nil,
        {
          Unmanaged<Job>.fromOpaque($0).takeRetainedValue().body()
          return nil
        }, Unmanaged.passRetained(job).toOpaque())
      return code == 0 ? thread : nil
    #else
      var thread = pthread_t()
      let code = pthread_create(
        &thread, nil,
        {
          if let context = $0 { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
          return nil
        }, Unmanaged.passRetained(job).toOpaque())
      return code == 0 ? thread : nil
    #endif
  }

  // MARK: Interrupts

  @Test(arguments: [
    "recv", "sleep 10m", "loop { let x = 1 }", "loop { }", "repeat 1000000000000 { let x = 1 }",
    "every 1ms { let x = 1 }", "wait readable", "wait connected", "within 10m recv", "expect Hello",
    "expect nothing", "fails any recv", "for n in 1..1000000000000 { let x = $n }", "while true { }",
    "repeat 3 every 10m { let x = 1 }", "task t { sleep 10m }; wait t",
  ])
  func `every wait ends when another thread raises the interrupt`(statement: String) throws {
    let shell = try TestShell(waitLimit: nil)
    #expect(shell.run("bind pull inproc://nobody as idle") == .completed)
    // Without a limit of its own, `expect nothing` holds after a second.
    let text = statement == "expect nothing" ? "timeout 10m\n\(statement)" : statement
    let thread = try #require(raise(.interrupt, on: shell.interrupt))
    #expect(shell.run(text) == .interrupted)
    pthread_join(thread, nil)
    #expect(shell.listener.take().map(\.message) == [], "Ctrl-C is no error")

    // The sockets live on.
    shell.interrupt.take(.interrupt)
    #expect(shell.run("connect push inproc://nobody as out; out send alive; idle recv") == .completed)
    #expect(shell.written == "alive\n")
  }

  @Test(arguments: [
    (Interrupt.Reasons.terminate, Session.Outcome.ended(.terminated)),
    (Interrupt.Reasons.hangup, Session.Outcome.ended(.hungUp)),
    (Interrupt.Reasons.interrupt, Session.Outcome.interrupted),
    (Interrupt.Reasons([.interrupt, .terminate]), Session.Outcome.ended(.terminated)),
  ])
  func `the reason decides how the script ends`(reasons: Interrupt.Reasons, outcome: Session.Outcome) throws {
    let shell = try TestShell()
    shell.interrupt.raise(reasons)
    #expect(shell.run("print never") == outcome)
    #expect(shell.written == "")
  }

  @Test func `a reason that stops nothing does not end a wait`() throws {
    let shell = try TestShell()
    let thread = try #require(raise([.resized, .taskEnded], on: shell.interrupt))
    #expect(shell.run("sleep 60ms; print done") == .completed)
    pthread_join(thread, nil)
    #expect(shell.written == "done\n")
    #expect(shell.interrupt.take([.resized, .taskEnded]) == [.resized, .taskEnded])
  }

  @Test func `raised reasons are readable until they are taken`() throws {
    let interrupt = try Interrupt()
    func isReadable() -> Bool {
      var item = pollfd(fd: interrupt.fileDescriptor, events: Int16(POLLIN), revents: 0)
      return poll(&item, 1, 0) == 1
    }
    #expect(!isReadable() && interrupt.raised.isEmpty)
    for _ in 0..<100_000 { interrupt.raise(.interrupt) }
    interrupt.raise(.resized)
    #expect(isReadable() && interrupt.raised == [.interrupt, .resized])
    #expect(interrupt.take(.interrupt) == .interrupt)
    #expect(isReadable(), "one is left")
    #expect(interrupt.take(.resized) == .resized)
    #expect(!isReadable() && interrupt.raised.isEmpty)
  }

  // MARK: Limits

  @Test(arguments: [
    "within 30ms recv", "within 30ms sleep 10m", "within 30ms loop { let x = 1 }",
    "within 30ms wait readable",
    "within 30ms wait connected", "within 30ms { sleep 1ms; sleep 10m }", "within 30ms within 10m sleep 10m",
    "within 10m within 30ms sleep 10m", "timeout 30ms; recv", "timeout 30ms; expect x",
    "within 30ms repeat 1000000000000 { let x = 1 }", "within 30ms every 1ms { let x = 1 }",
  ])
  func `a limit is kept: not early, and with a timeout error`(script: String) throws {
    let shell = try TestShell(waitLimit: nil)
    #expect(shell.run("bind pull inproc://nobody as idle") == .completed)
    let start = ContinuousClock.now
    #expect(shell.run(script) == .failed(.timeout))
    #expect(ContinuousClock.now - start >= .milliseconds(30))
    let diagnostics = shell.listener.take()
    #expect(diagnostics.count == 1 && diagnostics[0].place != nil)
    #expect("\(diagnostics)".contains("30ms"), "the limit is named")
  }

  @Test func `a limit ends with its statement`() throws {
    let shell = try TestShell()
    #expect(shell.run("within 20ms sleep 10m") == .failed(.timeout))
    #expect(shell.run("sleep 30ms; print done") == .completed)
    #expect(shell.run("fails timeout within 20ms sleep 10m\nsleep 30ms; print done") == .completed)
    #expect(shell.written == "done\ndone\n")
  }

  // MARK: Rates

  @Test func `a rate does not drift: each turn is due an interval after the one before was due`() throws {
    let shell = try TestShell()
    let interval = Duration.milliseconds(50)
    var pace = Pace(interval)
    var late: [Duration] = []
    var first: Instant?
    for turn in 0..<20 {
      try pace.wait(in: shell.session)
      let now = Instant.now
      let start = first ?? now
      first = start
      let due = Int64(turn) * interval.nanoseconds
      let sinceDue = (now - start).nanoseconds - due
      // The first turn is due a moment before it was measured.
      #expect(sinceDue > -5_000_000, "turn \(turn) came early")
      late.append(.nanoseconds(max(0, sinceDue) % interval.nanoseconds))
      // Work that takes a third of the time, which a rate that drifts would add up.
      try shell.session.sleep(until: .now + .milliseconds(17))
    }
    #expect(late.count { $0 < .milliseconds(16) } >= 14, "\(late)")
  }

  @Test func `turns that were missed are left out`() throws {
    let shell = try TestShell()
    var pace = Pace(.milliseconds(20))
    try pace.wait(in: shell.session)
    let start = Instant.now
    try shell.session.sleep(until: start + .milliseconds(110))
    try pace.wait(in: shell.session)
    try pace.wait(in: shell.session)
    // Five turns were missed: they do not come in a burst afterwards.
    #expect(start.elapsed >= .milliseconds(115))
  }

  @Test func `an interval of nothing waits for nothing`() throws {
    let shell = try TestShell()
    #expect(shell.run("repeat 1000 every 0s { let x = 1 }") == .completed)
  }
}
