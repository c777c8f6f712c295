import ArgumentParser
import Script
import Shell
import Terminal
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is set up once for the process: signals, limits, where errors go.
struct ProcessSetup {
  let interrupt: Interrupt

  /// Sets it up.
  ///
  /// - Parameter isPrompt: Whether Ctrl-C is for what is typed at a prompt, whoever started this.
  init(isPrompt: Bool = false) throws(ZMQError) {
    interrupt = try Interrupt()
    // A peer or a reader that has gone is an error code, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    interrupt.catchSignal(SIGTERM, as: .terminate)
    // What is to outlive the terminal (nohup) or the Ctrl-C of its starter (a script's `&`) was told so before it began.
    if isPrompt || !Interrupt.isIgnored(SIGINT) { interrupt.catchSignal(SIGINT, as: .interrupt) }
    if !Interrupt.isIgnored(SIGHUP) { interrupt.catchSignal(SIGHUP, as: .hangup) }
    Self.raiseFileLimit()
  }

  /// A standard descriptor that was closed would be given to the first pipe or socket. Open for reading alone, it
  /// refuses what is written to it.
  static func occupyStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// While a line is edited the terminal has other modes: Ctrl-Z has to wait until it has its own again, and
  /// Ctrl-\ is no way to leave. While a statement runs both do what they do to every program.
  func catchKeys() {
    interrupt.catchSignal(SIGTSTP, as: .suspended)
    signal(SIGQUIT, SIG_IGN)
  }

  /// Gives the signals of ``catchKeys()`` their default actions again.
  func releaseKeys() {
    Interrupt.releaseSignal(SIGTSTP)
    signal(SIGQUIT, SIG_DFL)
  }

  /// Stops the process as Ctrl-Z does, until it is told to go on.
  func suspend() {
    // By default the system looks whether anybody is there to say so: who has no job control is not stopped.
    Interrupt.releaseSignal(SIGTSTP)
    raise(SIGTSTP)
    interrupt.catchSignal(SIGTSTP, as: .suspended)
    interrupt.take(.resumed)
  }

  /// Gives the signals their default actions again.
  func releaseSignals() {
    for number in [SIGINT, SIGTERM, SIGHUP] { Interrupt.releaseSignal(number) }
  }

  /// Each socket takes a few descriptors, and the soft limit is often only 1,024.
  private static func raiseFileLimit() {
    var limit = rlimit()
    #if canImport(Darwin)
      let resource = RLIMIT_NOFILE
    #elseif canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
  }

  /// Diagnostics as standard error shows them.
  static func renderer() -> DiagnosticRenderer {
    let style = Style(fileDescriptor: 2)
    return DiagnosticRenderer(
      style: { role, text in
        switch role {
        case .error: style.apply(.error, to: text)
        case .warning: style.apply(.warning, to: text)
        case .note: style.apply(.note, to: text)
        case .help: style.apply(.help, to: text)
        case .message: style.isColored ? style.apply(.strong, to: text) : text
        case .place, .gutter: style.apply(.dim, to: text)
        case .source: text
        }
      }, columns: { TerminalSize(fileDescriptor: 2)?.columns })
  }

  /// Writes to standard error, all of it, as far as anybody takes it.
  static let writeError: @Sendable (String) -> Void = { text in
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeBufferPointer(rebasing: rest)
        let count = write(2, part.baseAddress, part.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return
        }
      }
    }
  }

  /// Writes an error of the program itself.
  static func report(_ diagnostic: Diagnostic) -> ExitCode {
    writeError(renderer().render(diagnostic) + "\n")
    return ExitCode(ExitStatus.failed.rawValue)
  }
}
