import Payload
import Script
import ZeroMQ

/// A received message as a person reads it at a terminal: the frames of one that has several are numbered and those
/// of the envelope named, JSON is indented and coloured, what is long is shortened.
struct MessageDisplay {
  private let display: Display
  private let view: View?
  private let type: SocketType
  /// What a routing id in the first frame is called.
  private let alias: String?
  /// What an empty message of a STREAM says.
  private let notice: StreamConnections.Notice?

  init(
    _ display: Display, as view: View?, on type: SocketType, alias: String? = nil,
    notice: StreamConnections.Notice? = nil
  ) {
    self.alias = alias
    self.notice = notice
    self.display = display
    self.view = view
    self.type = type
  }

  /// The lines, and whether anything was left out.
  func lines(of message: Message) -> (lines: [String], isShortened: Bool) {
    let count = message.count
    let labels = (0..<count).map { index in
      let name = name(ofFrame: index, in: message)
      return count == 1 ? "" : name.isEmpty ? "\(index + 1)" : "\(index + 1) \(name)"
    }
    let indent = labels.map(\.count).max().map { $0 == 0 ? 0 : $0 + 2 } ?? 0
    var lines: [String] = []
    var isShortened = false
    let passwordFrame = message.passwordFrame
    for index in 0..<count {
      let label = labels[index]
      let room = max(display.size().columns - indent, 10)
      let (shown, isCut) =
        index == 0 && alias != nil
        ? ([alias ?? ""], false)
        : index == passwordFrame ? ([SecretWords.mask], false) : frame(message.frame(index), room: room)
      isShortened = isShortened || isCut
      for (number, line) in shown.enumerated() {
        let blanks = String(repeating: " ", count: indent - (number == 0 ? label.count : 0))
        lines.append((number == 0 && !label.isEmpty ? display.style(.remark, label) : "") + blanks + line)
      }
    }
    return (lines, isShortened)
  }

  /// What a frame is for: the envelope of ROUTER and DEALER (RFC 28), the topic of a subscription.
  private func name(ofFrame index: Int, in message: Message) -> String {
    switch type {
    case .router, .dealer, .rep, .req:
      let first = type == .router ? 1 : 0
      if index < first { return "routing id" }
      if index == first, message.frame(index).isEmpty, index + 1 < message.count { return "delimiter" }
      return "body"
    case .stream: return index == 0 ? "routing id" : notice?.rawValue ?? "body"
    case .sub, .xsub: return index == 0 ? "topic" : "body"
    default: return ""
    }
  }

  /// A frame's lines in so many columns, and whether some are left out.
  private func frame(_ bytes: UnsafeRawBufferPointer, room: Int) -> ([String], isCut: Bool) {
    // Text as it may be typed back says no more of JSON than JSON itself does.
    let isText = view == nil || view?.name == "text"
    if isText || view?.name == "json", bytes.count <= Self.mostParsed, let json = View.named("json"),
      json.fits(Array(bytes))
    {
      let compact = String(decoding: json.text(Array(bytes)), as: UTF8.self)
      if display.width(compact) <= room { return ([colored(compact)], false) }
      let pretty = String(decoding: json.text(Array(bytes), .pretty), as: UTF8.self)
      var lines = pretty.split(separator: "\n", omittingEmptySubsequences: false).map { colored(String($0)) }
      let most = max(display.size().rows - 4, 4)
      let isCut = lines.count > most
      if isCut {
        let left = lines.count - most
        lines.removeLast(left)
        lines.append(display.style(.remark, "… \(left) more lines, \(bytes.count) bytes in all"))
      }
      return (lines, isCut)
    }
    if bytes.count > Self.mostShown { return ([TextView.shortened(bytes, to: Self.mostShown)], true) }
    var shown: [UInt8] = []
    if let view {
      view.append(bytes) { shown += $0 }
    } else {
      TextView.append(bytes) { shown += $0 }
    }
    return ([String(decoding: shown, as: UTF8.self)], false)
  }

  /// How many bytes of a frame are shown at the prompt.
  static let mostShown = 1024
  /// JSON of more bytes is not laid out: nobody reads it on a screen.
  private static let mostParsed = 1 << 20

  /// A line of JSON in colours.
  private func colored(_ line: String) -> String {
    var result = ""
    var rest = line.unicodeScalars[...]
    while let first = rest.first {
      let end: Substring.UnicodeScalarView.Index
      var role: Display.Role?
      switch first {
      case "\"":
        end = Self.endOfString(rest)
        let after = rest[end...].first { $0 != " " }
        role = after == ":" ? .name : .text
      case "-", "0"..."9":
        end = rest.firstIndex { !"+-.eE0123456789".unicodeScalars.contains($0) } ?? rest.endIndex
        role = .number
      case "a"..."z":
        end = rest.firstIndex { !("a"..."z").contains($0) } ?? rest.endIndex
        role = .word
      default: end = rest.index(after: rest.startIndex)
      }
      let piece = String(rest[..<end])
      result += role.map { display.style($0, piece) } ?? piece
      rest = rest[end...]
    }
    return result
  }

  private static func endOfString(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView.Index {
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let scalar = text[index]
      index = text.index(after: index)
      if scalar == "\"" { break }
      if scalar == "\\", index < text.endIndex { index = text.index(after: index) }
    }
    return index
  }
}
