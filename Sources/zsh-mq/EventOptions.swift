import ArgumentParser
import Reports
import Shell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What `test` asks of the scripts that it runs; for nobody else.
struct EventOptions: ParsableArguments {
  @Option(name: .customLong("events"), help: .hidden)
  var descriptor: Int32?

  @Flag(name: .customLong("all-events"), help: .hidden)
  var wantsAll = false

  @Flag(name: .customLong("count-statements"), help: .hidden)
  var countsStatements = false

  func validate() throws {
    guard let descriptor else { return }
    guard descriptor > 2, fcntl(descriptor, F_GETFD) != -1 else {
      throw ValidationError("--events names no open descriptor")
    }
  }

  /// The stream, where one is asked for. Programs that the script starts do not get its descriptor.
  var stream: EventStream? {
    guard let descriptor else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    // Nobody would end it: it is in a session of its own.
    Interrupt.endWithParent()
    return EventStream(descriptor: descriptor, all: wantsAll, coverage: countsStatements)
  }
}
