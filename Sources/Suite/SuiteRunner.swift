import Reports
import Shell
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs scripts side by side, each in a process of its own, and gives their results in order.
public final class SuiteRunner {
  /// What the scripts have in common.
  public struct Settings: Sendable {
    /// The words of this program before the script's path.
    public var words: [String]
    /// What each script finds in `$1` and so on.
    public var arguments: [String] = []
    /// How many run at a time, at least 1.
    public var jobs = 1
    /// How long each may take.
    public var limit = Duration.seconds(60)
    /// Whether nothing more is begun once one has failed.
    public var failsFast = false

    /// The settings of the program's words.
    public init(words: [String]) { self.words = words }
  }

  /// The descriptor that a script's process writes its events to, as JSON Lines.
  public static let eventDescriptor = ScriptProcess.eventDescriptor

  /// One run of a script.
  public struct Run: Sendable {
    /// The script.
    public let path: String
    /// Which of how many, from 1.
    public let number: Int
    /// How many there are.
    public let count: Int

    /// Names a run.
    public init(path: String, number: Int, count: Int) {
      self.path = path
      self.number = number
      self.count = count
    }
  }

  private let settings: Settings
  private let interrupt: Interrupt
  /// Takes each result, in the order of the runs.
  public var onResult: (ScriptResult) -> Void = { _ in }
  /// Takes each line of JSON that a script tells of its events, as it comes. Nil where nobody wants them.
  public var onEvent: ((Run, [UInt8]) -> Void)?
  /// Told which scripts run, and how many have ended, when that changes.
  public var onProgress: (_ ended: Int, _ running: [String]) -> Void = { _, _ in }

  private var running: [(index: Int, process: ScriptProcess)] = []
  private var results: [ScriptResult?] = []
  private var shown = 0
  private var ended = 0
  /// Why no more scripts are begun.
  private var stopReason: String?
  /// How often the user asked for the end.
  private var interruptCount = 0

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - settings: What the scripts have in common.
  ///   - interrupt: What stops it: SIGINT, SIGTERM and SIGHUP.
  public init(_ settings: Settings, stoppedBy interrupt: Interrupt) {
    self.settings = settings
    self.interrupt = interrupt
  }

  /// Runs all of them.
  ///
  /// - Returns: The reasons that stopped it; none where it came to its end.
  public func run(_ runs: [Run]) -> Interrupt.Reasons {
    results = Array(repeating: nil, count: runs.count)
    var reasons: Interrupt.Reasons = []
    var next = 0
    var jobs = max(1, settings.jobs)
    while true {
      while stopReason == nil, next < runs.count, running.count < jobs {
        guard begin(runs[next], next) else {
          // The system has no room for more at a time than there are.
          jobs = max(1, running.count)
          break
        }
        next += 1
      }
      if let reason = stopReason {
        while next < runs.count {
          finish(next, result(of: runs[next], .stopped(reason)))
          next += 1
        }
      }
      if running.isEmpty, next == runs.count { return reasons }
      if running.isEmpty { continue }
      let raised = wait()
      if !raised.isEmpty {
        reasons.formUnion(raised)
        stop(because: "interrupted")
      }
    }
  }

  /// Starts a script, or says at once what became of it; false where it is to be tried again once another has ended.
  private func begin(_ run: Run, _ index: Int) -> Bool {
    do throws(ZMQError) {
      // A FIFO can be read once, and it is the script's process that reads.
      if access(run.path, R_OK) == 0, !FileContents.isRegular(run.path) {
        finish(index, result(of: run, .unusable("it is no file of its own")))
        return true
      }
      let bytes = try FileContents.read(run.path, stoppedBy: interrupt)
      if let reason = SkipComment.reason(in: bytes) {
        finish(index, result(of: run, .skipped(reason)))
        return true
      }
    } catch {
      if isForLackOfRoom(error) { return false }
      let isStopped = error == .interrupted
      let outcome: ScriptResult.Outcome =
        isStopped ? .stopped("interrupted") : .unusable("cannot read it: \(error) (\(error.name))")
      finish(index, result(of: run, outcome))
      return true
    }
    // A path that begins with `-` is no option.
    let path = run.path.hasPrefix("-") ? "./\(run.path)" : run.path
    do {
      let process = try ScriptProcess(
        settings.words + [path] + settings.arguments, result(of: run, .passed), limit: settings.limit,
        onEvent: onEvent.map { tell in { tell(run, $0) } })
      running.append((index, process))
      tellProgress()
    } catch {
      if isForLackOfRoom(error) { return false }
      finish(index, result(of: run, .unusable("cannot start it: \(error) (\(error.name))")))
    }
    return true
  }

  /// Whether descriptors or processes are used up, and the end of a script that runs gives some back.
  private func isForLackOfRoom(_ error: ZMQError) -> Bool {
    !running.isEmpty && [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(error.code)
  }

  private func result(of run: Run, _ outcome: ScriptResult.Outcome) -> ScriptResult {
    var result = ScriptResult(path: run.path, outcome: outcome)
    result.run = run.number
    result.runs = run.count
    return result
  }

  /// Waits until something is to be read, a limit runs out, or the user wants the end.
  private func wait() -> Interrupt.Reasons {
    var items = [pollfd(fd: interrupt.fileDescriptor, events: Int16(POLLIN), revents: 0)]
    for (_, process) in running {
      for descriptor in process.descriptors {
        items.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
    }
    let now = ContinuousClock.now
    let nearest = running.map(\.process.deadline).min() ?? now
    _ = poll(&items, nfds_t(items.count), Int32(clamping: (nearest - now).milliseconds))
    let raised = interrupt.take(.ending)
    var slot = 1
    var done: [Int] = []
    for (position, (_, process)) in running.enumerated() {
      var isAtEnd = false
      for stream in ScriptProcess.Stream.allCases {
        if items[slot].revents != 0, !process.read(stream), stream == .events { isAtEnd = true }
        slot += 1
      }
      if isAtEnd { done.append(position) }
    }
    for position in done.reversed() {
      let (index, process) = running.remove(at: position)
      finish(index, process.finish())
    }
    let after = ContinuousClock.now
    for (_, process) in running where process.deadline <= after { process.overrun() }
    return raised
  }

  private func stop(because reason: String) {
    if stopReason == nil { stopReason = reason }
    interruptCount += 1
    for (_, process) in running {
      // Who asks twice does not want to wait.
      if interruptCount > 1, process.isAsked { process.overrun() } else { process.stop(because: reason) }
    }
  }

  private func finish(_ index: Int, _ result: ScriptResult) {
    results[index] = result
    ended += 1
    while shown < results.count, let next = results[shown] {
      onResult(next)
      results[shown]?.forgetDetails()
      shown += 1
    }
    tellProgress()
    if settings.failsFast, result.isFailure, stopReason == nil {
      stopReason = "another script failed"
      for (_, process) in running { process.stop(because: "another script failed") }
    }
  }

  private func tellProgress() { onProgress(ended, running.map { $0.process.result.name }) }
}

/// `# skip: why` among the comments at a script's head: it is not run.
enum SkipComment {
  static func reason(in script: [UInt8]) -> String? {
    for line in script.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line.prefix(256), as: UTF8.self).drop { $0.isWhitespace }
      if text.isEmpty { continue }
      guard text.hasPrefix("#") else { return nil }
      let comment = text.dropFirst().drop { $0.isWhitespace }
      guard comment.hasPrefix("skip:") else { continue }
      var reason = comment.dropFirst("skip:".count).drop { $0.isWhitespace }
      while let last = reason.last, last.isWhitespace { reason.removeLast() }
      return reason.isEmpty ? "it says so" : String(reason)
    }
    return nil
  }
}
