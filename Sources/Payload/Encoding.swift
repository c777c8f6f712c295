/// What the name before a word's `:` makes of the rest: `hex:48656c6c6f` is a frame of five bytes.
///
/// Law: where a ``View`` of the same name shows a frame, reading what it shows gives the frame (for `json` the
/// same values in the same order, without the blanks between them).
public struct Encoding: Sendable {
  /// What stands before the `:`.
  public let name: String
  /// What it is for, in a line.
  public let summary: String
  /// A word that uses it.
  public let example: String
  /// Whether the same argument always makes the same frame, so that it can be made once for many sends.
  public let isConstant: Bool
  private let make: @Sendable ([UInt8]) throws(PayloadError) -> [UInt8]

  /// Says what is wrong with an argument whose frame is made only when it is sent.
  ///
  /// - Throws: What ``frame(_:)`` would.
  public func check(_ argument: [UInt8]) throws(PayloadError) {
    // Of what differs each time there are only sizes: to make a frame of 1 GiB for its error would cost.
    if isConstant { _ = try make(argument) } else { _ = try ByteCount.parse(argument) }
  }

  /// The frame that an argument stands for.
  ///
  /// - Parameter argument: What stands after the `:`, quotes removed and interpolations made.
  /// - Throws: ``PayloadError`` whose range is of the argument.
  public func frame(_ argument: [UInt8]) throws(PayloadError) -> [UInt8] {
    try make(argument)
  }

  private init(
    _ name: String, _ summary: String, example: String, isConstant: Bool = true,
    _ make: @escaping @Sendable ([UInt8]) throws(PayloadError) -> [UInt8]
  ) {
    self.name = name
    self.summary = summary
    self.example = example
    self.isConstant = isConstant
    self.make = make
  }
}

extension Encoding {
  /// The encodings, sorted by name. `file:` is not among them: reading one is no business of this module.
  public static let all: [Encoding] = [
    Encoding(
      "base64", "bytes in base64, of the standard or the URL alphabet, padded or not",
      example: "base64:SGVsbG8=", Base64.decode),
    Encoding("hex", "bytes in hexadecimal digits", example: "hex:48656c6c6f", Hex.decode),
    Encoding("json", "JSON, checked and sent as typed", example: #"json:'{"a":1}'"#, JSON.frame),
    Encoding("msgpack", "MessagePack, typed as JSON", example: #"msgpack:'{"a":1}'"#, MessagePack.encode),
    Encoding(
      "random", "so many random bytes, other ones each time", example: "random:1024", isConstant: false,
      RandomBytes.frame),
    Encoding(
      "subscribe", "a subscription as an XSUB sends it, 1 and the prefix", example: "subscribe:news"
    ) { (argument) throws(PayloadError) in [1] + argument },
    Encoding("text", "the bytes as typed", example: "text:Hello") { (argument) throws(PayloadError) in
      argument
    },
    Encoding(
      "unsubscribe", "a subscription taken back, 0 and the prefix", example: "unsubscribe:news"
    ) { (argument) throws(PayloadError) in [0] + argument },
    Encoding("z85", "bytes in Z85, as CURVE keys are written", example: "z85:'HelloWorld'", Z85.decode),
    Encoding("zeros", "so many zero bytes", example: "zeros:64KiB", Zeros.frame),
  ]

  /// The encoding of a name.
  public static func named(_ name: some StringProtocol) -> Encoding? {
    all.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The encoding that a word names, and where its argument starts in the word; nil where the word is plain.
  ///
  /// - Parameters:
  ///   - word: The bytes of the word, quotes removed.
  ///   - bareCount: How many of them were written outside quotes: only there does a `:` count.
  public static func prefix(of word: [UInt8], bareCount: Int) -> (encoding: Encoding, argumentStart: Int)? {
    guard let colon = word.prefix(bareCount).firstIndex(of: UInt8(ascii: ":")),
      let encoding = all.first(where: { $0.name.utf8.elementsEqual(word[..<colon]) })
    else { return nil }
    return (encoding, colon + 1)
  }
}
