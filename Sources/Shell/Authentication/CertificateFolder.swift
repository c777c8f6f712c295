import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The public keys of the certificates in a folder, as CZMQ's `zcertstore` keeps them. A file that comes, goes or changes
/// counts from the next peer on.
struct CertificateFolder: Sendable {
  let path: String
  /// What the files hold, by name, as they were when they were read last.
  private var files: [String: File] = [:]
  /// The names of the files that have a key.
  private var names: [CurveKey: [String]] = [:]
  /// Why the folder could not be read when it was looked at last; nobody is let in then.
  private(set) var error: ZMQError?
  /// Peers with unknown keys do not have the folder looked at before this.
  private var nextLook = Instant.past

  /// A folder of more certificates is a mistake: nobody waits for it to be read.
  static let most = 10_000
  /// No certificate is longer.
  private static let mostBytes = 64 << 10
  /// Who knocks with a key that is unknown may take a tenth of a processor, and no more.
  private static let idleShare = 9

  /// A file, and what tells that it has changed.
  private struct File: Sendable {
    let stamp: FileStamp
    /// Whether a change from now on is sure to change the stamp too.
    let isSettled: Bool
    /// Nil where it holds no certificate.
    let key: CurveKey?
  }

  /// Reads a folder.
  ///
  /// - Throws: The error of `opendir(3)`.
  init(_ path: String) throws(ZMQError) {
    self.path = path
    look()
    if let error { throw error }
  }

  /// How many keys there are.
  var count: Int { names.count }
  /// How many files hold no certificate.
  var unreadable: Int { files.values.count { $0.key == nil } }

  /// Whether one of the certificates has the key, as they are now.
  mutating func contains(_ key: CurveKey) -> Bool {
    if let names = names[key] {
      // A look at this one file is enough where it is as it was.
      if names.contains(where: isUnchanged) { return true }
      look()
    } else if Instant.now >= nextLook {
      look()
    }
    return names[key] != nil
  }

  private func isUnchanged(_ name: String) -> Bool {
    guard let file = files[name], file.isSettled else { return false }
    return FileStamp(of: "\(path)/\(name)") == file.stamp
  }

  /// Lists the folder, and reads the files that are new or have changed.
  private mutating func look() {
    let spent = Self.processorTime
    let before = files
    files = [:]
    names = [:]
    defer { nextLook = .now + (Self.processorTime - spent) * Self.idleShare }
    guard let handle = opendir(path) else {
      error = ZMQError(code: errno)
      return
    }
    error = nil
    defer { closedir(handle) }
    while files.count < Self.most, let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      guard !name.hasPrefix("."), let stamp = FileStamp(of: "\(path)/\(name)"), stamp.isRegular else {
        continue
      }
      let known = before[name].flatMap { $0.isSettled && $0.stamp == stamp ? $0 : nil }
      let file = known ?? read(name, stamp)
      files[name] = file
      if let key = file.key { names[key, default: []].append(name) }
    }
  }

  /// How long this thread has run: what others of the machine do is not counted. clock_gettime(2).
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private func read(_ name: String, _ stamp: FileStamp) -> File {
    let isSettled = stamp.isSettled
    let bytes = try? FileContents.read("\(path)/\(name)", most: Self.mostBytes)
    let certificate = bytes.flatMap { try? CurveCertificate(text: String(decoding: $0, as: UTF8.self)) }
    return File(stamp: stamp, isSettled: isSettled, key: certificate?.publicKey)
  }
}
