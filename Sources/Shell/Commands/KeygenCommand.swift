import Script
import ZeroMQ

/// `keygen [FILE] [--force] [NAME=VALUE ...] [as NAME]`, zmq_curve_keypair(3).
struct KeygenCommand: Command {
  static let usage = Usage(
    "keygen", ["keygen [as NAME]", "keygen FILE [--force] [NAME=VALUE ...] [as NAME]"],
    "make a CURVE key pair: print it, or write a certificate",
    details: """
      FILE gets the public key and FILE_secret, which only you may read, both, as CZMQ and pyzmq write them; \
      `name=…` and the like are written into them. Files that are there are replaced with `--force` alone. \
      `keygen as keys` prints nothing: `$keys[0]` is the public key, `$keys[1]` the secret one.
      """,
    example: "keygen as keys", takes: [.optional(.file)], keeps: .variable)

  private let path: PreparedWord?
  private let folder: String
  private let replaces: Bool
  private let metadata: [(name: String, value: PreparedWord)]
  private let slot: Int?

  init(_ arguments: inout Arguments) throws(Diagnostic) {
    var path: PreparedWord?
    var replaces = false
    var metadata: [(String, PreparedWord)] = []
    var slot: Int?
    folder = arguments.preparer.source.folder
    while let word = arguments.peek {
      if arguments.take("as") {
        slot = try arguments.nextVariable()
      } else if arguments.take("--force") {
        replaces = true
      } else if let (name, value) = word.assignment {
        metadata.append((name, arguments.prepare(value)))
        _ = try arguments.next("")
      } else if path == nil {
        path = arguments.prepare(try arguments.next(""))
      } else {
        break
      }
    }
    if path == nil, replaces || !metadata.isEmpty {
      throw arguments.error("'keygen' needs a file to write to", at: arguments.head.span)
    }
    self.path = path
    self.replaces = replaces
    self.metadata = metadata
    self.slot = slot
  }

  func run(in session: Session) throws(Failure) {
    var fields: [CurveCertificate.Field] = []
    for (name, value) in metadata { fields.append(.init(name, try value.text(in: session))) }
    let certificate: CurveCertificate
    do {
      certificate = try CurveCertificate.make(metadata: fields)
    } catch {
      throw Failure(.zmq(error), "cannot make keys: \(error) (\(error.name))")
    }
    guard let secretKey = certificate.secretKey else { return }
    if let slot {
      session.frame.values[slot] = .list([.text(certificate.publicKey.text), .text(secretKey.text)])
    }
    if let path {
      try write(certificate, to: path, in: session)
    } else if slot == nil {
      for line in certificate.lines { try session.output.writeLine(line) }
    }
  }

  private func write(_ certificate: CurveCertificate, to path: PreparedWord, in session: Session)
    throws(Failure)
  {
    let given = try path.text(in: session)
    do {
      try CertificateFiles.write(
        certificate, to: FileContents.path(given, relativeTo: folder), replaces: replaces)
    } catch {
      throw Failure(
        .zmq(error.error),
        Diagnostic(
          .error, "cannot write '\(error.path)': \(error.error) (\(error.error.name))", at: path.place,
          help: error.error.name == "EEXIST" ? ["`keygen FILE --force` replaces it: the old key is lost"] : []
        ))
    }
    if slot != nil { return }
    session.note("'\(given)' has the public key, '\(given)\(CertificateFiles.secretSuffix)' the secret one")
    try session.output.writeLine("public-key = \"\(certificate.publicKey.text)\"")
  }
}

extension CurveCertificate {
  /// Both keys, as people read them.
  public var lines: [String] {
    ["public-key = \"\(publicKey.text)\""] + (secretKey.map { ["secret-key = \"\($0.text)\""] } ?? [])
  }
}
