import ArgumentParser
import Script
import Shell
import ZeroMQ

/// `zsh-mq keygen [FILE] [--force]`
struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen", abstract: "Make a CURVE key pair.",
    discussion: """
      Without a file both keys are printed. FILE gets the public key and FILE_secret, which only you may read, both, in \
      the form of CZMQ's certificates. Files that are there are kept unless --force is given.
      """)

  @Flag(help: "Replace the files that are there; the old keys are lost.")
  var force = false

  @Option(help: ArgumentHelp("Whose keys they are; written into the certificate.", valueName: "name"))
  var name: String?

  @Argument(help: ArgumentHelp("The certificate to write.", valueName: "file"), completion: .file())
  var file: String?

  func validate() throws {
    if file == nil, force || name != nil {
      throw ValidationError("a FILE is missing: `zsh-mq keygen server.cert`")
    }
  }

  func run() throws {
    let certificate: CurveCertificate
    do {
      certificate = try CurveCertificate.make(metadata: name.map { [.init("name", $0)] } ?? [])
    } catch {
      throw ProcessSetup.report(Diagnostic(.error, "cannot make keys: \(error) (\(error.name))"))
    }
    guard let file else {
      for line in certificate.lines { print(line) }
      return
    }
    do {
      try CertificateFiles.write(certificate, to: file, replaces: force)
    } catch {
      let help = error.error.name == "EEXIST" ? ["--force replaces it: the old key is lost"] : []
      throw ProcessSetup.report(
        Diagnostic(
          .error, "cannot write '\(error.path)': \(error.error) (\(error.error.name))", help: help))
    }
    print(certificate.lines[0])
  }
}
