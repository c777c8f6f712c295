/// Protocols that are met where ZeroMQ was expected, told by the first of what their servers say.
public struct ForeignProtocol: Sendable {
  /// What speaks it, such as `an HTTP server`.
  public let speaker: String
  /// How it begins; nil stands for any byte.
  private let beginnings: [[UInt8?]]

  /// Those that are known.
  public static let all = [
    ForeignProtocol("an HTTP server", "HTTP/", "<!DOCTYPE", "<html"),
    // A frame of SETTINGS, of any length below 256, on stream 0: RFC 9113.
    ForeignProtocol("an HTTP/2 server, such as one of gRPC", bytes: [0, 0, nil, 4, 0, 0, 0, 0, 0]),
    // An alert of version 3.x: RFC 8446.
    ForeignProtocol("a TLS server", bytes: [0x15, 0x03]),
    ForeignProtocol("an SSH server", "SSH-"),
    ForeignProtocol("a Redis server", "-ERR", "-DENIED", "-NOAUTH"),
    ForeignProtocol("an AMQP broker", "AMQP"),
    ForeignProtocol("a NATS server", "INFO {"),
    ForeignProtocol("a mail or FTP server", "220 ", "220-"),
    // An empty identity without a signature before it: RFC 13.
    ForeignProtocol("a ZeroMQ program of before 2011 (ZMTP 1.0)", bytes: [0x01, 0x00]),
  ]

  private init(_ speaker: String, _ beginnings: String...) {
    self.speaker = speaker
    self.beginnings = beginnings.map { $0.utf8.map { $0 } }
  }

  private init(_ speaker: String, bytes: [UInt8?]...) {
    self.speaker = speaker
    beginnings = bytes
  }

  /// The protocol that bytes begin as, where it is known.
  public static func of(_ bytes: [UInt8]) -> ForeignProtocol? {
    all.first {
      $0.beginnings.contains { beginning in
        bytes.count >= beginning.count && zip(beginning, bytes).allSatisfy { $0 == nil || $0 == $1 }
      }
    }
  }
}
