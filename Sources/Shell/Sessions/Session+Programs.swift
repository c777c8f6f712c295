import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Programs that statements start: `sh`, and those behind a `|`.
extension Session {
  /// Starts a program, or says why it cannot be started.
  func start(
    _ words: [[UInt8]], called name: String? = nil, input: Int32?, output: Int32?, at place: Place
  ) throws(Failure) -> ChildProcess {
    try checkProgramsAllowed(at: place)
    do {
      return try ChildProcess(words, called: name, input: input, output: output)
    } catch {
      let program = DisplayText.safe(String(decoding: words[0], as: UTF8.self))
      throw Failure(
        .zmq(error),
        Diagnostic(.error, "cannot start '\(program)': \(error) (\(error.name))", at: place))
    }
  }

  func checkProgramsAllowed(at place: Place) throws(Failure) {
    if allowsPrograms { return }
    throw Failure(
      .value,
      Diagnostic(
        .error, "this script may start no programs", at: place, label: "refused",
        help: ["it was started with `--no-shell`"]))
  }

  /// Waits until programs have ended; on Ctrl-C or past the limit they are ended.
  ///
  /// - Throws: A failure for the first that did not end with status 0.
  func finish(_ children: [ChildProcess], at places: [Place]) throws(Failure) {
    var statuses = [Int32?](repeating: nil, count: children.count)
    let deadline = currentDeadline()
    var hasEnded = false
    defer {
      if !hasEnded {
        for (child, status) in zip(children, statuses) where status == nil { child.terminate() }
      }
    }
    hasEnded = try wait(until: deadline, pause: .milliseconds(2)) {
      for (index, child) in children.enumerated() where statuses[index] == nil {
        statuses[index] = child.exitStatus()
      }
      return !statuses.contains(nil)
    }
    if !hasEnded {
      let names = children.map(\.program).joined(separator: ", ")
      throw Failure(
        .timeout,
        Diagnostic(
          .error, "'\(DisplayText.safe(names))' did not end within \(deadline.length.scriptText)",
          at: places[0],
          label: "it was ended"))
    }
    for (index, child) in children.enumerated() {
      guard let status = statuses[index], status != 0 else { continue }
      throw Failure(
        .program,
        Diagnostic(
          .error, "'\(DisplayText.safe(child.program))' ended with status \(status)", at: places[index]))
    }
  }

  /// Reads all that programs write to a pipe, until they have closed it.
  func readAll(from descriptor: Int32, at place: Place) throws(Failure) -> [UInt8] {
    var contents: [UInt8] = []
    let deadline = currentDeadline()
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    var failure: Int32?
    let isDone = try wait(until: deadline, pause: .milliseconds(2)) {
      while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
          contents += chunk[..<count]
        } else if count == 0 {
          return true
        } else if errno == EAGAIN || errno == EINTR {
          return false
        } else {
          failure = errno
          return true
        }
      }
    }
    if let failure {
      let error = ZMQError(code: failure)
      throw Failure(
        .zmq(error), Diagnostic(.error, "cannot read the output: \(error) (\(error.name))", at: place))
    }
    if !isDone {
      throw Failure(
        .timeout,
        Diagnostic(
          .error, "the program did not end within \(deadline.length.scriptText)", at: place,
          label: "it was ended"))
    }
    return contents
  }
}
