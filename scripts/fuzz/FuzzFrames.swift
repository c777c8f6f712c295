// What libFuzzer calls with every input: whatever comes from a peer, the encodings, the views, the matchers and the
// reader of handshakes keep their word.
// Built by scripts/fuzz.sh together with Sources/Script, Sources/Payload and Sources/ZMTP, as one module.

/// One input. A word that is not kept ends the process, which libFuzzer reports with the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  encode(bytes)
  decode(bytes)
  show(bytes)
  match(bytes)
  propose(bytes)
  greet(bytes)
  return 0
}

/// Any bytes can be written down, and read again.
private func encode(_ bytes: [UInt8]) {
  hold((try? Hex.decode(Hex.encode(bytes))) == bytes, "hex")
  hold((try? Base64.decode(Base64.encode(bytes))) == bytes, "base64")
  hold(Z85.encode(bytes).map { (try? Z85.decode($0)) == bytes } ?? (bytes.count % 4 != 0), "z85")
  var string: [UInt8] = []
  JSONString.append(bytes, to: &string)
  hold((try? JSON(string)) != nil, "a JSON string")
}

/// What can be read is the same when it is written down and read again.
private func decode(_ bytes: [UInt8]) {
  for encoding in Encoding.all where !["random", "zeros"].contains(encoding.name) {
    guard let frame = try? encoding.frame(bytes) else { continue }
    hold((try? encoding.check(bytes)) != nil, "\(encoding.name): a frame of what is refused")
    hold(!encoding.isConstant || (try? encoding.frame(bytes)) == frame, "\(encoding.name): another frame")
  }
  if let json = try? JSON(bytes) {
    for style in [JSON.Style.compact, .pretty] {
      let text = json.text(style)
      hold((try? JSON(text))?.text(style) == text, "JSON that is laid out twice")
    }
    hold((try? JSONSubset(bytes))?.matches(bytes) ?? true, "JSON that does not hold itself")
  }
  if let text = try? MessagePack.decode(bytes) {
    hold((try? MessagePack.encode(text)) == bytes, "MessagePack that comes back as other bytes")
  }
  if let packed = try? MessagePack.encode(bytes) {
    hold((try? MessagePack.decode(packed)) != nil, "MessagePack that cannot be read")
  }
}

/// What a view shows, read as a word, is the same bytes; and nothing drives the terminal.
private func show(_ bytes: [UInt8]) {
  for view in View.all where view.name != "raw" {
    for style in [JSON.Style.compact, .pretty] {
      let text = view.text(bytes, style)
      hold(
        text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A && style == .pretty },
        "\(view.name): a view that drives the terminal")
      if view.name == "json", view.fits(bytes) {
        let shown = frame(of: text) ?? []
        hold(view.text(shown, style) == text, "json: a view that is shown in another way")
        hold((try? JSONSubset(bytes))?.matches(shown) ?? false, "json: a view that is other JSON")
      } else if view.name != "subscriptions" {
        hold(frame(of: text) == bytes, "\(view.name): a view that is other bytes")
      }
    }
  }
}

/// The frame of a word as `send` takes it; nil where it is none.
private func frame(of text: [UInt8]) -> [UInt8]? {
  let source = SourceFile(name: "frame.zs", bytes: Array("send ".utf8) + text)
  let result = Parser.parse(source)
  guard result.diagnostics.isEmpty, let words = result.block.commands.first, words.count == 2,
    let literal = words[1].literal
  else { return nil }
  guard let (encoding, start) = Encoding.prefix(of: literal, bareCount: words[1].bareCount) else {
    return literal
  }
  return try? encoding.frame(Array(literal[start...]))
}

/// A pattern and what it is compared with, the first zero between them.
private func match(_ bytes: [UInt8]) {
  let (pattern, frame) = halves(bytes)
  if let glob = try? Glob(pattern) { _ = glob.matches(frame) }
  if let subset = try? JSONSubset(pattern) {
    hold(subset.matches(frame) == (subset.firstDifference(in: frame) == nil), "a difference in what is held")
  }
  if let expression = try? RegularExpression(pattern, matching: .whole) { _ = try? expression.match(frame) }
}

/// The proposed pattern matches all that it was made of.
private func propose(_ bytes: [UInt8]) {
  let (first, second) = halves(bytes)
  let frames = [first, second]
  guard let word = PatternProposal.word(for: frames), word != "_" else { return }
  let result = Parser.parse(SourceFile(name: "expect.zs", bytes: Array("expect \(word)".utf8)))
  guard let words = result.block.commands.first, words.count == 2, let literal = words[1].literal else {
    fatalError("a proposal that is no word")
  }
  if let subset = try? JSONSubset(literal) {
    hold(frames.allSatisfy(subset.matches), "a proposed object that one does not hold")
  } else {
    hold(literal.starts(with: "re:".utf8), "a proposal of another kind")
    let expression = try? RegularExpression(Array(literal.dropFirst(3)), matching: .whole)
    hold(
      frames.allSatisfy { (try? expression?.match($0)) != nil },
      "a proposed expression that one does not match")
  }
}

/// A peer may say anything, in parts of any size.
private func greet(_ bytes: [UInt8]) {
  if let reading = PeerReading.read(bytes), case .ready = reading {
    hold(PeerReading.read(bytes + [0]) == reading, "a peer that is another with a byte more")
  }
  _ = PeerReading.readUnfinished(bytes)
  if case .frame(let frame, let count) = ZMTPFrame.read(bytes, most: 1 << 16) {
    hold(count <= bytes.count, "a frame beyond what came")
    hold(
      ZMTPFrame.read(frame.bytes, most: 1 << 16) == .frame(frame, byteCount: frame.bytes.count),
      "a frame that is another")
    if frame.isCommand { _ = ZMTPCommand(frame.body)?.properties }
  }
}

private typealias ZMTPFrame = Frame
private typealias ZMTPCommand = Command

private func halves(_ bytes: [UInt8]) -> ([UInt8], [UInt8]) {
  guard let border = bytes.firstIndex(of: 0) else { return (bytes, bytes) }
  return (Array(bytes[..<border]), Array(bytes[(border + 1)...]))
}

/// `precondition` says nothing of why in an optimised build.
private func hold(_ condition: Bool, _ otherwise: String) {
  if !condition { fatalError(otherwise) }
}
