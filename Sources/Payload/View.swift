/// How the frames of a socket are shown: `view hex`.
///
/// Law: what a view shows of a frame, read as a word of the zs language, is the same bytes. Two views keep less:
/// `json` leaves out the blanks between values, and `raw` shows the bytes as they are.
public struct View: Sendable {
  /// What `view` calls it.
  public let name: String
  /// What it shows, in a line.
  public let summary: String
  /// The frame `Hello`, or what else suits the view, as it shows it.
  public let example: String
  /// What is shown of a frame that has this form, else nil. The text view needs none: every frame falls to it.
  private let show: (@Sendable ([UInt8], JSON.Style) -> [UInt8]?)?

  /// A frame as it is shown, in UTF-8; in the text view where it has not the form that this view is for.
  ///
  /// - Parameter style: Whether JSON and MessagePack are shown on one line.
  public func text(_ frame: [UInt8], _ style: JSON.Style = .compact) -> [UInt8] {
    show?(frame, style) ?? TextView.wordBytes(frame)
  }

  /// Appends ``text(_:_:)`` to an output; in the text view mostly without an allocation.
  public func append(
    _ frame: UnsafeRawBufferPointer, _ style: JSON.Style = .compact,
    to output: (UnsafeRawBufferPointer) -> Void
  ) {
    if let show, let shown = show(Array(frame), style) {
      shown.withUnsafeBytes { output($0) }
    } else {
      TextView.append(frame, asWordTo: output)
    }
  }

  /// Whether a frame has the form that the view is for. Every frame is text.
  public func fits(_ frame: [UInt8]) -> Bool {
    guard let show else { return true }
    return show(frame, .compact) != nil
  }

  private init(
    _ name: String, _ summary: String, example: String,
    _ show: (@Sendable ([UInt8], JSON.Style) -> [UInt8]?)?
  ) {
    self.name = name
    self.summary = summary
    self.example = example
    self.show = show
  }
}

extension View {
  /// The views, sorted by name.
  public static let all: [View] = [
    View("base64", "base64", example: "base64:SGVsbG8=") { frame, _ in
      frame.isEmpty ? nil : prefixed("base64:", Base64.encode(frame))
    },
    View("hex", "hexadecimal digits", example: "hex:48656c6c6f") { frame, _ in
      frame.isEmpty ? nil : prefixed("hex:", Hex.encode(frame))
    },
    View("json", "JSON without its blanks", example: #"{"a":1}"#, showJSON),
    View("msgpack", "MessagePack as JSON", example: #"msgpack:'{"a":1}'"#, showMessagePack),
    View("raw", "the bytes as they are, whatever they do to a terminal", example: "Hello") { frame, _ in
      frame
    },
    View("subscriptions", "subscriptions, as an XPUB receives them", example: "subscribe:news") { frame, _ in
      switch frame.first {
      case 1: prefixed("subscribe:", TextView.wordBytes(Array(frame.dropFirst())))
      case 0: prefixed("unsubscribe:", TextView.wordBytes(Array(frame.dropFirst())))
      default: nil
      }
    },
    View("text", "text, with all escaped that is none", example: "Hello", nil),
    View("z85", "Z85, where the length is a multiple of 4", example: "z85:'HelloWorld'") { frame, _ in
      frame.isEmpty ? nil : Z85.encode(frame).map { prefixed("z85:'", $0, "'") }
    },
  ]

  /// The view of a name.
  public static func named(_ name: some StringProtocol) -> View? {
    all.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private static func prefixed(_ prefix: String, _ text: [UInt8], _ suffix: String = "") -> [UInt8] {
    prefix.utf8 + text + suffix.utf8
  }

  /// An array or an object is a word by itself. Other values are shown as text, which is the same bytes.
  @Sendable private static func showJSON(_ frame: [UInt8], _ style: JSON.Style) -> [UInt8]? {
    // Most of what is no JSON need not be read to its end.
    let first = frame.first { !$0.isBlank }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let json = try? JSON(frame) else {
      return nil
    }
    let text = JSONWriter.write(json, from: 0, style, escapesUnprintable: true)
    return replacing(UInt8(ascii: "$"), in: text, by: "\\$")
  }

  @Sendable private static func showMessagePack(_ frame: [UInt8], _ style: JSON.Style) -> [UInt8]? {
    guard var text = try? MessagePack.decode(frame) else { return nil }
    if style == .pretty {
      guard let json = try? JSON(text, depthLimit: .max) else { return nil }
      text = JSONWriter.write(json, from: 0, .pretty, escapesUnprintable: true)
    }
    // A `'` stands only inside strings, where its escape means the same.
    return prefixed("msgpack:'", replacing(UInt8(ascii: "'"), in: text, by: "\\u0027"), "'")
  }

  private static func replacing(_ byte: UInt8, in text: [UInt8], by replacement: String) -> [UInt8] {
    guard text.contains(byte) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + 16)
    for next in text {
      if next == byte { result += replacement.utf8 } else { result.append(next) }
    }
    return result
  }
}
