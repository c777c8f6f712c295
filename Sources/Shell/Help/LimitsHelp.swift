import Script
import ZeroMQ

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `help limits`: what a hostile peer cannot use up, and what happens at the limit.
enum LimitsHelp {
  static var lines: [String] {
    ["What peers could use up, how much of it they get, and what happens then:", ""]
      + TextTable.lines(rows.map { ["  " + $0[0]] + $0.dropFirst() }) + [
        "",
        "`status` tells where a socket's limit is another than libzmq's. `bind pull 5546 maxmsgsize=-1` lifts the first three.",
        "REP, REQ, SUB and XSUB drop what is not for them: there a message without an end may take four times as much.",
        "What waits is left alone until less than an eighth of the memory is left (`ulimit -v`); then its peer is cut off.",
        "At rcvhwm libzmq stops to read from a peer. That counts messages: a thousand of 64 MiB are 64 GiB.",
        "Who finishes the handshake may stay as long as it likes; `auth` says who may (`help security`).",
      ]
  }

  private static var rows: [[String]] {
    let frame = ours("maxmsgsize")
    return [
      ["a frame", "\(frame) (maxmsgsize)", "its peer is cut off; libzmq does not say why"],
      ["a message without an end", "\(frame) (maxmsgsize)", "its peer is cut off, and told"],
      [
        "messages that nobody receives", "16 times that, of a peer",
        "told, and again when it is twice as much",
      ],
      ["messages that wait", "\(theirs("rcvhwm")) of a peer (rcvhwm)", "its peer has to wait"],
      ["a handshake", "\(theirs("handshake_ivl")) (handshake_ivl)", "its peer is cut off"],
      [
        "connections", "\(mostFiles) files of the program (`ulimit -n`)",
        "no more peers come until one goes, and it is told",
      ],
      [
        "subscriptions that stay", "\(MemoryGuard.mostSubscriptions >> 20) MiB of a peer",
        "its peer is cut off, and told",
      ],
      ["subscriptions known by name", "\(SubscriberTable.most) of a PUB", "the others are counted"],
      ["routing ids known by name", "\(RoutingIDs.most) of a ROUTER", "the oldest is forgotten"],
      ["verdicts of `auth` kept", "\(Authenticator.mostVerdicts)", "the oldest is forgotten"],
      ["verdicts of `auth` told", "\(Authenticator.mostTold) a second", "the others are counted"],
      ["certificates of a folder", "\(CertificateFolder.most)", "the others are not looked at"],
      ["what `proxy watch` shows", "\(Proxy.mostTold) messages a second", "the others are counted"],
      ["a closed socket's messages", "\(ours("linger")) (linger)", "what was not sent by then is lost"],
    ]
  }

  /// A default of this shell.
  private static func ours(_ name: String) -> String {
    guard let option = SocketOption.named(name),
      let value = NamedSocket.defaults(for: .pull).first(where: { $0.name == name })?.value
    else { return "none" }
    return option.format(.integer(value))
  }

  /// A default of libzmq.
  private static func theirs(_ name: String) -> String {
    guard let option = SocketOption.named(name), let value = option.defaultValue else { return "none" }
    return option.format(value)
  }

  /// How many files the program may have open now. getrlimit(2).
  private static var mostFiles: String {
    var limit = rlimit()
    #if canImport(Darwin)
      let result = getrlimit(RLIMIT_NOFILE, &limit)
    #else
      let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #endif
    return result == 0 && limit.rlim_cur < UInt64(Int32.max) ? String(limit.rlim_cur) : "all"
  }
}
