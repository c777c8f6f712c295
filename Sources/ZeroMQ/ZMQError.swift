import CZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a call of libzmq failed with: an `errno`, the system's or one of ZeroMQ's own.
///
/// It is open: a code that this module has no name for survives as it came.
///
/// ```swift
/// do {
///   try reply.send(Array("World".utf8))
/// } catch .wrongState {
///   print(ZMQError.wrongState)  // Operation cannot be accomplished in current state
/// }
/// ```
///
/// Source: `zmq_errno(3)`, `zmq_strerror(3)`.
public struct ZMQError: Error, Hashable, Sendable {
  /// The value of `errno`.
  public let code: Int32

  /// Wraps a value of `errno`.
  public init(code: Int32) {
    self.code = code
  }

  /// Reads the error of the call that has just failed.
  ///
  /// Call it at once, before anything else can set it anew.
  static func last() -> ZMQError {
    ZMQError(code: zmq_errno())
  }
}

extension ZMQError {
  /// The socket is not in a state that allows this: a REP that sends before it received.
  ///
  /// The corresponding C error is `EFSM`.
  public static let wrongState = ZMQError(code: EFSM)

  /// It cannot be done without waiting, or the time that it may take is over.
  ///
  /// The corresponding C error is `EAGAIN`.
  public static let again = ZMQError(code: EAGAIN)

  /// This type of socket does not do that: a PUB that receives.
  ///
  /// The corresponding C error is `ENOTSUP`.
  public static let notSupported = ZMQError(code: ENOTSUP)

  /// No peer has the routing id that the message is addressed to.
  ///
  /// The corresponding C error is `EHOSTUNREACH`.
  public static let hostUnreachable = ZMQError(code: EHOSTUNREACH)

  /// Another socket, of this program or another, has the endpoint.
  ///
  /// The corresponding C error is `EADDRINUSE`.
  public static let addressInUse = ZMQError(code: EADDRINUSE)

  /// The endpoint is not of this machine.
  ///
  /// The corresponding C error is `EADDRNOTAVAIL`.
  public static let addressNotAvailable = ZMQError(code: EADDRNOTAVAIL)

  /// A signal came while the call waited. That is how Ctrl-C arrives, so no wait is retried here.
  ///
  /// The corresponding C error is `EINTR`.
  public static let interrupted = ZMQError(code: EINTR)

  /// The context of the socket was shut down.
  ///
  /// The corresponding C error is `ETERM`.
  public static let contextTerminated = ZMQError(code: ETERM)

  /// An argument is not one that the call takes.
  ///
  /// The corresponding C error is `EINVAL`.
  public static let invalidArgument = ZMQError(code: EINVAL)

  /// The endpoint to bind names an interface or a host that this machine does not have.
  ///
  /// The corresponding C error is `ENODEV`.
  public static let noDevice = ZMQError(code: ENODEV)

  /// The library does not speak this transport.
  ///
  /// The corresponding C error is `EPROTONOSUPPORT`.
  public static let protocolNotSupported = ZMQError(code: EPROTONOSUPPORT)

  /// The transport does not go with this type of socket.
  ///
  /// The corresponding C error is `ENOCOMPATPROTO`.
  public static let incompatibleProtocol = ZMQError(code: ENOCOMPATPROTO)

  /// The socket is closed.
  ///
  /// The corresponding C error is `ENOTSOCK`.
  public static let notASocket = ZMQError(code: ENOTSOCK)

  /// The context has as many sockets as it may have.
  ///
  /// The corresponding C error is `EMFILE`.
  public static let tooManySockets = ZMQError(code: EMFILE)

  /// The endpoint to unbind or disconnect is none of the socket's.
  ///
  /// The corresponding C error is `ENOENT`.
  public static let noEntry = ZMQError(code: ENOENT)

  /// The context has no I/O thread to do it.
  ///
  /// The corresponding C error is `EMTHREAD`.
  public static let noThread = ZMQError(code: EMTHREAD)

  /// A file, a folder or a port may not be used by this user.
  ///
  /// The corresponding C error is `EACCES`.
  public static let accessDenied = ZMQError(code: EACCES)

  /// A name, such as that of a path for `ipc`, is too long.
  ///
  /// The corresponding C error is `ENAMETOOLONG`.
  public static let nameTooLong = ZMQError(code: ENAMETOOLONG)

  /// Nobody listens there.
  ///
  /// The corresponding C error is `ECONNREFUSED`.
  public static let connectionRefused = ZMQError(code: ECONNREFUSED)

  /// The peer broke the connection off.
  ///
  /// The corresponding C error is `ECONNRESET`.
  public static let connectionReset = ZMQError(code: ECONNRESET)

  /// The peer speaks another protocol.
  ///
  /// The corresponding C error is `EPROTO`.
  public static let protocolError = ZMQError(code: EPROTO)
}

extension ZMQError: CustomStringConvertible {
  /// The C name, such as `EFSM`; `errno 123` where there is none.
  public var name: String {
    // EAGAIN and EWOULDBLOCK, ENOTSUP and EOPNOTSUPP are one number on some systems: the first row is the name.
    Self.table.first { $0.code == code }?.name ?? "errno \(code)"
  }

  /// The text of libzmq, such as `Operation cannot be accomplished in current state`.
  ///
  /// Source: `zmq_strerror(3)`.
  public var description: String {
    String(cString: zmq_strerror(code))
  }

  /// The C names that are known, in alphabetical order.
  public static let names: [String] = table.map(\.name).sorted()

  /// Finds an error by its C name.
  ///
  /// - Parameter name: The C name in capitals, such as `EFSM`; `nil` is returned for an unknown one.
  public init?(name: String) {
    guard let row = Self.table.first(where: { $0.name == name }) else {
      return nil
    }
    code = row.code
  }

  /// Lets `catch ZMQError.again` match where the type of the error is not known.
  public static func ~= (pattern: ZMQError, error: any Error) -> Bool {
    error as? ZMQError == pattern
  }

  /// The names: ZeroMQ's own, then the system's that libzmq and the calls underneath it return.
  private static let table: [(name: String, code: Int32)] = {
    let rows: [(name: String, code: Int32)] = [
      ("EFSM", EFSM), ("ENOCOMPATPROTO", ENOCOMPATPROTO), ("ETERM", ETERM), ("EMTHREAD", EMTHREAD),
      ("EACCES", EACCES), ("EADDRINUSE", EADDRINUSE), ("EADDRNOTAVAIL", EADDRNOTAVAIL),
      ("EAFNOSUPPORT", EAFNOSUPPORT), ("EAGAIN", EAGAIN), ("EALREADY", EALREADY), ("EBADF", EBADF),
      ("EBUSY", EBUSY), ("ECONNABORTED", ECONNABORTED), ("ECONNREFUSED", ECONNREFUSED),
      ("ECONNRESET", ECONNRESET), ("EDOM", EDOM), ("EEXIST", EEXIST), ("EFAULT", EFAULT), ("EFBIG", EFBIG),
      ("EHOSTDOWN", EHOSTDOWN), ("EHOSTUNREACH", EHOSTUNREACH), ("EINPROGRESS", EINPROGRESS),
      ("EINTR", EINTR), ("EINVAL", EINVAL), ("EIO", EIO), ("EISCONN", EISCONN), ("EISDIR", EISDIR),
      ("ELOOP", ELOOP), ("EMFILE", EMFILE), ("EMSGSIZE", EMSGSIZE), ("ENAMETOOLONG", ENAMETOOLONG),
      ("ENETDOWN", ENETDOWN), ("ENETRESET", ENETRESET), ("ENETUNREACH", ENETUNREACH), ("ENFILE", ENFILE),
      ("ENOBUFS", ENOBUFS), ("ENODEV", ENODEV), ("ENOENT", ENOENT), ("ENOMEM", ENOMEM),
      ("ENOPROTOOPT", ENOPROTOOPT), ("ENOSPC", ENOSPC), ("ENOSYS", ENOSYS), ("ENOTCONN", ENOTCONN),
      ("ENOTDIR", ENOTDIR), ("ENOTSOCK", ENOTSOCK), ("ENOTSUP", ENOTSUP), ("ENXIO", ENXIO),
      ("EOVERFLOW", EOVERFLOW), ("EPERM", EPERM), ("EPIPE", EPIPE), ("EPROTO", EPROTO),
      ("EPROTONOSUPPORT", EPROTONOSUPPORT), ("EPROTOTYPE", EPROTOTYPE), ("ERANGE", ERANGE), ("EROFS", EROFS),
      ("ESRCH", ESRCH), ("ETIMEDOUT", ETIMEDOUT),
    ]
    return rows
  }()
}
