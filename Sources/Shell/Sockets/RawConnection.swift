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

  /// Sends each question once so many bytes have come, and reads until the reader has what it wants, the peer
  /// closes, or the time is over.
  ///
  /// - Parameters:
  ///   - readUnfinished: Reads what had come when the time was over.
  ///   - last: What is sent to a peer that has said nothing by then, and how long it may take to answer.
  func ask<Reading>(
    _ questions: [(bytes: [UInt8], after: Int)], until limit: Instant, _ read: ([UInt8]) -> Reading?,
    readUnfinished: ([UInt8]) -> Reading?, toTheSilent last: (bytes: [UInt8], patience: Duration)
  ) -> Reading? {
    guard error == 0 || error == EINPROGRESS, wait(for: POLLOUT, until: limit) else { return nil }
    var questions = questions[...]
    var limit = limit
    var hasLast = true
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      while let next = questions.first, received.count >= next.after {
        guard send(next.bytes) else { return nil }
        questions.removeFirst()
      }
      guard wait(for: POLLIN, until: limit) else {
        guard received.isEmpty, hasLast, send(last.bytes) else { return readUnfinished(received) }
        hasLast = false
        limit = .now + last.patience
        continue
      }
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count <= 0 { return nil }
      received += chunk[..<count]
      if let answer = read(received) { return answer }
    }
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
