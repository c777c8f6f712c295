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
  ///
  /// - Parameter path: FILE. Where only FILE_secret is there, as after a `keygen` that was killed, that has it too.
  static func readPublic(_ path: String, stoppedBy interrupt: Interrupt? = nil) throws(Failure) -> CurveKey {
    let secret = path + secretSuffix
    let isAlone = !FileContents.exists(path) && FileContents.isRegular(secret)
    return try parse(isAlone ? secret : path, interrupt).publicKey
  }

  /// The public key in FILE where FILE_secret has another: those who were given FILE are turned away.
  static func strayPublicKey(_ path: String, besides certificate: CurveCertificate) -> CurveKey? {
    guard FileContents.isRegular(path), FileContents.isRegular(path + secretSuffix),
      let given = try? parse(path, nil).publicKey, given != certificate.publicKey
    else { return nil }
    return given
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
  /// Wherever it ends, by an error or a signal, the two names never stand for keys of two pairs: there are the old files,
  /// or none of FILE and a FILE_secret, which has both keys of its pair, or the new files.
  ///
  /// - Parameters:
  ///   - certificate: The pair of keys.
  ///   - path: FILE.
  ///   - replaces: Whether files that are there are written over.
  /// - Throws: `EEXIST` where one is there, `EISDIR` for a folder, and the errors of `open(2)`, `write(2)`, `link(2)` and
  ///   `rename(2)`; the path of the file that could not be written goes with it.
  public static func write(_ certificate: CurveCertificate, to path: String, replaces: Bool)
    throws(WriteError)
  {
    let secretPath = path + secretSuffix
    for path in [path, secretPath] {
      if !replaces, FileContents.exists(path) { throw WriteError(path: path, error: ZMQError(code: EEXIST)) }
      if FileContents.isFolder(path) { throw WriteError(path: path, error: ZMQError(code: EISDIR)) }
    }
    // Whatever fails for want of room or permission fails here, and nothing has changed yet.
    let secret = try stage(certificate, withSecret: true, at: secretPath, mode: 0o600)
    let open = try stage(certificate, withSecret: false, at: path, mode: 0o644)
    defer { StagedFile.settleNames(beside: path) }
    if replaces {
      let old = try OldFile(path)
      do throws(ZMQError) { try secret.takeName() } catch {
        old.restore()
        throw WriteError(path: secretPath, error: error)
      }
      do throws(ZMQError) { try open.takeName() } catch { throw WriteError(path: path, error: error) }
    } else {
      do throws(ZMQError) { try secret.takeFreeName() } catch {
        throw WriteError(path: secretPath, error: error)
      }
      do throws(ZMQError) { try open.takeFreeName() } catch {
        // Somebody else made FILE in this moment: it is another pair's.
        unlink(secretPath)
        throw WriteError(path: path, error: error)
      }
    }
  }

  /// Why a file was not written.
  public struct WriteError: Error {
    /// The file.
    public let path: String
    /// What the system said.
    public let error: ZMQError
  }

  /// What stood under FILE, out of the way until the new secret key is in its place.
  private struct OldFile: ~Copyable {
    private let path: String
    private let aside: String

    init(_ path: String) throws(WriteError) {
      self.path = path
      aside = "\(path).\(String(UInt32.random(in: 0 ... .max), radix: 16)).old"
      if rename(path, aside) != 0, errno != ENOENT {
        throw WriteError(path: path, error: ZMQError(code: errno))
      }
    }

    deinit { unlink(aside) }

    borrowing func restore() { _ = rename(aside, path) }
  }

  private static func stage(
    _ certificate: CurveCertificate, withSecret: Bool, at path: String, mode: mode_t
  ) throws(WriteError) -> StagedFile {
    let text = certificate.text(withSecret: withSecret, tool: "zsh-mq", date: date())
    do {
      return try StagedFile(for: path, Array(text.utf8), mode: mode)
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
