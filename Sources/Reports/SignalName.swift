#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The names of the signals that end programs. signal(7).
enum SignalName {
  /// `SIGSEGV`, or `signal 99`.
  static func text(_ number: Int32) -> String {
    names.first { $0.number == number }?.name ?? "signal \(number)"
  }

  private static let names: [(number: Int32, name: String)] = [
    (SIGABRT, "SIGABRT"), (SIGALRM, "SIGALRM"), (SIGBUS, "SIGBUS"), (SIGFPE, "SIGFPE"), (SIGHUP, "SIGHUP"),
    (SIGILL, "SIGILL"), (SIGINT, "SIGINT"), (SIGKILL, "SIGKILL"), (SIGPIPE, "SIGPIPE"), (SIGQUIT, "SIGQUIT"),
    (SIGSEGV, "SIGSEGV"), (SIGTERM, "SIGTERM"), (SIGTRAP, "SIGTRAP"), (SIGUSR1, "SIGUSR1"),
    (SIGUSR2, "SIGUSR2"), (SIGXCPU, "SIGXCPU"), (SIGXFSZ, "SIGXFSZ"),
  ]
}
