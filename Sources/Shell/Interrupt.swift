import CInterrupt
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What stops or wakes the waits of one thread: signals for the main thread, `stop` for a task.
///
/// It is a set of bits and a pipe. Any thread and any signal handler may raise it; the owner reads the bits
/// before each statement (one load) and has the pipe in its poll set.
///
/// It is unchecked `Sendable` because the C struct behind it is atomic and raising is async-signal-safe.
public final class Interrupt: @unchecked Sendable {
  /// Why a thread is woken.
  public struct Reasons: OptionSet, Sendable {
    /// The bits, as the C side keeps them.
    public let rawValue: UInt32
    /// Makes a set of reasons.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// SIGINT: Ctrl-C.
    public static let interrupt = Reasons(rawValue: 1)
    /// SIGTERM.
    public static let terminate = Reasons(rawValue: 2)
    /// SIGHUP: the terminal is gone.
    public static let hangup = Reasons(rawValue: 4)
    /// Another thread wants this one to end.
    public static let stop = Reasons(rawValue: 8)
    /// A task of this thread's session failed.
    public static let taskFailed = Reasons(rawValue: 16)
    /// A task of this thread's session ended.
    public static let taskEnded = Reasons(rawValue: 32)
    /// SIGWINCH: the terminal has another size.
    public static let resized = Reasons(rawValue: 64)
    /// SIGCONT: the program was stopped and goes on.
    public static let resumed = Reasons(rawValue: 128)
    /// Something was printed while a line is edited.
    public static let printed = Reasons(rawValue: 256)
    /// SIGTSTP: Ctrl-Z.
    public static let suspended = Reasons(rawValue: 512)

    /// Those that end whatever runs, at once.
    public static let ending: Reasons = [.interrupt, .terminate, .hangup, .stop]
    /// Those that end a wait. The failure of a task ends waits and loops and not the statements between them:
    /// a script that says what it expects of the task gets to the statement that says so.
    public static let stopping: Reasons = ending.union(.taskFailed)
  }

  private let handle: UnsafeMutablePointer<zi_interrupt>

  /// Makes an interrupt with its pipe.
  ///
  /// - Throws: The error of `pipe(2)`, such as `EMFILE`.
  public init() throws(ZMQError) {
    guard let handle = zi_new() else { throw ZMQError(code: errno) }
    self.handle = handle
  }

  deinit { zi_free(handle) }

  /// Readable while any reason is raised.
  public var fileDescriptor: Int32 { handle.pointee.read_fd }

  /// The reasons raised now.
  @inline(__always)
  public var raised: Reasons { Reasons(rawValue: zi_raised(handle)) }

  /// Raises reasons and wakes the owner's poll.
  public func raise(_ reasons: Reasons) { zi_raise(handle, reasons.rawValue) }

  /// Lowers the given reasons and returns those of them that were raised.
  @discardableResult
  public func take(_ reasons: Reasons) -> Reasons { Reasons(rawValue: zi_take(handle, reasons.rawValue)) }

  /// Lets polls sleep again while reasons stay raised that the owner will look at later.
  func quiet() { zi_quiet(handle) }

  /// Lets a signal raise reasons here from now on. The interrupt must outlive the program's signals.
  public func catchSignal(_ number: Int32, as reasons: Reasons) {
    _ = Unmanaged.passRetained(self)  // a signal may come at any time until the process ends
    _ = zi_catch(handle, number, reasons.rawValue)
  }

  /// Lets this program end, by SIGTERM, when the one that started it ends, however that is. Linux alone.
  public static func endWithParent() { zi_end_with_parent() }

  /// Whether a signal is ignored now, as this program's starter may have wanted it: see nohup(1).
  public static func isIgnored(_ number: Int32) -> Bool { zi_is_ignored(number) != 0 }

  /// Gives a signal that was caught its default action again.
  public static func releaseSignal(_ number: Int32) { zi_release(number) }
}
