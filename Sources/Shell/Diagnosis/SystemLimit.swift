import Script
import ZeroMQ

/// Options of which the system gives less than it is asked for, without a word.
enum SystemLimit {
  /// The names of Linux for the most that it gives, `sysctl(8)`. socket(7), listen(2).
  private static let names = [
    "backlog": "net.core.somaxconn", "rcvbuf": "net.core.rmem_max", "sndbuf": "net.core.wmem_max",
  ]

  /// Says that a value is beyond it; nil where it is not, or the system does not tell.
  static func warning(_ option: SocketOption, _ value: OptionValue, at place: Place) -> Diagnostic? {
    guard let name = names[option.name], case .integer(let wanted) = value, let most = most(name),
      wanted > most
    else { return nil }
    return Diagnostic(
      .warning,
      "the system gives \(option.format(.integer(most))) of '\(option.name)' at most, and not \(option.format(value))",
      at: place, label: "it takes the smaller one without a word",
      help: ["`sysctl -w \(name)=\(wanted)` as root raises what it gives"])
  }

  private static func most(_ name: String) -> Int64? {
    let path = "/proc/sys/" + String(name.map { $0 == "." ? "/" : $0 })
    guard let contents = try? FileContents.read(path) else { return nil }
    return Int64(String(decoding: contents.prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
  }
}
