import Synchronization
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that the shell started, and the ends of the pipes to it. posix_spawn(3).
package struct ChildProcess {
  /// No program is started while a pipe is made: it would inherit the pipe's ends and keep it open.
  private static let turn = Mutex(())

  let id: pid_t
  /// What errors call it.
  let program: String
  private let isForeground: Bool

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: The program, found in `PATH`, and its words.
  ///   - input: The descriptor that becomes its standard input; nil for `/dev/null`.
  ///   - output: The descriptor that becomes its standard output; nil for the shell's own.
  ///   - isForeground: Whether it reads the terminal, which only the group of the shell may.
  ///   - name: What errors call it; its first word unless told otherwise.
  /// - Throws: `ENOENT` where there is no such program, and other errors of posix_spawn(3).
  init(
    _ words: [[UInt8]], called name: String? = nil, input: Int32?, output: Int32?, isForeground: Bool = false
  ) throws(ZMQError) {
    self.isForeground = isForeground
    let file = String(decoding: words[0], as: UTF8.self)
    program = name ?? file
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The shell ignores SIGPIPE and SIGXFSZ; programs in a pipe count on the first.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    sigaddset(&defaults, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // A group of its own, so that what it starts ends with it.
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = isForeground ? 0 : Int16(POSIX_SPAWN_SETPGROUP)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | group)
    // A word of a C program ends at its first zero byte.
    if words.contains(where: { $0.contains(0) }) { throw .invalidArgument }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in
      (word + [0]).withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { strdup($0) } }
      }
    }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let code = Self.turn.withLock { _ in posix_spawnp(&child, file, &actions, &attributes, arguments, environ)
    }
    guard code == 0 else { throw ZMQError(code: code) }
    id = child
  }

  /// The exit status of a program that has ended, 128 and the signal for one that a signal ended; nil while it runs.
  func exitStatus() -> Int32? {
    var status: Int32 = 0
    while true {
      let found = waitpid(id, &status, WNOHANG)
      if found == id { break }
      if found == 0 { return nil }
      // Somebody else has waited for it: nothing more can be known.
      if errno != EINTR { return 0 }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Ends it and what it started: asks first, and after a moment does not ask any more.
  func terminate() {
    let target = isForeground ? id : -id
    kill(target, SIGTERM)
    for _ in 0..<20 {
      if exitStatus() != nil { return }
      usleep(5_000)
    }
    kill(target, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }

  /// A pipe whose ends no other program inherits.
  package static func pipe() throws(ZMQError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    let code: Int32 = turn.withLock { _ in
      #if canImport(Glibc)
        guard Glibc.pipe(&ends) == 0 else { return errno }
      #elseif canImport(Musl)
        guard Musl.pipe(&ends) == 0 else { return errno }
      #elseif canImport(Darwin)
        guard Darwin.pipe(&ends) == 0 else { return errno }
      #endif
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return 0
    }
    guard code == 0 else { throw ZMQError(code: code) }
    return (ends[0], ends[1])
  }
}
