import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A connection without libzmq, to find out what listens at an endpoint. It waits no longer than it is told to.
struct RawConnection: ~Copyable {
  private let descriptor: Int32
  /// What connect(2) said: 0 where it is made, `EINPROGRESS` where it is under way.
  let error: Int32

  /// Connects to a socket file; nil where the path is too long for one. unix(7).
  init?(path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
      guard bytes.count < place.count else { return false }
      place.copyBytes(from: bytes)
      return true
    }
    guard fits else { return nil }
    // An abstract name, which begins with a zero byte, is as long as the address says, zeros included.
    let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
    self.init(family: AF_UNIX, &address, socklen_t(start + bytes.count))
  }

  /// Connects to the socket file, or the abstract name, of an endpoint; nil where it is too long.
  init?(ipc endpoint: Endpoint) {
    // An abstract name begins with a zero byte. unix(7).
    self.init(path: endpoint.isAbstract ? "\0" + endpoint.address.dropFirst() : endpoint.address)
  }

  /// Connects to a port of a host that is given as numbers; no name is looked up. getaddrinfo(3).
  init?(host: String, port: Int) {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else { return nil }
    defer { freeaddrinfo(found) }
    self.init(family: first.pointee.ai_family, first.pointee.ai_addr, first.pointee.ai_addrlen)
  }

  private init?(family: Int32, _ address: UnsafeRawPointer, _ length: socklen_t) {
    #if canImport(Glibc)
      descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(family, SOCK_STREAM, 0)
    #endif
    if descriptor < 0 { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let result = connect(descriptor, address.assumingMemoryBound(to: sockaddr.self), length)
    error = result == 0 ? 0 : errno
  }

  deinit { close(descriptor) }

  /// How asking ended.
  enum Answer<Reading> {
    /// The reader has what it wants, or what had come when the time was over.
    case reading(Reading)
    /// There is no connection: the error of connect(2), such as `ECONNREFUSED`.
    case failed(ZMQError)
    /// Nobody answered the connection in time.
    case unanswered
    /// It was made, and nothing that the reader understands came in time.
    case silent
    /// The peer closed it before the reader had what it wants.
    case closed

    var reading: Reading? { if case .reading(let reading) = self { reading } else { nil } }
  }

  /// Sends each question once so many bytes have come, and reads until the reader has what it wants, the peer
  /// closes, or the time is over.
  ///
  /// - Parameters:
  ///   - readUnfinished: Reads what had come when the time was over.
  ///   - last: What is sent to a peer that has said nothing by then, and how long it may take to answer.
  func ask<Reading>(
    _ questions: [(bytes: [UInt8], after: Int)], until limit: Instant, _ read: ([UInt8]) -> Reading?,
    readUnfinished: ([UInt8]) -> Reading?, toTheSilent last: (bytes: [UInt8], patience: Duration)?
  ) -> Answer<Reading> {
    guard error == 0 || error == EINPROGRESS else { return .failed(ZMQError(code: error)) }
    guard wait(for: POLLOUT, until: limit) else { return .unanswered }
    if let error = pendingError { return .failed(error) }
    var questions = questions[...]
    var limit = limit
    var last = last
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      while let next = questions.first, received.count >= next.after {
        guard send(next.bytes) else { return .closed }
        questions.removeFirst()
      }
      guard wait(for: POLLIN, until: limit) else {
        guard received.isEmpty, let (bytes, patience) = last, send(bytes) else {
          return readUnfinished(received).map { .reading($0) } ?? .silent
        }
        last = nil
        limit = .now + patience
        continue
      }
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count <= 0 { return .closed }
      received += chunk[..<count]
      if let answer = read(received) { return .reading(answer) }
    }
  }

  /// Why a connection that was under way could not be made. connect(2), `EINPROGRESS`.
  private var pendingError: ZMQError? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0, code != 0 else { return nil }
    return ZMQError(code: code)
  }

  private func send(_ bytes: [UInt8]) -> Bool {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    // The little that is sent fits the system's buffer.
    return Self.systemSend(descriptor, bytes, bytes.count, flags) == bytes.count
  }

  private func wait(for events: Int32, until limit: Instant) -> Bool {
    var item = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
      let left = (limit - .now).milliseconds
      if left <= 0 { return false }
      let count = poll(&item, 1, Int32(clamping: left))
      if count > 0 { return true }
      // A signal ends a poll early; what it means is looked at by the wait that comes next.
      if count < 0, errno != EINTR { return false }
    }
  }

  #if canImport(Glibc)
    private static let systemSend = Glibc.send
  #elseif canImport(Musl)
    private static let systemSend = Musl.send
  #elseif canImport(Darwin)
    private static let systemSend = Darwin.send
  #endif
}
