import Testing

@testable import Terminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct StyleTests {
  /// The style for one end of a pseudo-terminal, or for a pipe.
  private func isColored(terminal: Bool, _ variables: [String: String]) throws -> Bool {
    var descriptors: [Int32] = [0, 0]
    #expect(pipe(&descriptors) == 0)
    let pseudo = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(pseudo >= 0)
    defer { for descriptor in descriptors + [pseudo] { close(descriptor) } }
    let style = Style(fileDescriptor: terminal ? pseudo : descriptors[1]) { variables[$0] }
    return style.isColored
  }

  @Test func `colours are for terminals that show them and users who want them`() throws {
    #expect(try isColored(terminal: true, ["TERM": "xterm"]))
    #expect(try isColored(terminal: true, ["TERM": "xterm", "NO_COLOR": ""]))
    #expect(try !isColored(terminal: true, ["TERM": "xterm", "NO_COLOR": "1"]))
    #expect(try !isColored(terminal: true, ["TERM": "dumb"]))
    #expect(try !isColored(terminal: true, [:]))
    #expect(try !isColored(terminal: false, ["TERM": "xterm"]))
  }

  @Test(arguments: Style.Meaning.allCases)
  func `a colour takes no room and ends with the text`(_ meaning: Style.Meaning) {
    let text = Style.colored.apply(meaning, to: "text")
    #expect(text.hasPrefix("\u{1B}[") && text.hasSuffix("text\u{1B}[0m"))
    #expect(displayWidth(of: text) == 4)
    #expect(Style.plain.apply(meaning, to: "text") == "text")
    #expect(Style.colored.apply(meaning, to: "") == "")
  }

  @Test func `a pipe is no terminal and has no size`() {
    var descriptors: [Int32] = [0, 0]
    #expect(pipe(&descriptors) == 0)
    defer { for descriptor in descriptors { close(descriptor) } }
    #expect(!isTerminal(descriptors[0]))
    #expect(TerminalSize(fileDescriptor: descriptors[0]) == nil)
  }

  @Test func `the size of a terminal is what it was told`() throws {
    let pseudo = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(pseudo >= 0)
    defer { close(pseudo) }
    var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(pseudo, UInt(TIOCSWINSZ), &size) == 0)
    #expect(TerminalSize(fileDescriptor: pseudo) == TerminalSize(columns: 132, rows: 24))
  }
}
