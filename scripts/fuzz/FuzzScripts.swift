// What libFuzzer calls with every input: whatever the bytes, the parser and the layout keep their word.
// Built by scripts/fuzz.sh together with Sources/Script and the tests' SyntaxDump.swift, as one module.

/// One input. A word that is not kept ends the process, which libFuzzer reports with the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceFile(name: "fuzz.zs", bytes: bytes)
  let result = Parser.parse(source)
  for diagnostic in result.diagnostics {
    if let span = diagnostic.place?.span {
      hold(
        span.start >= 0 && span.start <= span.end && span.end <= count, "a place outside the text")
    }
    let text = DiagnosticRenderer(columns: 80).render(diagnostic)
    hold(
      text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "a message that drives the terminal")
  }
  hold(!result.isIncomplete || !result.diagnostics.isEmpty, "open, and nothing said")
  guard result.diagnostics.isEmpty else { return 0 }

  let once = layout(source)
  let laidOut = SourceFile(name: "layout.zs", bytes: once)
  let again = Parser.parse(laidOut)
  hold(again.diagnostics.isEmpty, "a layout that does not parse")
  hold(again.block.dump == result.block.dump, "a layout that means another thing")
  hold(layout(laidOut) == once, "a layout that is not the last")
  return 0
}

private func layout(_ source: SourceFile) -> [UInt8] {
  do {
    return try Formatter.format(source)
  } catch {
    fatalError("no layout for a text that parses")
  }
}

/// `precondition` says nothing of why in an optimised build.
private func hold(_ condition: Bool, _ otherwise: String) {
  if !condition { fatalError(otherwise) }
}
