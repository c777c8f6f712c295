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

/// A script that runs as a process of its own: this very program with `run`, its outputs and its events in pipes.
///
/// It has a session of its own (setsid(2)), so that whatever it started can be found and ended with it.
final class ScriptProcess {
  /// What is read of it.
  enum Stream: Int, CaseIterable { case output, errors, events }

  let id: pid_t
  /// The reading ends of its pipes, by ``Stream``; -1 once closed.
  private(set) var descriptors: [Int32]
  private(set) var result: ScriptResult
  private let start = ContinuousClock.now
  private var line: [UInt8] = []
  private var events = BoundedLog<[UInt8]>(first: 4000, last: 2000)
  /// Takes each line of its events as it comes.
  private let onEvent: (([UInt8]) -> Void)?
  private var ended: Ending?
  /// When it is asked to end, and when it is made to.
  var deadline: ContinuousClock.Instant
  private(set) var isAsked = false
  private let limit: Duration

  /// Why it was ended.
  private enum Ending {
    case overran
    case stopped(String)
  }

  /// How long it has to end once it was asked: time enough to close sockets.
  private static let grace = Duration.seconds(2)

  /// Starts a script.
  ///
  /// - Parameters:
  ///   - words: The words of this program.
  ///   - result: Its path, to be filled with what becomes of it.
  ///   - limit: How long it may take.
  ///   - onEvent: Takes each line of its events.
  /// - Throws: The error of pipe(2) or posix_spawn(3).
  init(
    _ words: [String], _ result: ScriptResult, limit: Duration, onEvent: (([UInt8]) -> Void)?
  ) throws(ZMQError) {
    self.result = result
    self.limit = limit
    self.onEvent = onEvent
    deadline = start.advanced(by: limit)
    var pipes: [(read: Int32, write: Int32)] = []
    defer { for pipe in pipes { close(pipe.write) } }
    do throws(ZMQError) {
      for _ in Stream.allCases { pipes.append(try ChildProcess.pipe()) }
      // The child's copies get numbers below these, so no copy overwrites an end that is still to be copied.
      id = try Self.spawn(words, pipes.map(\.write))
    } catch {
      for pipe in pipes { close(pipe.read) }
      throw error
    }
    descriptors = pipes.map(\.read)
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
  }

  /// Where the events go in the child.
  static let eventDescriptor: Int32 = 3

  #if canImport(Darwin)
    private static let newSession: Int32 = POSIX_SPAWN_SETSID
  #else
    /// POSIX_SPAWN_SETSID, which the headers of glibc and musl show to C alone.
    private static let newSession: Int32 = 0x80
  #endif

  /// The file of this very program.
  private static var program: String {
    #if os(Linux)
      // Also right where the file has been replaced since: proc(5).
      return "/proc/self/exe"
    #else
      var size = UInt32(PATH_MAX)
      var path = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&path, &size) == 0 else { return CommandLine.arguments[0] }
      return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    #endif
  }

  private static func spawn(_ words: [String], _ ends: [Int32]) throws(ZMQError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // An end may have the number that another becomes, so all are moved out of the way first.
    let away = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 16) }
    defer { for descriptor in away where descriptor >= 0 { close(descriptor) } }
    if away.contains(-1) { throw ZMQError(code: errno) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (end, number) in zip(away, [1, 2, eventDescriptor]) {
      posix_spawn_file_actions_adddup2(&actions, end, number)
    }
    var all = sigset_t()
    sigemptyset(&all)
    posix_spawnattr_setsigmask(&attributes, &all)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&all, number) }
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | Self.newSession
    posix_spawnattr_setflags(&attributes, Int16(flags))
    if words.contains(where: { $0.utf8.contains(0) }) { throw .invalidArgument }
    let name = CommandLine.arguments.first ?? "zsh-mq"
    var arguments: [UnsafeMutablePointer<CChar>?] = ([name] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw ZMQError(code: code) }
    return child
  }

  // MARK: Reading

  /// Reads what is there of a stream; false once it is at its end.
  func read(_ stream: Stream) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    let count = systemRead(descriptors[stream.rawValue], &chunk, chunk.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return true }
    guard count > 0 else {
      close(descriptors[stream.rawValue])
      descriptors[stream.rawValue] = -1
      return false
    }
    switch stream {
    case .output: result.output.append(chunk[..<count])
    case .errors: result.errors.append(chunk[..<count])
    case .events: takeEvents(chunk[..<count])
    }
    return true
  }

  private func takeEvents(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line += rest[..<end]
      rest = rest[(end + 1)...]
      take(line)
      line.removeAll(keepingCapacity: true)
    }
    line += rest
  }

  /// Lines are read when it is known which of them are kept; only what counts in any case is read at once.
  private func take(_ line: [UInt8]) {
    onEvent?(line)
    if EventRecord.isOfTrace(line: line) {
      events.append(line)
    } else if let record = EventRecord(line: line) {
      result.noteFinding(record)
      if !record.fact.isCoverage { events.append(line) }
    }
  }

  // MARK: Ending

  /// Its time is up: it is asked to end, and when that does not help, made to.
  func overrun() {
    if isAsked {
      kill(id, SIGKILL)
      deadline = .now.advanced(by: Self.grace)
    } else {
      stop(as: .overran)
    }
  }

  /// Asks it to end because the whole is stopped.
  func stop(because reason: String) {
    if ended == nil { stop(as: .stopped(reason)) }
  }

  private func stop(as ending: Ending) {
    ended = ending
    isAsked = true
    kill(id, SIGTERM)
    deadline = .now.advanced(by: Self.grace)
  }

  /// Collects what is left once its events are at their end, which is when it ends.
  func finish() -> ScriptResult {
    var status: Int32 = 0
    // While it is not waited for, its number cannot be given to another process. (WNOWAIT leaves it so.)
    var info = siginfo_t()
    while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    ProcessSession.end(id)
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    for stream in Stream.allCases where descriptors[stream.rawValue] >= 0 {
      // What it started and could not be found may hold a pipe open, so no end is waited for.
      var before = -1
      while before != total {
        before = total
        guard read(stream) else { break }
      }
      if descriptors[stream.rawValue] >= 0 { close(descriptors[stream.rawValue]) }
      descriptors[stream.rawValue] = -1
    }
    result.events = events.compactMap { EventRecord(line: $0) }
    result.took = .now - start
    result.outcome = outcome(status)
    return result
  }

  /// How much was read; it grows as long as there is more.
  private var total: Int { result.output.count + result.errors.count + events.count }

  private func outcome(_ status: Int32) -> ScriptResult.Outcome {
    switch ended {
    case .overran: return .overran(limit: limit)
    case .stopped(let reason): return .stopped(reason)
    case nil: break
    }
    let signal = status & 0x7F
    if signal != 0 { return .crashed(signal: signal) }
    let exit = ExitStatus(rawValue: (status >> 8) & 0xFF)
    return exit == .success ? .passed : .failed(exit)
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
