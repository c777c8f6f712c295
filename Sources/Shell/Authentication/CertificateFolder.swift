import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The public keys of the certificates in a folder, as CZMQ's `zcertstore` keeps them. A file that comes or goes
/// counts from the next peer on.
struct CertificateFolder: Sendable {
  let path: String
  private var keys: Set<CurveKey> = []
  private var stamp = Stamp()
  /// Files that hold no certificate.
  private(set) var unreadable = 0
  /// A folder of more certificates is a mistake: nobody waits for it to be read.
  private static let most = 10_000
  /// No certificate is longer.
  private static let mostBytes = 64 << 10

  /// What tells that a folder has changed.
  private struct Stamp: Equatable, Sendable {
    var seconds = 0
    var nanoseconds = 0
  }

  /// Reads a folder.
  ///
  /// - Throws: The error of `opendir(3)`.
  init(_ path: String) throws(ZMQError) {
    self.path = path
    try read()
  }

  var count: Int { keys.count }

  /// Whether one of the certificates has the key.
  mutating func contains(_ key: CurveKey) -> Bool {
    // A folder that cannot be read any more lets nobody in.
    if Self.stamp(of: path) != stamp { do { try read() } catch { keys = [] } }
    return keys.contains(key)
  }

  private mutating func read() throws(ZMQError) {
    let before = Self.stamp(of: path)
    guard let handle = opendir(path) else { throw ZMQError(code: errno) }
    defer { closedir(handle) }
    keys = []
    unreadable = 0
    var left = Self.most
    while left > 0, let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      let file = "\(path)/\(name)"
      guard !name.hasPrefix("."), FileContents.isRegular(file) else { continue }
      left -= 1
      if let bytes = try? FileContents.read(file, most: Self.mostBytes),
        let certificate = try? CurveCertificate(text: String(decoding: bytes, as: UTF8.self))
      {
        keys.insert(certificate.publicKey)
      } else {
        unreadable += 1
      }
    }
    stamp = before
  }

  /// When files came or went last. stat(2).
  private static func stamp(of path: String) -> Stamp {
    var status = stat()
    guard stat(path, &status) == 0 else { return Stamp() }
    #if canImport(Darwin)
      return Stamp(seconds: status.st_mtimespec.tv_sec, nanoseconds: status.st_mtimespec.tv_nsec)
    #else
      return Stamp(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    #endif
  }
}
