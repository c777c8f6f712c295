import ZeroMQ

/// What `help` prints of options.
enum OptionPage {
  /// All options, and the names of those that the library lacks.
  static var list: [String] {
    let absent = SocketOption.all.filter { !$0.isAvailable }
    var lines = TextTable.lines(SocketOption.all.map { [$0.name, $0.summary] })
    if !absent.isEmpty {
      lines += ["", "libzmq \(ZeroMQLibrary.versionText) lacks of these:"]
      lines += HelpText.wrapped(absent.map(\.name).joined(separator: " "), to: 76).map { "  " + $0 }
    }
    return lines + [
      "", "`help options NAME` tells what an option takes, and when it counts; `help context` lists those of",
      "the context, in which all sockets live.",
    ]
  }

  /// The page of an option, which may have the name of a command; the sockets' own come first.
  static func named(_ name: String) -> [String]? {
    SocketOption.named(name).map { lines(for: $0) } ?? ContextOption.named(name).map { lines(for: $0) }
  }

  static func lines(for option: SocketOption) -> [String] {
    [option.name, "", "  " + option.summary, "", "Example: \(option.example)", ""]
      + TextTable.lines(facts(of: option))
  }

  private static func facts(of option: SocketOption) -> [[String]] {
    var facts: [[String]] = [[option.access.isWritable ? "  takes" : "  tells", option.domain]]
    if let unit = option.unit.spelled, option.isNumber { facts.append(["  unit", unit]) }
    for (value, meaning) in option.specialValues.sorted(by: { $0.key < $1.key })
    where !option.domain.contains(meaning) {
      facts.append(["  \(value) means", meaning])
    }
    if let value = option.defaultValue {
      let text = option.format(value)
      facts.append(["  default", text.isEmpty ? "none" : text])
    }
    let changed = SocketType.allCases.filter { type in
      NamedSocket.defaults(for: type).contains { $0.name == option.name }
    }
    if let value = changed.first.flatMap({ type in
      NamedSocket.defaults(for: type).first { $0.name == option.name }?.value
    }) {
      let ofSome =
        changed.count < option.types.count ? " (\(changed.map(\.name).sorted().joined(separator: " ")))" : ""
      facts.append(["  default here", option.format(.integer(value)) + ofSome])
    }
    let isOfAll = option.types.count == SocketType.allCases.count
    facts.append(["  types", isOfAll ? "all" : option.types.map(\.name).sorted().joined(separator: " ")])
    if !option.transports.isEmpty { facts.append(["  over", option.transports.joined(separator: " ")]) }
    facts.append(["  access", text(of: option.access)])
    if option.access.isWritable { facts.append(["  counts", text(of: option.effect)]) }
    if let needs = option.needs { facts.append(["  needs", "\(needs): without it, nothing changes"]) }
    if option.accumulates { facts.append(["  note", "each value is added to those before"]) }
    if let remark = option.remark { facts.append(["  note", remark]) }
    if !option.isAvailable {
      facts.append(["  note", "libzmq \(ZeroMQLibrary.versionText) lacks it: \(option.absence)"])
    }
    return facts
  }

  static func lines(for option: ContextOption) -> [String] {
    var facts = [["  of", "the context, in which all sockets live"], ["  takes", option.domain]]
    if let value = option.defaultValue { facts.append(["  default", option.format(value)]) }
    facts.append(["  access", text(of: option.access)])
    switch option.effect {
    case .firstSocket: facts.append(["  counts", "before the first socket is made"])
    case .nextSocket where option.access.isWritable:
      facts.append(["  counts", "for sockets made from then on"])
    case .never: facts.append(["  counts", "never"])
    case .nextSocket: break
    }
    let verb = option.access.isWritable ? "set context \(option.name) VALUE" : "get context \(option.name)"
    return [option.name, "", "  " + option.summary, ""] + TextTable.lines(facts) + ["", "Usage: \(verb)"]
  }

  private static func text(of access: OptionAccess) -> String {
    access.isWritable ? (access.isReadable ? "get and set" : "set") : "get"
  }

  private static func text(of effect: SocketOption.Effect) -> String {
    switch effect {
    case .immediately: "at once"
    case .nextConnection: "from the next bind or connect on; `reset` makes the socket again with it"
    case .nextConnectOnly: "for the next connect alone"
    case .nextPeer: "for the peers that come from then on"
    }
  }
}

extension SocketOption.Unit {
  /// The unit in words, with how a value may be written.
  fileprivate var spelled: String? {
    switch self {
    case .none: nil
    case .milliseconds: "milliseconds, or as in 500ms, 2s, 1m, 1h"
    case .seconds: "seconds, or as in 30s, 2m, 1h"
    case .bytes: "bytes, or as in 64KiB, 1MB"
    case .kilobitsPerSecond: "kilobits per second, or as in 2mbit"
    case .messages, .hops, .connections: text
    }
  }
}

extension SocketOption {
  fileprivate var isNumber: Bool { kind != .text && kind != .bytes && kind != .curveKey }

  /// A statement with a value as one would type it, or one that shows it.
  var example: String {
    guard access.isWritable else { return "get \(name)" }
    let candidates = [unit.example, kind == .bool ? "on" : nil, "10", "1"].compactMap { $0 }
    guard isNumber, let value = candidates.first(where: { (try? parse($0)) != nil }) else {
      return "set \(name) VALUE"
    }
    return "set \(name) \(value)"
  }
}
