import Script
import ZeroMQ

/// `version`
struct VersionCommand: Command {
  static let usage = Usage(
    "version", ["version"], "show the versions of zsh-mq and libzmq, and what libzmq was built with",
    example: "version")

  init(_ arguments: inout Arguments) throws(Diagnostic) {}

  func run(in session: Session) throws(Failure) {
    try session.output.writeLine(Version.text)
  }
}

/// What this program is.
public enum Version {
  /// The version of zsh-mq.
  public static let number = "0.1.0"

  /// The versions, and the optional parts that libzmq has, in two lines.
  public static var text: String {
    let capabilities = ["ipc", "tipc", "ws", "wss", "pgm", "norm", "vmci", "curve", "gssapi", "draft"].filter(
      { ZeroMQLibrary.has($0) || ($0 == "ws" && ZeroMQLibrary.speaks($0)) })
    return """
      zsh-mq \(number)
      libzmq \(ZeroMQLibrary.versionText) with \(capabilities.joined(separator: ", "))
      """
  }
}
