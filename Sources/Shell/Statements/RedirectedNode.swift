import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `statement | program …`, `statement > FILE`: what the statement prints goes to a program or a file.
final class RedirectedNode: Node {
  /// Where the output goes.
  enum Target {
    case programs([[PreparedWord]])
    case file(PreparedWord, append: Bool)
  }

  private let statement: PreparedBlock
  private let target: Target

  init(_ place: Place, _ statement: PreparedBlock, _ target: Target) {
    self.statement = statement
    self.target = target
    super.init(place)
  }

  override func execute(in session: Session) throws(Failure) -> Flow {
    switch target {
    case .file(let path, let append): try writeFile(path, append: append, in: session)
    case .programs(let programs): try feed(programs, in: session)
    }
  }

  private func writeFile(_ path: PreparedWord, append: Bool, in session: Session) throws(Failure) -> Flow {
    let name = try path.text(in: session)
    let descriptor = try openFile(name, append: append, at: path.place, in: session)
    defer { close(descriptor) }
    return try run(into: descriptor, called: "'\(DisplayText.safe(name))'", in: session)
  }

  /// Opens the file; a FIFO waits for its reader as long as the statement may.
  private func openFile(_ name: String, append: Bool, at place: Place, in session: Session) throws(Failure)
    -> Int32
  {
    let deadline = session.currentDeadline()
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (append ? O_APPEND : O_TRUNC)
    while true {
      let descriptor = open(name, flags, 0o644)
      if descriptor >= 0 { return descriptor }
      let error = ZMQError(code: errno)
      guard error.code == ENXIO || error.code == EINTR else {
        throw Failure(
          .zmq(error),
          Diagnostic(.error, "cannot write '\(DisplayText.safe(name))': \(error) (\(error.name))", at: place))
      }
      try session.pause(until: deadline) {
        Failure(
          .timeout,
          Diagnostic(
            .error, "cannot write '\(DisplayText.safe(name))' within \(deadline.length.scriptText)",
            at: place,
            label: "nobody reads the FIFO"))
      }
    }
  }

  private func feed(_ programs: [[PreparedWord]], in session: Session) throws(Failure) -> Flow {
    var lines: [[[UInt8]]] = []
    for words in programs {
      var line: [[UInt8]] = []
      for word in words { line += try word.expanded(in: session) }
      if line.isEmpty {
        throw Failure(
          .value,
          Diagnostic(.error, "there is no program after '|'", at: words[0].place, label: "the list is empty"))
      }
      lines.append(line)
    }
    // What was printed before stands before what the programs print.
    try session.output.flush()
    let relay = try session.output.relay()
    defer { relay?.finish() }
    defer { if let relay { close(relay.input) } }
    let first = try makePipe()
    var children: [ChildProcess] = []
    var input = first.read
    do {
      for (index, line) in lines.enumerated() {
        let next = index < lines.count - 1 ? try makePipe() : nil
        defer {
          close(input)  // the program has it now
          if let next { close(next.write) }
          input = next?.read ?? -1
        }
        // The last one writes where the statement would: to a file, if that is where the output goes.
        let output = next?.write ?? relay?.input ?? session.output.descriptor
        children.append(
          try session.start(line, input: input, output: output, at: programs[index][0].place))
      }
    } catch {
      close(first.write)
      if input >= 0 { close(input) }
      for child in children { child.terminate() }
      throw error
    }
    let flow: Flow
    do {
      defer { close(first.write) }
      flow = try run(into: first.write, called: "'\(DisplayText.safe(children[0].program))'", in: session)
    } catch {
      // What was printed before it failed is still for the programs, unless nobody waits for them any more.
      if error.isCatchable, !error.isTimeout {
        try? session.finish(children, at: programs.map { $0[0].place })
      } else {
        for child in children { child.terminate() }
      }
      throw error
    }
    try session.finish(children, at: programs.map { $0[0].place })
    return flow
  }

  private func makePipe() throws(Failure) -> (read: Int32, write: Int32) {
    do {
      return try ChildProcess.pipe()
    } catch {
      throw Failure(.zmq(error), "cannot make a pipe: \(error) (\(error.name))")
    }
  }

  /// Runs the statement with its output going to a descriptor.
  private func run(into descriptor: Int32, called name: String, in session: Session) throws(Failure) -> Flow {
    let outer = session.output
    session.output = Output(
      StandardOutput(descriptor: descriptor), interrupt: session.interrupt, taskName: nil, name: name,
      limit: { [unowned session] in  // the output ends with this statement
        let deadline = session.currentDeadline()
        return (deadline.instant, deadline.length)
      })
    defer { session.output = outer }
    do {
      let flow = try statement.execute(in: session)
      try session.output.flush()
      return flow
    } catch {
      // A program that has read enough (`head`) ends the statement; its own status tells how it went.
      if case .outputClosed = error.kind { return .next }
      try? session.output.flush()
      throw error
    }
  }
}
