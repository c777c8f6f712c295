import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// CURVE certificates in files, as CZMQ keeps them: FILE has the public key, FILE_secret both.
public enum CertificateFiles {
  /// What the name of the file with the secret key ends with.
  public static let secretSuffix = "_secret"
  /// No certificate is as long.
  private static let mostBytes = 64 << 10

  /// Reads a certificate, from FILE_secret where there is one, as CZMQ's `zcert_load` does.
  ///
  /// - Parameter path: FILE.
  /// - Throws: A ``Failure`` that names the file.
  static func read(_ path: String, stoppedBy interrupt: Interrupt? = nil) throws(Failure) -> CurveCertificate
  {
    let secret = path + secretSuffix
    return try parse(FileContents.isRegular(secret) ? secret : path, interrupt)
  }

  /// Reads the certificate of somebody else, of which only the public key is wanted.
  static func readPublic(_ path: String, stoppedBy interrupt: Interrupt? = nil) throws(Failure) -> CurveKey {
    try parse(path, interrupt).publicKey
  }

  private static func parse(_ path: String, _ interrupt: Interrupt?) throws(Failure) -> CurveCertificate {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, stoppedBy: interrupt, most: mostBytes)
    } catch {
      throw Failure(
        .zmq(error), "cannot read the certificate '\(path)': \(error) (\(error.name))",
        help: error == .noEntry ? ["`keygen FILE` makes a certificate; a key is 40 characters of Z85"] : [])
    }
    do {
      return try CurveCertificate(text: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Failure(
        .value, "'\(path)' is no CURVE certificate", label: error.message, help: error.help.map { [$0] } ?? []
      )
    }
  }

  /// Whether others than the owner may read the file with the secret key.
  static func isExposed(_ path: String) -> Bool {
    var status = stat()
    let secret = path + secretSuffix
    return stat(FileContents.isRegular(secret) ? secret : path, &status) == 0 && status.st_mode & 0o077 != 0
  }

  /// Writes a pair of keys as FILE, which everybody may read, and FILE_secret, which only the owner may.
  ///
  /// - Parameters:
  ///   - certificate: The pair of keys.
  ///   - path: FILE.
  ///   - replaces: Whether files that are there are written over.
  /// - Throws: `EEXIST` where one is there, and the errors of `open(2)`, `write(2)` and `rename(2)`; the path of the
  ///   file that could not be written goes with it.
  public static func write(_ certificate: CurveCertificate, to path: String, replaces: Bool)
    throws(WriteError)
  {
    let secret = path + secretSuffix
    if !replaces, FileContents.exists(path) { throw WriteError(path: path, error: ZMQError(code: EEXIST)) }
    try write(certificate, withSecret: true, to: secret, mode: 0o600, replaces)
    do {
      try write(certificate, withSecret: false, to: path, mode: 0o644, replaces)
    } catch {
      // Half of a certificate is of no use; what was there before is not deleted.
      if !replaces { unlink(secret) }
      throw error
    }
  }

  /// Why a file was not written.
  public struct WriteError: Error {
    /// The file.
    public let path: String
    /// What the system said.
    public let error: ZMQError
  }

  private static func write(
    _ certificate: CurveCertificate, withSecret: Bool, to path: String, mode: mode_t, _ replaces: Bool
  ) throws(WriteError) {
    let text = certificate.text(withSecret: withSecret, tool: "zsh-mq", date: date())
    do {
      try FileContents.create(path, with: Array(text.utf8), mode: mode, replaces: replaces)
    } catch {
      throw WriteError(path: path, error: error)
    }
  }

  /// The time here, as CZMQ writes it.
  private static func date() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }
}
